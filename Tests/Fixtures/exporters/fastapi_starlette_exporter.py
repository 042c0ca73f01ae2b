#!/usr/bin/env python3
"""FastAPI on Uvicorn, with starlette_exporter, as its documentation begins.

What is odd about it:
- A request is counted once the app is done with it, after its answer was handed to the connection; its duration ends where the last
  piece of the answer is about to be.
- What no route matches, by its path or by its method, is not counted at all. `/metrics` is.
- The gauge of requests in progress includes the scrape itself, so that of GET is never 0.
- `/metrics` is `text/plain; version=1.0.0` whatever `Accept` asks for.
"""

from starlette_exporter import PrometheusMiddleware, handle_metrics

from books import Books, Memory, OrderMetrics
from serving import fastapi_app, read_options, run_uvicorn

options = read_options(__doc__)
app = fastapi_app(Books(options, OrderMetrics(), Memory()), options.answer_time)
app.add_middleware(PrometheusMiddleware)
app.add_route("/metrics", handle_metrics)

if __name__ == "__main__":
    run_uvicorn(app, options.port)
