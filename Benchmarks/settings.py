"""What a benchmark is told, and where it runs: shared by all works."""

import argparse
import os
import pathlib
from dataclasses import dataclass

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent
RAW = ROOT / ".build" / "bench"

# Where the table is kept of works that were run in full, and its title.
PAGES = {
    "results.md": ("canned", "lifecycle", "truth", "memory"), "simulated.md": ("reality", "simulation"), "tls.md": ("tls",),
    "stores.md": ("stores",), "audit.md": ("audit",)}
TITLES = {
    "results.md": "loadgen beside its peers", "simulated.md": "loadgen's simulation beside reality, and beside its peers",
    "tls.md": "What TLS costs", "stores.md": "What it costs to keep orders",
    "audit.md": "What the audit costs"}

WORKS = {"1": "canned", "2": "lifecycle", "3": "truth", "4": "memory", "5": "reality", "6": "simulation", "7": "tls",
         "8": "stores", "9": "audit"}


@dataclass
class Settings:
    programs: pathlib.Path
    rounds: int
    works: list
    quick: bool
    soak: float  # seconds, 0 for none
    target_core: int
    generator_core: int
    scratch: pathlib.Path = None

    @property
    def seconds(self):
        """How long one measurement of a steady load lasts."""
        return 2 if self.quick else 6

    def keeps(self, page):
        """Whether all works of a page are run, and in full."""
        return not self.quick and all(name in [WORKS[number] for number in self.works] for name in PAGES[page])


def duration(text):
    """Seconds of a text such as 90s or 10m."""
    units = {"s": 1, "m": 60, "h": 3600}
    if text[-1:] not in units or not text[:-1].isdigit():
        raise argparse.ArgumentTypeError(f"'{text}' is not a duration: a whole number with s, m or h is wanted, as in 10m")
    return int(text[:-1]) * units[text[-1]]


def works(text):
    chosen = text.split(",")
    for work in chosen:
        if work not in WORKS:
            raise argparse.ArgumentTypeError(f"'{work}' is no work: known are {', '.join(WORKS)}")
    return sorted(set(chosen))


def rounds(text):
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"'{text}' is not a number of rounds: a whole number from 1 on is wanted")
    return int(text)


def parse():
    parser = argparse.ArgumentParser(prog="scripts/bench", description="Runs loadgen and its peers in turn, and writes a table.")
    parser.add_argument("--rounds", type=rounds, default=5, help="how often each tool has its turn (5)")
    parser.add_argument("--work", type=works, default=sorted(WORKS), help="which works, as in 1,3 (all)")
    parser.add_argument("--quick", action="store_true", help="short measurements, to see that all runs; the table is not kept")
    parser.add_argument("--soak", type=duration, default=0, help="also half of the peak rate for so long, as in 10m (none)")
    parser.add_argument(
        "--programs", type=pathlib.Path, required=True, help="the folder of loadgen and order-server (a fresh release build)")
    options = parser.parse_args()
    for program in ("loadgen", "order-server"):
        if not os.access(options.programs / program, os.X_OK):
            parser.error(f"{options.programs / program} is no program: --programs wants the folder where both were built")
    cores = sorted(os.sched_getaffinity(0))
    if len(cores) < 2:
        parser.error("two cores are needed, one for the target and one for the load generator, and this process may use only one")
    return Settings(
        programs=options.programs.resolve(), rounds=options.rounds, works=options.work, quick=options.quick, soak=options.soak,
        target_core=cores[0], generator_core=cores[1])
