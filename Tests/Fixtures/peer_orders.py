#!/usr/bin/env python3
"""An order API in the `standard` dialect whose books are true, and whose place and answers are odd: peer_orders.py [FLAG ...]

It prints one line on standard output: {"event":"listening","url":"http://127.0.0.1:8000"}. GET /seen tells what it has seen: connections by
address, `headers` (the raw header lines of the last create), and with `login` when each login came, in seconds.

    --at ADDRESS        listens there, all at one port (127.0.0.1); may be repeated
    --unix PATH         listens at that socket instead, and the URL is unix:PATH
    --backlog N         how many connections may wait to be taken (1024)
    --leave ADDRESS     after 20 creates that address is closed for good, with all of its connections
    --gzip              answers to /orders… are gzip, whatever was asked for
    --fold              headers go on in a second line, Content-Length among them
    --retry VALUE       the first poll of each order is 429 with this Retry-After; `date` is a date 3 s ahead, `past` one that is over
    --date OFFSET       answers have a Date, of a clock that is so many seconds off; a Retry-After is by that clock, too
    --sticky            two servers behind a balancer that tells them apart by a cookie
    --jwt SECONDS       wants a token from POST /login, which is a JWT whose `exp` is so far ahead and which says nothing else of it
    --http2             speaks HTTP/2 alone: answers with SETTINGS and GOAWAY, and leaves
"""
import argparse
import asyncio
import base64
import email.utils
import gzip
import json
import os
import time

parser = argparse.ArgumentParser()
add = parser.add_argument
add("--at", action="append", default=[])
add("--unix")
add("--backlog", type=int, default=1024)
add("--leave")
add("--gzip", action="store_true")
add("--fold", action="store_true")
add("--retry")
add("--date", type=float)
add("--sticky", action="store_true")
add("--jwt", type=float)
add("--http2", action="store_true")
options = parser.parse_args()

SERVICE = 0.02
made, asked, home, tokens = {}, {}, {}, {}
seen = {"connections": {}, "headers": [], "logins": [], "refused": 0, "gaps": []}
servers, open_at = {}, {}
began = time.monotonic()


def clock():
    return time.time() + (options.date or 0)


def answer(status, value, headers=(), packs=False, folds=True):
    body = json.dumps(value).encode()
    if packs:
        body, headers = gzip.compress(body), [*headers, "Content-Encoding: gzip"]
    lines = [f"HTTP/1.1 {status} X", "Content-Type: application/json", *headers]
    if options.date is not None:
        lines.append("Date: " + email.utils.formatdate(clock(), usegmt=True))
    if options.fold and folds:
        lines += ["X-Long: a", "\tb", " c", "Content-Length:", f" {len(body)}"]
    else:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join(lines + ["", ""]).encode() + body


def figures():
    done = sum(1 for order in made if is_done(order))
    counts = {"pending": len(made) - done, "processing": 0, "completed": done, "cancelled": 0, "failed": 0}
    return {"total_orders": len(made), "status_counts": counts}


def is_done(order):
    return time.monotonic() - made[order] >= SERVICE


def login():
    expires = time.monotonic() + options.jwt
    payload = base64.urlsafe_b64encode(json.dumps({"sub": "1", "exp": clock() + options.jwt}).encode()).decode().rstrip("=")
    token = f"e30.{payload}.{len(tokens)}"
    tokens[token] = expires
    seen["logins"].append(round(time.monotonic() - began, 3))
    return answer(200, {"access_token": token})


def retry_after():
    if options.retry in ("date", "past"):
        return email.utils.formatdate(clock() + (3 if options.retry == "date" else -60), usegmt=True)
    return options.retry


def status(order, headers):
    cookie = headers.get("cookie", "")
    if options.sticky and f"AWSALB=b{home.get(order)}" not in cookie:
        return answer(404, {"detail": "not here"})
    if options.retry:
        now = time.monotonic()
        if order not in asked:
            asked[order] = now
            return answer(429, {}, [f"Retry-After: {retry_after()}"])
        if asked[order]:
            seen["gaps"].append(now - asked[order])
            asked[order] = 0
    return answer(200, {"order_id": order, "status": "completed" if is_done(order) else "pending"}, packs=options.gzip)


def create(lines):
    order = f"o-{len(made) + 1}"
    made[order], home[order] = time.monotonic(), len(made) % 2
    seen["headers"] = lines
    more = [f"Set-Cookie: AWSALB=b{home[order]}; Path=/; HttpOnly"] if options.sticky else []
    if options.leave and len(made) == 20:
        servers[options.leave].close()
        for writer in open_at[options.leave]:
            writer.close()
    return answer(201, {"order_id": order, "status": "pending"}, more, options.gzip)


def respond(method, path, lines):
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
    if path == "/seen":
        return answer(200, seen, folds=False)
    if path == "/ping":
        return answer(200, {})
    if path == "/login":
        return login()
    if options.jwt is not None and tokens.get(headers.get("authorization", "").removeprefix("Bearer "), 0) < time.monotonic():
        seen["refused"] += 1
        return answer(401, {"detail": "who are you?"})
    if path == "/metrics":
        return answer(200, figures())
    if method == "POST" and path == "/orders":
        return create(lines)
    if path.startswith("/orders/") and path.endswith("/status") and path[8:-7] in made:
        return status(path[8:-7], headers)
    return answer(404, {"detail": "nothing there"})


def serve(place):
    async def connection(reader, writer):
        seen["connections"][place] = seen["connections"].get(place, 0) + 1
        open_at.setdefault(place, set()).add(writer)
        try:
            if options.http2:
                await reader.read(1)
                writer.write(bytes.fromhex("000006" "04" "00" "00000000" "000300000064" "000008" "07" "00" "00000000" "0000000000000001"))
                await writer.drain()
                return
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")[:-4].split("\r\n")
                method, path, _ = head[0].split(" ")
                lengths = [line for line in head[1:] if line.lower().startswith("content-length:")]
                if lengths:
                    await reader.readexactly(int(lengths[0].partition(":")[2]))
                writer.write(respond(method, path, head[1:]))
                await writer.drain()
                if "connection: close" in (line.lower() for line in head):
                    return
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            open_at[place].discard(writer)
            writer.close()

    return connection


async def main():
    if options.unix:
        servers["unix"] = await asyncio.start_unix_server(serve("unix"), options.unix, backlog=options.backlog)
        url = f"unix:{options.unix}"
    else:
        port, places = 0, options.at or ["127.0.0.1"]
        for place in places:
            servers[place] = await asyncio.start_server(serve(place), place, port, backlog=options.backlog)
            port = servers[place].sockets[0].getsockname()[1]
        host = f"[{places[0]}]" if ":" in places[0] else places[0]
        url = f"http://{host}:{port}"
    print(json.dumps({"event": "listening", "url": url}), flush=True)
    await asyncio.Event().wait()


try:
    asyncio.run(main())
finally:
    if options.unix and os.path.exists(options.unix):
        os.unlink(options.unix)
