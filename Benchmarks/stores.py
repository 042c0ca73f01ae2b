"""Work 8: what it costs to keep orders. The same load against order-server with each store, in turn, each turn with a fresh store.

An order is acknowledged once it is on disk, so the load must be closed and wide: what waits for one commit shares the next. Two loads.
Creates: nobody follows the orders, and none is processed, so that only inserts are committed. Whole lives: each order is created, taken,
completed, and asked for until it is: two commits more, and at least one read.

The order-server and the database share one core, and loadgen has the other. What the disk was asked for is the kernel's account of the
whole disk, so nothing else may write. A database without sync is none to keep orders in; it shows what the syncs cost.
"""

import contextlib
import json
import os
import pathlib
import subprocess
import sys

import loadgen
from measure import pinned
from rounds import take_turns
from serve import cpu_seconds, listening, stop
from settings import ROOT

USERS = 512
LOADS = {
    "creates": (("--workers", "1", "--service-time", "1h"), ("--no-follow",)),
    "lives": (("--workers", "unlimited", "--service-time", "1ms"), ("--wait-for", "completion", "--poll", "20ms"))}
STORES = {
    "memory": (), "sqlite": (), "postgresql": ("postgresql",), "postgresql, no sync": ("postgresql", "--no-sync"),
    "mariadb": ("mariadb",), "mariadb, no sync": ("mariadb", "--no-sync")}


def descendants(pid):
    """The ids of a process and of all that it has started, and those have."""
    for task in pathlib.Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            yield from descendants(int(child))
    yield pid


def cpu_seconds_of_all(pid):
    """Of CPU time that a process and its children have used so far, those included that have ended and were waited for."""
    used = 0
    for each in descendants(pid):
        fields = pathlib.Path(f"/proc/{each}/stat").read_text().rpartition(")")[2].split()
        used += sum(int(field) for field in fields[11:15])
    return used / os.sysconf("SC_CLK_TCK")


def flushes(folder):
    """How often the disk below the folder was told to flush its cache so far, and for how many seconds it was at it."""
    device = os.stat(folder).st_dev
    for line in pathlib.Path("/proc/diskstats").read_text().splitlines():
        fields = line.split()
        if os.makedev(int(fields[0]), int(fields[1])) == device and len(fields) >= 20:
            return int(fields[18]), int(fields[19]) / 1000
    raise RuntimeError(f"/proc/diskstats says nothing of flushes of the disk below {folder}: is it in memory, or the kernel older than 5.5?")


@contextlib.contextmanager
def kept_in(settings, store):
    """Gives what --store wants, and what says how much CPU time the database has used so far."""
    if not STORES[store]:
        file = settings.scratch / "orders.sqlite"
        yield {"memory": "memory", "sqlite": f"sqlite:{file}"}[store], lambda: 0
        for left in settings.scratch.glob("orders.sqlite*"):
            left.unlink()
        return
    command = [sys.executable, ROOT / "Tests" / "Fixtures" / "database.py", *STORES[store]]
    process = subprocess.Popen(pinned(settings.target_core, command), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
    try:
        facts = json.loads(process.stdout.readline() or "{}")
        if facts.get("event") != "listening":
            raise RuntimeError(f"{store} does not start: {facts.get('reason')}")
        yield facts["url"], lambda: cpu_seconds_of_all(process.pid)
    finally:
        stop(process, patience=90)
        process.stdout.close()


def turn(settings, store, load):
    server_flags, flags = LOADS[load]
    with kept_in(settings, store) as (url_of_store, database_cpu):
        server = [settings.programs / "order-server", "--port", "0", "--store", url_of_store, *server_flags, "--log-level", "error"]
        with listening(settings, server) as (url, process):
            before = cpu_seconds(process.pid), database_cpu(), *flushes(settings.scratch)
            usage, summary = loadgen.run(
                settings, url, ["-c", USERS, "--connections", USERS, "-d", f"{settings.seconds}s", *flags], settings.seconds + 120)
            after = cpu_seconds(process.pid), database_cpu(), *flushes(settings.scratch)
    if summary["errors"] or usage.exit:
        raise RuntimeError(f"{store}, {load}: nothing should go wrong: exit {usage.exit}, {summary['errors']}")
    server_cpu, store_cpu, count, spent = (late - early for early, late in zip(before, after))
    orders = summary["orders"]["completed" if load == "lives" else "submitted"]
    return {
        "seconds": usage.seconds, "orders": orders, "orders_per_second": orders / settings.seconds, "server_cpu": server_cpu,
        "database_cpu": store_cpu, "generator_cpu": usage.cpu, "flushes": count, "flush_seconds": spent,
        "accept": summary["latency"]["accept"], "audit": summary["audit"]["verdict"],
        "brief": f"{orders / settings.seconds:,.0f} orders/s; {count:,} flushes, {spent:.1f} s of {usage.seconds:.1f} s; "
                 f"CPU: server {server_cpu:.1f} s, database {store_cpu:.1f} s"}


def run(settings):
    return {
        "seconds": settings.seconds, "users": USERS,
        "loads": {
            load: take_turns(f"stores, {load}", settings.rounds, {store: lambda store=store: turn(settings, store, load) for store in STORES})
            for load in LOADS}}
