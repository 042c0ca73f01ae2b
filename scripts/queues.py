#!/usr/bin/env python3
"""Order systems of which it is known how much they can take: which share of all orders takes longer than a limit, at a rate of Poisson arrivals.

python3 scripts/queues.py holds each formula against a small simulation of its own, and ends with 1 where they differ by more than that scatters.

All are of first come, first served, in the long run. Times are in seconds (`time` is the mean one), rates in orders a second.

Left out are polls of orders that wait for a worker, where a door answers polls and creates alike: how often an order is asked for then depends on
how long it waits, and no formula is known. Batches of few workers are left out, too: they may go on for hours with a batch at each multiple, and
then for hours with one at every other, so that what is so in the long run is nothing that a trial could see.
"""

import functools
import heapq
import math
import random
import sys


def capacity(tail, share, most):
    """The rate at which the share of orders that is `share` takes longer than the limit: tail(rate) never falls, and is more at `most`."""
    low, high = 0.0, most
    while high - low > 1e-7 * high:
        middle = (low + high) / 2
        low, high = (low, middle) if tail(middle) > share else (middle, high)
    return (low + high) / 2


def limit_of(tail, share, most):
    """The limit that the share of orders that is `share` takes longer than: tail(limit) never rises."""
    return capacity(lambda limit: -tail(limit), -share, most)


def waiting_share(load, workers):
    """How likely an order has to wait in M/M/c: Erlang's C, from his B by its recursion, which is stable.

    Gross, Shortle, Thompson & Harris, "Fundamentals of Queueing Theory", 4th ed., 2.3 and 2.5. `load` is the rate times the mean service time.
    """
    blocked = 1.0
    for number in range(1, workers + 1):
        blocked = load * blocked / (number + load * blocked)
    return blocked / (1 - load / workers * (1 - blocked))


def exponential_workers(rate, limit, workers, time):
    """M/M/c: who waits does so for an exponential time of rate c μ - λ, and is then processed for one of rate μ.

    Gross, Shortle, Thompson & Harris, 2.3 (the distribution of the time in the system).
    """
    served, leaving = 1 / time, workers / time - rate
    if leaving <= 0:
        return 1.0
    waits = waiting_share(rate * time, workers)
    alone = math.exp(-served * limit)
    if abs(leaving - served) < 1e-9 * served:
        both = (1 + served * limit) * alone
    else:
        both = (leaving * alone - served * math.exp(-leaving * limit)) / (leaving - served)
    return (1 - waits) * alone + waits * both


def poisson(mean, most):
    """How likely 0, 1, ... `most` is."""
    return [math.exp(number * math.log(mean) - mean - math.lgamma(number + 1)) for number in range(most + 1)] if mean > 0 else [1.0] + [0.0] * most


def stationary(rows):
    """How likely each state of a Markov chain is in the long run, by rows of transition probabilities. There is no subtraction in it, so that
    rounding does not matter.

    Grassmann, Taksar & Heyman 1985, "Regenerative analysis and steady state distributions for Markov chains", Operations Research 33.
    """
    rows = [row[:] for row in rows]
    leaving = [0.0] * len(rows)
    for last in range(len(rows) - 1, 0, -1):
        down = rows[last]
        least = next(state for state in range(last) if down[state] > 0)
        leaving[last] = sum(down[least:last])
        for row in rows[:last]:
            if row[last] > 0:
                factor = row[last] / leaving[last]
                for state in range(least, last):
                    row[state] += factor * down[state]
    likely = [1.0]
    for state in range(1, len(rows)):
        likely.append(sum(one * row[state] for one, row in zip(likely, rows)) / leaving[state])
    total = sum(likely)
    return [one / total for one in likely]


@functools.lru_cache
def in_system(load, workers):
    """How many orders are there in M/D/c, by how likely that is: one service time later those in service have gone, and Poisson arrivals have come.

    Crommelin 1932, "Delay probability formulae when the holding times are constant"; Tijms, "A First Course in Stochastic Models", 9.6.2.
    """
    # Beyond this many orders, less than 1e-12: the tail falls by a factor of about 1 + 2 (1 - ρ) ÷ ρ with each.
    states = int(workers + 10 * math.sqrt(load) + 30 / math.log1p(2 * (workers - load) / load)) + 20
    come = poisson(load, states)
    rows = []
    for state in range(states):
        left = max(0, state - workers)
        row = [0.0] * left + come[:states - left]
        row[-1] += max(0.0, 1 - sum(row))
        rows.append(row)
    return stationary(rows)


def constant_workers(rate, limit, workers, time):
    """M/D/c: the waiting time's distribution as a sum of positive terms.

    Franx 2001, "A simple solution for the M/D/c waiting time distribution", Operations Research Letters 29.
    """
    longest_wait = limit - time
    if longest_wait < 0 or rate * time >= workers:
        return 1.0
    if rate * time < 1e-6 * workers:
        return 0.0
    likely = in_system(rate * time, workers)
    steps = math.floor(longest_wait / time) + 1
    # at_most[j]: that no more than j orders wait.
    at_most, total = [], sum(likely[:workers])
    for number in range(steps * workers):
        total += likely[workers + number] if workers + number < len(likely) else 0.0
        at_most.append(total)
    come = poisson(rate * (steps * time - longest_wait), steps * workers - 1)
    return max(0.0, 1 - sum(one * at_most[-1 - number] for number, one in enumerate(come)))


def asked_once(rate, limit, doors, time):
    """A door that answers `doors` requests at a time, each for an exponential time, where each order comes back once, after a constant time, to be
    asked for: how long creates take. Poisson arrivals see the door as it is for good, which is M/M/c with twice the rate, as in any network
    of such queues and of constant times in between.

    Baskett, Chandy, Muntz & Palacios 1975, "Open, closed, and mixed networks of queues with different classes of customers", Journal of the ACM 22.
    """
    return exponential_workers(2 * rate, limit, doors, time)


def cycles(rate, every, time):
    """How long it is from one batch to the next, in multiples, by how likely that is to an order.

    A Markov chain of our own: the orders of a batch are those that came in the cycle before it, which alone decides how long the next one is.
    A batch lasts as long as the longest of its times: of n exponential ones that has the distribution (1 - e^-t)^n, of Poisson many, m on
    average, exp(-m e^-t).
    """
    def ends_within(multiples, before):
        return math.exp(-rate * every * before * math.exp(-multiples * every / time))

    most = 1
    while ends_within(most, most) < 1 - 1e-12:
        most += 1
    rows = []
    for before in range(1, most + 1):
        within = [0.0] + [ends_within(multiples, before) for multiples in range(1, most)] + [1.0]
        rows.append([longer - shorter for shorter, longer in zip(within, within[1:])])
    # More orders come in a long cycle, by its length.
    orders = [one * (index + 1) for index, one in enumerate(stationary(rows))]
    return [one / sum(orders) for one in orders]


def exponential_batches(rate, limit, every, time):
    """All orders that wait are taken up at every multiple of `every` at which nothing is being processed, each by a worker of its own: an order waits
    for a time that is uniform over the cycle, and is then processed for an exponential one.
    """
    def longer(cycle):
        # That a uniform wait and an exponential time together are longer than the limit.
        length = cycle * every
        waited = min(limit, length)
        return 1 - waited / length + time / length * (math.exp(-(limit - waited) / time) - math.exp(-limit / time))

    return sum(one * longer(index + 1) for index, one in enumerate(cycles(rate, every, time)))


# What the formulas are held against.

def simulated_workers(rate, workers, service, chance, orders):
    """How long each order takes."""
    free, now = [0.0] * workers, 0.0
    for _ in range(orders):
        now += chance.expovariate(rate)
        end = max(now, free[0]) + service()
        heapq.heapreplace(free, end)
        yield end - now


def simulated_door(rate, doors, mean, back, chance, orders):
    """How long each create takes, where a poll of each order comes `back` after its answer."""
    free, polls, now = [0.0] * doors, [], 0.0
    for _ in range(orders):
        now += chance.expovariate(rate)
        while polls and polls[0] < now:
            heapq.heapreplace(free, max(heapq.heappop(polls), free[0]) + chance.expovariate(1 / mean))
        end = max(now, free[0]) + chance.expovariate(1 / mean)
        heapq.heapreplace(free, end)
        heapq.heappush(polls, end + back)
        yield end - now


def simulated_batches(rate, every, mean, chance, orders):
    """How long each order takes."""
    tick, next_one, done = every, chance.expovariate(rate), 0
    while done < orders:
        last = tick
        while next_one < tick:
            end = tick + chance.expovariate(1 / mean)
            yield end - next_one
            done += 1
            last = max(last, end)
            next_one += chance.expovariate(rate)
        tick = (math.floor(last / every + 1e-9) + 1) * every


def compare(name, formula, times, limit):
    """Whether the share of times beyond the limit is what the formula says, within four standard errors of forty batches."""
    late = [time > limit for time in times]
    size = len(late) // 41
    # The first batch is the warm-up.
    shares = [sum(late[start:start + size]) / size for start in range(size, 41 * size, size)]
    mean = sum(shares) / len(shares)
    error = math.sqrt(sum((share - mean) ** 2 for share in shares) / (len(shares) - 1) / len(shares))
    agrees = abs(mean - formula) <= 4 * error
    print(f"{name}: {formula:.5f}, simulated {mean:.5f} ± {error:.5f}{'' if agrees else ': they differ'}", flush=True)
    return agrees


def checks(chance, orders=300_000):
    """A name, what a formula says, the simulation, and the limit of both."""
    def exponential():
        return chance.expovariate(1)

    def constant():
        return 1.0

    for workers, busy, limit in [(1, 0.3, 2.5), (1, 0.8, 12), (3, 0.7, 3), (8, 0.85, 4), (32, 0.9, 3.5)]:
        yield (f"M/M/{workers} at {busy}", exponential_workers(busy * workers, limit, workers, 1.0),
               simulated_workers(busy * workers, workers, exponential, chance, orders), limit)
    for workers, busy, limit in [(1, 0.5, 2.2), (1, 0.8, 6.5), (2, 0.7, 1.8), (5, 0.85, 2.01), (32, 0.93, 1.2)]:
        yield (f"M/D/{workers} at {busy}", constant_workers(busy * workers, limit, workers, 1.0),
               simulated_workers(busy * workers, workers, constant, chance, orders), limit)
    for doors, busy, back, limit in [(1, 0.7, 0.5, 6), (2, 0.8, 3, 5), (4, 0.6, 40, 3)]:
        yield (f"a door of {doors} at {busy}", asked_once(busy * doors / 2, limit, doors, 1.0),
               simulated_door(busy * doors / 2, doors, 1.0, back, chance, orders), limit)
    for rate, every, limit in [(30, 2, 4), (30, 5, 7), (100, 4, 8), (0.1, 3, 3.3)]:
        yield (f"batches every {every}, {rate}/s", exponential_batches(rate, limit, every, 1.0),
               simulated_batches(rate, every, 1.0, chance, orders), limit)


def main():
    chance = random.Random(1)
    return 0 if all([compare(*check) for check in checks(chance)]) else 1


if __name__ == "__main__":
    sys.exit(main())
