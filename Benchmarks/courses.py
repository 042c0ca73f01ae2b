"""What all orders of a run may have done, as their log tells (loadgen --order-log), and what that leaves of claims about them.

Counts are held against every order's statuses at once (Hall's condition), at each reading and between readings, and means against orders chosen
one by one. For a run that oracle.py reads, whose orders were all completed, and none of which went back.
"""

from bisect import bisect_right
from fractions import Fraction
from itertools import accumulate

import oracle

STATUSES = ("pending", "processing", "completed", "failed", "cancelled")
COUNTS = ("total", *STATUSES)
# Between which stamps of its log the beginning of an order's span lies.
SPANS = {"average_processing": ("last_pending_sent", "started_received"), "average_completion": ("create_sent", "create_received")}
# An order is absent (0), pending (1), processing (2) or completed (3), in turn: which of these a figure counts.
PLACES = {"pending": (1, 1), "processing": (2, 2), "completed": (3, 3), "total": (1, 3), "unfinished": (1, 2), "started": (2, 3)}
# For a figure that only grows, the last answer before an order counts in it, and the first after.
GROWING = {"total": SPANS["average_completion"], "started": SPANS["average_processing"], "completed": ("last_unfinished_sent", "ended_received")}
SECOND, HALF, INFINITE = 10**9, Fraction(1, 2), oracle.INFINITE
ALWAYS = (-INFINITE, -INFINITE)


class Courses:
    """What all orders may have done, as their log tells. A window is when a reading was at the earliest, and at the latest."""

    def __init__(self, log):
        self.orders, self.kept = sorted(log.orders, key=lambda order: order["ended_received"]), {}
        if any(order["outcome"] != "completed" for order in log.orders):
            raise ValueError("of a run whose orders were all completed")
        self.begin = min(order["create_sent"] for order in log.orders)
        if any(reading["opened"] > self.begin for reading in log.readings):
            raise ValueError("of a run in which nothing went back")
        self.ends = [order["ended_received"] for order in self.orders]
        self.longest = max(order["ended_received"] - order["create_sent"] for order in self.orders)
        self.rate, self.slack = Fraction(log.run["clock_rate"]).limit_denominator(10**9), Fraction(log.run["granularity"], SECOND)

    def once(self, reckon, *key):
        if key not in self.kept:
            self.kept[key] = reckon(*key[1:])
        return self.kept[key]

    def alive(self, begin, end):
        """Orders that may not have ended at the begin, and may have been created before the end."""
        return self.orders[bisect_right(self.ends, begin):bisect_right(self.ends, end + self.longest)]

    def bounds(self, figure, window):
        """How many orders there must and may be."""
        if figure not in PLACES:
            return 0, 0
        (first, last), surely = PLACES[figure], self.once(self.surely, "surely", window)
        return surely[first, last], len(self.orders) - surely.get((0, first - 1), 0) - surely.get((last + 1, 3), 0)

    def surely(self, window):
        """For each row of statuses, how many orders are in it, whatever happened."""
        begin, end = window
        counts = [[0] * 4 for _ in range(4)]
        counts[3][3], counts[0][0] = bisect_right(self.ends, begin), len(self.orders) - bisect_right(self.ends, end + self.longest)
        for order in self.alive(begin, end):
            lowest = 0 if order["create_received"] > begin else 1 if order["started_received"] > begin else 2
            highest = (3 if order["last_unfinished_sent"] < end else 2 if order["last_pending_sent"] < end else int(order["create_sent"] < end))
            counts[lowest][highest] += 1
        return {(i, j): sum(sum(row[i:j + 1]) for row in counts[i:j + 1]) for i in range(4) for j in range(i, 4)}

    def growth(self, figure, earlier, later):
        """How many orders surely came to be counted between two windows."""
        before, after = GROWING[figure]
        return sum(order[before] >= earlier[1] and order[after] <= later[0] for order in self.alive(earlier[1], later[0]))

    def times(self, span, since, window, settled=0):
        """The least and the longest time of each order that surely ended between two windows, and of each that may have; without the first ones."""
        (first, last), sure, maybe = SPANS[span], [], []
        for order in self.alive(since[0], window[1])[settled:]:
            unfinished, ended = order["last_unfinished_sent"], order["ended_received"]
            if unfinished < window[1]:
                (sure if unfinished >= since[1] and ended <= window[0] else maybe).append(
                    (max(0, max(unfinished, since[0]) - order[last]), min(ended, window[1]) - order[first]))
        return sure, maybe

    def sums(self, span, since, window):
        """How many orders surely ended, and the least and greatest sums of their times, and with one, two, and more of those that may have."""
        # Those that surely ended come first, where it is since ever.
        settled = bisect_right(self.ends, window[0]) if since == ALWAYS else 0
        sure, maybe = self.times(span, since, window, settled)
        least, most = (sums[settled] for sums in self.once(self.all_sums, "all sums", span))
        return (settled + len(sure), list(accumulate(sorted(low for low, _ in maybe), initial=least + sum(low for low, _ in sure))),
                list(accumulate(sorted((high for _, high in maybe), reverse=True), initial=most + sum(high for _, high in sure))))

    def all_sums(self, span):
        sure, maybe = self.times(span, ALWAYS, (INFINITE, INFINITE))
        return [list(accumulate((time[end] for time in sure), initial=0)) for end in (0, 1)]

    def limits(self, span, since, window, count, lead=0):
        """Between what the sum of the times of so many orders lies, in seconds; None where they cannot be so many."""
        sure, lows, highs = self.once(self.sums, "sums", span, since, window)
        return self.widened(lows[count - sure], highs[count - sure], count, lead) if 0 <= count - sure < len(lows) else None

    def widened(self, least, most, count, lead=0):
        return (max(0, Fraction(least, SECOND) * (1 - self.rate) - count * (self.slack + lead)),
                Fraction(most, SECOND) * (1 + self.rate) + count * self.slack)


class Claims:
    """What is claimed at each reading, once a defect is taken back: ranges of counts, and averages with what they may be off by."""

    def __init__(self, log):
        self.courses = Courses(log)
        self.places = {key: log.precision(key) for key in (*SPANS, "estimate")}
        # An average that is not told is one of no orders.
        self.said = [{**dict.fromkeys(SPANS, Fraction(0)), **{key: Fraction(text) for key, text in reading["figures"].items()}}
                     for reading in log.readings[1:]]
        self.windows = [(reading["by"], reading["received"]) for reading in log.readings[1:]]

    def put_right(self, counts=lambda said, claim: {}, means=None, spans=()):
        """With counts, or some averages, put right by what is said at each reading; averages are left out where they cannot be."""
        claims = []
        for said, window in zip(self.said, self.windows):
            claim = {"window": window, "counts": {key: (said[key],) * 2 for key in COUNTS},
                     "means": {span: (said[span], self.places[span]) for span in SPANS if span not in spans},
                     "estimate": (said["estimate"], self.places["estimate"]) if "estimate" in said else None}
            claim["counts"].update({key: value if isinstance(value, tuple) else (value,) * 2 for key, value in counts(said, claim).items()})
            claim["means"].update({span: means(span, said) for span in spans if means})
            claim["open"] = added(claim["counts"], "pending", "processing")
            claims.append(claim)
        return claims

    def refutation(self, claims, lead=0):
        """The place of a reading, and the figure of it, that cannot be; None where all can."""
        at_once = ((place, figure) for place, claim in enumerate(claims) for figure in self.not_at_once(claim))
        means = ((place, f"{name} {float(value):.6f}, of {float(low):.6f} to {float(high):.6f}") for span in SPANS
                 for place, name, value, error, low, high in self.of_spans(claims, span, lead) if value + error < low or value - error > high)
        return next(at_once, None) or next(self.not_over_time(claims), None) or self.uneven_estimate(claims) or next(means, None)

    def not_at_once(self, claim):
        counts = claim["counts"]
        for figure, (low, high) in {**counts, "unfinished": added(counts, "pending", "processing"),
                                    "started": added(counts, "processing", "completed")}.items():
            least, most = self.courses.bounds(figure, claim["window"])
            if high < least or low > most or low > high:
                yield f"{figure} {float(low):g} to {float(high):g}, of {least} to {most}"
        low, high = added(counts, *STATUSES)
        if counts["total"][1] < low or counts["total"][0] > high:
            yield "sum of counts"

    def not_over_time(self, claims):
        for place, earlier, later in pairs(claims, 3):
            for figure, parts in {"total": ("total",), "started": ("processing", "completed"), "completed": ("completed",)}.items():
                grown = added(later["counts"], *parts)[1] - added(earlier["counts"], *parts)[0]
                if grown < self.courses.once(self.courses.growth, "growth", figure, earlier["window"], later["window"]):
                    yield place, f"{figure} over time"

    def of_spans(self, claims, span, lead=0):
        """What each mean, and each sum between two readings, is, may be off by, and lies between."""
        claims = [claim for claim in claims if span in claim["means"]]
        for place, claim in enumerate(claims):
            limits = [(count, self.courses.limits(span, ALWAYS, claim["window"], count, lead)) for count in whole(claim["counts"]["completed"])]
            means = [[end / count for end in ends] if count else (0, 0) for count, ends in limits if ends]
            if means:
                yield place, span, *claim["means"][span], min(low for low, _ in means), max(high for _, high in means)
        for place, earlier, later in pairs(claims, 2):
            (mean, error), (mean_before, error_before), found = later["means"][span], earlier["means"][span], None
            # Where the numbers of orders are not told, those that fit, if any do. A mean may be kept in single precision.
            for before in whole(earlier["counts"]["completed"]):
                for after in whole(later["counts"]["completed"]):
                    ends = self.courses.limits(span, earlier["window"], later["window"], after - before, lead)
                    grown, off = after * mean - before * mean_before, after * error + before * error_before
                    off += (after * mean + before * mean_before) / 2**23
                    if ends and (found is None or ends[0] - off <= grown <= ends[1] + off):
                        found = place, f"{span} between", grown, off, *ends
            if found:
                yield found

    def uneven_estimate(self, claims):
        """Where an estimate is not the same time for each unfinished order."""
        least, most = Fraction(0), Fraction(INFINITE)
        for place, claim in enumerate(claims):
            if claim["estimate"]:
                (value, error), (low, high) = claim["estimate"], claim["open"]
                least = max(least, (value - error) / high) if high > 0 else least
                most = min(most, (value + error) / low) if low > 0 else most
                if (high <= 0 and value > error) or least > most:
                    return place, "estimate"
        return None


def added(counts, *figures):
    return tuple(sum(counts[figure][end] for figure in figures) for end in (0, 1))


def whole(ends):
    return range(int(ends[0]), int(ends[1]) + 1)


def pairs(claims, far):
    """Of claims that are not far from one another, each two of which one is surely before the other, and the place of the later."""
    return ((place, earlier, later) for place, later in enumerate(claims) for earlier in claims[max(0, place - far):place]
            if earlier["window"][1] <= later["window"][0])
