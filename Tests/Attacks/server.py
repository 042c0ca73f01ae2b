"""An order-server of one's own, as a process: started, looked at, killed, stopped. Linux, for what /proc tells."""

import contextlib
import json
import os
import pathlib
import select
import signal
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PATIENCE = 120  # seconds; only against hanging: the machine may be slow


class Failed(Exception):
    """The server did what it must never do, or nothing at all."""


class OrderServer:
    def __init__(self, programs, arguments, log, environment=None):
        """
        programs: the folder that the built programs are in
        log: the file that the server's messages are appended to
        """
        self.command = [str(pathlib.Path(programs) / "order-server"), "--port", "0", *arguments]
        self.log = pathlib.Path(log)
        self.environment = os.environ | (environment or {})
        self.process = None
        self.port = None

    def spawn(self):
        """Starts the program, and does not wait until it is ready."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log, env=self.environment, start_new_session=True)

    def start(self):
        """Starts it, and waits until it takes orders."""
        self.spawn()
        line = b""
        end = time.monotonic() + PATIENCE
        while not line.endswith(b"\n"):
            ready, _, _ = select.select([self.process.stdout], [], [], max(0, end - time.monotonic()))
            part = os.read(self.process.stdout.fileno(), 4096) if ready else b""
            if not part:
                self.kill()
                raise Failed(f"the server does not start: {self.last_words()}")
            line += part
        self.port = int(json.loads(line)["url"].rpartition(":")[2])
        return self

    def last_words(self):
        return self.log.read_text(errors="replace")[-2000:]

    def is_alive(self):
        return self.process.poll() is None

    def kill(self):
        """Without warning, as by the kernel."""
        if self.is_alive():
            self.process.kill()
        self.process.wait()
        self.process.stdout.close()

    def stop(self):
        """As asked. Gives the exit code; a server that does not end is killed, and that is a failure."""
        if self.is_alive():
            self.process.terminate()
        try:
            return self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            raise Failed(f"the server does not end within {PATIENCE} s of SIGTERM") from None
        finally:
            self.kill()

    def cpu(self):
        """Seconds of CPU that it has used so far, user and system."""
        # The process's own clock (clock_getcpuclockid), in nanoseconds; /proc/PID/stat counts in hundredths of a second.
        return time.clock_gettime((~self.process.pid << 3) | 2)

    def is_idle(self):
        """Whether no thread runs, or would if a processor were free."""
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            for task in pathlib.Path(f"/proc/{self.process.pid}/task").iterdir():
                if (task / "stat").read_text().rpartition(")")[2].split()[0] in "RD":
                    return False
        return True

    def memory(self, field="VmHWM"):
        """Bytes: VmHWM is the most that it had since `forget_peak`, VmRSS what it has now."""
        for line in pathlib.Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith(field):
                return int(line.split()[1]) * 1024
        raise Failed("the server is gone")

    def forget_peak(self):
        pathlib.Path(f"/proc/{self.process.pid}/clear_refs").write_text("5")


@contextlib.contextmanager
def database(kind):
    """A real database of one's own, by Tests/Fixtures/database.py. Gives its URL."""
    process = subprocess.Popen(
        [sys.executable, ROOT / "Tests" / "Fixtures" / "database.py", kind], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
    try:
        facts = json.loads(process.stdout.readline() or "{}")
        if facts.get("event") != "listening":
            raise Failed(f"{kind} does not start: {facts.get('reason')}")
        yield facts["url"]
    finally:
        process.terminate()
        process.wait()
        process.stdout.close()


def end_by_signals():
    """SIGTERM and Ctrl-C end this program by an exception, so that every `finally` stops what it has started."""

    def end(number, _):
        sys.exit(128 + number)

    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, end)
