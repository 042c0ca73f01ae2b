#!/usr/bin/env python3
"""An order API with known delays, which freezes once: delaying.py STAMPS --stall-after 4 --stall 2.

It takes POST only and answers each after 20 ms or more. It stamps by CLOCK_MONOTONIC when a request had been read, and when
its answer is about to be written. So many seconds after the first request everything stops for --stall seconds: nothing is read,
nothing is answered, no connection is accepted, as in a long collection of garbage. SIGTERM ends it, and writes STAMPS, JSON:
requests: [connection, order's number or -1, received, answered] in nanoseconds; stalled: [from, to].
"""

import argparse
import asyncio
import json
import re
import signal
import time

# By the number of the request, one after another, in seconds: 20 ms to 50 ms, each millisecond as often as the others. With a few values
# that many requests share a percentile can stand at the end of one of them, where it says how the slowest hundredth was delayed by chance
# on both sides, and not how long requests took: the median did so when seven in ten took 20 ms and a quarter met the stall.
DELAYS = tuple(0.020 + 0.001 * (number * 12 % 31) for number in range(31))
BODY = b'{"order_id":"0192f0c4-7b3e-7c1a-9d52-3f8e6a1b2c4d","status":"pending"}'
ANSWER = b"HTTP/1.1 201 Created\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s" % (len(BODY), BODY)
LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
NUMBER = re.compile(rb'"u-(\d+)"')

stamps = []
stalled = []
options = None


def freeze(seconds):
    began = time.monotonic_ns()
    time.sleep(seconds)
    stalled.extend((began, time.monotonic_ns()))


class Requests(asyncio.Protocol):
    connections = 0

    def connection_made(self, transport):
        Requests.connections += 1
        self.number = Requests.connections
        self.transport = transport
        self.bytes = b""
        self.loop = asyncio.get_running_loop()

    def data_received(self, data):
        received = time.monotonic_ns()
        self.bytes += data
        while (end := self.bytes.find(b"\r\n\r\n")) >= 0:
            length = LENGTH.search(self.bytes, 0, end + 2)
            whole = end + 4 + (int(length[1]) if length else 0)
            if len(self.bytes) < whole:
                return
            order = NUMBER.search(self.bytes, end, whole)
            self.bytes = self.bytes[whole:]
            self.take(int(order[1]) if order else -1, received)

    def take(self, order, received):
        if not stamps and options.stall > 0:
            self.loop.call_later(options.stall_after, freeze, options.stall)
        stamp = [self.number, order, received, 0]
        delay = DELAYS[len(stamps) % len(DELAYS)]
        stamps.append(stamp)
        self.loop.call_at(received / 1e9 + delay, self.answer, stamp)

    def answer(self, stamp):
        if not self.transport.is_closing():
            stamp[3] = time.monotonic_ns()
            self.transport.write(ANSWER)


async def serve():
    loop = asyncio.get_running_loop()
    end = asyncio.Event()
    loop.add_signal_handler(signal.SIGTERM, end.set)
    server = await loop.create_server(Requests, "127.0.0.1", 0, backlog=4096)
    port = server.sockets[0].getsockname()[1]
    print(json.dumps({"event": "listening", "url": f"http://127.0.0.1:{port}"}), flush=True)
    await end.wait()
    with open(options.stamps, "w") as file:
        json.dump({"requests": stamps, "stalled": stalled}, file)


parser = argparse.ArgumentParser()
parser.add_argument("stamps")
parser.add_argument("--stall-after", type=float, default=4)
parser.add_argument("--stall", type=float, default=0)
options = parser.parse_args()
asyncio.run(serve())
