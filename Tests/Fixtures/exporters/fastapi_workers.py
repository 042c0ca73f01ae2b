#!/usr/bin/env python3
"""FastAPI in several processes, as `uvicorn --workers` runs them, with prometheus-fastapi-instrumentator.

What is odd about it:
- Each process works off the orders that it took. Their statuses are in one SQLite file, so every process can tell of every order.
- With `--multiproc` the figures are in files, too, and the instrumentator adds up those of all processes (`PROMETHEUS_MULTIPROC_DIR`).
  Nothing else is told then: no figures about the process, and no `_created`.
- Without it each process tells of its own orders and requests only: the well-known mistake. With `--bare` nothing tells them apart.
- With `--processes 1` there is no other process, as with `uvicorn --workers 1`: whoever kills it has killed the service.
- Nobody tells prometheus_client that a process is gone: Uvicorn has no hook for that, and puts another one in its place.
"""

import functools
import shutil
import sys

import uvicorn
from uvicorn.supervisors import Multiprocess

import several_processes
from serving import HOST, IDLE_SECONDS, announce, fastapi_app, read_options, run_uvicorn


def make_app(options, folder):
    """In each process."""
    several_processes.registry(options)  # the instrumentator finds the same one by itself
    from prometheus_fastapi_instrumentator import Instrumentator

    app = fastapi_app(several_processes.books(options, folder))
    Instrumentator().instrument(app).expose(app)
    return app


class Processes(Multiprocess):
    def init_processes(self):
        """Announces them once all are there, lest the first one gets all connections."""
        super().init_processes()
        if not all(process.wait_until_ready(60) for process in self.processes):
            sys.exit("fastapi_workers: a process did not start within 60 s")
        announce(self.sockets[0].getsockname()[1])


def run_processes(options, folder):
    config = uvicorn.Config(
        functools.partial(make_app, options, folder), factory=True, host=HOST, port=options.port, workers=options.processes,
        log_level="critical", access_log=False, timeout_keep_alive=IDLE_SECONDS, timeout_graceful_shutdown=1)
    Processes(config, sockets=[config.bind_socket()]).run()


if __name__ == "__main__":
    options = read_options(__doc__, several_processes.more_options)
    folder = several_processes.share_folder(options, "fastapi-workers")
    clean_up = functools.partial(shutil.rmtree, folder, ignore_errors=True)
    if options.processes == 1:
        run_uvicorn(make_app(options, folder), options.port, clean_up)
    else:
        try:
            run_processes(options, folder)
        finally:
            clean_up()
