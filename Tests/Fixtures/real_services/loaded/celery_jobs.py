"""The task. Flower's process publishes it, the worker's runs it."""

import os
import time

import celery

app = celery.Celery("jobs", broker=os.environ["JOBS_REDIS"], backend=os.environ["JOBS_REDIS"])
app.conf.update(
    task_send_sent_event="JOBS_SENT_EVENTS" in os.environ,
    task_track_started=True,  # otherwise /api/task/result says PENDING of a task that is under way
    worker_disable_prefetch="JOBS_PREFETCH" not in os.environ,
    worker_prefetch_multiplier=1,
    broker_connection_retry_on_startup=True,
)


@app.task(name="jobs.work")
def work(seconds, order=None, fail=False):
    time.sleep(seconds)
    if fail:
        raise ValueError("told to fail")
    return order
