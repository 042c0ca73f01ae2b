#!/usr/bin/env python3
"""A warehouse that lets its clients wait: Flask on Waitress.

What is odd about it:
- `/orders/` has a slash at its end; without it the answer is 301, which makes a GET of a POST where it is followed.
- Ids are the client's, integers or strings (`warehouse_numbers.yaml`, `warehouse_names.yaml`). A second order of one id is refused by 409.
- Where `--queue N` orders wait, a create waits, too, up to 30 s; then it is answered 503 with `Retry-After`.
- Metrics are flat: the average in whole seconds, rounded down, with the time in the queue, and `null` while nothing is completed.
- On demand orders are lost (acknowledged, then 404 and in no count), readings are 500 with an HTML page, and after N orders the server
  wedges for good: it accepts connections, and answers nothing more.
"""

import threading

from flask import Flask, jsonify, redirect, request

from books import Books, DuplicateID, QueueFull
from faults import Counter, read_options
from serving import run_waitress

PATIENCE_SECONDS = 30


def more_options(add):
    add("--queue", type=int, metavar="N", help="a create waits while so many orders do (default: none ever waits)")
    add("--wedge-after", type=int, metavar="N", help="once N orders were created nothing is answered any more")


options = read_options(__doc__, {
    "lose": "of the acknowledged orders is lost when its turn comes",
    "bad-metrics": "of the readings fails by a 500",
}, more_options)
books, readings = Books(options), Counter()
app = Flask(__name__)


@app.before_request
def answer_nothing_once_wedged():
    if options.wedge_after is not None and books.created >= options.wedge_after:
        threading.Event().wait()


@app.get("/ping")
def ping():
    return jsonify(message="Success")


@app.route("/orders", methods=["GET", "POST"])
def missing_slash():
    return redirect("/orders/", 301)


@app.post("/orders/")
def create():
    order = request.get_json(silent=True)
    id = order.get("order_id") if isinstance(order, dict) else None
    if isinstance(id, bool) or not isinstance(id, (int, str)) or id == "":
        return jsonify(error="order_id must be an integer or a string"), 400
    if not isinstance(order.get("item_ids"), list):
        return jsonify(error="item_ids must be a list"), 400
    try:
        books.add(lambda _: str(id), room=options.queue, patience=PATIENCE_SECONDS)
    except DuplicateID:
        return jsonify(error=f"There is an order {id} already"), 409
    except QueueFull:
        return jsonify(error="The warehouse is full"), 503, {"Retry-After": "5"}
    return jsonify(order_id=id), 201


@app.get("/orders/<id>")
def status(id):
    found = books.find(id)
    if found is None:
        return jsonify(error=f"There is no order {id}"), 404
    return jsonify(order_id=id, status=found[1])


@app.get("/metrics")
def metrics():
    if readings.strikes(options.bad_metrics):
        return "<!doctype html><title>500</title><h1>Internal Server Error</h1>\n", 500
    figures = books.figures()
    return jsonify(
        total=figures.total,
        pending=figures.counts["pending"],
        processing=figures.counts["processing"],
        completed=figures.completed,
        average_seconds=figures.completion_ns // figures.completed // 10**9 if figures.completed else None)


if __name__ == "__main__":
    run_waitress(app, options.port, threads=128)  # each create that waits holds one
