"""What must have been, from the target's own stamps: for each way of sending, the latencies that a perfect tool would report.

Open load: the order with number k was due at zero + k/rate, and its latency ends when its answer leaves the target. No tool says
when its zero was, by the target's clock. But no order can arrive before it is due, so zero is at most `received - k/rate`, whatever
k; the least of these over the whole run is taken. It is late by no more than the quickest way of any order from due to the target's
stamp. Over loopback, with thousands of orders, this is some tens of microseconds, by which the truth is told too short. Where the
answer goes on to the client, the same is missing again. Both are far below the 0.5 ms which are allowed.
The order's number stands in its body. Orders that never arrived have no latency here. For k6 the number is a time instead: see
peers/arrivals.js; how late k6 itself took an arrival up is thus not held against it.

wrk2 sends at a rate, too, but by connection: the j-th request of a connection is due at the connection's zero + j times the
connections over the rate. It keeps its figures from the end of its calibration on, so the truth is taken from there, too.

Closed load: a connection's next request is due when its last one was answered, so its latency is the time between two answers on
one connection. For the first one it is counted from its receipt. This is true of what was sent, and blind to those who would have
come while the target stood still.
"""

import json
import math


def read(path):
    """The answered requests in the order of their receipt, and when the target stood still."""
    text = json.loads(path.read_text())
    answered = [request for request in text["requests"] if request[3] > 0]
    return answered, text["stalled"]


def of_open_load(requests, rate):
    """Latencies from due, in seconds, by rising length."""
    numbered = [request for request in requests if request[1] >= 0]
    apart = 1e9 / rate
    zero = min(received - number * apart for _, number, received, _ in numbered)
    return sorted((answered - zero - number * apart) / 1e9 for _, number, _, answered in numbered)


def of_paced_connections(requests, rate, connections, since):
    """Latencies from due of what was received `since` so many seconds after the first request; in seconds, by rising length."""
    apart, begin = 1e9 * connections / rate, requests[0][2] + since * 1e9
    by_connection = {}
    for request in requests:
        by_connection.setdefault(request[0], []).append(request)
    latencies = []
    for own in by_connection.values():
        zero = min(received - number * apart for number, (_, _, received, _) in enumerate(own))
        latencies += [
            (answered - zero - number * apart) / 1e9 for number, (_, _, received, answered) in enumerate(own) if received >= begin]
    return sorted(latencies)


def of_closed_load(requests):
    """Latencies from the answer before on the same connection, in seconds, by rising length."""
    before, latencies = {}, []
    for connection, _, received, answered in requests:
        latencies.append((answered - before.get(connection, received)) / 1e9)
        before[connection] = answered
    return sorted(latencies)


PERCENTILES = {"p50": 50, "p90": 90, "p99": 99, "p99_9": 99.9, "max": 100}


def percentile(latencies, percent):
    """The ⌈q·n⌉-th smallest, as loadgen has it, of latencies by rising length."""
    return latencies[max(1, math.ceil(round(percent * len(latencies) / 100, 6))) - 1]


def percentiles(latencies):
    return {name: percentile(latencies, percent) for name, percent in PERCENTILES.items()}


def distance(facts, name):
    """Of a figure that was said from the true one, in units of what is allowed: 1 % or 0.5 ms, whichever is more."""
    said, true = facts["said"][name], facts["true"][name]
    return abs(said - true) / max(0.01 * true, 0.0005)
