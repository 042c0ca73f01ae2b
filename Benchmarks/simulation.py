"""Work 6: simulated orders per second of one core, beside SimPy and Ciw.

M/M/8, the same for all: Poisson arrivals at 7/s, eight workers, exponential service times with a mean of 1 s, first come first served,
and the mean wait and the mean completion are kept. What each says is held against Erlang's formula. The peers' orders have three
events each: they come, begin and end. loadgen's are sent over a network and answered even where they are not followed
(`--no-follow`), and once a second it reads the system's metrics and audits them; so it is run without an audit, too: canned.yaml knows no
metrics. The whole life of an order has polls; their gap is such that there are two of them to an order.
"""

import math

import loadgen
import peers
from measure import measure
from rounds import say, take_turns
from settings import HERE

RATE, WORKERS, SERVICE = 7, 8, 1.0
GAP = "1100ms"

# The waits of orders that come one after the other are alike, so the mean over n orders strays from the true one by the root of this
# over n, in seconds: measured over 2,000,000 orders, in groups of 50,000. That of completion is nearly the same.
STRAY = 210


def erlang_c():
    """The chance that an order has to wait."""
    load = RATE * SERVICE
    terms = [load**number / math.factorial(number) for number in range(WORKERS + 1)]
    last = terms[-1] * WORKERS / (WORKERS - load)
    return last / (sum(terms[:-1]) + last)


def theory():
    wait = erlang_c() / (WORKERS / SERVICE - RATE)
    return {"mean_wait": wait, "mean_completion": wait + SERVICE}


def facts(usage, orders, polls, mean_wait, mean_completion):
    return {
        "orders": orders, "user": usage.user, "system": usage.system, "seconds": usage.seconds, "peak_bytes": usage.peak_bytes,
        "orders_per_cpu_second": orders / usage.cpu, "polls": polls / orders, "mean_wait": mean_wait, "mean_completion": mean_completion,
        "brief": f"{orders / usage.cpu:,.0f} orders per second of CPU, mean wait {mean_wait:.3f} s"}


def run_loadgen(settings, orders, seed, *flags):
    usage, summary = loadgen.simulate(
        settings,
        ["--rate", f"{RATE}/s", "--arrivals", "poisson", "--workers", WORKERS, "--service-time", f"exponential:{SERVICE:g}s", "-n", orders,
         "--seed", seed, *flags], 600)
    simulated, polls = summary["simulation"], summary["latency"].get("poll", {}).get("count", 0)
    if summary["orders"]["accepted"] != orders or simulated["outside"]:
        raise RuntimeError(f"{orders} orders should be accepted, and none outside of its range: {summary['orders']}, {simulated}")
    # What the system said at the end of all orders that had completed; an order that is not followed has no other end.
    said = [check["claimed"] for check in summary["audit"]["checks"] if check["name"] == "average_completion_time"]
    return facts(usage, orders, polls, simulated["mean_wait"], said[0] if said else None)


def run_peer(settings, orders, seed, script):
    usage = measure(settings.generator_core, [peers.PYTHON_PROGRAMS / "python", peers.SCRIPTS / script, orders, seed], 600)
    said = peers.last_line_of_json(usage.output)
    return facts(usage, said["orders"], 0, said["mean_wait"], said["mean_completion"])


def distances(rounds):
    """How far the means over all rounds lie from the theory, in units of what is allowed: three times by how much they stray."""
    allowed = 3 * math.sqrt(STRAY / sum(facts["orders"] for facts in rounds))
    return {
        name: abs(sum(facts[name] for facts in rounds) / len(rounds) - true) / allowed
        for name, true in theory().items() if rounds[0][name] is not None}


def run(settings):
    orders, seeds = (20_000 if settings.quick else 500_000), {}

    def turn(name, tool, *flags):
        seeds[name] = seeds.get(name, 0) + 1  # another one for each round
        return tool(settings, orders, seeds[name], *flags)

    tools = {
        "loadgen": (run_loadgen, "--no-follow"),
        "loadgen, no audit": (run_loadgen, "--no-follow", "--dialect", HERE / "targets" / "canned.yaml"),
        "simpy": (run_peer, "mm8_simpy.py"), "ciw": (run_peer, "mm8_ciw.py"), "loadgen, whole lives": (run_loadgen, "--poll", GAP)}
    for name in ("simpy", "ciw"):
        if peers.find(name) is None:
            say(f"{name} is not here")
            del tools[name]
    turns = {name: lambda name=name, tool=tool: turn(name, *tool) for name, tool in tools.items()}
    return {"orders": orders, "theory": theory(), "tools": take_turns("simulation", settings.rounds, turns)}
