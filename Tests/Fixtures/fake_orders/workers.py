"""How orders get from pending to completed."""

import asyncio
from collections import deque


class Workers:
    """Takes orders first come first served, `limit` at a time, each for the same service time in seconds."""

    def __init__(self, books, faults, service_time, limit):
        self.books, self.faults, self.service_time, self.free = books, faults, service_time, limit
        self.queue = deque()
        self.loop = asyncio.get_running_loop()

    def submit(self, order):
        """Queues the order. It is pending for at least one step of the event loop, so the 201 that says so is true."""
        self.queue.append(order)
        self.loop.call_soon(self._fill)

    def _fill(self):
        while self.free > 0 and self.queue:
            order = self.queue.popleft()
            if order.status is None:
                continue
            self.books.start(order)
            if not self.faults.hits("stick"):
                self.free -= 1
                self.loop.call_later(self.service_time, self._finish, order)

    def _finish(self, order):
        self.free += 1
        if order.status == "processing":
            self.books.complete(order)
        self._fill()
