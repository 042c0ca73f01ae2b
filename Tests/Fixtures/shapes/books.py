"""What is true: orders, and the threads that process them. Each shop tells these books in its own way."""

import threading
import time
from collections import deque
from typing import NamedTuple

STATUSES = ("unpaid", "pending", "processing", "completed", "cancelled", "failed")


def strikes(share, number):
    """Whether what befalls this share befalls the one of this number, counted from 1: of a tenth every tenth."""
    return int(number * share) > int((number - 1) * share)


class Order(NamedTuple):
    """An order is replaced, never changed: whoever was given one has what was true at one instant. Stamps are monotonic nanoseconds."""

    number: int
    id: str
    details: object
    status: str
    created: int
    started: int | None = None
    ended: int | None = None


class Figures(NamedTuple):
    """The sums are over exactly the completed orders, in nanoseconds."""

    counts: dict
    processing_ns: int
    completion_ns: int

    @property
    def total(self):
        return sum(self.counts.values())


class Books:
    """All orders. Every change takes its stamp and becomes visible under one lock, and every reading is made under it, so that each
    figure, list and status is of one instant.

    Orders are taken first come first served by `workers` threads, each order for `service_time` seconds. A share of them fails; the
    n-th order is the same one in every run.
    """

    def __init__(self, options):
        self._service_time, self._fail = options.service_time, options.fail
        self._lock = threading.Lock()
        self._arrived = threading.Condition(self._lock)
        self._orders, self._numbers, self._queue = [], {}, deque()
        self._standing = {status: {} for status in STATUSES}
        self._processing_ns = self._completion_ns = 0
        for _ in range(options.workers):
            threading.Thread(target=self._work, daemon=True).start()

    def add(self, details=None, make_id=str, is_paid=True):
        """A new order. `make_id` gets its number, counted from 1; an id is a text that no other order has."""
        with self._lock:
            number = len(self._orders) + 1
            order = Order(number, make_id(number), details, "unpaid", time.monotonic_ns())
            self._orders.append(order)
            self._numbers[order.id] = number
            self._standing["unpaid"][number] = order
            return self._line_up(order) if is_paid else order

    def pay(self, id):
        """The order, now pending; None where no such order is unpaid."""
        with self._lock:
            order = self._find(id)
            return self._line_up(order) if order and order.status == "unpaid" else None

    def cancel(self, id):
        """The order, now cancelled; None where no such order is pending."""
        with self._lock:
            order = self._find(id)
            return self._change(order, "cancelled", ended=time.monotonic_ns()) if order and order.status == "pending" else None

    def find(self, id):
        """None where there is no such order."""
        with self._lock:
            return self._find(id)

    def page(self, start, limit):
        """At most so many orders in the order of their creation, without the first `start`, and how many there are of all."""
        with self._lock:
            return self._orders[start:start + limit], len(self._orders)

    def lists(self):
        """All orders by their status, in each list those first that came to it first."""
        with self._lock:
            return {status: list(orders.values()) for status, orders in self._standing.items()}

    def figures(self):
        with self._lock:
            counts = {status: len(orders) for status, orders in self._standing.items()}
            return Figures(counts, self._processing_ns, self._completion_ns)

    # What follows is called under the lock, but for `_work`, which takes it.

    def _find(self, id):
        number = self._numbers.get(id)
        return number and self._orders[number - 1]

    def _line_up(self, order):
        self._queue.append(order.number)
        self._arrived.notify()
        return self._change(order, "pending")

    def _change(self, order, status, **stamps):
        del self._standing[order.status][order.number]
        order = order._replace(status=status, **stamps)
        self._standing[status][order.number] = self._orders[order.number - 1] = order
        return order

    def _work(self):
        while True:
            with self._lock:
                self._arrived.wait_for(lambda: self._queue)
                order = self._orders[self._queue.popleft() - 1]
                if order.status == "cancelled":
                    continue
                order = self._change(order, "processing", started=time.monotonic_ns())
            time.sleep(self._service_time)
            with self._lock:
                if strikes(self._fail, order.number):
                    self._change(order, "failed", ended=time.monotonic_ns())
                    continue
                order = self._change(order, "completed", ended=time.monotonic_ns())
                self._processing_ns += order.ended - order.started
                self._completion_ns += order.ended - order.created
