"""The other load generators and simulators: which are there, how each is called, and how its count is read."""

import json
import re
import shutil
import subprocess

from measure import measure
from settings import HERE, ROOT

SCRIPTS = HERE / "peers"
PYTHON_PROGRAMS = ROOT / ".build" / "bench-python" / "bin"
MODULES = ("simpy", "ciw")  # of that Python: these are no programs
ORDER = SCRIPTS / "order.json"
REPORT = {"BENCH_REPORT": str(SCRIPTS / "report.lua")}


def output(*command):
    found = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    return found.stdout + found.stderr


def find(name):
    """Where the program is, or None. Debian's bombardier is a game, which asks no server anything."""
    if name in MODULES:
        return next((str(path) for path in PYTHON_PROGRAMS.parent.glob(f"lib/python3*/site-packages/{name}")), None)
    if name in ("k6", "locust"):
        path = PYTHON_PROGRAMS / name
        return str(path) if path.exists() else None
    path = shutil.which(name)
    if name == "bombardier" and path and "games" in path:
        return None
    return path


def version(name):
    """As the program says it, shortened."""
    path = find(name)
    if path is None:
        return None
    if name in MODULES:
        return output(PYTHON_PROGRAMS / "python", "-c", f"from importlib import metadata; print(metadata.version('{name}'))").strip()
    if name == "hey":  # does not know its own version
        return output("dpkg-query", "--show", "--showformat=${Version}", "hey").strip() or "of unknown version"
    flag = "-v" if name in ("wrk", "wrk2") else "--version"
    found = re.search(r"\d+\.\d+[\w.+~-]*", output(path, flag))
    return found[0] if found else "of unknown version"


def last_line_of_json(text):
    lines = [line for line in text.splitlines() if line.startswith("{") and line.endswith("}")]
    if not lines:
        raise RuntimeError(f"no line of JSON in:\n{text[-1500:]}")
    return json.loads(lines[-1])


def facts(usage, requests, seconds):
    """What a table may want of a run: the requests that were answered, and over how many seconds."""
    return {
        "seconds": usage.seconds, "user": usage.user, "system": usage.system, "peak_bytes": usage.peak_bytes, "requests": requests,
        "rates": {"requests": requests / seconds}}


def wrk(settings, url, script, connections, seconds, name="wrk", flags=()):
    """Gives its usage, and the line that report.lua wrote."""
    command = [find(name), "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "10s", *flags, "-s", SCRIPTS / script, f"{url}/orders"]
    usage = measure(settings.generator_core, command, seconds + 30, REPORT)
    said = last_line_of_json(usage.output)
    if said["errors"]:
        raise RuntimeError(f"wrk met {said['errors']} errors:\n{usage.output[-1500:]}")
    return usage, said


def h2load(settings, url, connections, seconds, log=None):
    command = [
        find("h2load"), "--h1", "-t1", f"-c{connections}", f"-D{seconds}", "-d", ORDER, "-H", "Content-Type: application/json",
        *(["--log-file", log] if log else []), f"{url}/orders"]
    usage = measure(settings.generator_core, command, seconds + 30)
    took = re.search(r"finished in ([\d.]+)(ms|s)", usage.output)
    counts = re.search(r"requests: .*?(\d+) done, (\d+) succeeded, (\d+) failed", usage.output)
    if not took or not counts or counts[3] != "0":
        raise RuntimeError(f"h2load did not do as it should:\n{usage.output[-1500:]}")
    return usage, int(counts[2]), float(took[1]) / (1000 if took[2] == "ms" else 1)


def hey_command(url, connections, seconds, *flags):
    return [
        find("hey"), "-z", f"{seconds}s", "-c", connections, "-cpus", 1, "-m", "POST", "-D", ORDER, "-T", "application/json", *flags,
        f"{url}/orders"]


def hey(settings, url, connections, seconds):
    usage = measure(settings.generator_core, hey_command(url, connections, seconds), seconds + 30)
    took = re.search(r"Total:\s+([\d.]+) secs", usage.output)
    created = re.search(r"\[201\]\s+(\d+) responses", usage.output)
    if not took or not created:
        raise RuntimeError(f"hey did not do as it should:\n{usage.output[-1500:]}")
    return usage, int(created[1]), float(took[1])


def bombardier(settings, url, connections, seconds):
    command = [
        find("bombardier"), "-c", connections, "-d", f"{seconds}s", "-m", "POST", "-f", ORDER, "-H", "Content-Type: application/json",
        "-p", "r", "-o", "json", f"{url}/orders"]
    usage = measure(settings.generator_core, command, seconds + 30)
    said = last_line_of_json(usage.output)["result"]
    return usage, said["req2xx"], said["timeTakenSeconds"]
