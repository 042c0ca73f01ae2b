"""Work 5: is a simulated run what a real one would have been?

`loadgen simulate` and `loadgen run` against a fresh order-server make the same run: with the same seed the same orders are due at the same
times, and the k-th that is taken up is processed for the k-th drawn time. What they say of completion is held against each other in
pairs, a pair for each seed, at three utilisations. Polls are spread by a jitter, which is the same on both sides too: a percentile of
ends that lie on a grid would jump by a whole gap.

With a mean service time of one second a pair takes minutes and costs next to nothing, so all of them run at the same time. The same
orders ten times as fast are run one pair after another: what a real system adds to each service time then weighs ten times as much.

Each order's own truth is looked at, too. order-server lists when it created, took up and completed each order, and expected.py
calculates from the seed what must have been. So three things can be told apart: whether the simulation does what it should (its truth
against the calculated one), how much later than drawn the server ended its orders, and whether it did right by them otherwise (its
truth against what is calculated from the times at which orders really came, and for which they were really processed).
"""

import contextlib
import datetime
import json
import statistics
import urllib.request

import expected
import loadgen
from rounds import say
from serve import order_server
from stamps import percentile

WORKERS = 8
UTILISATIONS = (0.5, 0.8, 0.95)
NAMES = {"p50": 50, "p95": 95}
ENDS = {f"{name}, {end} end": (end, name) for name in NAMES for end in ("lower", "upper")}


class Load:
    """One load on one system, of which there are pairs with one seed each. All times follow from the mean service time, in milliseconds."""

    def __init__(self, utilisation, service, services):
        self.utilisation, self.service = utilisation, service / 1000
        self.rate = utilisation * WORKERS / self.service
        self.seconds = round(services * self.service)
        self.system = ["--workers", WORKERS, "--service-time", f"exponential:{service}ms"]
        self.flags = [
            "--rate", f"{self.rate:g}/s", "--arrivals", "poisson", "-d", f"{self.seconds}s", "--poll", f"{service // 5}ms",
            "--poll-jitter", "50%"]

    def facts(self, pairs):
        return {
            "utilisation": self.utilisation, "service": self.service, "rate": self.rate, "seconds": self.seconds, "pairs": pairs}


# MARK: Both sides


def listed(url):
    """All orders that the server knows, in the order of their creation."""
    orders, cursor = [], ""
    while cursor is not None:
        with urllib.request.urlopen(f"{url}/orders?limit=100{cursor and f'&cursor={cursor}'}", timeout=30) as answer:
            page = json.load(answer)
        orders += page["orders"]
        cursor = page.get("next_cursor")
    return orders[::-1]


def run_for_real(settings, pairs):
    """Runs all of these (load, seed) at the same time, each against a server of its own. Gives the summary and the orders of each."""
    with contextlib.ExitStack() as stack:
        urls = [stack.enter_context(order_server(settings, *load.system, "--seed", seed))[0] for load, seed in pairs]
        runs = [
            stack.enter_context(loadgen.Run(settings, url, [*load.flags, "--seed", seed], load.seconds + 60))
            for url, (load, seed) in zip(urls, pairs)]
        summaries = [run.end()[1] for run in runs]
        return list(zip(summaries, map(listed, urls)))


def simulate(settings, load, seed):
    return loadgen.simulate(settings, [*load.system, *load.flags, "--seed", seed], load.seconds + 60)[1]


# MARK: What is compared


def figures(took):
    """Of times in seconds."""
    rising = sorted(took)
    return {"mean": statistics.fmean(took), **{name: percentile(rising, percent) for name, percent in NAMES.items()}}


def said(summary):
    """What loadgen knows of completion: both ends of its range."""
    completion = summary["intervals"]["completion"]
    return {text: completion[end][name] for text, (end, name) in ENDS.items()}


def seconds(stamp):
    return datetime.datetime.fromisoformat(stamp).timestamp()


def compared(load, seed, real, orders, simulated):
    due = expected.arrivals(seed, load.rate, load.seconds)
    drawn = expected.service_times(seed, load.service, len(due))
    counts = [len(due), len(orders), *(summary["orders"][name] for summary in (real, simulated) for name in ("scheduled", "completed"))]
    if len(set(counts)) > 1:
        raise RuntimeError(f"seed {seed}: these should all be the same number of orders, and all completed: {counts}; {real['orders']}")
    created, started, ended = ([seconds(order[name]) for order in orders] for name in ("created_at", "started_at", "completed_at"))
    processed = [end - start for start, end in zip(started, ended)]
    late = sorted(time - draw for time, draw in zip(processed, drawn))
    # The server ends no order before its time, so that the least says whether it drew as it should; its stamps have microseconds.
    if late[0] < -3e-6 or percentile(late, 50) > 0.1 * load.service:
        raise RuntimeError(f"seed {seed}: order-server did not process the k-th order for the k-th drawn time, but {late[0]} s longer")
    must_be = expected.completions(due, drawn, WORKERS)
    from_real_times = expected.completions(created, processed, WORKERS)
    true = [end - create for create, end in zip(created, ended)]
    # Orders that come almost at once may change places on their way; by its number each is found again.
    number = [int(order["user_id"].removeprefix("u-")) for order in orders]
    return {
        "seed": seed, "orders": len(due), "exit": real["exit_code"], "audit": real["audit"]["verdict"],
        "outside": simulated["simulation"]["outside"],
        "real": {**said(real), **{f"{name}, true": figure for name, figure in figures(true).items()}},
        "simulated": {
            **said(simulated), **{f"{name}, true": simulated["simulation"]["completion"][name] for name in ("mean", *NAMES)}},
        "must_be": figures(must_be), "from_real_times": figures(from_real_times),
        "late": {"mean": statistics.fmean(late), "p50": percentile(late, 50), "p99": percentile(late, 99)},
        "apart": {  # of each order, real and calculated: from the seed, and from the times that were
            "must_be": percentile(sorted(abs(time - must_be[own]) for time, own in zip(true, number)), 50),
            "from_real_times": percentile(sorted(abs(a - b) for a, b in zip(true, from_real_times)), 99)}}


def ratios(pair):
    """Real to simulated, of each end of each figure."""
    return {name: pair["real"][name] / figure for name, figure in pair["simulated"].items()}


def worst(pair):
    """Of what loadgen says on both sides, the ratio that is farthest from 1."""
    return max((ratios(pair)[name] for name in ENDS), key=lambda ratio: abs(ratio - 1))


def run(settings):
    services = 30 if settings.quick else 240
    seeds = range(1, settings.rounds + 1)
    slow, fast = ([Load(utilisation, service, services) for utilisation in UTILISATIONS] for service in (1000, 100))
    batches = [[(load, seed) for seed in seeds for load in slow]]
    batches += [[(load, seed)] for seed in seeds[:3] for load in fast]
    found = {load: [] for load in slow + fast}
    for batch in batches:
        for (load, seed), (real, orders) in zip(batch, run_for_real(settings, batch)):
            pair = compared(load, seed, real, orders, simulate(settings, load, seed))
            found[load].append(pair)
            say(
                f"reality, {load.utilisation:.0%}, {load.service:g} s a service, seed {seed}: {len(orders):,} orders, "
                f"real ÷ simulated {worst(pair):.3f} where it is worst")
    return {"workers": WORKERS, "loads": [load.facts(pairs) for load, pairs in found.items()]}
