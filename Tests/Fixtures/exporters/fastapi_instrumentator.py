#!/usr/bin/env python3
"""FastAPI on Uvicorn, with prometheus-fastapi-instrumentator, as its documentation begins.

What is odd about it:
- A request is counted once the app is done with it, after its answer was handed to the connection.
- Statuses are told as `2xx`, `3xx`, `4xx` and `5xx`.
- `/metrics` is counted, and what no route matches is, as the handler `none`.
- Durations are told twice: by route in four buckets, and of all together in many (`highr`).
- `/metrics` is `text/plain; version=1.0.0` whatever `Accept` asks for.
"""

from prometheus_fastapi_instrumentator import Instrumentator

from books import Books, Memory, OrderMetrics
from serving import fastapi_app, read_options, run_uvicorn

options = read_options(__doc__)
app = fastapi_app(Books(options, OrderMetrics(), Memory()), options.answer_time)
Instrumentator().instrument(app).expose(app)

if __name__ == "__main__":
    run_uvicorn(app, options.port)
