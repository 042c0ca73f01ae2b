"""The resources."""

import json
import math
import time

from .books import Order
from .ending import exit_hard
from .wire import Answer, problem


class Api:
    """Requests in, answers out. No method waits: each is one step of the event loop."""

    def __init__(self, books, faults, workers):
        self.books, self.faults, self.workers = books, faults, workers
        self.options = faults.options
        self.cached = None

    def answer(self, method, path, body):
        if self.options.die_at_once == "request":
            exit_hard(1)
        path = path.split("?", 1)[0]
        if path == "/ping":
            return self._only("GET", method) or Answer(200, {"message": "Success"})
        if self.options.only_errors:
            return problem(500, "This server answers only errors.")
        if path == "/orders":
            return self._only("POST", method) or self._create(body)
        if path == "/metrics":
            return self._only("GET", method) or self._metrics()
        parts = path.split("/")[1:]
        if parts[0] == "orders" and (len(parts) == 2 or parts[2:] == ["status"]):
            return self._only("GET", method) or self._order(parts[1], whole=len(parts) == 2)
        return problem(404, f"There is nothing at {path}.")

    def add_foreign(self):
        """An order of somebody else's."""
        order = Order(self.faults.new_uuid("foreign"), {"user_id": "somebody-else", "item_ids": [], "total_amount": 1})
        self.books.add(order)
        self.workers.submit(order)

    def _create(self, body):
        faults = self.faults
        if self.options.die_after == 0:
            exit_hard(3)
        if faults.first_order_at is None:
            faults.first_order_at = time.monotonic()
        try:
            fields = json.loads(body)
        except ValueError as error:
            return problem(400, f"The body is not JSON: {error}")
        for field, kinds in (("user_id", str), ("item_ids", list), ("total_amount", (int, float))):
            if not isinstance(fields, dict) or not isinstance(fields.get(field), kinds):
                return problem(422, f"{field} is missing or of the wrong type.", field=field)
        if not isinstance(fields.get("order_id", ""), str):
            return problem(422, "order_id is of the wrong type.", field="order_id")
        if fields.get("order_id") in self.books.orders:
            return problem(409, f"There is already an order {fields['order_id']}.")
        if faults.hits("refuse"):
            return problem(422, "This order was refused on purpose.", field="total_amount")
        fault = faults.answer_fault("create")
        order = Order(fields.get("order_id") or faults.new_id(), fields)
        if faults.creates_although(fault):
            self.books.add(order)
            self.workers.submit(order)
            faults.orders_created += 1
        forgotten = faults.hits("forget") and fault is None

        def after():
            if forgotten:
                self.books.forget(order)
            if self.options.die_after is not None and faults.orders_created >= self.options.die_after:
                exit_hard(3)

        created = {"order_id": order.id, "status": self._word("pending")}
        return Answer(201, created, [("Location", f"/orders/{order.id}")], fault, after)

    def _order(self, id, whole):
        fault = self.faults.answer_fault("poll")
        order = self.books.orders.get(id)
        if order is None:
            return problem(404, f"There is no order {id}.")
        if self.faults.hits("another"):
            order = self.books.before(order)
        status = "pending" if order.status == "processing" and self.faults.hits("back") else order.status
        value = {"order_id": order.id, "status": self._word(status)}
        if whole:
            value.update({field: order.fields[field] for field in ("user_id", "item_ids", "total_amount")})
            for moment in ("created", "started", "completed"):
                value[f"{moment}_at"] = self.books.time_text(getattr(order, moment))
        return Answer(200, value, fault=fault)

    def _metrics(self):
        if self.options.metrics_cache > 0:
            return self._cached_metrics()
        fault, claims = self.faults.metrics_fault(), self.faults.claims(self.books)
        if fault == "missing":
            del claims["total_orders"]
        elif fault in ("null", "word"):
            claims["total_orders"] = None if fault == "null" else "many"
        elif fault == "swapped":
            counts = claims["status_counts"]
            counts["pending"], counts["processing"] = counts["processing"], counts["pending"]
        elif fault == "nothing":
            claims = {}
        if fault in ("missing", "null", "word", "swapped", "nothing"):
            fault = None
        return Answer(200, claims, fault=fault)

    def _cached_metrics(self):
        now = time.monotonic()
        if self.cached is None or now - self.cached[0] > self.options.metrics_cache:
            self.cached = (now, self.faults.claims(self.books))
        # As RFC 9111 has it, in whole seconds; rounded up, so that the figures are never older than it says.
        age = [] if self.options.without_age else [("Age", str(math.ceil(now - self.cached[0])))]
        return Answer(200, self.cached[1], headers=age)

    def _word(self, status):
        return dict(self.options.word).get(status, status)

    def _only(self, allowed, method):
        return None if method == allowed else problem(405, f"Only {allowed} is understood here, not {method}.")
