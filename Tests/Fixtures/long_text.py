#!/usr/bin/env python3
"""An order API in the standard dialect that says one thing at great length: long_text.py WHERE TEXT

Half of its creates, polls, pages and readings are as they should be; in the others a text of 900,000 bytes (60,000 in a header) stands at
WHERE. TEXT is `plain` (Cyrillic letters), `marks` (a letter with all others combined onto it, in the order that is the dearest to normalise)
or `flags` (regional indicators, which belong together in twos). It prints one line: {"event":"listening","url":"http://127.0.0.1:8000"}.
"""
import asyncio
import json
import sys

WHERE = ["id", "word", "key", "error", "location", "retry", "type", "cookie", "figure", "order-time", "list-id", "list-word", "cursor", "token"]
where, kind = sys.argv[1], sys.argv[2]
assert where in WHERE and kind in ("plain", "marks", "flags")
PIECE = {"plain": "\u0436\u0447", "marks": "\u0301\u0316", "flags": "\U0001F1E9"}[kind]
LONG, HEADER = "a" + PIECE * (900_000 // 4), "a" + PIECE * (60_000 // 4)
made, turns = [], {}


def turn(what):
    turns[what] = turns.get(what, 0) + 1
    return turns[what] % 2 == 0


def answer(status, value, *headers):
    body = json.dumps(value, ensure_ascii=False).encode()
    lines = [f"HTTP/1.1 {status} X", f"Content-Length: {len(body)}", *headers]
    return "\r\n".join(lines + ["", ""]).encode() + body


def respond(method, path):
    if path == "/ping":
        return answer(200, {})
    if path == "/login":
        return answer(200, {"access_token": LONG if where == "token" and turn(where) else "t"})
    if method == "POST" and path == "/orders":
        odd = turn("create")
        if odd and where == "error":
            return answer(422, {"detail": LONG})
        if odd and where in ("location", "retry", "type", "cookie"):
            name = {"location": "Location", "retry": "Retry-After", "type": "Content-Encoding", "cookie": "Set-Cookie"}[where]
            return answer(503, {}, f"{name}: {HEADER}")
        made.append(f"o-{len(made)}")
        return answer(201, {"order_id": LONG if odd and where == "id" else made[-1], "status": "pending"})
    if path.endswith("/status"):
        odd = turn("poll")
        if odd and where == "key":
            return answer(200, {LONG: 1, LONG[:-2]: 2, "status": "completed"})
        return answer(200, {"status": LONG if odd and where == "word" else "completed"})
    if path.endswith("/metrics") and path != "/metrics":
        return answer(200, {"processing_time": LONG if where == "order-time" and turn(where) else 0.01})
    if path == "/metrics":
        counts = {"pending": 0, "processing": 0, "completed": len(made), "cancelled": 0, "failed": 0}
        return answer(200, {"total_orders": LONG if where == "figure" and turn(where) else len(made), "status_counts": counts})
    if path.split("?")[0] == "/orders":
        odd = turn("list")
        order = {"id": LONG if odd and where == "list-id" else "o-0", "status": LONG if odd and where == "list-word" else "completed"}
        page = {"orders": [{**order, "order_id": order["id"]}], "next_cursor": LONG if odd and where == "cursor" else None}
        return answer(200, page)
    return answer(404, {})


async def serve(reader, writer):
    try:
        while True:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
            lengths = [line for line in head if line.lower().startswith("content-length:")]
            if lengths:
                await reader.readexactly(int(lengths[0].partition(":")[2]))
            writer.write(respond(*head[0].split(" ")[:2]))
            await writer.drain()
    except (OSError, asyncio.IncompleteReadError):
        pass
    finally:
        writer.close()


async def main():
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    print(json.dumps({"event": "listening", "url": "http://127.0.0.1:%d" % server.sockets[0].getsockname()[1]}), flush=True)
    await asyncio.Event().wait()


asyncio.run(main())
