"""Runs one command, pinned to one core, and says what it took of the machine."""

import os
import pathlib
import resource
import select
import subprocess
import tempfile
import time
from dataclasses import dataclass


@dataclass
class Usage:
    """Of the process and of those children that it waited for, from its start to its end."""

    exit: int
    seconds: float
    user: float
    system: float
    peak_bytes: int
    output: str
    errors: str

    @property
    def cpu(self):
        return self.user + self.system


def pinned(core, command):
    return ["taskset", "--cpu-list", str(core), *map(str, command)]


def memory_of(pid):
    """Bytes that the process holds now, and that it held at most; None where it is gone."""
    try:
        lines = pathlib.Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return None
    kibibytes = {line.split(":")[0]: int(line.split()[1]) for line in lines if line.startswith(("VmRSS:", "VmHWM:"))}
    return (kibibytes["VmRSS"] * 1024, kibibytes["VmHWM"] * 1024) if len(kibibytes) == 2 else None


class Measurement:
    """A pinned command that has been started. `end` waits for it; whoever leaves the `with` earlier ends it."""

    def __init__(self, core, command, limit, environment=None):
        self.command = list(map(str, command))
        self.folder = tempfile.TemporaryDirectory(prefix="bench-")
        self.texts = [pathlib.Path(self.folder.name, name) for name in ("out", "err")]
        self.limit = limit
        self.sampled_peak = 0
        # The kernel carries a peak over an exec: what it says of the command is at least what it says of us at the fork.
        self.inherited_peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
        with open(self.texts[0], "wb") as out, open(self.texts[1], "wb") as err:
            self.began = time.monotonic()
            self.process = subprocess.Popen(
                pinned(core, command), stdin=subprocess.DEVNULL, stdout=out, stderr=err, env={**os.environ, **(environment or {})})

    @property
    def pid(self):
        return self.process.pid  # taskset becomes the command, it does not fork

    @property
    def is_running(self):
        return self.process.returncode is None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.is_running:
            self.process.kill()
            self.process.wait()
        self.folder.cleanup()

    def signal(self, number):
        if self.is_running:
            self.process.send_signal(number)

    def wait(self, seconds):
        """Waits so long, or until the command has ended. Says whether it has; it is not reaped yet."""
        handle = os.pidfd_open(self.pid)
        try:
            has_ended = bool(select.select([handle], [], [], seconds)[0])
        finally:
            os.close(handle)
        held = memory_of(self.pid)
        if held:
            self.sampled_peak = max(self.sampled_peak, held[1])
        return has_ended

    def end(self):
        """Waits for the end. A command that is still there after its limit is killed, which is an error."""
        is_overdue = False
        while not self.wait(0.2):
            if time.monotonic() - self.began > self.limit:
                is_overdue = True
                self.process.kill()
        _, status, used = os.wait4(self.pid, 0)
        seconds = time.monotonic() - self.began
        self.process.returncode = os.waitstatus_to_exitcode(status)
        if is_overdue:
            raise RuntimeError(f"{' '.join(self.command)} was still running after {self.limit} s, and was killed")
        peak = used.ru_maxrss * 1024
        if peak <= self.inherited_peak:
            peak = self.sampled_peak
        out, err = (path.read_text(errors="replace") for path in self.texts)
        return Usage(self.process.returncode, seconds, used.ru_utime, used.ru_stime, peak, out, err)


def unexpected(command, usage):
    """An end that nobody wanted, with its first and last words: those of a crash stand first."""
    words = usage.errors + usage.output
    if len(words) > 4000:
        words = f"{words[:3000]}\n…\n{words[-1000:]}"
    return f"{' '.join(map(str, command))} ended with {usage.exit}:\n{words}"


def measure(core, command, limit, environment=None, accepted=(0,)):
    """Runs the command to its end.

    Raises RuntimeError with its last words where its exit code is not an accepted one.
    """
    with Measurement(core, command, limit, environment) as measurement:
        usage = measurement.end()
    if usage.exit not in accepted:
        raise RuntimeError(unexpected(command, usage))
    return usage
