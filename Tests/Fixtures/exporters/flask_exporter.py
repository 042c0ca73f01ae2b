#!/usr/bin/env python3
"""Flask on Werkzeug's own server, with prometheus_flask_exporter.

What is odd about it:
- Every answer closes its connection.
- A request is counted before the first byte of its answer is sent, and its duration ends there.
- `/metrics` is not counted. What no route matches is, with `url_rule="None"`.
- `flask_http_request_total` does not tell routes apart; only the histogram of durations does.
- By the library's own default that is by path, so that every order has a histogram of its own: `--group-by path`.
"""

from prometheus_flask_exporter import PrometheusMetrics

from books import Books, Memory, OrderMetrics
from serving import flask_app, read_options, run_werkzeug


def more_options(add):
    add("--group-by", choices=["path", "endpoint", "url_rule"], default="url_rule", help="of what the durations tell (default: url_rule)")


options = read_options(__doc__, more_options)
app = flask_app(Books(options, OrderMetrics(), Memory()))
PrometheusMetrics(app, group_by=options.group_by)

if __name__ == "__main__":
    run_werkzeug(app, options.port)
