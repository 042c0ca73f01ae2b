#!/usr/bin/env python3
"""Celery with one worker, Redis as its broker and store of results, and Flower, whose HTTP API is the service.
Run it with the Python that has them (celery_flower.requirements.txt); it needs Debian's package redis-server, too.

The task is `jobs.work`, of loaded/celery_jobs.py: it takes `seconds`, and fails where it is told to."""

import sys

import running


def more_options(add):
    add("--workers", type=int, default=4, help="how many jobs are under way at once (4)")
    add("--keep", type=int, default=100_000, help="how many tasks Flower knows (100000, as is Flower's own default)")
    add("--no-sent-events", action="store_true",
        help="as is Celery's own default: then Flower says 404 of a task until the worker has taken it from Redis")
    add("--prefetch", action="store_true",
        help="as is Celery's own default: the worker takes tasks, here one for each that is under way, that have to wait at it: "
        "these are in no queue's length")


options = running.options(__doc__, more_options)

with running.Service() as service:
    port = options.port or running.free_port()
    socket = service.folder / "redis.sock"
    service.start("redis-server", "--port", 0, "--unixsocket", socket, "--save", "", "--appendonly", "no")
    service.wait_until(socket.exists, "Redis")
    celery = [sys.executable, "-m", "celery", "--quiet", "--app=celery_jobs"]
    environment = {"PYTHONPATH": str(running.LOADED), "JOBS_REDIS": f"redis+socket://{socket}"}
    if not options.no_sent_events:
        environment["JOBS_SENT_EVENTS"] = "yes"
    if options.prefetch:
        environment["JOBS_PREFETCH"] = "yes"
    service.start(
        *celery, "worker", "--hostname=jobs@here", "--pool=threads", f"--concurrency={options.workers}", "--task-events",
        "--without-gossip", "--without-mingle", **environment)
    service.start(
        *celery, "flower", f"--address={running.HOST}", f"--port={port}", f"--max-tasks={options.keep}",
        FLOWER_UNAUTHENTICATED_API="true", **environment)
    url = f"http://{running.HOST}:{port}"
    # Flower knows the worker by its events alone, so once it does, it sees those of tasks, too.
    service.wait_until(lambda: '"jobs@here": true' in (running.answer(f"{url}/api/workers?status=1") or ""), "Flower")
    service.serve(url)
