"""Makes the Markdown table of the raw figures. Every figure is a median over the rounds, every ratio the median of the rounds' ratios."""

import goals
import reality as pairs
import simulation as queue
from rounds import median, median_ratio, per_request

MEBIBYTE = 2**20
# Of what to what, where a page has but one work, and it holds nothing against peers.
RATIOS = {"tls": "https to http", "stores": "the store's to memory's", "audit": "with the audit to without it"}
TITLES = {"locust": "Locust", "simpy": "SimPy", "ciw": "Ciw"}


def title(name):
    return TITLES.get(name, name)


def rows(head, body):
    """A Markdown table: the first column to the left, the others to the right."""
    lines = [head, ["---"] + ["--:"] * (len(head) - 1), *body]
    return ["| " + " | ".join(line) + " |" for line in lines] + [""]


def ratio(value):
    return f"{value:.2f}" if value < 10 else f"{value:.1f}"


def mebibytes(count):
    return f"{count / MEBIBYTE:.1f}"


def percent(share):
    return f"{share * 100:.0f} %"


def milliseconds(seconds, places=1):
    return f"{seconds * 1000:.{places}f}"


# MARK: The head


def heading(machine, settings, title_of_page, ratios="loadgen's to the peer's"):
    versions = ", ".join(f"{title(name)} {version}" for name, version in machine["versions"].items() if version)
    absent = ", ".join(
        title(name) + (" (Debian's package of that name is a game)" if name == "bombardier" else "")
        for name, version in machine["versions"].items() if not version)
    lines = [
        f"# {title_of_page}", "",
        f"Written by `scripts/bench` on {machine['date']}, {machine['programs']}; {settings.rounds} "
        f"round{'' if settings.rounds == 1 else 's'}, the tools in turn.",
        f"{machine['processor']}, {machine['cores']} cores, {machine['memory_bytes'] / 2**30:.0f} GiB; {machine['system']}, "
        f"Linux {machine['kernel']}. The target on core {machine['target_core']}, the load generator on core "
        f"{machine['generator_core']}{', which is the same physical core' if machine['share_a_core'] else ''}; "
        f"load average at the start {machine['load']:.1f}.",
        f"{versions}." + (f" Not found: {absent}." if absent else ""), "",
        f"Every figure is the median of the rounds, every ratio the median of the ratios of each round, {ratios}. CPU time",
        "and peak memory are the kernel's account of the whole process, start and report included.", ""]
    return lines


# MARK: Work 1


def throughput(tools):
    ours = tools["loadgen"]
    rate = lambda facts: facts["rates"]["requests"]
    user, system, both = (lambda facts: per_request(facts, "user")), (lambda facts: per_request(facts, "system")), per_request
    body = []
    for name, rounds in tools.items():
        own = name == "loadgen"
        body.append([
            title(name), f"{median(rounds, rate):,.0f}", "" if own else ratio(median_ratio(ours, rounds, rate)),
            *(f"{median(rounds, figure):.2f}" for figure in (user, system, both)),
            *("" if own else ratio(median_ratio(ours, rounds, figure)) for figure in (user, system, both)),
            percent(median(rounds, lambda facts: facts["target_cpu"] * rate(facts) / facts["requests"])),
            mebibytes(median(rounds, lambda facts: facts["peak_bytes"]))])
    return rows(
        ["", "requests/s", "loadgen ÷ it", "CPU µs a request: user", "system", "both", "loadgen ÷ it: user", "system", "both",
         "nginx busy", "peak MiB"], body)


def canned(raw):
    return [
        "## 1. Requests a second", "",
        f"nginx with canned answers, {raw['connections']} connections, one core, as fast as it goes, {raw['seconds']} s a turn.", "",
        "Creates alone (`--no-follow`):", "", *throughput(raw["creates"]),
        "Creates with one poll each (loadgen follows its orders; wrk sends a POST and a GET in turn):", "", *throughput(raw["polled"])]


def half_peak(raw):
    rounds = raw["rounds"]["loadgen"]
    slip = lambda name: f"{median(rounds, lambda facts: facts['slip'][name]) * 1000:.3f} ms"
    due, missed = (sum(facts["orders"][name] for facts in rounds) for name in ("scheduled", "not_sent"))
    return [
        f"Half of that peak in open load, {raw['rate']:,}/s for {raw['seconds']} s: slip p50 {slip('p50')}, p99 {slip('p99')}, "
        f"max {slip('max')}; {due:,} orders due in all rounds, {missed:,} of them not sent.",
        "",
    ]


def soak(raw):
    blocks = raw["blocks"]
    grown = "" if raw["later"] is None else (
        f"{mebibytes(raw['at_one_minute'])} MiB held after a minute, {mebibytes(raw['later'])} MiB at most from then on")
    return [
        f"The same for {raw['seconds']} s: {grown or 'no more than a minute, so nothing is said of memory'}. "
        f"Of {blocks['count']} blocks of {blocks['seconds']} s each, {len(blocks['uneven'])} ended with orders due and not yet sent, "
        f"in {blocks['unexplained']} of them more than the block's own slip explains; "
        f"{raw['orders']['scheduled']:,} due, {raw['orders']['submitted']:,} sent.",
        "",
    ]


# MARK: Work 2


def lives(tools):
    ours = tools["loadgen"]
    each = lambda facts: facts["lives_per_cpu_second"]
    body = []
    for name, rounds in tools.items():
        part = lambda which: f"{median(rounds, lambda facts: facts[which] / facts['completed']) * 1e6:.1f}"
        body.append([
            title(name), f"{median(rounds, each):,.0f}", "" if name == "loadgen" else ratio(median_ratio(ours, rounds, each)),
            f"{median(rounds, lambda facts: facts['lives_per_second']):,.0f}", part("user"), part("system"),
            percent(median(rounds, lambda facts: (facts["user"] + facts["system"]) / facts["seconds"])),
            percent(median(rounds, lambda facts: facts["target_cpu"] / facts["seconds"])),
            mebibytes(median(rounds, lambda facts: facts["peak_bytes"]))])
    return rows(
        ["", "orders per CPU second", "loadgen ÷ it", "orders/s", "CPU µs an order: user", "system", "its core busy", "the target's",
         "peak MiB"], body)


def lifecycle(raw):
    lines = [
        "## 2. Whole lives of orders", "",
        "`order-server --store memory --workers unlimited --service-time 50ms`; users who send an order, ask for it every 100 ms until",
        f"it is completed, and begin again, for {raw['seconds']} s: a user has at most ten orders a second. loadgen also audits the",
        "server's metrics. The floor is no tool, but a C program that makes the same requests, takes the answers, and does nothing else",
        "(`Benchmarks/peers/floor.c`): below it no generator can come that sends each request when it is due.", ""]
    for load in raw["loads"]:
        lines += [f"{load['users']:,} users:", "", *lives(load["tools"])]
    return lines


# MARK: Work 3


def truth(raw):
    names = {"p50": "p50", "p90": "p90", "p99": "p99", "p99_9": "p99.9", "max": "max"}
    body = []
    for tool, rounds in raw["tools"].items():
        pair = lambda name: " / ".join(
            milliseconds(median(rounds, lambda facts: facts[whose][name])) for whose in ("said", "true"))
        not_sent = median(rounds, lambda facts: facts["said"].get("not_sent", 0))
        body.append([
            title(tool), raw["loads"][tool], f"{median(rounds, lambda facts: facts['answered']):,.0f}", f"{not_sent:,.0f}",
            *(pair(name) for name in names),
            f"{median(rounds, lambda facts: facts['worst']):.1f} / {max(facts['worst'] for facts in rounds):.1f}"])
    return [
        f"## 3. A stall of {raw['stall']} s", "",
        f"The target answers after 20 ms to 50 ms, and stands still for {raw['stall']} s in the middle of the run of {raw['seconds']} s. "
        "Said by the tool / what must",
        "have been, in ms: for a load at a rate from when the order was due, for a closed load from the answer before on the same",
        "connection (`Benchmarks/stamps.py` derives it from the target's own stamps). *Off by* is the distance of the worst of the five figures,",
        "median / largest of all rounds, in units of what is allowed: 1 % or 0.5 ms, whichever is more. So up to 1.0 is within.", "",
        *rows(["", "load", "answered", "not sent", *names.values(), "off by"], body),
        "A closed load cannot see the users who would have come during the stall: its own truth is blind to it. wrk makes up for that by",
        "adding samples for what it thinks is missing. k6 drops what comes due while all of its users wait, and says nothing of how long",
        "that would have taken.", ""]


# MARK: Work 4


def memory(raw):
    held = raw["held"]
    peaks = {line["outstanding"]: line["peak_bytes"] for line in held}
    body = [[f"{count:,}", mebibytes(peak)] for count, peak in peaks.items()]
    low, high = 10_000, max(peaks)
    lines = [
        "## 4. Memory", "",
        "`order-server` takes every order and completes none; loadgen is interrupted once all are outstanding. One run each.", "",
        *rows(["orders outstanding", "peak MiB of loadgen"], body)]
    if high > low:
        lines += [f"From {low:,} to {high:,} an order takes {(peaks[high] - peaks[low]) / (high - low):.0f} bytes more.", ""]
    return lines


# MARK: Work 5


def reality(raw):
    compared, truths = [], []
    for load in raw["loads"]:
        found = load["pairs"]
        start = [f"{percent(load['utilisation'])}, {load['service']:g} s", str(len(found)), f"{sum(pair['orders'] for pair in found):,}"]
        usual = lambda name: f"{median(found, lambda pair: pairs.ratios(pair)[name]):.3f}"
        compared.append(
            [*start, *(usual(f"{name}, {end}") for name in pairs.NAMES for end in ("lower end", "upper end", "true")),
             f"{max((pairs.worst(pair) for pair in found), key=lambda ratio: abs(ratio - 1)):.3f}"])
        time = lambda which, name: milliseconds(median(found, lambda pair: pair[which][name]), 2)
        truths.append([
            start[0], time("must_be", "mean"), time("simulated", "mean, true"), time("real", "mean, true"), time("from_real_times", "mean"),
            *(time("late", name) for name in ("mean", "p50", "p99")), time("apart", "must_be"), time("apart", "from_real_times")])
    load, pair = max(
        ((load, pair) for load in raw["loads"] for pair in load["pairs"]), key=lambda both: abs(pairs.worst(both[1]) - 1))
    grown = lambda which, name: pair[which][name] / pair["must_be"]["mean"]
    return [
        "## 5. The simulation against reality", "",
        "`loadgen simulate` and `loadgen run` against a fresh `order-server`, both with the same seed, Poisson arrivals, exponential",
        f"service times and {raw['workers']} workers: the same orders are due, and the k-th that is taken up is given the same service",
        "time. Completion, real ÷ simulated: the median over the pairs, and the ratio of any end of any pair that is farthest from 1.",
        "*True* is not what was seen by polling, but what the server and the simulation know themselves. The real runs with 1 s were made",
        "all at the same time, those with 0.1 s one after another.", "",
        *rows(
            ["utilisation, mean service time", "pairs", "orders", *(
                f"{name} {end}" for name in pairs.NAMES for end in ("from", "to", "true")), "worst of all"], compared),
        "The same by the orders' own times, in ms; medians over the pairs. *Calculated* is what follows from the seed alone, or from the",
        "times when orders really came and for which they really were processed (`Benchmarks/expected.py`). *Late* is how much longer than",
        "drawn the server processed them. *Apart* is how far each order's real completion lies from the calculated one.", "",
        *rows(
            ["", "mean completion: calculated", "simulated", "real", "calculated from real times", "late: mean", "p50", "p99",
             "apart: p50", "p99, from real times"], truths),
        f"The pair that is worst of all is that of seed {pair['seed']} at {percent(load['utilisation'])} and {load['service']:g} s: the",
        f"server processed its orders {milliseconds(pair['late']['mean'], 2)} ms longer than drawn. From the times that really were it",
        f"follows that the mean completion is {grown('from_real_times', 'mean'):.3f} times what follows from the seed; really it was "
        f"{grown('real', 'mean, true'):.3f} times that.", ""]


# MARK: Work 6


def simulation(raw):
    ours, each, body = raw["tools"]["loadgen"], lambda facts: facts["orders_per_cpu_second"], []
    for name, rounds in raw["tools"].items():
        mean = lambda which: "" if rounds[0][which] is None else f"{sum(facts[which] for facts in rounds) / len(rounds):.3f}"
        body.append([
            title(name), f"{median(rounds, each):,.0f}", ratio(median_ratio(ours, rounds, each)) if name in TITLES else "",
            f"{median(rounds, lambda facts: facts['polls']):.2f}", mean("mean_wait"), mean("mean_completion"),
            f"{max(queue.distances(rounds).values()):.2f}", mebibytes(median(rounds, lambda facts: facts["peak_bytes"]))])
    return [
        "## 6. Simulated orders", "",
        f"M/M/8 at 7 orders/s with a mean service time of 1 s, first come first served; {raw['orders']:,} orders a turn, one core. Nobody",
        "polls but in *whole lives*. loadgen sends its orders over a simulated network, and audits the system's metrics; *no audit* is",
        f"with a dialect without metrics. By Erlang's formula the mean wait is {raw['theory']['mean_wait']:.3f} s, and the mean completion",
        f"{raw['theory']['mean_completion']:.3f} s. *Off by* is the distance of the worse of both, over all rounds, in units of what",
        "is allowed: three times by how much a mean of so many orders strays. So up to 1.0 is within.", "",
        *rows(
            ["", "orders per CPU second", "loadgen ÷ it", "polls an order", "mean wait, s", "mean completion, s", "off by", "peak MiB"],
            body)]


# MARK: Work 7


def tls(raw):
    wants = (
        ("requests/s", lambda facts: facts["requests"] / facts["seconds"], "{:,.0f}"),
        ("loadgen's CPU µs a request", per_request, "{:.1f}"),
        ("the server's", lambda facts: facts["target_cpu"] / facts["requests"] * 1e6, "{:.1f}"))
    loads = {
        "kept": f"{raw['kept']} connections that are kept, {raw['seconds']} s a turn",
        "opened": f"a connection for each of {raw['orders']:,} requests, {raw['opened']} at a time"}
    body = []
    for name, words in loads.items():
        plain, encrypted = raw["loads"][name]["http"], raw["loads"][name]["https"]
        for what, figure, shape in wants:
            body.append([
                f"{words}: {what}", shape.format(median(plain, figure)), shape.format(median(encrypted, figure)),
                ratio(median_ratio(encrypted, plain, figure))])
    return [
        "## 7. The same load with and without TLS", "",
        "`order-server --store memory --workers unlimited --service-time 1ms`, with `--tls self-signed` and without; `loadgen run --no-follow`",
        "with `-k` and without. TLS 1.3 is spoken, with a P-256 certificate. CPU time is that of the whole process, loadgen's start and report",
        "and the server's processing of the orders included; requests/s too counts from loadgen's start to its end.", "",
        *rows(["", "http", "https", "https ÷ http"], body)]


# MARK: Work 8


def stores(raw):
    names = {"memory": "memory", "sqlite": "SQLite", "postgresql": "PostgreSQL", "mariadb": "MariaDB"}
    named = lambda store: ", ".join([names[store.split(", ")[0]], *store.split(", ")[1:]])
    rate = lambda facts: facts["orders_per_second"]
    each = lambda name: lambda facts: facts[name] / facts["orders"] * 1e6
    lines = [
        "## 8. Orders kept", "",
        f"`order-server` with each `--store`, {raw['users']} users of loadgen that begin again as soon as they may, {raw['seconds']} s a turn. The",
        "server and the database share a core. CPU time is per order, in µs; *core idle* is the share of the time in which their core had",
        "nothing to do; *flushes* are those of the disk, and their time the share of the run in which one was under way. What is marked",
        "*no sync* keeps nothing when the machine fails, and shows what the syncs cost.", ""]
    for load, words in (
        ("creates", "Creates alone (`--no-follow`; one worker that is busy for an hour):"),
        ("lives", "Whole lives (`--workers unlimited --service-time 1ms`; followed to completion, a poll every 20 ms):")):
        found = raw["loads"][load]
        body = []
        for store, rounds in found.items():
            busy = lambda facts: (facts["server_cpu"] + facts["database_cpu"]) / facts["seconds"]
            flushed = median(rounds, lambda facts: facts["flushes"])
            body.append([
                named(store), f"{median(rounds, rate):,.0f}", "" if store == "memory" else ratio(median_ratio(rounds, found["memory"], rate)),
                milliseconds(median(rounds, lambda facts: facts["accept"]["p50"])),
                *(f"{median(rounds, each(part)):.0f}" for part in ("server_cpu", "database_cpu")),
                percent(max(0, 1 - median(rounds, busy))),
                f"{median(rounds, lambda facts: facts['orders']) / flushed:.0f}" if flushed > 20 else "",
                percent(median(rounds, lambda facts: facts["flush_seconds"] / facts["seconds"]))])
        lines += [words, "", *rows(
            ["", "orders/s", "it ÷ memory", "accept p50, ms", "CPU: server", "database", "core idle", "orders a flush", "in flushes"], body)]
    return lines


# MARK: Work 9


def audit(raw):
    each, body = lambda facts: facts["orders_per_cpu_second"], []
    loads = {
        "lives": f"{raw['lives']:,} users, each order followed to its end, {raw['seconds']} s a turn",
        "creates": f"{raw['creates']:,} users, orders not followed"}
    for name, words in loads.items():
        audited, alone = raw["loads"][name]["audit"], raw["loads"][name]["none"]
        body.append([words, f"{median(audited, each):,.0f}", f"{median(alone, each):,.0f}", f"{median_ratio(audited, alone, each):.3f}"])
    return [
        "## 9. The same load with and without the audit", "",
        "`order-server --store memory --workers unlimited --service-time 50ms`; `loadgen run --exclusive` with the dialect *standard*, and with one that",
        "has `metrics: none` and `--mix order-read=0%`. Orders per second of loadgen's CPU time, start and report included.", "",
        *rows(["", "with the audit", "without", "with ÷ without"], body)]


SECTIONS = {
    "canned": canned, "half_peak": half_peak, "soak": soak, "lifecycle": lifecycle, "truth": truth, "memory": memory, "reality": reality,
    "simulation": simulation, "tls": tls, "stores": stores, "audit": audit}


def render(raw, machine, settings, title_of_page="loadgen beside its peers"):
    """The whole page, of those works that were run."""
    lines = heading(machine, settings, title_of_page, RATIOS.get(list(raw)[0] if len(raw) == 1 else None, "loadgen's to the peer's"))
    met = [[what, goal, found, "yes" if is_met else "**no**"] for what, goal, found, is_met in goals.of(raw)]
    if met:
        lines += rows(["", "goal", "found", "met"], met)
    for name, section in SECTIONS.items():
        if name in raw:
            lines += section(raw[name])
    return "\n".join(lines).rstrip() + "\n"
