#!/usr/bin/env python3
"""A shop that speaks JSON-RPC 2.0.

What is odd about it:
- Everything is `POST /jsonrpc`: `shop.add` makes an order, `shop.tell` tells of the one whose id is in the body, `shop.stat` has the
  figures.
- An error is 200, with an `error` and without a `result`. So is an id that no order has.
- Every answer has an `id` that is the request's, not the order's: that is `result.id`.
- The figures are texts: "12".
- A request without an id is a notification: it is done, and answered 204. There are no batches.
- On demand creates are refused.
"""

import itertools

from books import Books, strikes
from serving import Refusal, read_options, serve, share

STATES = {"pending": "waiting", "processing": "running", "completed": "done", "failed": "failed"}


def more_options(add):
    add("--refuse", type=share, default=0, metavar="SHARE", help="of the creates is refused (default: 0)")


class Error(Exception):
    """Its code and message."""


options = read_options(__doc__, more_options)
books, creates = Books(options), itertools.count(1)


def add(params):
    if not isinstance(params.get("item"), str) or not params["item"]:
        raise Error(-32602, "item must be a text")
    if strikes(options.refuse, next(creates)):
        raise Error(-32001, "We are out of that")
    return {"id": int(books.add().id)}


def tell(params):
    id = params.get("id")
    order = books.find(str(id)) if isinstance(id, (int, str)) else None
    if order is None:
        raise Error(-32004, "There is no such order")
    return {"id": int(order.id), "state": STATES[order.status]}


def stat(params):
    figures = books.figures()
    return {"total": str(figures.total)} | {word: str(figures.counts[status]) for status, word in STATES.items()}


METHODS = {"shop.add": add, "shop.tell": tell, "shop.stat": stat}


def call(message):
    if message.get("jsonrpc") != "2.0" or not isinstance(message.get("method"), str):
        raise Error(-32600, "This is no request of JSON-RPC 2.0")
    if message["method"] not in METHODS:
        raise Error(-32601, "There is no such method")
    params = message.get("params", {})
    if not isinstance(params, dict):
        raise Error(-32602, "params must have names")
    return METHODS[message["method"]](params)


def error(id, code, what):
    return 200, {"jsonrpc": "2.0", "id": id, "error": {"code": code, "message": what}}


def answer(request):
    try:
        message = request.json()
    except Refusal as refusal:
        if refusal.answer[0] != 400:
            raise
        return error(None, -32700, "The body is not JSON")
    if not isinstance(message, dict) or not isinstance(message.get("id"), (int, float, str, type(None))):
        return error(None, -32600, "This is no request of JSON-RPC 2.0")
    try:
        result = call(message)
    except Error as failure:
        code, what = failure.args
        # Whose form is wrong is no notification, but a mistake that is to be told of.
        return error(message.get("id"), code, what) if "id" in message or code == -32600 else (204, None)
    return (200, {"jsonrpc": "2.0", "id": message["id"], "result": result}) if "id" in message else (204, None)


serve(options, {"POST /jsonrpc": answer})
