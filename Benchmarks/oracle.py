"""What a run's own log proves of the figures in it, reckoned from docs/measurement.md alone.

Reads orders.jsonl (loadgen --order-log) of a run that alone sent orders to a target that had none before. Each reading is held against all
orders at once, with exact fractions, so that it shares neither code nor method with loadgen's audit.
"""

import json
import sys
from fractions import Fraction

ENDED = ("completed", "cancelled", "failed")
ACCEPTED = ENDED + ("timed_out", "run_end", "lost", "unknown_status", "untracked")
INFINITE = 1 << 62


class Log:
    def __init__(self, path):
        self.readings, self.orders, self.run = [], [], None
        with open(path, encoding="utf-8") as lines:
            for line in map(json.loads, lines):
                if "run" in line:
                    self.run = line["run"]
                elif "reading" in line:
                    self.readings.append(line["reading"])
                elif line["order"]["outcome"] in ACCEPTED + ("ambiguous",):
                    self.orders.append(line["order"])
        if not self.run["has_baseline"] or not self.run["exclusive"] or not self.run["final"] or not self.run["read_your_writes"]:
            raise ValueError("of a run alone, with a reading before it, at a target whose answers are up to date")
        if any(float(text) for text in self.readings[0]["figures"].values()):
            raise ValueError("of a target that had no orders before")
        # Figures may be old, and no older than those of a later reading.
        latest = INFINITE
        for reading in reversed(self.readings):
            latest = min(latest, reading["sent"] - reading["age"] - self.run["max_age"])
            reading["by"] = latest

    def never(self, order, key):
        return order.get(key, INFINITE)

    def counts(self, reading):
        """For each figure that counts orders, how many there must and may be."""
        by, received = reading["by"], reading["received"]
        bounds = {"total": [0, 0], **{status: [0, 0] for status in ENDED}, "unfinished": [0, 0]}
        for order in self.orders:
            outcome, over = order["outcome"], order["outcome"] in ENDED
            exists = outcome in ACCEPTED and self.never(order, "create_received") <= by
            may_exist = order["create_sent"] < received
            may_be_over = self.never(order, "last_unfinished_sent") < received
            is_over = over and self.never(order, "ended_received") <= by
            bounds["total"][0] += exists
            bounds["total"][1] += may_exist
            bounds["unfinished"][0] += exists and not may_be_over
            bounds["unfinished"][1] += may_exist and not is_over
            for status in ENDED:
                bounds[status][0] += is_over and outcome == status
                bounds[status][1] += may_be_over and (outcome == status or not over)
        return bounds

    def mean(self, reading, count):
        """Between which bounds the mean time to completion of so many orders must lie, in seconds; None where nothing is known."""
        if any(order["outcome"] not in ENDED for order in self.orders):
            return None
        sure, maybe = [], []
        for order in self.orders:
            if order["outcome"] != "completed" or order["last_unfinished_sent"] >= reading["received"]:
                continue
            least = max(0, order["last_unfinished_sent"] - order["create_received"])
            if order["ended_received"] <= reading["by"]:
                sure.append((least, order["ended_received"] - order["create_sent"]))
            else:
                maybe.append((least, min(order["ended_received"], reading["received"]) - order["create_sent"]))
        more = count - len(sure)
        if count <= 0 or not 0 <= more <= len(maybe):
            return None
        lower = sum(least for least, _ in sure) + sum(sorted(least for least, _ in maybe)[:more])
        upper = sum(most for _, most in sure) + sum(sorted((most for _, most in maybe), reverse=True)[:more])
        rate, slack = Fraction(self.run["clock_rate"]).limit_denominator(10**9), Fraction(self.run["granularity"], 10**9)
        lead = Fraction(self.run["stamp_lead"], 10**9)
        return (max(0, Fraction(lower, count * 10**9) * (1 - rate) - slack - lead),
                Fraction(upper, count * 10**9) * (1 + rate) + slack)

    def precision(self, key):
        """What a printed mean may be off by: one of its last place. The most decimals ever printed are how it is printed."""
        texts = [reading["figures"][key] for reading in self.readings[1:] if key in reading["figures"]]
        if any("e" in text.lower() for text in texts):
            raise ValueError("of figures without an exponent")
        return Fraction(1, 10 ** max((len(text.partition(".")[2]) for text in texts), default=0))

    def contradictions(self):
        """Each figure that cannot be true, with the index of its reading."""
        place = self.precision("average_completion")
        for index, reading in enumerate(self.readings[1:], 1):
            said = {key: Fraction(text) for key, text in reading["figures"].items()}
            bounds = self.counts(reading)
            for key, (lower, upper) in bounds.items():
                if key in said and not lower <= said[key] <= upper:
                    yield index, key
            if not bounds["unfinished"][0] <= said["pending"] + said["processing"] <= bounds["unfinished"][1]:
                yield index, "pending + processing"
            if said["total"] != sum(said[key] for key in ("pending", "processing", *ENDED)):
                yield index, "sum"
            mean = self.mean(reading, int(said["completed"])) if "average_completion" in said else None
            if mean and not mean[0] - place <= said["average_completion"] <= mean[1] + place:
                yield index, "average_completion"
            earlier = [past for past in self.readings[1:index] if past["received"] <= reading["by"]]
            for key in ("total", "completed"):
                if any(Fraction(past["figures"][key]) > said[key] for past in earlier):
                    yield index, f"{key} over time"

    def least_share(self):
        """The least share by which the mean time to completion, told too high at every reading, would be seen to be wrong; None: none would."""
        place, least = self.precision("average_completion"), None
        for reading in self.readings[1:]:
            # None is told of no orders.
            said = Fraction(reading["figures"].get("average_completion", 0))
            mean = self.mean(reading, int(reading["figures"]["completed"]))
            if mean and said:
                share = (mean[1] + place) / said - 1
                least = share if least is None else min(least, share)
        return least


if __name__ == "__main__":
    for path in sys.argv[1:]:
        log = Log(path)
        share = log.least_share()
        print(json.dumps({"contradictions": sorted(set(log.contradictions())), "least_share": float(share) if share else None}))
