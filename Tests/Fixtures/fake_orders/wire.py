"""HTTP, and how an answer is spoilt on the wire."""

import asyncio
import json
import socket
import struct

DRIP_SECONDS = 0.01
HUGE_BYTES = 16 * 1024 * 1024
BODY_LIMIT = 1024 * 1024
REASONS = {200: "OK", 201: "Created", 400: "Bad Request", 404: "Not Found", 405: "Method Not Allowed", 409: "Conflict",
           411: "Length Required", 413: "Content Too Large", 422: "Unprocessable Content", 500: "Internal Server Error"}


class Answer:
    """What is to be written, the fault that befalls it on the wire, and what happens once it was written."""

    def __init__(self, status, value, headers=(), fault=None, after=None):
        self.status, self.headers, self.fault, self.after = status, headers, fault, after
        self.body = json.dumps(value, separators=(",", ":")).encode()
        self.type = "application/json" if status < 400 else "application/problem+json"


def problem(status, detail, **more):
    """RFC 9457."""
    return Answer(status, {"type": "about:blank", "title": REASONS[status], "status": status, "detail": detail, **more})


class Http:
    """HTTP/1.1 over one connection: kept alive, and answered strictly in the order of the requests, so pipelining is safe."""

    def __init__(self, api, faults):
        self.api, self.faults, self.turn = api, faults, asyncio.Lock()

    async def serve(self, reader, writer):
        try:
            keep = True
            while keep:
                keep = await self._exchange(reader, writer)
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, ValueError):
            pass  # the client left, or spoke no HTTP: the connection is all there is to end
        finally:
            writer.close()

    async def _exchange(self, reader, writer):
        """One request and its answer. Returns whether another may follow on this connection."""
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        request_line, *lines = head[:-4].split("\r\n")
        method, path, version = request_line.split(" ")
        headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        length = int(headers.get("content-length", "0"))
        refusal = None
        if "transfer-encoding" in headers:
            refusal = problem(411, "The body needs a Content-Length.")
        elif length > BODY_LIMIT:
            refusal = problem(413, f"The body is larger than {BODY_LIMIT} bytes.")
        body = b"" if refusal else await reader.readexactly(length)

        # In a stall requests stay unanswered and without effect, as in a process that was stopped.
        while (seconds := self.faults.stalled_for()) > 0:
            await asyncio.sleep(seconds)
        if cost := self._cost(method, path):
            async with self.turn:
                await asyncio.sleep(cost)
        answer = refusal or self.api.answer(method, path, body)
        keep = not refusal and version == "HTTP/1.1" and headers.get("connection", "").lower() != "close"
        keep = await self._write(writer, answer, keep)
        if answer.after:
            answer.after()
        return keep

    def _cost(self, method, path):
        if path.startswith("/orders"):
            return self.faults.options.create_cost if method == "POST" else self.faults.options.poll_cost
        return 0

    async def _write(self, writer, answer, keep):
        """Writes the answer, spoilt by its fault. Returns whether the connection can go on."""
        fault = answer.fault
        if fault == "html":
            writer.write(self._wire(200, "text/html", b"<!doctype html><title>Welcome</title><h1>It works!</h1>\n", keep=keep))
        elif fault == "500":
            error = problem(500, "This answer failed on purpose.")
            writer.write(self._wire(500, error.type, error.body, keep=keep))
        elif fault == "garbage":
            writer.write(b"\x00\xff\xfe" + self.faults.stream("garbage").getrandbits(2048).to_bytes(256, "big"))
            keep = False
        elif fault == "half":
            wire = self._wire(answer.status, answer.type, answer.body, answer.headers)
            writer.write(wire[: len(wire) - len(answer.body) // 2])
            keep = False
        elif fault == "huge":
            writer.write(self._wire(answer.status, answer.type, b'"' + b"x" * HUGE_BYTES + b'"', answer.headers, keep))
        elif fault == "reset":
            # A linger of zero makes the close a reset.
            writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            writer.transport.abort()
            keep = False
        elif fault == "close":
            keep = False
        else:
            wire = self._wire(answer.status, answer.type, answer.body, answer.headers, keep)
            step = 1 if fault == "drip" else len(wire)
            for start in range(0, len(wire), step):
                writer.write(wire[start : start + step])
                if fault == "drip":
                    await writer.drain()
                    await asyncio.sleep(DRIP_SECONDS)
        if fault != "reset":
            await writer.drain()
        return keep

    @staticmethod
    def _wire(status, type, body, headers=(), keep=True):
        lines = [f"HTTP/1.1 {status} {REASONS[status]}", f"Content-Type: {type}", f"Content-Length: {len(body)}"]
        lines += [f"{name}: {value}" for name, value in headers]
        if not keep:
            lines.append("Connection: close")
        return "\r\n".join(lines + ["", ""]).encode("latin-1") + body
