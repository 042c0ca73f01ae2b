#!/usr/bin/env python3
"""A small order API in the `standard` dialect that is honest unless told otherwise.

It keeps true books in memory, processes orders in the background, and misbehaves exactly as its flags
say, the same way for the same --seed: the n-th order, poll or reading meets the same fault in every run.
Tests hold loadgen against it. Once it can be reached it prints one line on standard output:
{"event":"listening","url":"http://127.0.0.1:8000"}. SIGTERM and SIGINT end it with 0.
"""

import asyncio
import json
import signal
import sys
import time

from fake_orders.api import Api
from fake_orders.books import Books, Order
from fake_orders.ending import exit_hard
from fake_orders.faults import Faults
from fake_orders.options import parse_options
from fake_orders.wire import Http
from fake_orders.workers import Workers


async def send_foreign(api, rate):
    began = time.monotonic()
    index = 0
    while True:
        index += 1
        await asyncio.sleep(max(0, began + index / rate - time.monotonic()))
        api.add_foreign()


async def run(options):
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, exit_hard, 0)
    books, faults = Books(options.stamp_early), Faults(options)
    for index in range(options.start_with):
        order = Order(f"before-{index}", {"user_id": "u-before", "item_ids": ["item-001"], "total_amount": 1})
        books.add_completed(order, int(options.service_time * 1e9))
    api = Api(books, faults, Workers(books, faults, options.service_time, options.workers))
    try:
        server = await asyncio.start_server(Http(api, faults).serve, options.host, options.port, backlog=1024)
    except OSError as error:
        print(f"fake_order_server: cannot listen on {options.host}:{options.port}: {error.strerror}", file=sys.stderr)
        exit_hard(1)
    port = server.sockets[0].getsockname()[1]
    print(json.dumps({"event": "listening", "url": f"http://{options.host}:{port}"}, separators=(",", ":")), flush=True)
    if options.die_at_once == "listening":
        exit_hard(1)
    if options.foreign > 0:
        await send_foreign(api, options.foreign)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(run(parse_options(__doc__)))
