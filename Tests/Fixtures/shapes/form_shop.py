#!/usr/bin/env python3
"""A shop whose clients fill in forms, and whose answers are always 200.

What is odd about it:
- `POST /add` wants a form (`application/x-www-form-urlencoded`); anything else is 415.
- The answer is 200 whatever became of the order: {"status":"ok","job":{"id":17}} or {"status":"error","message":"…"}.
- An order is asked for by `POST /status`, with its id in a form, too. Its status is a number: 0 waiting, 1 running, 2 done, 3 failed.
- `/stats.json` counts waiting and running orders together, as `open`, and those that ended both together and apart.
- On demand creates are refused, by a 200 like any other.
"""

import itertools

from books import Books, strikes
from serving import read_options, serve, share

NUMBERS = {"pending": 0, "processing": 1, "completed": 2, "failed": 3}


def more_options(add):
    add("--refuse", type=share, default=0, metavar="SHARE", help="of the creates is refused (default: 0)")


options = read_options(__doc__, more_options)
books, creates = Books(options), itertools.count(1)


def error(message):
    return 200, {"status": "error", "message": message}


def add(request):
    if not request.form().get("item"):
        return error("What is it to be? item is missing")
    if strikes(options.refuse, next(creates)):
        return error("We are out of that")
    return 200, {"status": "ok", "job": {"id": int(books.add().id)}}


def status(request):
    order = books.find(request.form().get("id"))
    if order is None:
        return error("There is no such job")
    return 200, {"status": "ok", "job": {"id": int(order.id), "status": NUMBERS[order.status]}}


def stats(request):
    figures = books.figures()
    good, bad = figures.counts["completed"], figures.counts["failed"]
    return 200, {
        "open": figures.counts["pending"] + figures.counts["processing"],
        "done": {"good": good, "bad": bad},
        "ended": good + bad,
        "ever": figures.total,
    }


serve(options, {"POST /add": add, "POST /status": status, "GET /stats.json": stats})
