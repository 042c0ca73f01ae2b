#!/usr/bin/env python3
"""A shop that speaks as AWS's services of JSON do.

What is odd about it:
- Everything is `POST /`, of the type `application/x-amz-json-1.1`; anything else is 415. `X-Amz-Target` names what is to be done:
  `Shop.CreateJob`, `Shop.DescribeJob` or `Shop.DescribeFigures`.
- An error is 400, whatever it is: `__type` says which. So is a job that there is not.
- What waits and what is under way are counted together, and those that ended by how they did.
"""

import json

from books import Books
from serving import Refusal, read_options, serve

TYPE = "application/x-amz-json-1.1"
STATES = {"pending": "SUBMITTED", "processing": "RUNNING", "completed": "SUCCEEDED", "failed": "FAILED"}

options = read_options(__doc__)
books = Books(options)


class Error(Exception):
    """Its type and message."""


def create(fields):
    if not isinstance(fields.get("JobName"), str) or not fields["JobName"]:
        raise Error("ValidationException", "JobName must be a text")
    return {"Job": {"JobId": f"job-{books.add().id}"}}


def describe(fields):
    id = fields.get("JobId")
    order = books.find(id.removeprefix("job-")) if isinstance(id, str) and id.startswith("job-") else None
    if order is None:
        raise Error("ResourceNotFoundException", "There is no such job")
    return {"Job": {"JobId": id, "JobStatus": STATES[order.status]}}


def figures(_):
    counts = books.figures().counts
    return {"Open": counts["pending"] + counts["processing"], "Ended": {"Succeeded": counts["completed"], "Failed": counts["failed"]}}


ACTIONS = {"CreateJob": create, "DescribeJob": describe, "DescribeFigures": figures}


def answer(request):
    if request.type != TYPE:
        raise Refusal(415, f"The body must be {TYPE}")
    try:
        action = ACTIONS.get(request.headers.get("x-amz-target", "").removeprefix("Shop."))
        if action is None:
            raise Error("UnknownOperationException", "X-Amz-Target names nothing that is done here")
        try:
            fields = json.loads(request.body)
        except (ValueError, RecursionError):
            raise Error("SerializationException", "The body is not JSON") from None
        if not isinstance(fields, dict):
            raise Error("SerializationException", "The body must be an object")
        return 200, action(fields)
    except Error as failure:
        kind, message = failure.args
        return 400, {"__type": kind, "message": message}


serve(options, {"POST /": answer})
