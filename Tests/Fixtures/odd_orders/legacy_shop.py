#!/usr/bin/env python3
"""An old shop: Flask on Werkzeug's own server, as it was first tried out and then left running.

What is odd about it:
- `/orders/` has a slash at its end; without it the answer is 308. So has `/orders/{id}/`.
- Every answer closes its connection.
- Basic authentication; the name and the password are in ODD_ORDERS_USER and ODD_ORDERS_PASSWORD.
- An order's `item_ids` is a string. The answer is 200, and the id has to be cut out of its text: "Order ORD18 created" is 18.
- The status is `order_status`, in words of odd case. Three orders end as DONE, the next three as ARCHIVED, and so on; REJECTED and ERROR
  likewise.
- Metrics are flat strings: "12", "0.42 seconds". The total is of orders that are done only, the average without their time in the queue,
  to the nearest hundredth, and "n/a" while none is done.
- On demand orders fail, stay In_Progress for ever, connections are reset, and readings are an HTML page with 200.
"""

import hmac
import os
import socket
import struct

from flask import Flask, jsonify, request

from books import Books
from faults import Counter, read_options
from serving import run_werkzeug

WORDS = {"pending": ("NEW",), "processing": ("In_Progress",), "completed": ("DONE", "ARCHIVED"), "failed": ("REJECTED", "ERROR")}
REALM = {"WWW-Authenticate": 'Basic realm="shop"'}

options = read_options(__doc__, {
    "fail": "of the orders fails",
    "stuck": "of the orders is In_Progress for ever",
    "reset": "of the creates has its connection reset; every other of these has made its order before",
    "bad-metrics": "of the readings is an HTML page",
})
books, creates, resets, readings = Books(options), Counter(), Counter(), Counter()
app = Flask(__name__)
app.config["PROPAGATE_EXCEPTIONS"] = True  # a reset connection is Werkzeug's to clean up, not Flask's to answer


def secret(name):
    value = os.environ.get(name)
    if not value:
        raise SystemExit(f"legacy_shop: {name} is not set; the shop is entered by the name and password in the environment")
    return value.encode()


USER, PASSWORD = secret("ODD_ORDERS_USER"), secret("ODD_ORDERS_PASSWORD")


@app.before_request
def let_in():
    if request.path == "/":
        return None
    given = request.authorization
    if given is not None and given.type == "basic":
        name, password = (given.username or "").encode(), (given.password or "").encode()
        if hmac.compare_digest(name, USER) & hmac.compare_digest(password, PASSWORD):
            return None
    return jsonify(message="Who are you?"), 401, REALM


@app.get("/")
def front_page():
    return "<!doctype html><title>Shop</title><h1>Welcome to the shop</h1>\n"


@app.post("/orders/")
def create():
    order = request.get_json(silent=True)
    if not isinstance(order, dict) or not isinstance(order.get("customer"), str) or not isinstance(order.get("item_ids"), str):
        return jsonify(message="An order has a customer, and item_ids as in '1,2,3'"), 400
    is_reset = creates.strikes(options.reset)
    if is_reset and not resets.strikes(1 / 2):
        reset()
    number = books.add(make_id=str).number
    if is_reset:
        reset()
    return jsonify(message=f"Order ORD{number} created")


@app.get("/orders/<id>/")
def status(id):
    found = books.find(id)
    if found is None:
        return jsonify(message=f"No order {id}"), 404
    number, status = found
    words = WORDS[status]
    return jsonify(order=f"ORD{number}", order_status=words[number // 3 % len(words)])


@app.get("/metrics/")
def metrics():
    if readings.strikes(options.bad_metrics):
        return front_page()
    figures = books.figures()
    seconds = figures.processing_ns / figures.completed / 1e9 if figures.completed else None
    return jsonify(
        total_orders=str(figures.completed),
        waiting_orders=str(figures.counts["pending"]),
        orders_in_progress=str(figures.counts["processing"]),
        failed_orders=str(figures.counts["failed"]),
        average_time="n/a" if seconds is None else f"{seconds:.2f} seconds")


def reset():
    """Ends the request's connection by a reset, without a byte of an answer."""
    connection = request.environ["werkzeug.socket"]
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    socket.close(connection.detach())
    raise ConnectionResetError


if __name__ == "__main__":
    run_werkzeug(app, options.port)
