#!/usr/bin/env python3
"""FastAPI in several processes, as `uvicorn --workers` runs them, with prometheus-fastapi-instrumentator.

What is odd about it:
- Each process works off the orders that it took. Their statuses are in one SQLite file, so every process can tell of every order.
- With `--multiproc` the figures are in files, too, and the instrumentator adds up those of all processes (`PROMETHEUS_MULTIPROC_DIR`).
  Nothing else is told then: no figures about the process, and no `_created`.
- Without it each process tells of its own orders and requests only: the well-known mistake. With `--bare` nothing tells them apart.
- With `--processes 1` there is no other process, as with `uvicorn --workers 1`: whoever kills it has killed the service.
- With `--close-scrapes` each answer of `/metrics` closes its connection, as prometheus_client's own server, with HTTP/1.0, does: each scrape
  may meet another process, while all other connections stay open.
- Nobody tells prometheus_client that a process is gone: Uvicorn has no hook for that, and puts another one in its place.
"""

import functools
import sys

import uvicorn
from uvicorn.supervisors import Multiprocess

import several_processes
from serving import HOST, IDLE_SECONDS, announce, fastapi_app, read_options, run_uvicorn

PATIENCE = 600  # seconds; a process that a busy machine keeps from answering would be killed and replaced


def more_options(add):
    several_processes.more_options(add)
    add("--close-scrapes", action="store_true", help="each scrape needs a new connection")


def make_app(options, folder):
    """In each process."""
    several_processes.registry(options)  # the instrumentator finds the same one by itself
    from prometheus_fastapi_instrumentator import Instrumentator

    app = fastapi_app(several_processes.books(options, folder), options.answer_time)
    Instrumentator().instrument(app).expose(app)
    if options.close_scrapes:

        @app.middleware("http")
        async def close(request, call_next):
            response = await call_next(request)
            if request.url.path == "/metrics":
                response.headers["Connection"] = "close"
            return response

    return app


class Processes(Multiprocess):
    def init_processes(self):
        """Announces them once all are there, lest the first one gets all connections."""
        super().init_processes()
        if not all(process.wait_until_ready(PATIENCE) for process in self.processes):
            sys.exit(f"fastapi_workers: a process did not start within {PATIENCE} s")
        announce(self.sockets[0].getsockname()[1])


def run_processes(options, folder):
    config = uvicorn.Config(
        functools.partial(make_app, options, folder), factory=True, host=HOST, port=options.port, workers=options.processes,
        log_level="critical", access_log=False, timeout_keep_alive=IDLE_SECONDS, timeout_graceful_shutdown=1,
        timeout_worker_healthcheck=PATIENCE)
    Processes(config, sockets=[config.bind_socket()]).run()


if __name__ == "__main__":
    options = read_options(__doc__, more_options)
    folder = several_processes.share_folder(options, "fastapi-workers")
    clean_up = functools.partial(several_processes.remove, folder)
    if options.processes == 1:
        run_uvicorn(make_app(options, folder), options.port, clean_up)
    else:
        try:
            run_processes(options, folder)
        finally:
            clean_up()
