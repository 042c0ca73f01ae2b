"""How small a lie about a mean is found: by loadgen, and by the oracle that reckons from the same run's log."""

import concurrent.futures
import random

SIZES = [0.5, 1, 2, 5, 10, 20, 50, 100, 200]  # in percent
POLLS = ["20ms", "50ms", "100ms", "200ms"]


def load(seed, poll):
    """Flags of a simulated run, drawn from its number."""
    draw = random.Random(seed)
    mean = draw.choice([50, 100, 200, 400, 1000])
    service = draw.choice([f"{mean}ms", f"exponential:{mean}ms", f"lognormal:{mean}ms,0.6", f"uniform:0ms..{2 * mean}ms"])
    return ["--workers", "unlimited", "--service-time", service, "--rate", f"{draw.choice([20, 40, 80])}/s", "-d", "6s", "--poll", poll,
            "--network-delay", "exponential:1ms", "--seed", str(seed)]


def measure(programs, runs):
    """For each poll interval and each size, in how many runs the lie could be seen, and in how many it was found."""

    def one(job):
        poll, seed = job
        flags = load(seed, poll)
        _, log = programs.simulate(None, flags)
        least = log.least_share()
        # The same seed is the same run, with the same orders at the same times, but for what is told.
        told = [programs.simulate(f"average_completion=+{size}%", flags)[0]["audit"]["verdict"] == "contradicted" for size in SIZES]
        return poll, [(least is not None and least < size / 100, found) for size, found in zip(SIZES, told)]

    counts = {poll: [[0, 0, 0] for _ in SIZES] for poll in POLLS}
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for poll, sizes in pool.map(one, [(poll, seed) for poll in POLLS for seed in range(runs)]):
            for place, (visible, found) in enumerate(sizes):
                counts[poll][place][0] += visible
                counts[poll][place][1] += found
                counts[poll][place][2] += visible and not found
    return counts


def table(counts, runs):
    lines = [f"| polled every | {' | '.join(f'+{size}%' for size in SIZES)} |", "|---|" + "---|" * len(SIZES)]
    for poll, sizes in counts.items():
        lines.append(f"| {poll} | " + " | ".join(f"{found} / {visible}" for visible, found, _ in sizes) + " |")
    return lines


def picture(counts, runs):
    """The share of runs in which a lie of a size was found, and could be, as SVG: a line for each poll interval."""
    left, top, width, height = 60, 20, 560, 280
    colours = dict(zip(POLLS, ["#1b6ca8", "#2a9d5c", "#c77d0a", "#b23a48"]))

    def x(place):
        return left + place * width / (len(SIZES) - 1)

    def y(share):
        return top + (1 - share) * height

    def line(shares, colour, style):
        points = " ".join(f"{x(place):.1f},{y(share):.1f}" for place, share in enumerate(shares))
        return f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"{style}/>'

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {left + width + 130} {top + height + 60}" font-family="sans-serif" '
        'font-size="12" fill="#444">',
        "<title>How small a lie about the mean completion time is found</title>",
        f'<rect width="{left + width + 130}" height="{top + height + 60}" fill="#fff"/>',
    ]
    for share in (0, 0.25, 0.5, 0.75, 1):
        parts.append(f'<line x1="{left}" x2="{left + width}" y1="{y(share):.1f}" y2="{y(share):.1f}" stroke="#ddd"/>')
        parts.append(f'<text x="{left - 8}" y="{y(share) + 4:.1f}" text-anchor="end">{share:.0%}</text>')
    for place, size in enumerate(SIZES):
        parts.append(f'<text x="{x(place):.1f}" y="{top + height + 18}" text-anchor="middle">+{size}%</text>')
    parts.append(f'<text x="{left + width / 2}" y="{top + height + 42}" text-anchor="middle">how much too high the mean completion time is told</text>')
    for place, (poll, sizes) in enumerate(counts.items()):
        parts.append(line([visible / runs for visible, _, _ in sizes], colours[poll], ' stroke-dasharray="3 4"'))
        parts.append(line([found / runs for _, found, _ in sizes], colours[poll], ""))
        parts.append(f'<text x="{left + width + 12}" y="{top + 14 + 20 * place}" fill="{colours[poll]}">polled every {poll}</text>')
    parts.append(f'<text x="{left + width + 12}" y="{top + 14 + 20 * len(counts)}">solid: found</text>')
    parts.append(f'<text x="{left + width + 12}" y="{top + 34 + 20 * len(counts)}">dotted: the oracle</text></svg>')
    return "\n".join(parts) + "\n"
