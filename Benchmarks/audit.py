"""Work 9: what the audit costs the generator. The same load with it, and with a dialect that says of no figures where they are and without
the sample of orders that is read once more, in turn.

Two loads. Lives: users who send an order, wait for its end, polled every 100 ms, and begin again. Creates: as fast as it goes, not followed,
so that an order costs loadgen least. The server is what bounds both; what the audit takes is CPU time of loadgen, so orders per second of
that are held against each other: readings, their figures, the bounds of all orders at each, and the search for what is wrong.
"""

import loadgen
from rounds import take_turns
from serve import order_server

LIVES, CREATES = 1_000, 100
SERVER = ("--workers", "unlimited", "--service-time", "50ms", "--log-level", "error")
LOADS = {
    "lives": ["-c", LIVES, "--connections", LIVES, "--wait-for", "completion", "--poll", "100ms"],
    "creates": ["-c", CREATES, "--connections", CREATES, "--no-follow"]}


def turn(settings, flags, is_audited):
    with order_server(settings, *SERVER) as (url, _):
        usage, summary = loadgen.run(settings, url, [*flags, "--exclusive", "-d", f"{settings.seconds}s"], settings.seconds + 120)
    facts = loadgen.facts(usage, summary)
    orders, audit = facts["orders"]["accepted"], summary["audit"]
    if audit["verdict"] == "contradicted" or (audit["samples"] > 0) != is_audited:
        raise RuntimeError(f"the audit should not say {audit['verdict']}, by {audit['samples']} readings")
    cpu = usage.user + usage.system
    return {**facts, "orders_per_cpu_second": orders / cpu, "brief": f"{orders / cpu:,.0f} orders per second of CPU, {audit['samples']} readings"}


def run(settings):
    unaudited = settings.scratch / "unaudited.yaml"
    unaudited.write_text("like: standard\nmetrics: none\n")
    ways = {"audit": (), "none": ("--dialect", unaudited)}
    # Where orders are not followed, none is read once more.
    unread = {"lives": ("--mix", "order-read=0%"), "creates": ()}

    def flags(name, way):
        return [*LOADS[name], *ways[way], *(unread[name] if way == "none" else ())]

    return {
        "seconds": settings.seconds, "lives": LIVES, "creates": CREATES,
        "loads": {
            name: take_turns(
                f"the audit, {name}", settings.rounds,
                {way: lambda name=name, way=way: turn(settings, flags(name, way), way == "audit") for way in ways})
            for name in LOADS}}
