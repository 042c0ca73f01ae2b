"""Work 4: what loadgen takes of memory while so many orders are outstanding.

order-server takes every order, and each would take an hour to complete. When the target has them all, loadgen is interrupted, as by
Ctrl-C: all are then outstanding, and its summary must say so. It polls each order first after ten minutes, so that no poll falls into
the run; the timers for them are all there. The peak includes the writing of the report.
"""

import json
import signal
import time
import urllib.request

import loadgen
from rounds import say
from serve import order_server

INTERRUPTED = 105


def total(url):
    with urllib.request.urlopen(f"{url}/metrics", timeout=30) as answer:
        return json.load(answer)["total_orders"]


def hold(settings, count):
    limit = 120 + count / 2000
    flags = ["-n", count, "-c", 100, "--poll", "10m", "--order-timeout", "1h", "--max-outstanding", count]
    with order_server(settings, "--workers", "unlimited", "--service-time", "1h") as (url, _):
        with loadgen.Run(settings, url, flags, limit) as run:
            end = time.monotonic() + limit
            while total(url) < count:
                if run.measurement.wait(0.5) or time.monotonic() > end:
                    raise RuntimeError(f"loadgen did not bring {count} orders under way in {limit:.0f} s")
            # The target counts an order before loadgen has the answer: the last ones' answers need a moment.
            run.measurement.wait(1)
            run.measurement.signal(signal.SIGINT)
            usage, summary = run.end()
    orders = summary["orders"]
    if usage.exit != INTERRUPTED or orders["unfinished"] != count:
        raise RuntimeError(f"{count} orders should be outstanding, and the interrupt the end; ended with {usage.exit}: {orders}")
    say(f"memory: {count:,} outstanding: {usage.peak_bytes / 2**20:.1f} MiB at most")
    return {"outstanding": count, "peak_bytes": usage.peak_bytes, "user": usage.user, "system": usage.system, "orders": orders}


def run(settings):
    counts = [1_000, 10_000, 100_000] + ([] if settings.quick else [1_000_000])
    return {"held": [hold(settings, count) for count in counts]}
