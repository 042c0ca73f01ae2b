#!/usr/bin/env python3
"""The shop of flask_client.py in several processes, under Gunicorn.

What is odd about it:
- Each process works off the orders that it took. Their statuses are in one SQLite file, so every process can tell of every order.
- With `--multiproc` the figures are in files, too, and whichever process is asked adds up all of them (`PROMETHEUS_MULTIPROC_DIR`). Nothing
  else is told then: no figures about the process, and no `_created`.
- Without it each process tells of its own orders only, and a scrape meets whichever takes the connection: the well-known mistake. With
  `--bare` nothing tells the processes apart.
"""

import multiprocessing

from gunicorn.app.base import BaseApplication

import several_processes
from serving import HOST, IDLE_SECONDS, announce, flask_app, read_options, with_client_metrics


class Shop(BaseApplication):
    def __init__(self, options, folder):
        self.options, self.folder, self.ready = options, folder, multiprocessing.Value("i")
        super().__init__()

    def load_config(self):
        for name, value in {
            "bind": f"{HOST}:{self.options.port}", "workers": self.options.processes, "worker_class": "gthread", "threads": 32,
            "keepalive": IDLE_SECONDS, "graceful_timeout": 5, "loglevel": "error", "control_socket_disable": True,
            "post_worker_init": self.announce_last, "child_exit": self.forget, "on_exit": self.clean_up,
        }.items():
            self.cfg.set(name, value)

    def load(self):
        """In each process, once it is forked."""
        registry = several_processes.registry(self.options)
        return with_client_metrics(flask_app(several_processes.books(self.options, self.folder), self.options.answer_time), registry)

    def announce_last(self, worker):
        """Once all processes are there, lest the first one gets all connections."""
        with self.ready.get_lock():
            self.ready.value += 1
            if self.ready.value == self.options.processes:
                announce(worker.sockets[0].getsockname()[1])

    def forget(self, _, worker):
        if self.options.multiproc:
            from prometheus_client.multiprocess import mark_process_dead

            mark_process_dead(worker.pid)

    def clean_up(self, _):
        several_processes.remove(self.folder)


if __name__ == "__main__":
    options = read_options(__doc__, several_processes.more_options)
    Shop(options, several_processes.share_folder(options, "gunicorn-workers")).run()
