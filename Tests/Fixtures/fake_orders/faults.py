"""What is done to the truth on its way out."""

import random
import time
import uuid


class Faults:
    """Every deliberate fault's decision. Each kind draws from a stream of its own, so switching one on moves no other."""

    def __init__(self, options):
        self.options = options
        self.streams = {}
        self.readings = 0
        self.orders_created = 0
        self.first_order_at = None

    def stream(self, name):
        if name not in self.streams:
            self.streams[name] = random.Random(f"{self.options.seed}/{name}")
        return self.streams[name]

    def hits(self, name):
        """Whether the fault of this name, a share from 0 to 1, strikes this time."""
        share = getattr(self.options, name)
        return share > 0 and self.stream(name).random() < share

    def new_uuid(self, name):
        return str(uuid.UUID(int=self.stream(name).getrandbits(128), version=4))

    def new_id(self):
        if self.options.same_id:
            return "the-same-for-all"
        return self.new_uuid("id")

    def answer_fault(self, what):
        """How the answer to this create or poll is spoilt, if it is."""
        options = self.options
        if options.answer is None or options.answer_on != what or not self.hits("answer_share"):
            return None
        return options.answer

    def creates_although(self, fault):
        """Whether an order whose answer is spoilt exists all the same. A dripping answer is a right one, so that one does."""
        if fault is None or fault == "drip" or self.options.answer_creates == "always":
            return True
        return self.options.answer_creates == "sometimes" and self.stream("answer_creates").random() < 0.5

    def metrics_fault(self):
        self.readings += 1
        fails = self.readings >= self.options.metrics_from and self.readings % self.options.metrics_every == 0
        return self.options.metrics if fails else None

    def claims(self, books):
        """What /metrics says: the books, then the lies. Before the first order it is the truth, or a constant lie
        would be in the first reading as well and vanish from every difference."""
        counts, averages = dict(books.counts), books.averages()
        total = sum(counts.values())
        if self.orders_created > 0:
            for name, value in self.options.lie:
                if name == "average":
                    averages = [None if average is None else average * value for average in averages]
                    continue
                if name == "total" or self.options.lie_moves_counts:
                    total = max(0, total + value)
                if name != "total" or self.options.lie_moves_counts:
                    status = "completed" if name == "total" else name
                    counts[status] = max(0, counts[status] + value)
        processing, completion = (self._rounded(average) for average in averages)
        return {
            "total_orders": total,
            "status_counts": counts,
            "average_processing_time": processing,
            "average_completion_time": completion,
            "estimated_processing_time": self.options.service_time * (counts["pending"] + counts["processing"]),
        }

    def stalled_for(self):
        """Seconds until answers flow again, 0 when they do. The stall's clock starts with the first order."""
        if self.options.stall_at is None or self.first_order_at is None:
            return 0
        since = time.monotonic() - self.first_order_at - self.options.stall_at
        return self.options.stall_for - since if 0 <= since < self.options.stall_for else 0

    def _rounded(self, average):
        digits = self.options.round
        return average if average is None or digits is None else round(average, digits or None)
