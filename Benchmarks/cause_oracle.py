"""Which kinds of defect can explain every reading of a run, reckoned from the orders' log alone (loadgen --order-log).

Each kind that docs/measurement.md names under "Causes" is tried on each figure: what is told, with the defect taken back, must be what some course
of all orders makes true (courses.py). A time that a defect may have is found by halving. It shares nothing with loadgen's audit. Creates that were
refused are not read here: `refused_counted` is not tried.
"""

import json
import math
import sys
from bisect import bisect_right
from fractions import Fraction
from itertools import accumulate

import oracle
from courses import ALWAYS, COUNTS, GROWING, HALF, INFINITE, SECOND, SPANS, STATUSES, Claims, added, whole

OTHER = dict(zip(SPANS, reversed(SPANS)))
SPAN_SETS = [(span,) for span in SPANS] + [tuple(SPANS)]
UNITS = (10**9, 10**6, 10**3, Fraction(1, 60), Fraction(1, 3600))
# Those that need no number to fit come first; some only where averages are off by much, next to what they would leave open.
SIMPLEST = ("counted_twice", "counted_as", "swapped", "unit", "whole_seconds", "other_span", "unfinished_as_zero")
OF_MUCH = ("swapped", "other_span", "unfinished_as_zero")
# Ends that are stamped early are no name of a cause, and leave others not alone.
UNNAMED = "stamped_early"
# Orders that each process takes by chance: the same name, where nothing else fits.
BY_CHANCE = "one_of_several by chance"
PROCESSES = range(2, 17)


class Kinds(Claims):
    """Tries each kind of defect. Each try yields its kind, the figures that it is on, and what refutes it: None where it fits."""

    def __init__(self, log):
        super().__init__(log)
        self.length, self.furthest = self.windows[-1][1] - self.courses.begin, None
        self.raw = [reading["figures"] for reading in log.readings[1:]]

    def tries(self):
        for attempt in (self.of_counts, self.of_one_count, self.of_averages, self.of_averages_by_a_number, self.of_the_estimate, self.of_all):
            yield from attempt()

    def with_counts(self, counts):
        return self.refutation(self.put_right(counts))

    def with_means(self, means, spans):
        return self.refutation(self.put_right(means=means, spans=spans))

    def of_counts(self):
        yield "counted_twice", COUNTS, self.with_counts(lambda said, _: {key: said[key] / 2 for key in COUNTS})
        for one in STATUSES:
            for other in STATUSES:
                if one < other and all(any(said[key] for said in self.said) for key in (one, other)):
                    yield "swapped", (one, other), self.with_counts(lambda said, _: {one: said[other], other: said[one]})
                if one != other:
                    # As that, too; and as that alone.
                    yield "counted_as", (one, other), self.with_counts(lambda said, _: {other: said[other] - said[one]})
                    yield "counted_as", (one, other), (0, f"{one} is not 0") if any(said[one] for said in self.said) else self.with_counts(
                        lambda said, claim: self.shared(claim, one, other, int(said[other])))

    def shared(self, claim, one, other, both):
        """How many there may be at each of two statuses whose sum is told."""
        fitting = [count for count in range(both + 1) if not any(self.not_at_once(
            {**claim, "counts": {**claim["counts"], one: (count,) * 2, other: (both - count,) * 2}}))] or [both + 1, -1]
        return {one: (fitting[0], fitting[-1]), other: (both - fitting[-1], both - fitting[0])}

    def of_one_count(self):
        """Where one count alone is wrong, the others tell what it should be."""
        for key in COUNTS:
            told = [said[key] for said in self.said]
            true = [sum(said[status] for status in STATUSES) if key == "total" else
                    said["total"] - sum(said[status] for status in STATUSES if status != key) for said in self.said]
            rights = iter(true)
            refuted, both = self.with_counts(lambda *_: {key: next(rights)}), list(zip(told, true))
            # One that tells 0 throughout is always the same, and by nothing else.
            tests = {
                "counted_twice": lambda: all(one == 2 * other for one, other in both), "fixed": lambda: len(set(told)) == 1,
                "offset": lambda: any(told) and any(
                    all(one == max(0, other + off) for one, other in both) for off in {one - other for one, other in both}),
                "scaled": lambda: any(told) and is_share(both),
                "late": lambda: any(told) and some_time(lambda low, high: self.is_late(key, both, low, high), 0, self.length)}
            for kind, test in tests.items():
                yield kind, (key,), refuted or (None if test() else (0, f"no number fits {[*map(int, told)]} for {[*map(int, true)]}"))

    def is_late(self, key, both, low, high):
        windows = [late(window, low, high) for window in self.windows]
        bounds = [self.courses.bounds(key, window) for window in windows]
        return all(least <= told <= most for (least, most), (told, _) in zip(bounds, both)) and (key not in GROWING or all(
            told <= true for told, true in both) and all(
            after[0] - before[0] >= self.courses.growth(key, earlier, later)
            for before, after, earlier, later in zip(both, both[1:], windows, windows[1:]) if earlier[1] <= later[0]))

    def of_averages(self):
        """What averages are by a defect that needs no number."""
        yield "swapped", tuple(SPANS), self.with_means(lambda span, said: (said[OTHER[span]], self.places[OTHER[span]]), SPANS)
        for span in SPANS:
            # One that is of the other span is the same number as the other, where that is told rightly.
            same = all(abs(said[span] - said[OTHER[span]]) <= sum(self.places[one] for one in SPANS) for said in self.said)
            yield "other_span", (span,), self.with_means(None, (span,)) if same else (0, "not the same as the other")
        for spans in SPAN_SETS:
            for unit in UNITS:
                yield "unit", spans, self.with_means(lambda span, said: (said[span] / unit, self.places[span] / unit), spans)
            is_whole = all(said[span].denominator == 1 for said in self.said for span in spans)
            for middle in (HALF, 0, -HALF):  # cut, to the nearest, and rounded up
                yield "whole_seconds", spans, self.with_means(lambda span, said: (said[span] + middle, HALF), spans) if is_whole else (0, "not whole")
            yield "unfinished_as_zero", spans, self.with_means(
                lambda span, said: tuple(value * self.of_completed(said) for value in (said[span], self.places[span])), spans)

    def of_completed(self, said):
        return 1 + (said["pending"] + said["processing"]) / said["completed"] if said["completed"] else 1

    def is_far(self, kind, spans):
        """Whether averages are off by more than 1.5 times what their bounds would leave open with a defect taken back."""
        claims = self.put_right()
        return any(max(least - value, value - most) > (upper - lower) * Fraction(3, 2) for span in spans
                   for (_, _, value, _, least, most), (_, _, _, _, lower, upper) in zip(
                       self.of_spans(claims, span), self.of_spans(claims, span if kind == "unfinished_as_zero" else OTHER[span])))

    def of_averages_by_a_number(self):
        for spans in SPAN_SETS:
            refuted, told = self.with_means(None, spans), {tuple(said[span] for span in spans) for said in self.said}
            tests = {
                "fixed": lambda: len(told) == 1, "scaled": lambda: self.share(spans)[0] <= self.share(spans)[1],
                "median": lambda: self.every(spans, self.is_median), "without_slowest": lambda: self.is_without_slowest(spans),
                "late": lambda: some_time(
                    lambda low, high: self.are_means(spans, lambda window: (ALWAYS, late(window, low, high))), 0, self.length),
                "window": lambda: some_time(
                    lambda low, high: self.are_means(spans, lambda window: (late(window, low, high), window)), SECOND // 1000, self.length)
                or any(self.every(spans, self.is_of_latest, many) for many in range(1, int(self.said[-1]["completed"])))}
            for kind, test in tests.items():
                fits = refuted is None and (kind == "fixed" or any(map(any, told))) and test()
                yield kind, spans, refuted or (None if fits else (0, "no number fits"))
        yield UNNAMED, tuple(SPANS), self.refutation(self.put_right(), lead=1)

    def share(self, spans):
        """Between which shares of what they should be averages are."""
        low, high = Fraction(0), Fraction(INFINITE)
        for span in spans:
            for _, _, value, error, least, most in self.of_spans(self.put_right(), span):
                low = max(low, (value - error) / most) if most else low if value <= error else INFINITE
                high = min(high, (value + error) / least) if least > 0 else high
        return low, high

    def every(self, spans, test, *more):
        return all(test(span, place, *more) for place in range(len(self.said)) for span in spans)

    def told_within(self, span, place, least, most, count):
        """Whether an average is told that so many orders can have, with their sum between these."""
        value, error = self.said[place][span], self.places[span]
        return (value - error) * count <= most and (value + error) * count >= least and (count > 0 or value <= error)

    def are_means(self, spans, windows):
        """Whether averages may be those of all orders, however many, that ended between two windows at each reading."""
        for place, (since, window) in enumerate(map(windows, self.windows)):
            sure, lows, _ = self.courses.once(self.courses.sums, "sums", spans[0], since, window)
            if not any(all(self.told_within(span, place, *self.courses.limits(span, since, window, count), count) for span in spans)
                       for count in range(sure, sure + len(lows))):
                return False
        return True

    def least_and_most(self, span, place):
        """The least and the longest times, each in order, of as many orders as are said to be completed."""
        sure, maybe = self.courses.times(span, ALWAYS, self.windows[place])
        more = int(self.said[place]["completed"]) - len(sure)
        return (sorted([low for low, _ in sure] + sorted(low for low, _ in maybe)[:more]),
                sorted([high for _, high in sure] + sorted((high for _, high in maybe), reverse=True)[:more]))

    def is_median(self, span, place):
        lows, highs = self.courses.once(self.least_and_most, "ends", span, place)
        # Of an even number either of the two in the middle, or what lies between.
        return not lows or self.told_within(span, place, *self.courses.widened(lows[(len(lows) - 1) // 2], highs[len(highs) // 2], 1), 1)

    def is_without_slowest(self, spans):
        """Whether one share of the orders, the slowest, may have been left out, their number rounded up, down, or to the nearest."""
        left_out = []
        for span in spans:
            for place in range(len(self.said)):
                lows, highs = (list(accumulate(ends, initial=0)) for ends in self.courses.once(self.least_and_most, "ends", span, place))
                count = len(lows) - 1
                fitting = [count - left for left in range(1, count + 1)
                           if self.told_within(span, place, *self.courses.widened(lows[left], highs[left], left), left)]
                if count and not fitting:
                    return False
                left_out += [(count, min(fitting), max(fitting))] if count else []
        # One is left, whatever the share.
        return any(max(Fraction(least - down, count) for count, least, _ in left_out)
                   <= min(Fraction(most + up, count) if most < count - 1 else 1 for count, _, most in left_out)
                   for down, up in ((1, 0), (0, 1), (HALF, HALF)))

    def is_of_latest(self, span, place, many):
        count = int(self.said[place]["completed"])
        if count <= many:
            return self.told_within(span, place, *self.courses.limits(span, ALWAYS, self.windows[place], count), count)
        sure, maybe = [], []
        for surely_later, maybe_later, has_ended, *times in self.courses.once(self.ranked, "ranked", span, place):
            if surely_later < many:
                (sure if has_ended and maybe_later < many else maybe).append(times)
        lows, highs = (sum(times[end] for times in sure) + sum(sorted((times[end] for times in maybe), reverse=bool(end))[:many - len(sure)])
                       for end in (0, 1))
        return self.told_within(span, place, *self.courses.widened(lows, highs, many), many)

    def ranked(self, span, place):
        """Of each order that may have ended: how many surely ended later, how many may have, whether it did, and its least and longest time."""
        (begin, end), (first, last) = self.windows[place], SPANS[span]
        ended = [(order["last_unfinished_sent"], min(order["ended_received"], end), order["ended_received"] <= begin, order)
                 for order in self.courses.orders if order["last_unfinished_sent"] < end]
        begins, ends = sorted(earliest for earliest, _, has_ended, _ in ended if has_ended), sorted(latest for _, latest, _, _ in ended)
        return [(len(begins) - bisect_right(begins, latest - 1), len(ends) - bisect_right(ends, earliest) - 1, has_ended,
                 max(0, earliest - order[last]), latest - order[first]) for earliest, latest, has_ended, order in ended]

    def of_the_estimate(self):
        claims, told = self.put_right(), [said["estimate"] for said in self.said if "estimate" in said]
        refuted, is_fixed = self.refutation([{**claim, "estimate": None} for claim in claims]), len(set(told)) == 1
        yield "fixed", ("estimate",), refuted or (None if is_fixed else (0, "not the same"))

        def is_late(low, high):
            return self.uneven_estimate([{**claim, "open": self.courses.bounds("unfinished", late(claim["window"], low, high))}
                                         for claim in claims]) is None
        fits = refuted is None and any(told) and some_time(is_late, 0, self.length)
        yield "late", ("estimate",), refuted or (None if fits else (0, "no time fits"))

    def of_all(self):
        def is_late(low, high):
            reason = self.refutation([{**claim, "window": late(claim["window"], low, high)} for claim in self.put_right()])
            self.furthest = max(self.furthest, reason or self.furthest)
            return reason is None
        self.furthest = (0, "")
        yield "late", (), None if any(said["total"] for said in self.said) and some_time(is_late, 0, self.length) else self.furthest
        self.furthest = (0, "")
        yield "cached", (), None if self.told_again(0, None, 0, INFINITE, []) else self.furthest
        yield "forgot", (), None if self.forgot() else (0, "no moment fits")
        for processes in PROCESSES:
            yield "one_of_several", (), self.one_in_turn(processes)
        yield BY_CHANCE, (), None if any(map(self.one_by_chance, PROCESSES)) else (0, "not by chance")

    def told_again(self, place, fresh, least, most, freshly):
        """Whether each answer from here on is one that was told before, for less than one time throughout, or a new one that can be."""
        if place == len(self.said):
            return self.refutation(freshly) is None
        claim, (begin, end) = self.put_right()[place], self.windows[place]
        if fresh is not None and self.raw[place] == self.raw[fresh]:
            longer = max(least, begin - self.windows[fresh][1])
            if longer < most and self.told_again(place + 1, fresh, longer, most, freshly):
                return True
        broken = next(self.not_at_once(claim), None)
        self.furthest = max(self.furthest, (place, broken or ""))
        most = most if fresh is None else min(most, end - self.windows[fresh][0])
        return broken is None and least < most and self.told_again(place + 1, place, least, most, [*freshly, claim])

    def forgot(self):
        """Whether what only grows may have begun again from 0 at some moment, while pending and processing were told on."""
        claims = self.put_right()
        for first in range(len(claims)):
            # What was unfinished at the moment is in no sum afterwards. What is added later is what it would have been.
            unfinished = {sum(said[status] for status in STATUSES) - said["total"] for said in self.said[first:]}
            added_up = all(value + error >= low and value - error <= high for span in SPANS
                           for _, name, value, error, low, high in self.of_spans(claims[first:], span) if name != span)
            if self.refutation(claims[:first]) is None and len(unfinished) == 1 and added_up and self.forgot_at(claims, first, *unfinished):
                return True
        return False

    def forgot_at(self, claims, first, unfinished):
        """Whether it may have been before this reading and after the one before."""
        before, rest = claims[:first], claims[first:]
        told = [claim["counts"]["completed"][0] for claim in rest]
        bounds = [self.courses.bounds("completed", claim["window"]) for claim in rest]
        for count in whole((max(least - said for (least, _), said in zip(bounds, told)), min(most - said for (_, most), said in zip(bounds, told)))):
            more = {"completed": count, "total": count + unfinished}
            after = [{**claim, "means": {}, "counts": {key: tuple(end + more.get(key, 0) for end in ends) for key, ends in claim["counts"].items()}}
                     for claim in rest]

            def may_fit(low, high):
                counts = {**dict.fromkeys(STATUSES, (0, unfinished)), "completed": (count,) * 2, "total": (count + unfinished,) * 2}
                moment = {"window": (low, high), "open": (unfinished,) * 2, "means": {}, "estimate": None, "counts": counts}
                sums = [(span, place, self.courses.limits(span, (low, high), self.windows[place], int(said)), int(said))
                        for place, said in enumerate(told, first) for span in SPANS]
                return self.refutation([*before, moment, *after]) is None and all(
                    ends and self.told_within(span, place, *ends, said) for span, place, ends, said in sums)
            if count + unfinished and some_time(may_fit, self.windows[first - 1][0] if first else 0, self.windows[first][1]):
                return True
        return False

    def one_in_turn(self, processes):
        """What is told is of one of so many processes, each of which has the like part of the orders at each status."""
        claims = self.put_right(lambda said, _: {
            key: (max(0, processes * (said[key] - 1) + 1), processes * (said[key] + 1) - 1) for key in STATUSES}, spans=SPANS)
        for claim, said in zip(claims, self.said):
            claim["open"], claim["counts"]["total"] = (said["pending"] + said["processing"],) * 2, added(claim["counts"], *STATUSES)
        uneven = ((place, "sum of counts") for place, said in enumerate(self.said) if said["total"] != sum(said[key] for key in STATUSES))
        of_none = ((place, span) for place in range(len(claims)) for span in SPANS if not self.is_of_some(span, place))
        return next(uneven, None) or self.refutation(claims) or next(of_none, None)

    def is_of_some(self, span, place):
        """Whether an average may be that of some of the orders, as many as are said to be completed."""
        lows, highs = self.courses.once(self.some_sums, "some", span, place)
        count = int(self.said[place]["completed"])
        return count < len(lows) and self.told_within(span, place, *self.courses.widened(lows[count], highs[count], count), count)

    def some_sums(self, span, place):
        times = [time for part in self.courses.times(span, ALWAYS, self.windows[place]) for time in part]
        return [list(accumulate(sorted((time[end] for time in times), reverse=bool(end)), initial=0)) for end in (0, 1)]

    def one_by_chance(self, processes):
        """As in turn, but of each status a part that chance may have brought about: not beyond six standard deviations."""
        for said, window in zip(self.said, self.windows):
            for key in COUNTS:
                least, most = self.courses.bounds(key, window)
                spread = 6 * math.sqrt(most / processes) + 1
                if said[key] > most or not least / processes - spread <= said[key] <= most / processes + spread:
                    return False
        is_sum = all(said["total"] == sum(said[key] for key in STATUSES) for said in self.said)
        return is_sum and self.uneven_estimate(self.put_right()) is None and self.every(SPANS, self.is_of_some)


def late(window, low, high):
    """When what is told at a reading was, where it is told so late."""
    return window[0] - high, window[1] - low


def some_time(may_fit, low, high):
    """Whether some time may fit, in nanoseconds; stretches of it are halved down to 0.1 ms."""
    if low >= high or not may_fit(low, high):
        return False
    middle = (low + high) // 2
    return high - low <= SECOND // 10_000 or some_time(may_fit, low, middle) or some_time(may_fit, middle, high)


def is_share(both):
    """Whether what is told is one share of what is true at each reading, rounded, or cut, or rounded up."""
    # A share that rounding alone tells from all of it is none.
    cut = [(0, 1), (1, 0)] if any(abs(told - true) > 1 for told, true in both) else []
    ends = [[((told - down) / true, (told + up) / true) for told, true in both if true] for down, up in [(HALF, HALF), *cut]]
    return all(true or not told for told, true in both) and any(max(low for low, _ in one) <= min(high for _, high in one) for one in ends if one)


def judge(log):
    """All kinds that fit, with the figures that they may be on, and the one to be named: the only one of the simplest that fit."""
    kinds, fits = Kinds(log), {}
    for kind, figures, refuted in kinds.tries():
        if refuted is None:
            fits.setdefault(kind, []).append(figures)
    by_chance = fits.pop(BY_CHANCE, [])
    simple = [kind for kind, sets in fits.items() if kind in SIMPLEST and (
        kind not in OF_MUCH or any(figures[0] in STATUSES or kinds.is_far(kind, figures) for figures in sets))]
    rest = simple or list(fits) or ["one_of_several"] * bool(by_chance)
    if by_chance:
        fits.setdefault("one_of_several", by_chance)
    # A share that can be told no closer than to a half of itself is no name.
    is_vague = rest == ["scaled"] and all(figures[0] in SPANS and 2 * kinds.share(figures)[0] < kinds.share(figures)[1] for figures in fits["scaled"])
    return fits, rest[0] if len(rest) == 1 and rest[0] != UNNAMED and not is_vague else None, kinds


if __name__ == "__main__":
    for path in sys.argv[1:]:
        told_fits, expected, _ = judge(oracle.Log(path))
        print(json.dumps({"fits": told_fits, "expected": expected}))
