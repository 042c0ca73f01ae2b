"""Half of the peak rate, in open load against nginx with canned answers: is every order that is due sent, and in time?

The peak is what Work 1 found for creates alone. With --soak the same goes on for minutes, and memory is looked at every second.
"""

import time

import loadgen
from canned import CONNECTIONS, DIALECT
from measure import memory_of
from rounds import median, say, take_turns
from serve import nginx


def flags(rate, seconds):
    return [
        "--dialect", DIALECT, "--no-follow", "--rate", f"{rate}/s", "--connections", CONNECTIONS, "-d", f"{seconds}s"]


def facts(usage, summary):
    latency, orders = summary["latency"], summary["orders"]
    return {
        **loadgen.facts(usage, summary), "slip": latency["slip"], "accept": latency["accept"],
        "connection_wait": latency["connection_wait"], "loop_lag": latency["loop_lag"],
        "brief": f"slip p99 {latency['slip']['p99'] * 1000:.3f} ms, {orders['scheduled']:,} due, {orders['not_sent']:,} not sent"}


def rate_of(canned):
    return int(median(canned["creates"]["loadgen"], lambda facts: facts["rates"]["requests"]) / 2)


def run(settings, canned):
    rate, seconds = rate_of(canned), settings.seconds + 4
    with nginx(settings) as (url, _):
        turn = lambda: facts(*loadgen.run(settings, url, flags(rate, seconds), seconds + 60))
        return {"rate": rate, "seconds": seconds, "rounds": take_turns(f"half of the peak, {rate:,}/s", settings.rounds, {"loadgen": turn})}


def soak(settings, canned):
    rate, seconds, held = rate_of(canned), settings.soak, []
    say(f"soak: {rate:,}/s for {seconds} s")
    with nginx(settings) as (url, _), loadgen.Run(settings, url, flags(rate, seconds), seconds + 120) as run:
        began = time.monotonic()
        while not run.measurement.wait(1):
            memory = memory_of(run.measurement.pid)
            if memory:
                held.append((time.monotonic() - began, memory[0]))
            if time.monotonic() - began > seconds + 110:
                raise RuntimeError("loadgen does not end")
        usage, summary = run.end()
    # What comes after the load is the report being written, which is no part of it.
    first = [size for at, size in held if at <= 60]
    later = [size for at, size in held if 60 < at <= seconds]
    return {
        **facts(usage, summary), "rate": rate, "seconds": seconds, "memory": held, "at_one_minute": first[-1],
        "later": max(later) if later else None, "blocks": punctuality(summary["blocks"], rate)}


def punctuality(blocks, rate):
    """Whether in each block as many orders were sent as were due, but for those that its slip carries over into the next one."""
    behind, uneven, unexplained = 0, [], 0
    for block in blocks["items"]:
        behind += block["scheduled"] - block["submitted"]
        if behind:
            uneven.append({"t": block["t"], "behind": behind, "slip_max": block["slip_max"]})
            unexplained += not 0 <= behind <= rate * block["slip_max"] + 1
    return {"seconds": blocks["seconds"], "count": len(blocks["items"]), "unexplained": unexplained, "uneven": uneven}
