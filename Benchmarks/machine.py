"""Where and with what a table came about."""

import datetime
import os
import platform
import re
import subprocess

import peers
from settings import ROOT

NAMES = ("wrk", "wrk2", "h2load", "hey", "bombardier", "k6", "locust", "simpy", "ciw")


def said_by(*command):
    found = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL, cwd=ROOT)
    return found.stdout.strip()


def processor():
    with open("/proc/cpuinfo") as file:
        found = re.search(r"^model name\s*: (.*)$", file.read(), re.MULTILINE)
    return found[1] if found else platform.machine()


def siblings(core):
    """The logical cores that share a physical one with this one."""
    try:
        with open(f"/sys/devices/system/cpu/cpu{core}/topology/thread_siblings_list") as file:
            return file.read().strip()
    except OSError:
        return str(core)


def programs(folder):
    """Which loadgen and order-server these are."""
    if folder.is_relative_to((ROOT / ".build").resolve()):
        return f"loadgen and order-server at commit {said_by('git', 'describe', '--always', '--dirty')}"
    return f"loadgen and order-server as given in {folder.name}/"


def facts(settings):
    nginx = subprocess.run(["nginx", "-v"], capture_output=True, text=True, env={**os.environ, "PATH": f"{os.environ['PATH']}:/usr/sbin"})
    versions = {"nginx": nginx.stderr.strip().rpartition("/")[2]}
    for name in NAMES:
        versions[name] = peers.version(name)
    return {
        "date": datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%d %H:%M UTC"),
        "programs": programs(settings.programs),
        "processor": processor(), "cores": os.cpu_count(),
        "system": platform.freedesktop_os_release()["PRETTY_NAME"], "kernel": platform.release(),
        "memory_bytes": os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE"), "load": os.getloadavg()[0],
        "target_core": settings.target_core, "generator_core": settings.generator_core,
        "share_a_core": siblings(settings.target_core) == siblings(settings.generator_core), "versions": versions}
