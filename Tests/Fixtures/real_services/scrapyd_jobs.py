#!/usr/bin/env python3
"""scrapyd, whose jobs are runs of a spider. Run it with the Python that has scrapyd: scrapyd_jobs.requirements.txt.

By default a job is a process of loaded/quick_runner.py, which sleeps for the spider's argument `seconds`: scrapyd knows no difference, and
Scrapy itself takes half a second of a core to start. `--runner scrapyd.runner` is scrapyd's own: then a spider of Scrapy does it."""

import sys

import running


def more_options(add):
    add("--workers", type=int, default=4, help="how many jobs are under way at once (4)")
    add("--runner", default="quick_runner", help="the module that runs a job (quick_runner); scrapyd's own is scrapyd.runner")
    add("--keep", type=int, default=100_000, help="how many finished jobs are known; scrapyd's own default is 100")
    add("--poll-interval", type=float, default=0.05,
        help="how often a job is taken from the queue, in seconds (0.05); scrapyd's own default is 5, so --workers jobs in 5 s")


options = running.options(__doc__, more_options)

with running.Service() as service:
    port = options.port or running.free_port()
    # scrapyd finds this file in its working folder; its [settings] are the projects that need no egg.
    (service.folder / "scrapy.cfg").write_text(f"""\
[settings]
shop = shop.settings

[scrapyd]
bind_address = {running.HOST}
http_port = {port}
max_proc = {options.workers}
poll_interval = {options.poll_interval}
finished_to_keep = {options.keep}
runner = {options.runner}
""")
    service.start(sys.executable, "-m", "scrapyd", "--pidfile=", PYTHONPATH=str(running.LOADED))
    url = f"http://{running.HOST}:{port}"
    # The first to ask for the spiders waits, with all that scrapyd does, for a process that tells them; then they are known.
    service.wait_until(lambda: '"ok"' in (running.answer(f"{url}/listspiders.json?project=shop") or ""), "scrapyd")
    service.serve(url)
