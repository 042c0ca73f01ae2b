#!/usr/bin/env python3
"""pygeoapi, by OGC API - Processes: its one process, of loaded/sleep_process.py, takes `seconds`, and fails where it is told to.
Run it with the Python that has pygeoapi: pygeoapi_processes.requirements.txt.

Each job has a thread of its own at once, so that none ever waits, and is `accepted` until its result is written: the manager of TinyDB
says `running` only then."""

import json
import sys

import running


def more_options(add):
    add("--page", type=int, default=10_000, help="how many jobs a page of /jobs has at most (10000); pygeoapi's own default is 10")


options = running.options(__doc__, more_options)

with running.Service() as service:
    port = options.port or running.free_port()
    url = f"http://{running.HOST}:{port}"
    (service.folder / "results").mkdir()
    # Files of JSON are files of YAML, too.
    (service.folder / "config.yml").write_text(json.dumps({
        "server": {
            "bind": {"host": running.HOST, "port": port}, "url": url, "mimetype": "application/json", "encoding": "utf-8",
            "language": "en-US", "limits": {"default_items": options.page, "max_items": options.page},
            "map": {"url": "", "attribution": ""},
            "manager": {"name": "TinyDB", "connection": str(service.folder / "jobs.json"), "output_dir": str(service.folder / "results")},
        },
        "logging": {"level": "ERROR"},
        "metadata": {"identification": {"title": "jobs"}, "license": {"name": "none"}, "provider": {"name": "jobs"}, "contact": {}},
        "resources": {"sleep": {"type": "process", "processor": {"name": "sleep_process.Sleep"}}},
    }))
    # pygeoapi does not start without a description, which nobody asks it for here.
    (service.folder / "openapi.yml").write_text(json.dumps({"openapi": "3.0.2", "info": {"title": "jobs", "version": "1"}, "paths": {}}))
    service.start(
        sys.executable, "-m", "waitress", f"--listen={running.HOST}:{port}", "pygeoapi.flask_app:APP",
        PYTHONPATH=str(running.LOADED), PYGEOAPI_CONFIG="config.yml", PYGEOAPI_OPENAPI="openapi.yml")
    service.wait_until(lambda: running.answer(f"{url}/processes/sleep?f=json"), "pygeoapi")
    service.serve(url)
