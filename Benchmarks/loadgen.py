"""Runs loadgen, for real or in virtual time, and reads its summary.json; its account of its CPU time is held against the kernel's."""

import json
import shutil

from measure import Measurement, unexpected

# Also a contradiction, an interruption and a run that is not valid have a summary; only the rest is an error here.
WITH_SUMMARY = (0, 99, 105, 120, 121)


class Run:
    """A loadgen that has been started; without a URL, a simulation. Its report lies in the scratch folder and goes with the `with`."""

    count = 0

    def __init__(self, settings, url, flags, limit):
        Run.count += 1
        self.folder = settings.scratch / f"loadgen-{Run.count}"
        command = ["run", url] if url else ["simulate"]
        self.measurement = Measurement(
            settings.generator_core,
            [settings.programs / "loadgen", *command, "--quiet", "--report-dir", self.folder, *flags], limit,
            {"NO_COLOR": "1"})

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        self.measurement.__exit__(*exception)
        shutil.rmtree(self.folder, ignore_errors=True)

    def end(self):
        """Waits. Gives the usage and the summary."""
        usage = self.measurement.end()
        if usage.exit not in WITH_SUMMARY:
            raise RuntimeError(unexpected(self.measurement.command, usage))
        summary = json.loads((self.folder / "summary.json").read_text())
        said = summary["generator"]["cpu_seconds"]
        # It reads its account just before it writes the report, so it can only say less, by what writing takes.
        if said > usage.cpu + 0.02 or usage.cpu - said > 1 + 0.1 * usage.cpu:
            raise RuntimeError(f"loadgen says that it took {said} s of CPU, the kernel says {usage.cpu} s")
        return usage, summary


def run(settings, url, flags, limit):
    with Run(settings, url, flags, limit) as started:
        return started.end()


def simulate(settings, flags, limit):
    with Run(settings, None, flags, limit) as started:
        return started.end()


def requests(summary):
    """All requests of the run whose answer was awaited: creates, each attempt counted, and polls."""
    return summary["orders"]["attempts"] + summary["latency"].get("poll", {}).get("count", 0)


def facts(usage, summary):
    """What a table may want of any run."""
    return {
        "exit": usage.exit, "outcomes": summary["outcomes"], "seconds": usage.seconds, "user": usage.user, "system": usage.system,
        "peak_bytes": usage.peak_bytes, "cpu_said": summary["generator"]["cpu_seconds"], "valid": summary["generator"]["valid"],
        "orders": summary["orders"], "rates": summary["rates"], "requests": requests(summary), "errors": summary["errors"]}
