"""Work 3: who tells the truth about a target that stands still for two seconds in the middle of the run?

The target (targets/delaying.py) answers after 20 ms or more, and stamps by its own clock what it received and answered when. Every tool
has 100 connections. Where a tool can send at a rate it does so, a thousand orders a second; the others have 20 users, who send about
as many while the target answers. What each says is held against what must have been (stamps.py).

k6 appears twice: with as many virtual users as the others have connections, and with enough of them for all that come due in
the stall. Each of its users has one connection, and an arrival without a free user is dropped.
"""

import csv

import loadgen
import peers
import stamps
from measure import measure
from rounds import say, take_turns
from serve import delaying
from settings import HERE

RATE = 1000
CONNECTIONS = 100
MANY_USERS = 3000
CLOSED_USERS = 20
STALL = 2
WRK2_CALIBRATES = 11  # seconds; its figures begin afterwards


class Turn:
    """One run of one tool against a fresh target."""

    def __init__(self, settings, seconds, connections, truth):
        self.settings, self.seconds, self.connections, self.truth = settings, seconds, connections, truth

    def run(self, tool):
        """`tool` takes the turn and the target's URL; it gives the usage and what the tool said, in seconds."""
        path = self.settings.scratch / "stamps.json"
        with delaying(self.settings, path, "--stall-after", str(self.seconds - 6), "--stall", str(STALL)) as (url, _):
            usage, said = tool(self, url)
        requests, stalled = stamps.read(path)
        path.unlink()
        if not stalled:
            raise RuntimeError("the target did not stand still: the load ended before")
        latencies = self.truth(requests)
        true = stamps.percentiles(latencies)
        worst = max(stamps.distance({"said": said, "true": true}, name) for name in true)
        return {
            "answered": len(latencies), "said": said, "true": true, "worst": worst,
            "user": usage.user, "system": usage.system, "peak_bytes": usage.peak_bytes,
            "brief": "said/true " + ", ".join(f"{name} {said[name] * 1000:.1f}/{true[name] * 1000:.1f} ms" for name in true)}


def run_loadgen(turn, url):
    usage, summary = loadgen.run(
        turn.settings, url,
        ["--dialect", HERE / "targets" / "canned.yaml", "--no-follow", "--rate", f"{RATE}/s", "--connections", turn.connections,
         "-d", f"{turn.seconds}s"], turn.seconds + 60)
    latency = summary["latency"]
    said = {name: latency["accept"][name] for name in stamps.PERCENTILES}
    return usage, {
        **said, "not_sent": summary["orders"]["not_sent"], "scheduled": summary["orders"]["scheduled"], "exit": usage.exit,
        "service": {name: latency["accept_service"][name] for name in stamps.PERCENTILES}, "slip_max": latency["slip"]["max"]}


def run_k6(turn, url):
    environment = {
        "BENCH_TARGET": url, "BENCH_USERS": str(turn.connections), "BENCH_SECONDS": str(turn.seconds), "BENCH_RATE": str(RATE),
        "K6_NO_USAGE_REPORT": "true"}
    command = [peers.find("k6"), "run", "--quiet", "--no-color", "--address", "", peers.SCRIPTS / "arrivals.js"]
    usage = measure(turn.settings.generator_core, command, turn.seconds + 60, environment)
    said = peers.last_line_of_json(usage.output)
    return usage, {**{name: said[name] / 1e3 for name in stamps.PERCENTILES}, "not_sent": said["dropped"]}


def run_wrk(turn, url):
    return wrk_usage(turn, url, "wrk")


def run_wrk2(turn, url):
    return wrk_usage(turn, url, "wrk2", ("-R", str(RATE), "--latency"))


def wrk_usage(turn, url, name, flags=()):
    usage, said = peers.wrk(turn.settings, url, "create.lua", turn.connections, turn.seconds, name, flags)
    return usage, {name: said[name] / 1e6 for name in stamps.PERCENTILES}


def run_hey(turn, url):
    usage = measure(
        turn.settings.generator_core, peers.hey_command(url, turn.connections, turn.seconds, "-o", "csv"), turn.seconds + 60)
    taken = sorted(float(row["response-time"]) for row in csv.DictReader(usage.output.splitlines()))
    return usage, stamps.percentiles(taken)


def run_h2load(turn, url):
    log = turn.settings.scratch / "h2load.log"
    usage, *_ = peers.h2load(turn.settings, url, turn.connections, turn.seconds, log)
    taken = sorted(int(line.split("\t")[2]) / 1e6 for line in log.read_text().splitlines())
    log.unlink()
    return usage, stamps.percentiles(taken)


def run_locust(turn, url):
    command = [
        peers.find("locust"), "--headless", "--only-summary", "--loglevel", "ERROR", "-f", peers.SCRIPTS / "create_locust.py",
        "--host", url, "-u", turn.connections, "-r", turn.connections, "-t", f"{turn.seconds}s", "--stop-timeout", "10"]
    usage = measure(turn.settings.generator_core, command, turn.seconds + 60)
    said = peers.last_line_of_json(usage.output)
    return usage, {name: said[name] / 1e3 for name in stamps.PERCENTILES}


def run(settings):
    seconds = 10
    at_a_rate = lambda requests: stamps.of_open_load(requests, RATE)
    by_microseconds = lambda requests: stamps.of_open_load(requests, 1e6)
    by_connection = lambda requests: stamps.of_paced_connections(requests, RATE, CONNECTIONS, WRK2_CALIBRATES)
    # name in the table → program, how it is run, connections, seconds, the truth about such a load
    tools = {
        "loadgen": ("loadgen", run_loadgen, CONNECTIONS, seconds, at_a_rate),
        "wrk2": ("wrk2", run_wrk2, CONNECTIONS, seconds + WRK2_CALIBRATES, by_connection),
        "k6, few users": ("k6", run_k6, CONNECTIONS, seconds, by_microseconds),
        "k6, many users": ("k6", run_k6, MANY_USERS, seconds, by_microseconds),
        "wrk": ("wrk", run_wrk, CLOSED_USERS, seconds, stamps.of_closed_load),
        "h2load": ("h2load", run_h2load, CLOSED_USERS, seconds, stamps.of_closed_load),
        "hey": ("hey", run_hey, CLOSED_USERS, seconds, stamps.of_closed_load),
        "locust": ("locust", run_locust, CLOSED_USERS, seconds, stamps.of_closed_load),
    }
    turns, loads = {}, {}
    for name, (program, tool, connections, length, truth) in tools.items():
        if program != "loadgen" and peers.find(program) is None:
            say(f"{program} is not here")
            continue
        turn = Turn(settings, length, connections, truth)
        turns[name] = lambda tool=tool, turn=turn: turn.run(tool)
        load = f"{RATE:,}/s" if truth is not stamps.of_closed_load else "closed"
        loads[name] = f"{load}, {connections:,} connections"
    return {"rate": RATE, "stall": STALL, "seconds": seconds, "loads": loads, "tools": take_turns("truth", settings.rounds, turns)}
