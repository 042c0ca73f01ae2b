#!/usr/bin/env python3
"""Flask on Werkzeug's own server, with prometheus_flask_exporter.

What is odd about it:
- Every answer closes its connection.
- A request is counted before the first byte of its answer is sent, and its duration ends there.
- `/metrics` is not counted. What no route matches is, with `url_rule="None"`.
- `flask_http_request_total` does not tell routes apart; only the histogram of durations does.
- On demand its figures lie: `--lie skips-errors` leaves answers from 400 on out of all figures about requests, `--lie milliseconds` has
  their durations in milliseconds.
- By the library's own default that is by path, so that every order has a histogram of its own: `--group-by path`.
"""

from prometheus_client import Counter, Histogram
from prometheus_flask_exporter import PrometheusMetrics

from books import Books, Memory, OrderMetrics
from serving import flask_app, read_options, run_werkzeug


def more_options(add):
    add("--group-by", choices=["path", "endpoint", "url_rule"], default="url_rule", help="of what the durations tell (default: url_rule)")


    add("--lie", choices=["skips-errors", "milliseconds"], help="what is told wrongly of requests")


class Nothing:
    """A series that is not kept."""

    def inc(self, amount=1):
        pass

    def observe(self, seconds):
        pass


def skip_errors(family):
    """The metrics of this type forget answers from 400 on."""
    labels = family.labels

    def labelled(self, *values, **named):
        status = named.get("status", "")
        return Nothing() if str(status).isdigit() and int(status) >= 400 else labels(self, *values, **named)

    family.labels = labelled


options = read_options(__doc__, more_options)
if options.lie == "skips-errors":
    skip_errors(Counter)
    skip_errors(Histogram)
app = flask_app(Books(options, OrderMetrics(), Memory()), options.answer_time)
PrometheusMetrics(app, group_by=options.group_by)
if options.lie == "milliseconds":
    observe = Histogram.observe

    def in_milliseconds(self, amount, exemplar=None):
        observe(self, amount * 1000 if "request" in self._name else amount, exemplar)

    Histogram.observe = in_milliseconds

if __name__ == "__main__":
    run_werkzeug(app, options.port)
