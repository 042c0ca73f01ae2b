"""What is true: orders, the threads that process them, and the figures about them that prometheus_client keeps.

An order changes under the lock of its store, and each poll is made under it, too. Under one holding of that lock every change

1. takes its stamp,
2. changes all figures: the counter first, then the histogram, the summary, and at last the gauges, what comes before what goes,
3. writes the status, which polls see from then on.

So whatever a poll tells is in the figures already, a new order is in them before its 202 is sent, and between a stamp and its status no
poll is answered: whoever is told that an order is not completed yet is told so before its stamp.

A scrape takes no lock, since prometheus_client has none for all its figures: it reads one after the other, and may find a change half made,
as with every service that uses it. For an instant an order that starts is counted as pending and as processing, one that ends as ended
and as processing, and its time is in a sum but in no bucket yet.
"""

import contextlib
import fcntl
import pathlib
import queue
import sqlite3
import threading
import time
import uuid

from prometheus_client import Counter, Gauge, Histogram, Summary


def strikes(share, number):
    """Whether what befalls this share befalls the one of this number, counted from 1: of a tenth every tenth."""
    return int(number * share) > int((number - 1) * share)


class OrderMetrics:
    """The times are of completed orders only. All series are there, as 0, before the first order.

    The counter of new orders cannot be `orders_created_total` beside `orders_total`: that has a series `orders_created` of its own, the
    instant at which it came to be, and prometheus_client refuses to register the two of one name.
    """

    def __init__(self):
        self._accepted = Counter("orders_accepted_total", "Orders taken")
        self._ended = Counter("orders_total", "Orders ended", ["status"])
        self._open = Gauge("orders_open", "Orders not ended yet", ["state"], multiprocess_mode="livesum")
        self._completion = Histogram("order_completion_seconds", "From creation to completion, of completed orders")
        self._processing = Summary("order_processing_seconds", "From start to completion, of completed orders")
        for status in ("completed", "failed"):
            self._ended.labels(status)
        for state in ("pending", "processing"):
            self._open.labels(state)

    def accepted(self):
        self._accepted.inc()
        self._open.labels("pending").inc()

    def started(self):
        self._open.labels("processing").inc()
        self._open.labels("pending").dec()

    def completed(self, completion, processing):
        self._ended.labels("completed").inc()
        self._completion.observe(completion)
        self._processing.observe(processing)
        self._open.labels("processing").dec()

    def failed(self):
        self._ended.labels("failed").inc()
        self._open.labels("processing").dec()


class Memory:
    """The statuses of the orders, for one process."""

    def __init__(self):
        self._lock, self._statuses = threading.Lock(), {}
        self.write, self.read = self._statuses.__setitem__, self._statuses.get

    def locked(self):
        return self._lock


class SharedFile:
    """The statuses of the orders in an SQLite file, for all processes that open it. The lock is one for all of them."""

    def __init__(self, folder):
        self._threads, self._processes = threading.Lock(), pathlib.Path(folder, "orders.lock").open("w")
        with self.locked():
            self._file = sqlite3.connect(pathlib.Path(folder, "orders.sqlite"), isolation_level=None, check_same_thread=False)
            for statement in (
                "PRAGMA journal_mode = WAL", "PRAGMA synchronous = OFF",
                "CREATE TABLE IF NOT EXISTS orders (id TEXT PRIMARY KEY, status TEXT NOT NULL) WITHOUT ROWID",
            ):
                self._file.execute(statement)

    @contextlib.contextmanager
    def locked(self):
        with self._threads:
            fcntl.flock(self._processes, fcntl.LOCK_EX)
            try:
                yield
            finally:
                fcntl.flock(self._processes, fcntl.LOCK_UN)

    def write(self, id, status):
        self._file.execute("INSERT INTO orders VALUES (?, ?) ON CONFLICT DO UPDATE SET status = excluded.status", (id, status))

    def read(self, id):
        row = self._file.execute("SELECT status FROM orders WHERE id = ?", (id,)).fetchone()
        return row and row[0]


class Books:
    """The orders that this process takes, processed first come first served by its own threads. Polls find those of other processes, too,
    where the store is shared. A share of them fails; of each process the n-th order is the same one in every run.
    """

    def __init__(self, options, metrics, store):
        self._service_time, self._fail = options.service_time, options.fail
        self._metrics, self._store = metrics, store
        self._number, self._queue = 0, queue.SimpleQueue()
        for _ in range(options.workers_per_process):
            threading.Thread(target=self._work, daemon=True).start()

    def add(self):
        """The id of a new order."""
        id = str(uuid.uuid4())
        with self._store.locked():
            created = time.monotonic()
            self._number += 1
            self._metrics.accepted()
            self._store.write(id, "pending")
            self._queue.put((self._number, id, created))
        return id

    def find(self, id):
        """The status of an order; None where there is no such order."""
        with self._store.locked():
            return self._store.read(id)

    def _work(self):
        while True:
            number, id, created = self._queue.get()
            with self._store.locked():
                started = time.monotonic()
                self._metrics.started()
                self._store.write(id, "processing")
            time.sleep(self._service_time)
            with self._store.locked():
                ended = time.monotonic()
                if strikes(self._fail, number):
                    self._metrics.failed()
                    self._store.write(id, "failed")
                else:
                    self._metrics.completed(ended - created, ended - started)
                    self._store.write(id, "completed")
