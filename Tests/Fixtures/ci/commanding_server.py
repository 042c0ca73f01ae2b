#!/usr/bin/env python3
"""An order API in the standard dialect whose every text is a command to the runner of a CI job: commanding_server.py

Half of its creates and polls, and all of its figures, are as they should be in form; wherever a text of its own can stand, in a body or in a
header, there are commands: at the begin of a line, after white space, and in the older form, which may stand anywhere. It prints one line:
{"event":"listening","url":"http://127.0.0.1:8000"}.
"""
import asyncio
import json

# Each names itself, so that a test can tell which of them came through.
COMMANDS = [
    "::add-mask::masked", "  ::stop-commands::stopped", "\u00a0::error title=forged::forged", "::warning::forged", "::debug::forged",
    "::group::forged", "::set-output name=a::forged", "##[add-mask]masked", "a ##[error]forged", "###[warning]forged",
]
TEXT = "it \r\n" + "\n".join(COMMANDS) + "\r" + "\r".join(COMMANDS) + " " + " ".join(["long words before it"] * 3 + COMMANDS)
HEADER = " ".join(COMMANDS).replace("\u00a0", " ")
turns = {}
made = []


def turn(what):
    turns[what] = turns.get(what, 0) + 1
    return turns[what]


def answer(status, value, *headers):
    body = json.dumps(value, ensure_ascii=False).encode()
    lines = [f"HTTP/1.1 {status} {HEADER}", f"Content-Length: {len(body)}", f"Server: {HEADER}", f"Set-Cookie: {HEADER}=1", *headers]
    return "\r\n".join(lines + ["", ""]).encode() + body


def respond(method, path):
    if path == "/ping":
        return answer(200, {})
    if method == "POST" and path == "/orders":
        what = turn("create") % 6
        if what == 1:
            return answer(422, {"detail": TEXT, "error": TEXT})
        if what == 2:
            return answer(503, {"detail": TEXT}, f"Retry-After: {HEADER}", f"Location: {HEADER}", f"Content-Type: {HEADER}")
        made.append(f"{COMMANDS[len(made) % len(COMMANDS)]} {len(made)}")
        return answer(201, {"order_id": made[-1], "status": TEXT if what == 3 else "pending"})
    if path.endswith("/status"):
        what = turn("poll") % 5
        if what == 1:
            return answer(200, {TEXT: TEXT, "status": TEXT})
        if what == 2:
            return answer(500, {"detail": TEXT})
        return answer(200, {"status": "completed"})
    if path == "/metrics":
        counts = {"pending": 0, "processing": 0, "completed": len(made) * 7, "cancelled": 0, "failed": 0}
        return answer(200, {"total_orders": TEXT if turn("metrics") % 3 == 0 else len(made) * 7, "status_counts": counts})
    return answer(404, {"detail": TEXT})


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
