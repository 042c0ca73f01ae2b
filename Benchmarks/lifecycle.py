"""Work 2: the whole life of an order against order-server, in memory: create, then a poll every 100 ms until it is completed.

Each tool has the same closed load: so many users, each of which sends an order, waits for its end, and begins again. An order takes
50 ms, so the first poll finds it completed, and a user has at most ten orders a second, whichever tool plays it. What differs is
what it costs the generator: lives of orders per second of its CPU time, start and report included.
With few users all tools do the same work, and none has to hurry. With many, the slower ones have all that their core gives, which is
where they are at their best; loadgen is not asked for more than the target can do. It also reads the target's metrics, and audits them.

The floor (peers/floor.c) is no tool: it makes the same requests and takes the answers, and does nothing else. It shows how much of what
a life costs is the kernel's, and so what no generator can come below on this machine.
"""

import shutil
import subprocess
from urllib.parse import urlsplit

import loadgen
import peers
from measure import measure
from rounds import say, take_turns
from serve import order_server

FEW, MANY = 100, 1000


def facts(usage, completed, polls, seconds):
    return {
        "seconds": usage.seconds, "user": usage.user, "system": usage.system, "peak_bytes": usage.peak_bytes,
        "completed": completed, "polls": polls, "lives_per_second": completed / seconds,
        "lives_per_cpu_second": completed / usage.cpu,
        "brief": f"{completed / seconds:,.0f} orders/s, {completed / usage.cpu:,.0f} per second of CPU"}


def run_loadgen(settings, url, seconds, users):
    usage, summary = loadgen.run(
        settings, url,
        ["-c", users, "--connections", users, "--wait-for", "completion", "--poll", "100ms", "-d", f"{seconds}s"], seconds + 60)
    found = facts(usage, summary["orders"]["completed"], summary["latency"]["poll"]["count"], seconds)
    return {**found, "exit": usage.exit, "orders": summary["orders"], "audit": summary["audit"]["verdict"]}


def run_k6(settings, url, seconds, users):
    environment = {
        "BENCH_TARGET": url, "BENCH_USERS": str(users), "BENCH_SECONDS": str(seconds), "K6_NO_USAGE_REPORT": "true"}
    command = [peers.find("k6"), "run", "--quiet", "--no-color", "--address", "", peers.SCRIPTS / "lifecycle.js"]
    usage = measure(settings.generator_core, command, seconds + 60, environment)
    said = peers.last_line_of_json(usage.output)
    return facts(usage, said["completed"], said["polls"], seconds)


def run_locust(settings, url, seconds, users):
    command = [
        peers.find("locust"), "--headless", "--only-summary", "--loglevel", "ERROR", "-f", peers.SCRIPTS / "lifecycle_locust.py",
        "--host", url, "-u", users, "-r", users, "-t", f"{seconds}s", "--stop-timeout", "10"]
    usage = measure(settings.generator_core, command, seconds + 60)
    said = peers.last_line_of_json(usage.output)
    return facts(usage, said["completed"], said["polls"], seconds)


def run_floor(settings, url, seconds, users):
    command = [settings.scratch / "floor", urlsplit(url).port, users, seconds, 100]
    usage = measure(settings.generator_core, command, seconds + 60)
    said = peers.last_line_of_json(usage.output)
    return facts(usage, said["completed"], said["polls"], seconds)


def run(settings):
    subprocess.run([shutil.which("cc") or "clang", "-O2", "-o", settings.scratch / "floor", peers.SCRIPTS / "floor.c"], check=True)
    seconds, tools = settings.seconds * 2, {"loadgen": run_loadgen, "k6": run_k6, "locust": run_locust, "floor": run_floor}
    for name in ("k6", "locust"):
        if peers.find(name) is None:
            say(f"{name} is not here")
            del tools[name]
    loads = []
    with order_server(settings, "--workers", "unlimited", "--service-time", "50ms") as (url, target):
        for users in (FEW, MANY):
            turns = {name: lambda tool=tool: tool(settings, url, seconds, users) for name, tool in tools.items()}
            loads.append({"users": users, "tools": take_turns(f"{users:,} users", settings.rounds, turns, target.pid)})
    return {"seconds": seconds, "loads": loads}
