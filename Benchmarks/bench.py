#!/usr/bin/env python3
"""Runs the works and writes the table. Started by scripts/bench, which sees to the programs and the peers.

Raw figures go to .build/bench/NAME.json. The table is printed, and kept where its works were run in full: those of loads (1 to 4) in
Benchmarks/results.md, those of simulated runs (5 and 6) in Benchmarks/simulated.md, that of TLS (7) in Benchmarks/tls.md, that
of stores (8) in Benchmarks/stores.md, that of the audit (9) in Benchmarks/audit.md.
"""

import dataclasses
import importlib
import json
import multiprocessing
import pathlib
import signal
import sys
import tempfile

import machine
import settings as told
import table
from rounds import say


def end(number, _):
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, signal.SIG_IGN)  # nothing is to disturb what comes now
    sys.exit(128 + number)  # every `finally` on the way stops what it has started


def save(name, facts):
    told.RAW.mkdir(parents=True, exist_ok=True)
    (told.RAW / f"{name}.json").write_text(json.dumps(facts, indent=1) + "\n")


def load(name):
    return json.loads((told.RAW / f"{name}.json").read_text())


def work(name, settings):
    """In a process of its own, which stays small: the kernel counts our own memory to a command's peak, see measure.py."""
    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, lambda *_: None)  # Ctrl-C is the parent's to take; it sends SIGTERM. A handler is not inherited.
    tempfile.tempdir = str(settings.scratch)
    save(name, importlib.import_module(name).run(settings))
    if name == "canned":
        import half_peak

        save("half_peak", half_peak.run(settings, load("canned")))
        if settings.soak:
            save("soak", half_peak.soak(settings, load("canned")))


def run_apart(name, settings):
    process = multiprocessing.get_context("spawn").Process(target=work, args=(name, settings))
    process.start()
    try:
        process.join()
    except BaseException:
        process.terminate()
        process.join()
        raise
    if process.exitcode != 0:
        sys.exit(f"bench: {name} ended with {process.exitcode}, so there is no table; see above")


def main():
    settings = told.parse()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, end)
    with tempfile.TemporaryDirectory(prefix="bench-") as scratch:
        settings = dataclasses.replace(settings, scratch=pathlib.Path(scratch))
        facts = machine.facts(settings)
        raw = {}
        for number in settings.works:
            name = told.WORKS[number]
            run_apart(name, settings)
            raw[name] = load(name)
            if name == "canned":
                raw["half_peak"] = load("half_peak")
                if settings.soak:
                    raw["soak"] = load("soak")
    for page in told.PAGES:
        if settings.keeps(page):
            names = told.PAGES[page] + (("half_peak", "soak") if "canned" in told.PAGES[page] else ())
            own = {name: part for name, part in raw.items() if name in names}
            (told.HERE / page).write_text(table.render(own, facts, settings, told.TITLES[page]))
            say(f"kept in Benchmarks/{page}")
    print(table.render(raw, facts, settings), end="")


if __name__ == "__main__":
    main()
