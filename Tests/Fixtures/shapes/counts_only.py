#!/usr/bin/env python3
"""A letter box: what goes in is counted, and never seen again.

What is odd about it:
- `POST /orders` answers 202 and tells no id, in its body or elsewhere.
- There is no page about an order, and no list of them.
- `/counts` is all that can be known.
"""

from books import Books
from serving import read_options, serve

options = read_options(__doc__)
books = Books(options)


def create(request):
    request.item()
    books.add()
    return 202, {"message": "Thank you"}


def counts(request):
    figures = books.figures()
    counts = figures.counts
    return 200, {
        "received": figures.total,
        "waiting": counts["pending"],
        "working": counts["processing"],
        "done": counts["completed"],
        "failed": counts["failed"],
    }


serve(options, {"POST /orders": create, "GET /counts": counts})
