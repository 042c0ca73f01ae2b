"""What is true: orders with their stamps, and the threads that process them. Each odd server tells these books in its own way."""

import threading
import time
from collections import deque
from dataclasses import dataclass

from faults import strikes

STATUSES = ("pending", "processing", "completed", "failed")


class Order:
    """One order. Stamps are monotonic nanoseconds, None until known; so is the status of an order that was lost."""

    __slots__ = ("number", "id", "owner", "status", "created", "started", "completed")

    def __init__(self, number, id, owner):
        self.number, self.id, self.owner = number, id, owner
        self.status = "pending"
        self.created = self.started = self.completed = None


@dataclass(frozen=True)
class Figures:
    """One snapshot. The sums are over exactly the completed orders, in nanoseconds."""

    counts: dict
    processing_ns: int
    completion_ns: int

    @property
    def total(self):
        return sum(self.counts.values())

    @property
    def completed(self):
        return self.counts["completed"]


class DuplicateID(Exception):
    """There is an order of this id."""


class QueueFull(Exception):
    """There was no room in the queue for as long as one was willing to wait."""


class Books:
    """All orders, with their counts and sums. Every change takes its stamp and becomes visible under one lock, and every
    reading is made under it, so that no answer says "pending" of an order after its stamp says that it was completed.

    Orders are taken first come first served by `options.workers` threads, each order for `options.service_time` seconds.
    The n-th order meets the same fault in every run.
    """

    def __init__(self, options):
        self.options = options
        self.lock = threading.Lock()
        self._arrived, self._room = threading.Condition(self.lock), threading.Condition(self.lock)
        self._orders, self._by_owner, self._queue = {}, {}, deque()
        self._counts = dict.fromkeys(STATUSES, 0)
        self.created = self._processing_ns = self._completion_ns = 0
        for _ in range(options.workers):
            threading.Thread(target=self._work, daemon=True).start()

    def add(self, make_id, owner=None, room=None, patience=0):
        """A new order, once fewer than `room` orders wait (None: at once). `make_id` gets its number, counted from 1.

        Raises DuplicateID, and QueueFull after `patience` seconds.
        """
        with self.lock:
            if room is not None and not self._room.wait_for(lambda: len(self._queue) < room, timeout=patience):
                raise QueueFull
            order = Order(self.created + 1, make_id(self.created + 1), owner)
            if order.id in self._orders:
                raise DuplicateID
            self.created += 1
            order.created = time.monotonic_ns()
            self._orders[order.id] = order
            self._by_owner.setdefault(owner, []).append(order)
            self._counts["pending"] += 1
            self._queue.append(order)
            self._arrived.notify()
            return order

    def find(self, id):
        """The order's number and status; None where there is no such order."""
        with self.lock:
            order = self._orders.get(id)
            return order and (order.number, order.status)

    def page(self, owner, before, limit):
        """The newest orders of this owner as (number, id, status), at most `limit`, of those whose number is below `before`
        (None: of all), and whether there are older ones."""
        with self.lock:
            found = []
            for order in reversed(self._by_owner.get(owner, ())):
                if order.status is None or before is not None and order.number >= before:
                    continue
                if len(found) == limit:
                    return found, True
                found.append((order.number, order.id, order.status))
            return found, False

    def figures(self):
        with self.lock:
            return Figures(dict(self._counts), self._processing_ns, self._completion_ns)

    def _work(self):
        while True:
            with self.lock:
                self._arrived.wait_for(lambda: self._queue)
                order = self._queue.popleft()
                self._room.notify()
                if strikes(self.options.lose, order.number):
                    self._lose(order)
                    continue
                order.started = time.monotonic_ns()
                self._move(order, "processing")
            if strikes(self.options.stuck, order.number):
                continue
            time.sleep(self.options.service_time)
            with self.lock:
                if strikes(self.options.fail, order.number):
                    self._move(order, "failed")
                    continue
                order.completed = time.monotonic_ns()
                self._move(order, "completed")
                self._processing_ns += order.completed - order.started
                self._completion_ns += order.completed - order.created

    def _lose(self, order):
        """Without a trace: it is in no count and in no list any more."""
        self._counts[order.status] -= 1
        order.status = None
        del self._orders[order.id]

    def _move(self, order, status):
        self._counts[order.status] -= 1
        self._counts[status] += 1
        order.status = status
