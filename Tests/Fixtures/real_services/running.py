"""How the services are run: each in a temporary folder of its own, which goes, with all that was started, on SIGTERM and SIGINT."""

import argparse
import contextlib
import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request

HOST = "127.0.0.1"
HERE = pathlib.Path(__file__).resolve().parent
LOADED = HERE / "loaded"  # what the services load. Apart, since files beside a script are importable, and could hide a package
START_SECONDS = 60
END_SECONDS = 10


def options(description, add_more):
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one (default)")
    add_more(parser.add_argument)
    return parser.parse_args()


def free_port():
    with socket.create_server((HOST, 0)) as listener:
        return listener.getsockname()[1]


class Failure(Exception):
    pass


class Service:
    """A folder and processes. `with Service() as service:` removes both, however it is left."""

    def __enter__(self):
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: sys.exit(0))
        self.processes = []
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="real-service-"))
        return self

    def start(self, *command, **environment):
        """Starts a process in the folder. It ends with this one also where that is killed: no signal can be caught then."""
        command = ["setpriv", "--pdeathsig", "TERM", *map(str, command)]
        log = self.folder / f"log-{len(self.processes)}"
        with log.open("wb") as output:
            process = subprocess.Popen(
                command, cwd=self.folder, env=os.environ | environment, stdin=subprocess.DEVNULL, stdout=output, stderr=output,
                start_new_session=True)  # so that what it starts can be ended with it, and Ctrl-C reaches this process alone
        process.log = log
        self.processes.append(process)

    def wait_until(self, ready, what):
        end = time.monotonic() + START_SECONDS
        while not ready():
            self.check()
            if time.monotonic() > end:
                raise Failure(f"not ready after {START_SECONDS} s: {what}\n" + "\n".join(tail(process) for process in self.processes))
            time.sleep(0.05)

    def check(self):
        for process in self.processes:
            if process.poll() is not None:
                raise Failure(f"{' '.join(process.args[3:6])} has ended: {process.returncode}\n{tail(process)}")

    def serve(self, url):
        """Says that the service is ready, and stays until a signal comes or a process of it ends."""
        print(json.dumps({"event": "listening", "url": url}, separators=(",", ":")), flush=True)
        while True:
            self.check()
            time.sleep(0.2)

    def __exit__(self, kind, failure, _):
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, signal.SIG_IGN)  # once is enough; a second one would leave half of it behind
        for process in reversed(self.processes):
            process.terminate()
        for process in reversed(self.processes):
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(END_SECONDS)
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)  # its children, and itself where it did not listen
            process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)
        if isinstance(failure, Failure):
            sys.exit(str(failure))


def tail(process):
    return process.log.read_text(errors="replace")[-2000:]


def answer(url, body=None):
    """The text of a 2xx answer, None where there is none."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # whatever proxy the environment names
    try:
        with opener.open(url, data=body, timeout=10) as response:
            return response.read().decode()
    except OSError:  # among which are urllib's own errors
        return None
