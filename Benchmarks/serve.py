"""Targets: each is started on a free port of 127.0.0.1, pinned to its core, and stopped when its `with` is left."""

import contextlib
import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import time

from measure import pinned
from settings import HERE


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def cpu_seconds(pid):
    """Of CPU time that a process has used so far, user and system."""
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def stop(process, patience=20):
    """SIGTERM, and SIGKILL if that does not help. Only this one process, by its id."""
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(patience)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def await_port(port, process, patience=10):
    end = time.monotonic() + patience
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            if process.poll() is not None or time.monotonic() > end:
                raise RuntimeError(f"nothing listens on 127.0.0.1:{port}: the target ended with {process.poll()}") from None
            time.sleep(0.02)


@contextlib.contextmanager
def nginx(settings):
    """nginx with canned answers, one process. Gives its URL and its process."""
    port = free_port()
    folder = settings.scratch / f"nginx-{port}"
    folder.mkdir()
    configuration = (HERE / "targets" / "nginx.conf").read_text().replace("{port}", str(port)).replace("{folder}", str(folder))
    (folder / "nginx.conf").write_text(configuration)
    program = shutil.which("nginx") or "/usr/sbin/nginx"
    with open(folder / "log", "wb") as log:
        process = subprocess.Popen(
            pinned(settings.target_core, [program, "-p", folder, "-e", "stderr", "-c", folder / "nginx.conf"]),
            stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    try:
        await_port(port, process)
        yield f"http://127.0.0.1:{port}", process
    except RuntimeError:
        sys.stderr.write((folder / "log").read_text(errors="replace")[-1500:])
        raise
    finally:
        stop(process)
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def listening(settings, command):
    """A program that says {"event":"listening","url":…} on its first line. Gives its URL and its process."""
    process = subprocess.Popen(pinned(settings.target_core, command), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
    try:
        line = process.stdout.readline()
        if not line:
            raise RuntimeError(f"{' '.join(map(str, command))} ended with {process.wait()} before it listened")
        yield json.loads(line)["url"], process
    finally:
        stop(process)
        process.stdout.close()


def order_server(settings, *flags):
    return listening(settings, [settings.programs / "order-server", "--port", "0", "--store", "memory", *flags])


def delaying(settings, stamps: pathlib.Path, *flags):
    return listening(settings, [sys.executable, HERE / "targets" / "delaying.py", stamps, *flags])
