"""Runs loadgen against order-server as it lies and as it does not, and writes down what the audit finds: see scripts/matrix."""

import argparse
import concurrent.futures
import json
import os
import pathlib
import random
import re
import subprocess
import tempfile
import time

import least_lie
import oracle

# What a fault is tried under: order-server's flags, loadgen's flags, and how a table names it.
UNLIMITED = ["--workers", "unlimited", "--service-time"]
SETTINGS = {
    "200 ms each, polled every 20 ms": ([*UNLIMITED, "200ms"], ["--rate", "50/s", "-d", "3s", "--poll", "20ms"]),
    "a queue before four workers, polled every 50 ms": (
        ["--workers", "4", "--service-time", "150ms"], ["--rate", "40/s", "-d", "3s", "--poll", "50ms"]),
    "300 ms in the mean, polled every 200 ms": ([*UNLIMITED, "exponential:300ms"], ["--rate", "80/s", "-d", "3s", "--poll", "200ms"]),
}

# By family; what is off by an amount has several.
FAULTS = {
    "Totals and counts": """
        total=-1 total=+1 total=-1% total=+10% total=fixed:7 total=-1:20% completed=-1 completed=+1% completed=never completed=twice
        completed=as:failed pending=+1 pending=twice pending=never pending=as:processing processing=+1 processing=twice processing=never
        processing=as:pending failed=+1 cancelled=fixed:3""",
    "Stale, cached, forgotten, divided": """
        figures=stale:20ms figures=stale:100ms figures=stale:1s completed=stale:100ms averages=stale:1s figures=cached:100ms
        figures=cached:300ms figures=cached:900ms figures=cached:2s figures=reset:1s figures=per-process:2 figures=per-process:4
        figures=per-process:4:10%""",
    "Averages": """
        averages=-1% averages=+2% averages=-5% averages=+10% averages=+50% averages=truncated averages=rounded averages=unit:ms
        averages=unit:m averages=fixed:0.25 average_processing=as:completion average_completion=as:processing averages=window:1s
        averages=pending-as-zero averages=median averages=without-slowest:1% averages=without-slowest:10%""",
    "The estimate": "estimate=+900% estimate=fixed:7 estimate=stale:1s estimate=unit:ms",
    "Silence": """
        total=null total=word total=gone total=nan averages=null averages=gone figures=null figures=gone metrics=html metrics=cut
        metrics=500 metrics=500:30% metrics=gone metrics=slow:300ms""",
    "What is done with orders": """
        orders=lost:5% orders=twice:5% orders=stuck:5% orders=backwards:20% orders=early:20% orders=anothers-data:20%
        creates=stored-500:5% creates=stored-refused:5% creates=missing-201:5% ids=swapped:10% ids=reused:5%""",
    "The wire": "wire=delay:100ms:10% wire=stall:300ms:5% wire=reset:2% wire=half:2% wire=drip:1ms:5%",
}

# What a lie is called where it is named: the word of `audit.cause.kind` in summary.json, by how it is told.
CAUSES = {
    "fixed": "fixed", "never": "fixed", "twice": "counted_twice", "as": "counted_as", "stale": "late", "cached": "cached",
    "reset": "forgot", "per-process": "one_of_several", "truncated": "whole_seconds", "rounded": "whole_seconds", "unit": "unit",
    "window": "window", "pending-as-zero": "unfinished_as_zero", "median": "median", "without-slowest": "without_slowest",
}

HONEST_PROFILES = ["standard", "parallel", "sequential", "fcfs"]


class Programs:
    def __init__(self, folder):
        self.server, self.loadgen = (os.path.join(folder, name) for name in ("order-server", "loadgen"))

    def run(self, server, load):
        """One run on a free port. Its exit code and its summary; None where there is none."""
        flags = ["--port", "0", "--store", "memory", *server]
        with tempfile.TemporaryDirectory() as folder:
            process = subprocess.Popen([self.server, *flags], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
            try:
                url = json.loads(process.stdout.readline())["url"]
                command = [self.loadgen, "run", url, "--exclusive", "-q", "-o", f"{folder}/run", *load]
                done = subprocess.run(command, capture_output=True, text=True, timeout=120)
                summary = pathlib.Path(folder, "run", "summary.json")
                return done.returncode, json.loads(summary.read_text()) if summary.exists() else None
            finally:
                process.kill()
                process.wait()


    def simulate(self, fault, load):
        """The summary and the log of one run in virtual time, of an honest system where there is no fault."""
        with tempfile.TemporaryDirectory() as folder:
            command = [self.loadgen, "simulate", "--exclusive", "-q", "--order-log", "-o", f"{folder}/run", *load]
            command += ["--fault", fault] if fault else []
            done = subprocess.run(command, capture_output=True, text=True, timeout=600)
            summary = pathlib.Path(folder, "run", "summary.json")
            if not summary.exists():
                raise SystemExit(f"{' '.join(command)}: {done.returncode}: {done.stderr}")
            return json.loads(summary.read_text()), oracle.Log(f"{folder}/run/orders.jsonl")


def found(code, summary):
    """What a run found, in a cell of the table."""
    if summary is None:
        return f"{code}, no run"
    checks = [check for check in summary["audit"]["checks"] if check["verdict"] == "contradicted"]
    failed = [rule["expression"] for rule in summary["thresholds"] if rule["verdict"] != "pass"]
    if code == 120:
        first = min((check["first_at"] for check in checks if check["first_at"] is not None), default=None)
        earliest = [check["name"] for check in checks if check["first_at"] == first]
        after = "" if first is None else f" at {first:.1f} s"
        cause = summary["audit"]["cause"]
        more = (f" and {len(checks) - 1} more" if len(checks) > 1 else "") + (f", *{cause['kind']}*" if cause else "")
        return f"**120**{after}: {cell(earliest[0])}{more}"
    if code == 99:
        return f"**99**: {', '.join(cell(rule) for rule in failed[:2])}"
    return "not seen" if code == 0 else f"{code}"


def planted(fault):
    """The cause that a lie about figures is."""
    what, how = fault.split("=", 1)
    word = how.split(":")[0]
    if what in ("metrics", "orders", "creates", "ids", "wire"):
        return None
    if word[0] in "+-":
        return "scaled" if word.endswith("%") else "offset"
    return "other_span" if word == "as" and what.startswith("average") else CAUSES.get(word)


def simulated_load(seed):
    """Flags of a simulated run, drawn from its number."""
    draw = random.Random(seed)
    workers, mean = draw.choice(["unlimited", "2", "4", "20"]), draw.choice([50, 100, 200, 400])
    service = draw.choice([f"{mean}ms", f"exponential:{mean}ms", f"lognormal:{mean}ms,0.6", f"uniform:0ms..{2 * mean}ms"])
    rate = draw.choice([20, 40, 80])
    # Where orders wait, not for longer and longer.
    rate = rate if workers == "unlimited" else max(2, min(rate, int(workers) * 900 // mean))
    return ["--workers", workers, "--service-time", service, "--rate", f"{rate}/s", "-d", draw.choice(["3s", "6s", "12s"]),
            "--poll", draw.choice(["20ms", "50ms", "100ms", "200ms"]), "--network-delay", "exponential:1ms", "--seed", str(seed)]


def simulated_row(programs, fault, runs):
    """A lie in virtual time under many loads: how often it could be seen and was, when first, and what it is called then."""
    found, firsts, named, others, visible, missed = 0, [], 0, 0, 0, 0
    for seed in range(runs):
        summary, log = programs.simulate(fault, simulated_load(seed))
        audit = summary["audit"]
        is_visible = any(True for _ in log.contradictions())
        visible += is_visible
        if audit["verdict"] != "contradicted":
            missed += is_visible
            continue
        found += 1
        firsts.append(min(check["first_at"] for check in audit["checks"] if check["verdict"] == "contradicted"))
        if audit["cause"]:
            named, others = (named + 1, others) if audit["cause"]["kind"] == planted(fault) else (named, others + 1)
    first = f"{sorted(firsts)[len(firsts) // 2]:.1f} s" if firsts else ""
    return (found, named, others, visible, missed), f"| `{fault}` | {runs} | {visible} | {missed} | {found} | {first} | {named} | {others} | {found - named - others} |"


def cell(text):
    return "`" + text.replace("|", "\\|") + "`"


def honest(seed):
    """Flags of an honest run, drawn from its number."""
    draw = random.Random(seed)
    profile = draw.choice(HONEST_PROFILES)
    service = draw.choice(["20ms", "100ms", "300ms", "uniform:0ms..400ms", "exponential:150ms", "lognormal:80ms,1"])
    workers = draw.choice(["1", "4", "20", "unlimited"])
    server = ["--profile", profile, "--service-time", service, "--workers", workers, "--seed", str(seed)]
    if draw.random() < 0.3 and profile == "standard":
        server += ["--failure-rate", "10%"]
    load = ["--dialect", profile, "--poll", draw.choice(["20ms", "50ms", "200ms"]), "--seed", str(seed), "--order-timeout", "30s"]
    closed = ["-c", str(draw.choice([1, 5, 20])), "-n", str(draw.choice([20, 60]))]
    load += draw.choice([["--rate", f"{draw.choice([5, 20])}/s", "-d", "3s"], closed])
    # An order that fails is no contradiction, and no reason to fail the run here.
    return server, load + ["--threshold", "failed.rate<100%"]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    add = parser.add_argument
    add("--programs", required=True, help="the folder with the built programs")
    add("--out", help="the document to write (default: only show it)")
    add("--at-once", type=int, default=3, help="how many runs at the same time (default: 3)")
    add("--honest", type=int, default=200, help="how many honest runs over a network (default: 200)")
    add("--simulated", type=int, default=100_000, help="how many honest runs in virtual time (default: 100000)")
    add("--lies", type=int, default=200, help="how many runs in virtual time of each lie about figures (default: 200)")
    add("--sizes", type=int, default=100, help="how many runs in virtual time of each size of a lie about a mean (default: 100)")
    add("--only", default="", help="a part of the faults' texts: the others are left out")
    options = parser.parse_args()
    programs, began = Programs(options.programs), time.monotonic()

    families = {name: [fault for fault in faults.split() if options.only in fault] for name, faults in FAULTS.items()}
    jobs = [(fault, name) for faults in families.values() for fault in faults for name in SETTINGS]

    def lie(job):
        fault, (server, load) = job[0], SETTINGS[job[1]]
        return programs.run([*server, "--fault", fault], load)

    def truth(job):
        server, load = honest(job) if isinstance(job, int) else SETTINGS[job]
        return programs.run(server, load)

    truths = [*SETTINGS, *range(options.honest)]
    with concurrent.futures.ThreadPoolExecutor(options.at_once) as pool:
        told = dict(zip(jobs, (found(*made) for made in pool.map(lie, jobs))))
        honest_codes = [(job, *made) for job, made in zip(truths, pool.map(truth, truths))]
    false_alarms = [(job, found(code, summary)) for job, code, summary in honest_codes if code == 120]
    others = [(job, code) for job, code, _ in honest_codes if code not in (0, 120)]

    lies = [fault for faults in families.values() for fault in faults if planted(fault) and ":10%" not in fault and ":20%" not in fault]
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        rows = list(pool.map(lambda fault: simulated_row(programs, fault, options.lies), lies if options.lies else []))

    honest_rows = [programs.simulate(None, simulated_load(seed)) for seed in range(options.lies)]
    doubted = sum(any(True for _ in log.contradictions()) for _, log in honest_rows)
    least = least_lie.measure(programs, options.sizes) if options.sizes else None

    simulated = "not run"
    if options.simulated:
        done = subprocess.run([programs.loadgen, "self-test", "--runs", str(options.simulated), "--quiet"], capture_output=True, text=True)
        simulated = "all held" if done.returncode == 0 else f"{len(re.findall('failed; again', done.stdout))} failed"

    lines = [open(pathlib.Path(__file__).with_name("matrix.md"), encoding="utf-8").read().rstrip(), ""]
    lines += [
        "## False alarms", "",
        "| honest runs | how many | contradicted |", "|---|---|---|",
        f"| over a network, of order-server in four profiles, with random loads, workers, service times and polls | {len(honest_codes)} "
        f"| {len(false_alarms)} |",
        f"| in virtual time, `loadgen self-test --runs {options.simulated}`, with every trouble that it draws "
        f"| {options.simulated:,} | {simulated} |", ""]
    lines += [f"- {job}: {what}" for job, what in false_alarms] + [f"- {job} ended with {code}, for another reason" for job, code in others]
    lines += [""] * bool(false_alarms or others) + ["## Faults", ""]
    for name, faults in families.items():
        if not faults:
            continue
        lines += [f"### {name}", "", "| `--fault` | " + " | ".join(SETTINGS) + " |", "|---|" + "---|" * len(SETTINGS)]
        lines += [f"| `{fault}` | " + " | ".join(told[(fault, setting)] for setting in SETTINGS) + " |" for fault in faults]
        lines += [""]
    if rows:
        total, found_, named, others, visible, missed = (
            len(rows) * options.lies, *(sum(row[0][place] for row in rows) for place in range(5)))
        lines += [
            "## Lies and their causes, in virtual time", "",
            f"Each lie was told in {options.lies} simulated runs of 3 to 12 s, with 2 to 20 workers or one for each order, service times of four",
            "kinds, and polls every 20 to 200 ms. An oracle in Python, which shares no code with loadgen, reckons from the log of the same run",
            "(`--order-log`) whether it could be seen at all: in any of the counts, their sums, and the mean completion time. What it sees and",
            "loadgen does not is *missed*; loadgen finds more, because it looks at the processing times, and at what changes between readings, too.",
            "Of those in which the lie was found, its cause was named in so many, another one in so many, and none in the rest.", "",
            f"In all: {total:,} runs, {visible:,} visible to the oracle, of which **{missed} missed**; {found_:,} found, {named:,} named rightly, "
            f"**{others} wrongly** ({100 * others / max(1, total):.2f}% of all). Of {options.lies} honest runs the oracle doubts {doubted}.", "",
            "| `--fault` | runs | visible | missed | found | first, in the median | named | another | none |",
            "|---|---|---|---|---|---|---|---|---|",
            *(row[1] for row in rows), ""]
    if least:
        missed = sum(size[2] for sizes in least.values() for size in sizes)
        lines += [
            "## The smallest lie", "",
            f"The mean completion time was told too high by so much, at every reading of {options.sizes} simulated runs of 6 s for each poll",
            "interval, with service times of 50 ms to 1 s in the mean. Before the stroke: in how many it was found; after it: in how many the oracle",
            f"saw it, of which {missed} were missed.", "", *least_lie.table(least, options.sizes), ""]
        if options.out:
            drawn = pathlib.Path(options.out).with_suffix(".svg")
            drawn.write_text(least_lie.picture(least, options.sizes), encoding="utf-8")
            lines += [f"![The share of runs in which a lie is found, by its size and by the poll interval]({drawn.name})", ""]
    text = "\n".join(lines).rstrip() + "\n"
    print(text)
    if options.out:
        pathlib.Path(options.out).write_text(text, encoding="utf-8")
    seen = sum(what != "not seen" for what in told.values())
    print(f"{seen} of {len(told)} runs with a fault were found out, in {time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main()
