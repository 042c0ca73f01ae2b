"""What is true."""

import time
from datetime import datetime, timezone

STATUSES = ("pending", "processing", "completed", "cancelled", "failed")


class Order:
    """One order. Stamps are monotonic nanoseconds, None until known; so is the status of an order that was forgotten."""

    __slots__ = ("id", "fields", "status", "created", "started", "completed")

    def __init__(self, id, fields):
        self.id, self.fields = id, fields
        self.status = "pending"
        self.created = self.started = self.completed = None


class Books:
    """All orders, with their counts and sums. Every change takes its stamp and becomes visible in one step of
    the event loop, so no reading can fall between the two, and every reading is one consistent snapshot."""

    def __init__(self, stamp_early=0):
        self.orders = {}
        self.counts = dict.fromkeys(STATUSES, 0)
        self.processing_ns = self.completion_ns = 0
        self.stamp_early_ns = round(stamp_early * 1e9)
        self.wall_offset = time.time_ns() - time.monotonic_ns()

    def add(self, order):
        order.created = time.monotonic_ns()
        self.orders.setdefault(order.id, order)
        self.counts["pending"] += 1

    def add_completed(self, order, duration_ns):
        """An order from before: started when it was created, and completed now."""
        order.completed = time.monotonic_ns()
        order.created = order.started = order.completed - duration_ns
        order.status = "completed"
        self.orders[order.id] = order
        self.counts["completed"] += 1
        self._count_durations(order, 1)

    def start(self, order):
        order.started = time.monotonic_ns()
        self._move(order, "processing")

    def complete(self, order):
        order.completed = time.monotonic_ns()
        self._move(order, "completed")
        self._count_durations(order, 1)

    def before(self, order):
        """The order that came in before this one; itself if it was the first."""
        ids = list(self.orders)
        return self.orders[ids[max(0, ids.index(order.id) - 1)]]

    def forget(self, order):
        """Loses the order without a trace: it is in no count and in no average any more."""
        if order.status == "completed":
            self._count_durations(order, -1)
        self.counts[order.status] -= 1
        order.status = None
        if self.orders.get(order.id) is order:
            del self.orders[order.id]

    def averages(self):
        """Processing and completion time of the completed orders in seconds; None while there are none."""
        count = self.counts["completed"]
        if count == 0:
            return None, None
        return self.processing_ns / count / 1e9, self.completion_ns / count / 1e9

    def time_text(self, stamp):
        """RFC 3339, UTC, microseconds. Made from the monotonic stamp, so differences are true whatever the wall clock does."""
        if stamp is None:
            return None
        seconds, ns = divmod(stamp + self.wall_offset, 1_000_000_000)
        return datetime.fromtimestamp(seconds, timezone.utc).strftime("%Y-%m-%dT%H:%M:%S") + f".{ns // 1000:06d}Z"

    def _move(self, order, status):
        self.counts[order.status] -= 1
        self.counts[status] += 1
        order.status = status

    def _count_durations(self, order, sign):
        stamp = max(order.started, order.completed - self.stamp_early_ns)
        self.processing_ns += sign * (stamp - order.started)
        self.completion_ns += sign * (stamp - order.created)
