"""Work 9: what the audit costs the generator. The same load with it, and with a dialect that says of no figures where they are, in turn.

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


def turn(settings, flags, dialect):
    with order_server(settings, *SERVER) as (url, _):
        usage, summary = loadgen.run(settings, url, [*flags, "--exclusive", "-d", f"{settings.seconds}s", *dialect], settings.seconds + 120)
    facts = loadgen.facts(usage, summary)
    orders, audit = facts["orders"]["accepted"], summary["audit"]["verdict"]
    if audit != ("not_available" if dialect else "consistent"):
        raise RuntimeError(f"the audit should not say {audit}")
    cpu = usage.user + usage.system
    return {**facts, "orders_per_cpu_second": orders / cpu, "audit": audit, "brief": f"{orders / cpu:,.0f} orders per second of CPU, audit {audit}"}


def run(settings):
    unaudited = settings.scratch / "unaudited.yaml"
    unaudited.write_text("like: standard\nmetrics: none\n")
    ways = {"audit": (), "none": ("--dialect", unaudited)}
    return {
        "seconds": settings.seconds, "lives": LIVES, "creates": CREATES,
        "loads": {
            name: take_turns(f"the audit, {name}", settings.rounds, {way: lambda way=way: turn(settings, flags, ways[way]) for way in ways})
            for name, flags in LOADS.items()}}
