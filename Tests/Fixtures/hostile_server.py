#!/usr/bin/env python3
"""An order API in the standard dialect that treats its clients as no server should. Its books are true all the same.

    hostile_server.py HOW [--on create|poll|metrics] [--every N] [--after N] [--seconds S]

HOW is one of the names below. It picks a free port and prints one line on standard output:
{"event":"listening","url":"http://127.0.0.1:8000"}. Orders are completed as soon as they are created. After an answer to GET /hang-up it closes
all connections.
"""

import argparse
import asyncio
import json
import socket
import struct

HOW = {
    "stall": "once --after creates were answered, nothing is for --seconds (0: for good)",
    "slow": "each answer takes --seconds, and is the last on its connection",
    "reset-connect": "resets connections, once --after were spared",
    "reset-request": "resets when a request has come",
    "reset-answer": "resets in the midst of the answer",
    "hang-up": "closes every connection right after an answer, without saying so",
    "idle": "closes a connection that has been idle for --seconds",
    "hang-up-next": "keeps the connection, and closes it when the next request comes",
    "flood": "sends bytes without end, unasked, once --after connections were spared",
    "flood-headers": "answers with headers without end",
    "flood-interim": "answers with 100s without end",
    "flood-body": "answers with a body of 2 EiB",
    "flood-chunks": "answers with chunks without end",
    "flood-after": "answers, and goes on with bytes without end",
    "drip": "answers one byte a second",
    "huge": "answers with 10 MB of JSON",
    "deaf": "accepts connections, and reads nothing",
    "full": "accepts no connection, and has no place where they could wait",
    "refuse": "answers once to a connection, and listens no more once --after connections were accepted",
    "same-id": "gives all orders one id",
}
ON_REQUESTS = {"reset-request", "reset-answer", "drip", "huge", *(how for how in HOW if how.startswith("flood-"))}
PIECE = 64 * 1024
HUGE = 10_000_000

options = argparse.ArgumentParser(
    description="HOW is one of:\n" + "\n".join(f"  {how:15} {text}" for how, text in HOW.items()),
    formatter_class=argparse.RawDescriptionHelpFormatter)
options.add_argument("how", metavar="HOW", choices=HOW)
options.add_argument("--on", choices=("create", "poll", "metrics"), default="create", help="which requests are ill-treated (create)")
options.add_argument("--every", type=int, default=1, metavar="N", help="only every N-th of these (1)")
options.add_argument("--after", type=int, default=1, metavar="N", help="so many are spared first (1)")
options.add_argument("--seconds", type=float, default=0, metavar="S")
options = options.parse_args()


class Ended(Exception):
    """This connection is over."""


class Server:
    def __init__(self):
        self.orders = self.creates = self.connections = self.matching = 0
        self.stalled_until = None
        self.listener = None
        self.writers = set()

    async def listen(self):
        if options.how in ("deaf", "full"):
            return await self.ignore()
        self.listener = await asyncio.start_server(self.serve, "127.0.0.1", 0)
        self.say_where(self.listener.sockets[0])
        await asyncio.Event().wait()

    @staticmethod
    def say_where(listener):
        print(json.dumps({"event": "listening", "url": f"http://127.0.0.1:{listener.getsockname()[1]}"}), flush=True)

    async def ignore(self):
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        listener.bind(("127.0.0.1", 0))
        listener.listen(0 if options.how == "full" else 1024)
        listener.setblocking(False)
        self.say_where(listener)
        held = []
        while True:
            if options.how == "full":
                await asyncio.Event().wait()
            held.append(await asyncio.get_running_loop().sock_accept(listener))

    async def serve(self, reader, writer):
        self.connections += 1
        spared = self.connections <= options.after
        self.writers.add(writer)
        try:
            if options.how == "refuse" and not spared:
                self.listener.close()
            if options.how == "reset-connect" and not spared:
                self.reset(writer)
            if options.how == "flood" and not spared:
                await self.flood(writer, b"x" * PIECE)
            while True:
                await self.exchange(reader, writer)
        except (Ended, OSError, asyncio.IncompleteReadError):
            pass
        finally:
            self.writers.discard(writer)
            writer.close()

    async def exchange(self, reader, writer):
        asking = reader.readuntil(b"\r\n\r\n")
        if options.how == "idle":
            try:
                asking = await asyncio.wait_for(asking, options.seconds)
            except asyncio.TimeoutError:
                raise Ended
        else:
            asking = await asking
        head = asking.decode("latin-1")
        method, path, _ = head.split(" ", 2)
        for line in head.lower().split("\r\n"):
            if line.startswith("content-length:"):
                await reader.readexactly(int(line.split(":")[1]))
        if path == "/hang-up":
            await self.hang_up(writer)
        kind = "create" if method == "POST" else "metrics" if path == "/metrics" else "poll"
        await self.wait(kind)
        hit = self.hits(kind)
        if hit and options.how == "reset-request":
            self.reset(writer)
        status, value = self.answer(kind, path)
        if hit and options.how == "huge":
            value["padding"] = "x" * HUGE
        body = json.dumps(value).encode()
        last = "Connection: close\r\n" if options.how == "slow" else ""
        head = f"HTTP/1.1 {status} OK\r\nContent-Type: application/json\r\n{last}Content-Length: {len(body)}\r\n\r\n"
        wire = head.encode() + body
        await self.write(writer, wire, hit)
        if options.how in ("slow", "hang-up", "refuse"):
            raise Ended
        if options.how == "hang-up-next":
            await reader.readexactly(1)
            raise Ended

    async def hang_up(self, writer):
        # What has come before is answered first.
        await asyncio.sleep(0.1)
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}")
        for each in list(self.writers):
            each.close()
        raise Ended

    async def wait(self, kind):
        if options.how == "slow":
            await asyncio.sleep(options.seconds)
        if options.how != "stall":
            return
        loop = asyncio.get_running_loop()
        if kind == "create":
            self.creates += 1
            if self.creates > options.after and self.stalled_until is None:
                self.stalled_until = loop.time() + (options.seconds or float("inf"))
        while self.stalled_until and (left := self.stalled_until - loop.time()) > 0:
            await asyncio.sleep(min(left, 60))

    def hits(self, kind):
        if options.how not in ON_REQUESTS or kind != options.on:
            return False
        self.matching += 1
        return self.matching % options.every == 0

    def answer(self, kind, path):
        if kind == "create":
            self.orders += 1
            return 201, {"order_id": "same" if options.how == "same-id" else f"order-{self.orders}", "status": "pending"}
        if kind == "poll":
            return 200, {"order_id": path.split("/")[2], "status": "completed"}
        counts = {"pending": 0, "processing": 0, "completed": self.orders, "cancelled": 0, "failed": 0}
        return 200, {"total_orders": self.orders, "status_counts": counts}

    async def write(self, writer, wire, hit):
        how = options.how if hit else "as it should be"
        if how == "reset-answer":
            writer.write(wire[: len(wire) // 2])
            await writer.drain()
            # The half is to arrive before the reset does.
            await asyncio.sleep(0.05)
            self.reset(writer)
        elif how == "drip":
            for byte in wire:
                if writer.is_closing():
                    raise Ended
                writer.write(bytes([byte]))
                await asyncio.sleep(1)
        elif how == "flood-headers":
            writer.write(b"HTTP/1.1 201 Created\r\n")
            await self.flood(writer, b"X-More: and more\r\n" * 1_000)
        elif how == "flood-interim":
            await self.flood(writer, b"HTTP/1.1 100 Continue\r\n\r\n" * 1_000)
        elif how == "flood-body":
            writer.write(b"HTTP/1.1 201 Created\r\nContent-Length: 2305843009213693952\r\n\r\n")
            await self.flood(writer, b"x" * PIECE)
        elif how == "flood-chunks":
            writer.write(b"HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\n")
            await self.flood(writer, b"%x\r\n%s\r\n" % (PIECE, b"x" * PIECE))
        elif how == "flood-after":
            writer.write(wire)
            await self.flood(writer, b"x" * PIECE)
        else:
            for start in range(0, len(wire), PIECE):
                writer.write(wire[start : start + PIECE])
                await writer.drain()

    @staticmethod
    async def flood(writer, piece):
        while True:
            writer.write(piece)
            await writer.drain()

    @staticmethod
    def reset(writer):
        # A linger of zero makes the close a reset.
        writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        writer.transport.abort()
        raise Ended


asyncio.run(Server().listen())
