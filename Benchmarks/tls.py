"""Work 7: what TLS costs. loadgen against the same server with and without it, in turn, each turn against a server of its own.

Two loads. Kept connections: a hundred users, as fast as it goes, so that what a request costs is all that differs; the handshakes are made
once and weigh little. A connection for each request: a fixed number of orders, so that each has a handshake, and the local ports, which
rest for a minute, suffice. Orders are not followed, and the metrics are read and audited as ever. The server makes its certificate itself
(P-256), and loadgen does not verify it: verifying is a part of the handshake alone.
"""

import loadgen
from rounds import take_turns
from serve import cpu_seconds, order_server

KEPT, OPENED = 100, 20
SERVER = ("--workers", "unlimited", "--service-time", "1ms")
WAYS = {"http": (), "https": ("--tls", "self-signed")}


def turn(settings, way, flags):
    with order_server(settings, *SERVER, *WAYS[way], "--log-level", "error") as (url, server):
        before = cpu_seconds(server.pid)
        usage, summary = loadgen.run(settings, url, [*flags, *(["-k"] if way == "https" else [])], settings.seconds + 120)
        facts = loadgen.facts(usage, summary)
        facts["target_cpu"] = cpu_seconds(server.pid) - before
    if facts["errors"] or not url.startswith(f"{way}:"):
        raise RuntimeError(f"over {way} nothing should go wrong: {url}, {facts['errors']}")
    return facts


def run(settings):
    orders = 500 if settings.quick else 2_000
    loads = {
        "kept": ["-c", KEPT, "--connections", KEPT, "-d", f"{settings.seconds}s", "--no-follow"],
        "opened": ["-c", OPENED, "--connections", OPENED, "-n", orders, "--no-follow", "--no-keep-alive"]}
    return {
        "seconds": settings.seconds, "kept": KEPT, "opened": OPENED, "orders": orders,
        "loads": {
            name: take_turns(f"TLS, {name} connections", settings.rounds, {way: lambda way=way: turn(settings, way, flags) for way in WAYS})
            for name, flags in loads.items()}}
