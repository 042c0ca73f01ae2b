"""Tools take turns: A B C A B C …, so that what changes on the machine meets all of them alike."""

import statistics
import sys

from serve import cpu_seconds


def say(text):
    print(f"==> {text}", file=sys.stderr, flush=True)


def take_turns(what, count, turns, target=None):
    """Runs each of `turns` (name → function) once a round. Gives name → the facts of each round.

    With the id of the target's process, they also say what CPU time the target used meanwhile.
    """
    found = {name: [] for name in turns}
    for number in range(1, count + 1):
        for name, turn in turns.items():
            before = cpu_seconds(target) if target else 0
            facts = turn()
            if target:
                facts["target_cpu"] = cpu_seconds(target) - before
            found[name].append(facts)
            say(f"{what}, round {number} of {count}: {name}: {brief(facts)}")
    return found


def brief(facts):
    return facts.get("brief") or f"{facts['rates']['requests']:,.0f} requests/s, {per_request(facts):.2f} µs of CPU each"


def per_request(facts, part=None):
    """Microseconds of CPU a request: of one part, user or system, or of both."""
    used = facts[part] if part else facts["user"] + facts["system"]
    return used / facts["requests"] * 1e6


def median(rounds, figure):
    return statistics.median(figure(facts) for facts in rounds)


def median_ratio(ours, theirs, figure):
    """The median of the ratios of each round, which were run next to each other."""
    return statistics.median(figure(a) / figure(b) for a, b in zip(ours, theirs))
