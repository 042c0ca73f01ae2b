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
    --session PLACE     wants a session from POST /login: its two `cookies`, of which a third is taken away again, or a token in the
                        `header` X-Auth-Token; the login's answer has no body, and an order is known to the session that made it alone
    --lasts SECONDS     so long a session lasts, and so its cookies say (for ever)
    --before N          so many orders had been completed before it began, whatever N; --float: figures are printed as Python prints a
                        float, --lie: the total is one too many once there are orders
    --echo              every second create is 422, its body and its Location repeat who asked, in several encodings; ids do, too
    --logins N          only so many logins bring a session; the others are 500
    --dots              status and figures stand under keys with dots in them
    --http2             speaks HTTP/2 alone: answers with SETTINGS and GOAWAY, and leaves
"""
import argparse
import asyncio
import base64
import email.utils
import errno
import gzip
import html
import json
import os
import time
import urllib.parse

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
add("--session", choices=["cookies", "header"])
add("--lasts", type=int)
add("--before", type=int, default=0)
add("--float", action="store_true")
add("--lie", action="store_true")
add("--echo", action="store_true")
add("--logins", type=int)
add("--dots", action="store_true")
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
    number = float if options.float else int
    counts = {"pending": len(made) - done, "processing": 0, "completed": number(options.before + done), "cancelled": 0, "failed": 0}
    if options.dots:
        return {"orders.total": len(made), "orders": {"by.status": counts}}
    return {"total_orders": number(options.before + len(made) + (options.lie and len(made) > 0)), "status_counts": counts}


def is_done(order):
    return time.monotonic() - made[order] >= SERVICE


def login():
    expires = time.monotonic() + options.jwt
    payload = base64.urlsafe_b64encode(json.dumps({"sub": "1", "exp": clock() + options.jwt}).encode()).decode().rstrip("=")
    token = f"e30.{payload}.{len(tokens)}"
    tokens[token] = expires
    seen["logins"].append(round(time.monotonic() - began, 3))
    return answer(200, {"access_token": token})


def open_session(user):
    began_at = time.monotonic()
    if options.logins is not None and len(seen["logins"]) >= options.logins:
        seen["failed_logins"] = seen.get("failed_logins", 0) + 1
        return answer(500, {"detail": "no session now"})
    name = f"s{len(tokens)}"
    tokens[name] = (user, began_at + options.lasts if options.lasts else float("inf"))
    seen["logins"].append(round(began_at - began, 3))
    if options.session == "header":
        lines = [f"X-Auth-Token: {name}"]
    else:
        age = f"; Max-Age={options.lasts}" if options.lasts else ""
        lines = [f"Set-Cookie: session={name}{age}; Path=/; HttpOnly", "Set-Cookie: flash=; Max-Age=0",
                 f"set-cookie: csrf=c-{name}==; Expires=Wed, 01 Jan 2031 00:00:00 GMT; SameSite=Lax"]
    return "\r\n".join(["HTTP/1.1 204 X", *lines, "", ""]).encode()


def session_of(headers):
    """Whose session it is; None where there is none."""
    if options.session == "header":
        name = headers.get("authorization", "").removeprefix("Bearer ")
    else:
        pairs = dict(pair.split("=", 1) for pair in headers.get("cookie", "=").split("; "))
        name = pairs.get("session", "")
        if set(pairs) != {"session", "csrf"} or pairs["csrf"] != f"c-{name}==":
            return None
    user, end = tokens.get(name, (None, 0))
    return user if time.monotonic() < end else None


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
    word = "completed" if is_done(order) else "pending"
    return answer(200, {"order.status": word} if options.dots else {"order_id": order, "status": word}, packs=options.gzip)


def create(lines, user=None):
    order = f"o-{len(made) + 1}"
    made[order], home[order] = time.monotonic(), user if options.session else len(made) % 2
    seen["headers"] = lines
    more = [f"Set-Cookie: AWSALB=b{home[order]}; Path=/; HttpOnly"] if options.sticky else []
    if options.leave and len(made) == 20:
        servers[options.leave].close()
        for writer in open_at[options.leave]:
            writer.close()
    return answer(201, {"order_id": order, "status": "pending"}, more, options.gzip)


def echo(lines, headers):
    asked = "; ".join(lines + [headers.get("authorization", ""), headers.get("cookie", "")])
    key = headers.get("x-api-key", "")
    forms = [key, urllib.parse.quote(key, safe=""), html.escape(key), json.dumps(key), base64.b64encode(key.encode()).decode()]
    seen["echoes"] = seen.get("echoes", 0) + 1
    if seen["echoes"] % 2:
        place = urllib.parse.quote(headers.get("authorization", "-"))
        # Short enough that each form is within what is kept of an answer, one of them an answer.
        shown = (forms + [headers.get("authorization", ""), headers.get("cookie", ""), asked])[(seen["echoes"] // 2) % 8]
        return answer(400 + (seen["echoes"] // 2) % 8, {"you said": shown}, [f"Location: /orders?as={place}"])
    order = f"{key}-{seen['echoes']}"
    made[order] = time.monotonic()
    return answer(201, {"order_id": order, "status": "pending"})


def respond(method, path, lines, body):
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
    if path == "/seen":
        return answer(200, seen, folds=False)
    if path == "/ping":
        return answer(200, {})
    if path == "/login":
        return open_session(json.loads(body)["u"]) if options.session else login()
    user = session_of(headers) if options.session else None
    if options.session and not user:
        seen["refused"] += 1
        return answer(401, {"detail": "log in"})
    if options.jwt is not None and tokens.get(headers.get("authorization", "").removeprefix("Bearer "), 0) < time.monotonic():
        seen["refused"] += 1
        return answer(401, {"detail": "who are you?"})
    if path == "/metrics":
        return answer(200, figures())
    if method == "POST" and path == "/orders" and options.echo:
        return echo(lines, headers)
    if method == "POST" and path == "/orders":
        return create(lines, user)
    if path.startswith("/orders/") and path.endswith("/status") and path[8:-7] in made:
        if options.session and home[path[8:-7]] != user:
            return answer(404, {"detail": "nobody's order"})
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
                body = await reader.readexactly(int(lengths[0].partition(":")[2])) if lengths else b""
                writer.write(respond(method, path, head[1:], body))
                await writer.drain()
                if "connection: close" in (line.lower() for line in head):
                    return
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            open_at[place].discard(writer)
            writer.close()

    return connection


async def listen(places):
    """Listens at all places, at one port, which it returns. A port that is free at the first may be taken at another: then at the next."""
    for attempt in range(20):
        port = 0
        try:
            for place in places:
                servers[place] = await asyncio.start_server(serve(place), place, port, backlog=options.backlog)
                port = servers[place].sockets[0].getsockname()[1]
            return port
        except OSError as error:
            if error.errno != errno.EADDRINUSE or attempt == 19:
                raise
            for server in servers.values():
                server.close()
            servers.clear()


async def main():
    if options.unix:
        servers["unix"] = await asyncio.start_unix_server(serve("unix"), options.unix, backlog=options.backlog)
        url = f"unix:{options.unix}"
    else:
        places = options.at or ["127.0.0.1"]
        port = await listen(places)
        host = f"[{places[0]}]" if ":" in places[0] else places[0]
        url = f"http://{host}:{port}"
    print(json.dumps({"event": "listening", "url": url}), flush=True)
    await asyncio.Event().wait()


try:
    asyncio.run(main())
finally:
    if options.unix and os.path.exists(options.unix):
        os.unlink(options.unix)
