#!/usr/bin/env python3
"""An order API in the `standard` dialect that does not want to be asked for its figures often.

What is odd about it:
- `/metrics` may be read N times in any minute (`--metrics-limit N`). Beyond that it is 429, with the whole seconds in `Retry-After` after
  which it may be read again. A reading that was refused does not count.
- `GET /seen` tells when `/metrics` was read, in seconds from the start: all `readings`, those `refused` among them, and for each of these
  how long it was told to wait.
"""

import math
import re
import threading
import time
import uuid
from collections import deque

from books import Books
from serving import Refusal, count, read_options, seconds, serve, text_of

STATUSES = ("pending", "processing", "completed", "cancelled", "failed")


def more_options(add):
    add("--metrics-limit", type=count, default=30, metavar="N", help="readings per window (default: 30)")
    add("--metrics-window", type=seconds, default=60, metavar="SECONDS", help="how long a window is (default: 60)")


options = read_options(__doc__, more_options)
books, began = Books(options), time.monotonic()
keys, keyring = {}, threading.Lock()
seen, allowed, turnstile = {"readings": [], "refused": [], "told_to_wait": []}, deque(), threading.Lock()


def create(request):
    order = request.object()
    text_of(order, "user_id")
    items, amount = order.get("item_ids"), order.get("total_amount")
    if not isinstance(items, list) or not items or not all(isinstance(item, str) for item in items):
        raise Refusal(422, "item_ids must be a list of texts, and not empty")
    if isinstance(amount, bool) or not isinstance(amount, (int, float)) or amount < 0:
        raise Refusal(422, "total_amount must be a number, 0 or more")
    content = {name: order[name] for name in ("user_id", "item_ids", "total_amount")}
    key = request.headers.get("idempotency-key")
    with keyring:  # of two requests with one key the second finds what the first has made
        id = keys.get(key) or books.add(content, make_id=lambda _: str(uuid.uuid4())).id
        if key is not None:
            keys[key] = id
    made = books.find(id)
    if made.details != content:
        raise Refusal(422, "This Idempotency-Key was another order's")
    return 201, brief(made), {"Location": f"/orders/{id}"}


def order_of(id):
    order = books.find(id)
    if order is None:
        raise Refusal(404, "There is no such order")
    return order


def brief(order):
    return {"order_id": order.id, "status": order.status}


def status(request, id):
    return 200, brief(order_of(id))


def whole(request, id):
    order = order_of(id)
    return 200, brief(order) | order.details


def cancel(request, id):
    order_of(id)
    cancelled = books.cancel(id)
    if cancelled is None:
        raise Refusal(409, "The order is no longer pending")
    return 200, brief(cancelled)


def orders(request):
    limit, cursor = request.query.get("limit", "20"), request.query.get("cursor", "0")
    if not re.fullmatch("[0-9]{1,3}", limit) or not 1 <= int(limit) <= 100 or not re.fullmatch("[0-9]{1,12}", cursor):
        raise Refusal(400, "limit must be from 1 to 100, and cursor come from the page before")
    found, total = books.page(int(cursor), int(limit))
    end = int(cursor) + len(found)
    return 200, {"orders": [brief(order) for order in found], "next_cursor": str(end) if end < total else None}


def let_read():
    """Notes the reading, and refuses it where there were too many."""
    with turnstile:
        now = time.monotonic()
        while allowed and allowed[0] + options.metrics_window <= now:
            allowed.popleft()
        seen["readings"].append(round(now - began, 6))
        if len(allowed) < options.metrics_limit:
            allowed.append(now)
            return
        wait = max(1, math.ceil(allowed[0] + options.metrics_window - now))
        seen["refused"].append(seen["readings"][-1])
        seen["told_to_wait"].append(wait)
    raise Refusal(429, f"No more than {options.metrics_limit} readings in {options.metrics_window:g} s", {"Retry-After": wait})


def metrics(request):
    let_read()
    figures = books.figures()
    completed = figures.counts["completed"]
    return 200, {
        "total_orders": figures.total,
        "status_counts": {status: figures.counts[status] for status in STATUSES},
        "average_processing_time": figures.processing_ns / completed / 1e9 if completed else None,
        "average_completion_time": figures.completion_ns / completed / 1e9 if completed else None,
        "estimated_processing_time": options.service_time * (figures.counts["pending"] + figures.counts["processing"]),
    }


def order_metrics(request, id):
    order = order_of(id)
    is_completed = order.status == "completed"
    return 200, {"order_id": id, "completion_time": (order.ended - order.created) / 1e9 if is_completed else None}


def show_seen(request):
    with turnstile:
        return 200, {name: list(values) for name, values in seen.items()}


serve(options, {
    "GET /ping": lambda request: (200, {"message": "Success"}),
    "POST /orders": create,
    "GET /orders": orders,
    "GET /orders/{id}": whole,
    "GET /orders/{id}/status": status,
    "POST /orders/{id}/cancel": cancel,
    "GET /metrics": metrics,
    "GET /metrics/{id}": order_metrics,
    "GET /seen": show_seen,
})
