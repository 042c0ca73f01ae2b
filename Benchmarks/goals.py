"""What loadgen is to reach beside its peers, and whether it does. Only what was measured is judged."""

import reality as pairs
import simulation as queue
from rounds import median, median_ratio, per_request
from stamps import distance

MEGABYTE = 10**6


def requests(raw):
    tools = raw["canned"]["creates"]
    rate = median_ratio(tools["loadgen"], tools["wrk"], lambda facts: facts["rates"]["requests"])
    yield "requests/s against wrk, creates alone", "≥ 0.95", f"{rate:.2f}", rate >= 0.95
    parts = [
        median_ratio(tools["loadgen"], tools["wrk"], lambda facts, part=part: per_request(facts, part)) for part in ("user", "system")]
    yield "CPU per request against wrk: user, system", "≤ 1.3 each", ", ".join(f"{part:.2f}" for part in parts), max(parts) <= 1.3


def half_peak(raw):
    rounds = raw["half_peak"]["rounds"]["loadgen"]
    slip = median(rounds, lambda facts: facts["slip"]["p99"] * 1000)
    missed = sum(facts["orders"]["not_sent"] for facts in rounds)
    yield "slip p99 at half of the peak; due and not sent", "≤ 1 ms; none", f"{slip:.3f} ms; {missed}", slip <= 1 and missed == 0


def lifecycle(raw):
    each = lambda facts: facts["lives_per_cpu_second"]
    for peer, name, goal in (("k6", "k6", 10), ("locust", "Locust", 30)):
        found = {
            load["users"]: [median_ratio(load["tools"][own], load["tools"][peer], each) for own in ("loadgen", "floor")]
            for load in raw["lifecycle"]["loads"] if peer in load["tools"]}
        if found:
            text = ", ".join(f"{ratio:.1f} with {users:,} users (the floor: {floor:.1f})" for users, (ratio, floor) in found.items())
            yield f"orders followed per CPU second against {name}", f"≥ {goal}", text, min(found.values())[0] >= goal


def truth(raw):
    rounds = raw["truth"]["tools"]["loadgen"]
    # The median of each figure's distance, as of all else here; and the largest of any round, which a busy machine may have made.
    name, usual = max(
        ((name, median(rounds, lambda facts: distance(facts, name))) for name in rounds[0]["true"]), key=lambda pair: pair[1])
    worst = max(facts["worst"] for facts in rounds)
    yield "the stall: distance of the worst percentile from the truth", "≤ 1.0 × max(1 %, 0.5 ms)", (
        f"{usual:.2f} ({name}); {worst:.2f} in the worst round"), usual <= 1


def memory(raw):
    peaks = {line["outstanding"]: line["peak_bytes"] for line in raw["memory"]["held"]}
    if 1_000_000 in peaks:
        yield "memory with a million orders outstanding", "≤ 300 MB", f"{peaks[1_000_000] / MEGABYTE:.0f} MB", (
            peaks[1_000_000] <= 300 * MEGABYTE)


def soak(raw):
    at, later, unexplained = (raw["soak"][name] for name in ("at_one_minute", "later", "blocks"))
    if later is not None:
        unexplained = unexplained["unexplained"]
        yield "half of the peak for minutes: memory against that of the first minute; blocks not sent as due", "≤ 1.01; none", (
            f"{later / at:.3f}; {unexplained}"), later / at <= 1.01 and unexplained == 0


def reality(raw):
    loads = raw["reality"]["loads"]
    for service in sorted({load["service"] for load in loads}, reverse=True):
        chosen = [load for load in loads if load["service"] == service]
        usual = [
            max(abs(median(load["pairs"], lambda pair: pairs.ratios(pair)[name]) - 1) for name in pairs.ENDS) for load in chosen]
        worst = max(abs(pairs.worst(pair) - 1) for load in chosen for pair in load["pairs"])
        text = ", ".join(f"{distance * 100:.1f} %" for distance in usual)
        at = ", ".join(f"{load['utilisation'] * 100:.0f} %" for load in chosen)
        yield f"completion p50 and p95: distance of real from simulated, at {at}, {service:g} s a service", "≤ 5 %", (
            f"{text}; {worst * 100:.1f} % in the worst pair"), max(usual) <= 0.05
    every = [pair for load in loads for pair in load["pairs"]]
    strays = max(abs(pair["simulated"][f"{name}, true"] / figure - 1) for pair in every for name, figure in pair["must_be"].items())
    outside = sum(pair["outside"] for pair in every)
    yield "the simulation's truth against what follows from the seed; orders outside of their ranges", "≤ 0.2 %; none", (
        f"{strays * 100:.2f} %; {outside or 'none'}"), strays <= 0.002 and outside == 0


def simulation(raw):
    tools = raw["simulation"]["tools"]
    each = lambda facts: facts["orders_per_cpu_second"]
    if "simpy" in tools:
        plain, bare = (median_ratio(tools[own], tools["simpy"], each) for own in ("loadgen", "loadgen, no audit"))
        yield "simulated orders/s of one core against SimPy, no polling", "≥ 100", (
            f"{plain:.1f} (without an audit: {bare:.1f})"), plain >= 100
    lives = median(tools["loadgen, whole lives"], each)
    polls = median(tools["loadgen, whole lives"], lambda facts: facts["polls"])
    yield "simulated orders/s of one core, whole lives of two polls", "≥ 2,000,000", f"{lives:,.0f} ({polls:.2f} polls)", lives >= 2_000_000
    strays = {name: max(queue.distances(rounds).values()) for name, rounds in tools.items()}
    wrong = [name for name, distance in strays.items() if distance > 1]
    yield "mean wait and mean completion of all tools against Erlang's formula", "≤ 1.0 × what means stray by", (
        f"{max(strays.values()):.2f}{': ' if wrong else ''}{', '.join(wrong)}"), not wrong


GOALS = {
    "canned": requests, "half_peak": half_peak, "lifecycle": lifecycle, "truth": truth, "memory": memory, "soak": soak, "reality": reality,
    "simulation": simulation}


def of(raw):
    """For each goal that was measured: what, the goal, what was found, and whether it is met."""
    return [line for name, lines in GOALS.items() if name in raw for line in lines(raw)]
