#!/usr/bin/env python3
"""A kitchen that wants to be paid first.

What is odd about it:
- `POST /orders` with an `amount` answers 201 {"id":17,"state":"CREATED"}, and then nothing happens, for ever: an unpaid order is never
  dropped.
- `POST /orders/17/payment` with that `amount` queues it: 200. A wrong amount is 402, a second payment 409.
- States are CREATED, QUEUED, COOKING, SERVED and, on demand, BURNT.
- `/metrics` counts unpaid orders in the `total`, and as `created`.
- With `--cookies` one logs in at `POST /login`, by a form or JSON with `username` and `password`, and is given a session in a cookie.
  Without it all is 401. An account is there from its first login on. Its orders are known to it alone: to others they are 404. The
  figures count all.
"""

import hmac
import re
import secrets
import threading

from books import Books
from serving import FORM, Refusal, read_options, serve, text_of

STATES = {"unpaid": "CREATED", "pending": "QUEUED", "processing": "COOKING", "completed": "SERVED", "failed": "BURNT"}


def more_options(add):
    add("--cookies", action="store_true", help="one has to log in")


options = read_options(__doc__, more_options)
books = Books(options)
accounts, sessions, doorkeeper = {}, {}, threading.Lock()


def gate(request):
    request.account = None
    if options.cookies and request.path != "/login":
        found = re.search(r"(?:^|[;,]) *session=([^;, ]*)", request.headers.get("cookie", ""))
        request.account = sessions.get(found and found[1])
        if request.account is None:
            raise Refusal(401, "Log in first")


def login(request):
    fields = request.form() if request.type == FORM else request.object()
    name, password = text_of(fields, "username"), text_of(fields, "password")
    with doorkeeper:
        known = accounts.setdefault(name, password)
    if not hmac.compare_digest(known.encode("utf-8", "surrogatepass"), password.encode("utf-8", "surrogatepass")):
        raise Refusal(401, "Wrong name or password")
    session = secrets.token_urlsafe(24)
    sessions[session] = name
    return 200, {"username": name}, {"Set-Cookie": f"session={session}; Path=/; HttpOnly; SameSite=Lax"}


def amount_of(request):
    amount = request.object().get("amount")
    if isinstance(amount, bool) or not isinstance(amount, (int, float)) or amount <= 0:
        raise Refusal(422, "amount must be a number above 0")
    return amount


def order_of(request, id):
    order = books.find(id)
    if order is None or order.details[0] != request.account:
        raise Refusal(404, "There is no such order")
    return order


def shown(order):
    return {"id": int(order.id), "state": STATES[order.status]}


def create(request):
    return 201, shown(books.add((request.account, amount_of(request)), is_paid=False))


def pay(request, id):
    amount, order = amount_of(request), order_of(request, id)
    if order.status == "unpaid" and amount != order.details[1]:
        raise Refusal(402, "The amount is wrong")
    # What was unpaid above may be paid by now, by somebody who was faster.
    paid = books.pay(id)
    if paid is None:
        raise Refusal(409, "The order is paid already")
    return 200, shown(paid)


def status(request, id):
    return 200, shown(order_of(request, id))


def metrics(request):
    figures = books.figures()
    return 200, {"total": figures.total} | {word.lower(): figures.counts[status] for status, word in STATES.items()}


routes = {"POST /orders": create, "POST /orders/{id}/payment": pay, "GET /orders/{id}": status, "GET /metrics": metrics}
serve(options, routes | ({"POST /login": login} if options.cookies else {}), gate)
