#!/usr/bin/env python3
"""Flask on Waitress, with prometheus_client alone.

What is odd about it:
- `/metrics` is prometheus_client's own WSGI application: it answers in the format that `Accept` asks for, and by gzip where that is
  accepted.
- There are no figures about requests, only about orders and, by prometheus_client's default, the process and the interpreter.
- On demand one figure lies, from the first order on:
  `milliseconds` observes `order_completion_seconds` in milliseconds;
  `bucket` has one too many in a single bucket of it, the greatest that is not above the service time, so that no order can be in it; all
  other buckets, the count and the sum are true;
  `skips-errors` counts every other failed order only, the second, the fourth and so on.
"""

from prometheus_client import REGISTRY

from books import Books, Memory, OrderMetrics
from serving import flask_app, read_options, run_waitress, with_client_metrics


class InMilliseconds(OrderMetrics):
    def completed(self, completion, processing):
        super().completed(completion * 1000, processing)


class OneTooMany(OrderMetrics):
    def __init__(self, service_time):
        super().__init__()
        bounds = self._completion._upper_bounds
        self._wrong = max((index for index, bound in enumerate(bounds) if bound <= service_time), default=None)
        if self._wrong is None:
            raise SystemExit(f"flask_client: --lie bucket needs a --service-time of at least {bounds[0]} s, the first bucket")

    def completed(self, completion, processing):
        if self._wrong is not None:  # buckets are kept apart, and added up when they are told
            self._completion._buckets[self._wrong].inc(1)
            self._completion._buckets[self._wrong + 1].inc(-1)
            self._wrong = None
        super().completed(completion, processing)


class SkipsErrors(OrderMetrics):
    _failures = 0

    def failed(self):
        self._failures += 1
        if self._failures % 2 == 0:
            self._ended.labels("failed").inc()
        self._open.labels("processing").dec()


LIES = {
    "milliseconds": lambda options: InMilliseconds(),
    "bucket": lambda options: OneTooMany(options.service_time),
    "skips-errors": lambda options: SkipsErrors(),
    None: lambda options: OrderMetrics(),
}

options = read_options(__doc__, lambda add: add("--lie", choices=[name for name in LIES if name], help="what is told wrongly"))
app = with_client_metrics(flask_app(Books(options, LIES[options.lie](options), Memory()), options.answer_time), REGISTRY)

if __name__ == "__main__":
    run_waitress(app, options.port)
