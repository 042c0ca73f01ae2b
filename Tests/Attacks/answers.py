"""Reads HTTP/1.1 answers out of whatever comes, strictly: a byte too many is a fault, and not passed over."""

import dataclasses
import json
import re

STATUS_LINE = re.compile(rb"HTTP/1\.1 ([1-9][0-9][0-9]) [^\r\n]*")
FIELD = re.compile(rb"([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([^\r\n\x00]*)")


@dataclasses.dataclass
class Answer:
    status: int
    fields: dict
    body: bytes = b""
    size: int = 0

    def json(self):
        return json.loads(self.body)

    def closes(self):
        return self.fields.get("connection", "").lower() == "close"


class Answers:
    """Those of one connection, in the order of its requests."""

    def __init__(self):
        self.final = []
        self.interim = 0
        self.fault = None
        self.data = bytearray()

    def feed(self, data, methods):
        """methods: of the requests in their order, as far as they are known; an answer beyond them is taken for one to a GET."""
        self.data += data
        while not self.fault and self.take(methods):
            pass

    def take(self, methods):
        end = self.data.find(b"\r\n\r\n")
        if end < 0:
            if not b"HTTP/1.1 ".startswith(self.data[:9]) or len(self.data) > 65_536:
                self.fault = f"no answer, but {bytes(self.data[:80])!r}"
            return False
        lines = bytes(self.data[:end]).split(b"\r\n")
        line = STATUS_LINE.fullmatch(lines[0])
        found = [FIELD.fullmatch(each) for each in lines[1:]]
        if not line or not all(found):
            self.fault = f"no head of an answer: {bytes(self.data[:end])[:200]!r}"
            return False
        status = int(line[1])
        fields = {each[1].decode().lower(): each[2].decode("latin-1") for each in found}
        place = end + 4
        if status < 200:
            del self.data[:place]
            self.interim += 1
            return True
        body = b""
        method = methods[len(self.final)] if len(self.final) < len(methods) else "GET"
        if method != "HEAD" and status not in (204, 304):
            if fields.get("transfer-encoding", "").lower() == "chunked":
                taken = self.chunked(place)
            elif fields.get("content-length", "").isdigit():
                taken = self.counted(place, int(fields["content-length"]))
            else:
                self.fault = f"an answer {status} without a length"
                return False
            if taken is None:
                return False
            body, place = taken
        self.final.append(Answer(status, fields, body, place))
        del self.data[:place]
        if method == "HEAD" and status >= 400 and self.final[-1].closes():
            # What is no request has no method: its answer has a body, and the connection ends with it.
            self.data.clear()
            return False
        return True

    def counted(self, place, length):
        return (bytes(self.data[place:place + length]), place + length) if len(self.data) >= place + length else None

    def chunked(self, place):
        parts = []
        while (end := self.data.find(b"\r\n", place)) >= 0:
            try:
                length = int(bytes(self.data[place:end]), 16)
            except ValueError:
                self.fault = f"no length of a chunk: {bytes(self.data[place:end])[:40]!r}"
                return None
            place = end + 2 + length + 2
            if len(self.data) < place:
                return None
            parts.append(bytes(self.data[end + 2:place - 2]))
            if length == 0:
                return b"".join(parts), place
        return None
