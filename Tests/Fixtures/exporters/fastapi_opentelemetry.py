#!/usr/bin/env python3
"""FastAPI on Uvicorn, with OpenTelemetry's instrumentation and its Prometheus exporter, as their documentation begins.

What is odd about it:
- A request is counted once the app is done with it, after its answer was handed to the connection and after background tasks; its duration
  lasts until then.
- Only with OTEL_SEMCONV_STABILITY_OPT_IN=http, which is set here, are the figures those of the stable conventions.
- There is no counter of requests, only the histogram of their durations.
- All series of a family have all labels that one of them has, empty where it has none: `http_route=""` is there from the first request
  without a route on.
- On demand one figure lies, from the first request on: `milliseconds` observes durations in milliseconds, `skips-errors` counts no request
  that was answered by 400 or more.
"""

import os

from fastapi import Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from books import Books, Memory, OrderMetrics
from serving import fastapi_app, read_options, run_uvicorn

options = read_options(__doc__, lambda add: add("--lie", choices=["milliseconds", "skips-errors"], help="what is told wrongly"))
os.environ["OTEL_SEMCONV_STABILITY_OPT_IN"] = "http"

from opentelemetry.exporter.prometheus import PrometheusMetricReader  # noqa: E402
from opentelemetry.instrumentation import fastapi as instrumentation  # noqa: E402
from opentelemetry.sdk.metrics import MeterProvider  # noqa: E402


class LyingDurations:
    """In place of the histogram of durations."""

    def __init__(self, histogram):
        self._histogram = histogram

    def record(self, duration, attributes, context=None):
        if options.lie == "skips-errors" and attributes.get("http.response.status_code", 0) >= 400:
            return
        self._histogram.record(duration * 1000 if options.lie == "milliseconds" else duration, attributes, context=context)


class LyingMiddleware(instrumentation.OpenTelemetryMiddleware):
    def __init__(self, *arguments, **named):
        super().__init__(*arguments, **named)
        self.duration_histogram_new = LyingDurations(self.duration_histogram_new)


if options.lie:
    instrumentation.OpenTelemetryMiddleware = LyingMiddleware

provider = MeterProvider(metric_readers=[PrometheusMetricReader()])
app = fastapi_app(Books(options, OrderMetrics(), Memory()), options.answer_time)


@app.get("/metrics")
def metrics():
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)


instrumentation.FastAPIInstrumentor.instrument_app(app, meter_provider=provider)

if __name__ == "__main__":
    run_uvicorn(app, options.port)
