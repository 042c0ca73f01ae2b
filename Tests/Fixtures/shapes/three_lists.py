#!/usr/bin/env python3
"""A daemon that sorts its jobs into lists.

What is odd about it:
- `POST /jobs` answers 201 with the id, 32 hexadecimal digits. There is no page for a single job.
- `GET /jobs` has a list for each status, and a job has nothing but its id: which list holds it tells how it stands.
- `/daemon` counts the failed jobs among the finished ones; in `/jobs` they have a list of their own.
"""

import uuid

from books import Books
from serving import read_options, serve

LISTS = {"pending": "pending", "processing": "running", "completed": "finished", "failed": "failed"}

options = read_options(__doc__)
books = Books(options)


def create(request):
    request.item()
    return 201, {"id": books.add(make_id=lambda _: uuid.uuid4().hex).id}


def jobs(request):
    lists = books.lists()
    return 200, {name: [{"id": order.id} for order in lists[status]] for status, name in LISTS.items()}


def daemon(request):
    counts = books.figures().counts
    return 200, {"pending": counts["pending"], "running": counts["processing"], "finished": counts["completed"] + counts["failed"]}


serve(options, {"POST /jobs": create, "GET /jobs": jobs, "GET /daemon": daemon})
