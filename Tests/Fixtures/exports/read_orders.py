"""read_orders.py CSV SUMMARY: reads orders.csv by Python's own csv module, and holds what follows from it against summary.json.

Counts must be equal, and so must each histogram that is made of the orders' times anew, and with it every percentile. Prints how many orders there
are of each outcome, final status and code, as JSON; ends with 1 and a sentence at the first difference.
"""

import csv
import json
import sys
from collections import Counter, defaultdict
from math import ceil

INTERVALS = ("completion", "queue_wait", "processing", "turnaround")
PERCENTILES = {"p50": (50, 100), "p90": (90, 100), "p95": (95, 100), "p99": (99, 100), "p99_9": (999, 1000)}


def check(condition, words):
    if not condition:
        sys.exit(words)


def nanoseconds(text):
    """None where it is empty."""
    if not text:
        return None
    check(len(text) > 10 and text[-10] == ".", f"{text} is no time")
    return int(text.replace(".", "", 1))


def index_of(value):
    """Of HdrHistogram's counts, at three significant digits."""
    doublings = max(0, value.bit_length() - 11)
    return (doublings << 10) + (value >> doublings)


def bucket(index):
    """The first and the last value of an index."""
    doublings = max(0, (index >> 10) - 1)
    lowest = (index - (doublings << 10)) << doublings
    return lowest, lowest + (1 << doublings) - 1


def durations(row, time):
    """What the stamps of an accepted order say of its durations, by the rules of docs/measurement.md; None: unbounded."""

    def at_least(begin, end):
        return 0 if begin is None or end is None else max(0, end - begin)

    def at_most(begin, end):
        return None if begin is None or end is None else max(0, end - begin)

    created, begun, ended = ((time[f"{name}_earliest"], time[f"{name}_latest"]) for name in ("created", "begun", "ended"))
    return {
        "completion": (at_least(created[1], ended[0]), at_most(created[0], ended[1])),
        "queue_wait": (at_least(created[1], begun[0]), at_most(created[0], begun[1])),
        "processing": (at_least(begun[1], ended[0]), at_most(begun[0], ended[1])),
        "turnaround": (at_least(time["due"], ended[0]), at_most(time["due"], ended[1])),
    }


def main(table, summary):
    with open(summary, encoding="utf-8") as file:
        summary = json.load(file)
    run = summary["run"]
    measured_from = round(run["load_began"] * 1e9) + round(run["warmup"] * 1e9)
    outcomes, statuses, codes, stages, ids, indices, polls = Counter(), Counter(), Counter(), Counter(), [], [], 0
    values = defaultdict(list)
    with open(table, encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, strict=True)
        heads = rows.fieldnames
        times = [head for head in heads if head not in ("index", "stage", "code", "outcome", "order_id", "final_status", "polls")]
        for row in rows:
            check(None not in row and None not in row.values(), f"a line has not {len(heads)} fields: {row}")
            time = {head: nanoseconds(row[head]) for head in times}
            outcomes[row["outcome"]] += 1
            statuses[row["final_status"]] += 1
            codes[row["code"]] += 1
            stages[row["stage"]] += 1
            indices.append(int(row["index"]))
            if row["order_id"]:
                ids.append(row["order_id"])
            polls += int(row["polls"])
            is_accepted = row["outcome"] == "accepted"
            check(is_accepted == bool(row["final_status"]), f"{row['outcome']} and {row['final_status']} do not fit")
            if not is_accepted:
                check(not any(row[f"{name}_{end}"] for name in INTERVALS for end in ("lower", "upper")), f"{row} has durations")
            if is_accepted:
                for name, (lower, upper) in durations(row, time).items():
                    said = time[f"{name}_lower"], time[f"{name}_upper"]
                    check(said == (lower, upper), f"order {row['index']}: {name} is {said}, and by its stamps {lower, upper}")
            if time["due"] < measured_from:
                continue
            values["slip"].append(time["dispatched"] - time["due"])
            if is_accepted:
                values["accept"].append(time["received"] - time["due"])
                values["accept_service"].append(time["received"] - time["sent"])
            if row["outcome"] == "rejected" and time["received"] is not None:
                values["reject"].append(time["received"] - time["due"])
            if is_accepted and row["final_status"] not in ("cancelled", "failed"):
                for name in INTERVALS:
                    lower, upper = time[f"{name}_lower"], time[f"{name}_upper"]
                    if upper is None:
                        values[f"{name}.censored"].append(lower)
                    else:
                        values[f"{name}.lower"].append(lower)
                        values[f"{name}.upper"].append(upper)
    orders = summary["orders"]
    for name in ("accepted", "rejected", "errored", "ambiguous", "not_sent"):
        check(outcomes[name] == orders[name], f"{outcomes[name]} orders are {name}, and the summary has {orders[name]}")
    for name in ("completed", "cancelled", "failed", "timed_out", "run_end", "lost", "unknown_status", "untracked"):
        check(statuses[name] == orders[name], f"{statuses[name]} orders are {name}, and the summary has {orders[name]}")
    check(sorted(indices) == list(range(orders["scheduled"])), "an order is there twice, or is missing")
    for name, exact in values.items():
        check(name in summary["histograms"], f"the summary has no histogram {name}")
        histogram = summary["histograms"][name]
        pairs = sorted(Counter(map(index_of, exact)).items())
        check(pairs == [tuple(pair) for pair in histogram["pairs"]], f"{name}: the file makes {pairs}, and the summary has {histogram['pairs']}")
        check(min(exact) == histogram["min"] and max(exact) == histogram["max"], f"{name}: from {min(exact)} to {max(exact)} ns")
        check(abs(sum(exact) - histogram["sum"]) <= 1e-9 * sum(exact), f"{name}: the sum is {sum(exact)} ns")
    compared = percentiles(values, summary)
    counted = {"outcomes": outcomes, "statuses": statuses, "codes": codes, "stages": stages, "ids": len(set(ids)), "polls": polls}
    print(json.dumps({**counted, "percentiles": compared}))


def percentiles(values, summary):
    """Each percentile of the summary must be in the bucket of the order that has this rank. Returns how many were compared."""
    compared = 0
    figures = [(name, figure, name, f"{name}.censored") for name, figure in summary["latency"].items() if name in ("accept", "accept_service", "slip")]
    for name, interval in summary["intervals"].items():
        figures.append((name, interval["upper"], f"{name}.upper", f"{name}.censored"))
    for name, figure, key, censored in figures:
        exact = sorted(values[key])
        total = len(exact) + sum(count for _, count in summary["histograms"][censored]["pairs"])
        for percentile, (share, of) in PERCENTILES.items():
            rank = max(1, ceil(total * share / of))
            if not total:
                continue
            if rank > len(exact):
                check(figure[percentile] is None, f"{name}: {percentile} is {figure[percentile]}, and unbounded by the file")
                continue
            first, last = bucket(index_of(exact[rank - 1]))
            check(first <= round(figure[percentile] * 1e9) <= last, f"{name}: {percentile} is {figure[percentile]} s, and {exact[rank - 1]} ns by the file")
            compared += 1
    return compared


main(*sys.argv[1:])
