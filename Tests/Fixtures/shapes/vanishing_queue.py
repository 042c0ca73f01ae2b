#!/usr/bin/env python3
"""A queue that forgets what is done.

What is odd about it:
- `POST /queue` answers 201 with the id, and there is no page for a single order: 404, whatever its id.
- `GET /queue` is a list, not an object, and has the open orders only, queued or running. An order that has ended is gone from it.
- `/count` has the orders that were accepted and those that are open. How many are done is told nowhere, nor whether one failed.
"""

from books import Books
from serving import read_options, serve

STATES = {"processing": "running", "pending": "queued"}  # those first that are further

options = read_options(__doc__)
books = Books(options)


def create(request):
    request.item()
    return 201, {"id": int(books.add().id)}


def queue(request):
    lists = books.lists()
    return 200, [{"id": int(order.id), "state": state} for status, state in STATES.items() for order in lists[status]]


def count(request):
    figures = books.figures()
    return 200, {"accepted": figures.total, "open": figures.counts["pending"] + figures.counts["processing"]}


serve(options, {"POST /queue": create, "GET /queue": queue, "GET /count": count})
