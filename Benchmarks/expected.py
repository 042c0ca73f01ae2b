"""What must have been, from the seed alone: the third opinion beside order-server and `loadgen simulate`.

A Poisson arrival and an exponential service time are functions of seed, stream and index (Sources/Shared/Workload/SeededRandom.swift),
and what first come, first served makes of them needs no events: an order begins when it has come and the first of the workers is free.
"""

import heapq
import itertools
import math

ARRIVAL_GAP, SERVICE_TIME = 1, 2  # the streams
MASK = 2**64 - 1
GOLDEN = 0x9E3779B97F4A7C15


def mixed(bits):
    bits = ((bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    bits = ((bits ^ (bits >> 27)) * 0x94D049BB133111EB) & MASK
    return bits ^ (bits >> 31)


def exponentials(seed, stream, mean):
    """The draws of index 0, 1, 2, …, without end."""
    state = mixed((seed + GOLDEN) & MASK)
    state = mixed(state ^ ((stream * 0xD1B54A32D192ED03) & MASK))
    for index in itertools.count():
        uniform = ((mixed((state + index * GOLDEN) & MASK) >> 11) + 0.5) * 2.0**-53
        yield -math.log(uniform) * mean


def arrivals(seed, rate, seconds):
    """When each order of an open Poisson load is due, in seconds."""
    due = itertools.accumulate(exponentials(seed, ARRIVAL_GAP, 1 / rate))
    return list(itertools.takewhile(lambda time: time < seconds, due))


def service_times(seed, mean, count):
    return list(itertools.islice(exponentials(seed, SERVICE_TIME, mean), count))


def completions(created, processed, workers):
    """From creation to completion of each order, in seconds, where the orders come in this order and are processed for so long each."""
    free = [-math.inf] * workers
    took = []
    for come, time in zip(created, processed):
        ended = max(come, free[0]) + time
        heapq.heapreplace(free, ended)
        took.append(ended - come)
    return took
