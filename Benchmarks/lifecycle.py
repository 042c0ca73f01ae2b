"""Work 2: the whole life of an order against order-server, in memory: create, then a poll every 100 ms until it is completed.

Each tool has the same closed load: so many users, each of which sends an order, waits for its end, and begins again. An order takes
50 ms, so the first poll finds it completed, and a user has about ten orders a second, whichever tool plays it. Thus all ask the same
of the target, and what differs is what it costs the generator: lives of orders per second of its CPU time, start and report included.
Neither target nor generator is at its limit, or the rates beside it show it.
"""

import loadgen
import peers
from measure import measure
from rounds import say, take_turns
from serve import order_server
from settings import HERE

USERS = 100


def facts(usage, completed, polls, seconds):
    return {
        "seconds": usage.seconds, "user": usage.user, "system": usage.system, "peak_bytes": usage.peak_bytes,
        "completed": completed, "polls": polls, "lives_per_second": completed / seconds,
        "lives_per_cpu_second": completed / usage.cpu,
        "brief": f"{completed / seconds:,.0f} orders/s, {completed / usage.cpu:,.0f} per second of CPU"}


def run_loadgen(settings, url, seconds):
    usage, summary = loadgen.run(
        settings, url,
        ["-c", USERS, "--connections", USERS, "--wait-for", "completion", "--poll", "100ms", "-d", f"{seconds}s"], seconds + 60)
    found = facts(usage, summary["orders"]["completed"], summary["latency"]["poll"]["count"], seconds)
    return {**found, "exit": usage.exit, "orders": summary["orders"], "audit": summary["audit"]["verdict"]}


def run_k6(settings, url, seconds):
    environment = {
        "BENCH_TARGET": url, "BENCH_USERS": str(USERS), "BENCH_SECONDS": str(seconds), "K6_NO_USAGE_REPORT": "true"}
    command = [peers.find("k6"), "run", "--quiet", "--no-color", "--address", "", peers.SCRIPTS / "lifecycle.js"]
    usage = measure(settings.generator_core, command, seconds + 60, environment)
    said = peers.last_line_of_json(usage.output)
    return facts(usage, said["completed"], said["polls"], seconds)


def run_locust(settings, url, seconds):
    command = [
        peers.find("locust"), "--headless", "--only-summary", "--loglevel", "ERROR", "-f", peers.SCRIPTS / "lifecycle_locust.py",
        "--host", url, "-u", USERS, "-r", USERS, "-t", f"{seconds}s", "--stop-timeout", "10"]
    usage = measure(settings.generator_core, command, seconds + 60)
    said = peers.last_line_of_json(usage.output)
    return facts(usage, said["completed"], said["polls"], seconds)


def run(settings):
    seconds = settings.seconds * 2
    with order_server(settings, "--workers", "unlimited", "--service-time", "50ms") as (url, _):
        turns = {
            "loadgen": lambda: run_loadgen(settings, url, seconds),
            "k6": lambda: run_k6(settings, url, seconds),
            "locust": lambda: run_locust(settings, url, seconds),
        }
        for name in ("k6", "locust"):
            if peers.find(name) is None:
                say(f"{name} is not here")
                del turns[name]
        return {"users": USERS, "seconds": seconds, "tools": take_turns("lives of orders", settings.rounds, turns)}
