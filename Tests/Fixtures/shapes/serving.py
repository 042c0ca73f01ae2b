"""How the shops are run: their flags, and HTTP/1.1 over kept connections, a thread to each. Standard library only."""

import argparse
import email.utils
import json
import math
import os
import re
import signal
import socket
import socketserver
import sys
import traceback
from fractions import Fraction
from http import HTTPStatus
from urllib.parse import parse_qsl, unquote

HOST = "127.0.0.1"
IDLE_SECONDS = 120  # A connection closed under a client that is about to send would look like a fault that nobody asked for.
HEAD_LIMIT, BODY_LIMIT = 64 * 1024, 1024 * 1024
FORM, JSON = "application/x-www-form-urlencoded", "application/json"

TOKEN = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
REQUEST_LINE = re.compile(rf"({TOKEN}) (?:http://[!-.0-~]*)?(/[!-~]*) HTTP/1\.([01])")
HEADER = re.compile(rf"({TOKEN}):([^\x00-\x08\x0a-\x1f\x7f]*)")


def share(text):
    """As a fraction, because of a hundred orders and 0.29 a float would meet 28."""
    value = Fraction(text)
    if not 0 <= value <= 1:
        raise argparse.ArgumentTypeError(f"{text} is not a share; it must lie from 0 to 1")
    return value


def count(text):
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError(f"{text} is too few; it must be 1 or more")
    return value


def seconds(text):
    value = float(text)
    if not 0 <= value < float("inf"):
        raise argparse.ArgumentTypeError(f"{text} is no duration; it must be 0 or more seconds")
    return value


def read_options(description, more=lambda add: None):
    """The flags that every shop has, and those that `more` adds."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    add = parser.add_argument
    add("--port", type=int, default=8000, help="on 127.0.0.1; 0 picks a free one (default: 8000)")
    add("--service-time", type=seconds, default=0.05, metavar="SECONDS", help="how long each order is processed (default: 0.05)")
    add("--workers", type=count, default=16, metavar="N", help="orders processed at a time (default: 16)")
    add("--fail", type=share, default=0, metavar="SHARE", help="of the orders fails (default: 0)")
    more(add)
    return parser.parse_args()


class Refusal(Exception):
    """Ends a request by this status code; its body says why."""

    def __init__(self, status, why, headers=()):
        self.answer = status, {"error": why}, dict(headers)


class Request:
    def __init__(self, method, target, headers, body):
        self.method, self.headers, self.body = method, headers, body
        self.path, _, query = target.partition("?")
        self.query = _pairs(query)

    @property
    def type(self):
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    def form(self):
        if self.type != FORM:
            raise Refusal(415, f"The body must be {FORM}")
        try:
            return _pairs(self.body.decode())
        except UnicodeDecodeError:
            raise Refusal(400, "The form is not UTF-8") from None

    def json(self):
        """Whatever value the body has."""
        if self.type != JSON and not self.type.endswith("+json"):
            raise Refusal(415, f"The body must be {JSON}")
        try:
            return json.loads(self.body, parse_constant=_finite, parse_float=_finite)
        except (ValueError, RecursionError):
            raise Refusal(400, "The body is not JSON") from None

    def object(self):
        value = self.json()
        if not isinstance(value, dict):
            raise Refusal(422, "The body must be an object")
        return value

    def item(self):
        """What an order of the plain kind is of: {"item":"tea"}."""
        return text_of(self.object(), "item")


def text_of(fields, name):
    value = fields.get(name)
    if not isinstance(value, str) or not value:
        raise Refusal(422, f"{name} must be a text")
    return value


def _pairs(text):
    try:
        return dict(parse_qsl(text, keep_blank_values=True, max_num_fields=100))
    except ValueError:
        raise Refusal(400, "There are more than 100 fields") from None


def _finite(text):
    """What Python reads beyond JSON, or as infinite, it would also write."""
    value = float(text)
    if not math.isfinite(value):
        raise ValueError(text)
    return value


def serve(options, routes, gate=lambda request: None):
    """Answers until SIGTERM or SIGINT, and ends with 0. `routes` has functions by "POST /orders/{id}"; each is given the request and what
    stands in place of the braces, and returns a status code, a value for JSON (None: no body) and, where there are some, headers. `gate`
    sees each request before. Both may raise Refusal."""
    server = _Server((HOST, options.port), _Connection)
    server.gate, server.routes = gate, []
    for route, respond in routes.items():
        method, path = route.split(" ")
        parts = map(re.escape, re.split(r"\{\w+\}", path))
        server.routes.append((method, re.compile("([^/]+)".join(parts)), respond))
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: os._exit(0))  # the books are in memory, so there is nothing to save
    url = f"http://{HOST}:{server.server_address[1]}"
    print(json.dumps({"event": "listening", "url": url}, separators=(",", ":")), flush=True)
    server.serve_forever()


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = daemon_threads = True
    request_queue_size = 1024

    def respond(self, request):
        try:
            self.gate(request)
            allowed = []
            for method, pattern, respond in self.routes:
                if found := pattern.fullmatch(request.path):
                    if method == request.method:
                        return respond(request, *map(unquote, found.groups()))
                    allowed += ["GET", "HEAD"] if method == "GET" else [method]
            if allowed:
                raise Refusal(405, f"{request.method} is not understood here", {"Allow": ", ".join(allowed)})
            raise Refusal(404, "There is nothing here")
        except Refusal as refusal:
            return refusal.answer
        except Exception:
            traceback.print_exc()  # a mistake of the shop's own, which a test is to see
            return 500, {"error": "The shop made a mistake"}

    def handle_error(self, request, client_address):
        if not isinstance(sys.exc_info()[1], OSError):  # those mean that the client left
            super().handle_error(request, client_address)


class _Connection(socketserver.StreamRequestHandler):
    disable_nagle_algorithm = True
    timeout = IDLE_SECONDS

    def handle(self):
        try:
            while self._exchange():
                pass
        except Refusal as refusal:
            # Where a request ends is not known any more, so nothing can follow it.
            self._write(*refusal.answer, keeps=False)
            self._read_the_rest()

    def _exchange(self):
        """One request and its answer. Returns whether another may follow."""
        head = self._head()
        if not head:
            return False
        line = REQUEST_LINE.fullmatch(head[0])
        if not line:
            raise Refusal(400, "This is no request of HTTP/1.1")
        method, target, minor = line.groups()
        headers = self._headers(head[1:])
        if minor == "1" and "host" not in headers:
            raise Refusal(400, "Host is missing")
        keeps = minor == "1" and "close" not in re.split("[, ]+", headers.get("connection", "").lower())
        body = self._body(headers)
        try:
            answer = self.server.respond(Request("GET" if method == "HEAD" else method, target, headers, body))
        except Refusal as refusal:
            answer = refusal.answer
        self._write(*answer, keeps=keeps, with_body=method != "HEAD")
        return keeps

    def _head(self):
        """Its lines; none where the client left."""
        lines, room = [], HEAD_LIMIT
        while raw := self.rfile.readline(room + 1):
            room -= len(raw)
            if room < 0:
                raise Refusal(431, f"The head is larger than {HEAD_LIMIT} bytes")
            line = raw.removesuffix(b"\n").removesuffix(b"\r").decode("latin-1")
            if line:
                lines.append(line)
            elif lines:  # an empty line before the first is to be overlooked
                return lines
        return []

    @staticmethod
    def _headers(lines):
        headers = {}
        for line in lines:
            found = HEADER.fullmatch(line)
            if not found:
                raise Refusal(400, "A header is malformed")
            name, value = found[1].lower(), found[2].strip(" \t")
            if name in headers and name in ("host", "content-length"):
                raise Refusal(400, f"There are two of {name}")
            headers[name] = f"{headers[name]}, {value}" if name in headers else value
        return headers

    def _body(self, headers):
        if "transfer-encoding" in headers:
            raise Refusal(411, "The body needs a Content-Length")
        length = headers.get("content-length", "0")
        if not re.fullmatch("[0-9]{1,18}", length):
            raise Refusal(400, "Content-Length is no number")
        if int(length) > BODY_LIMIT:
            raise Refusal(413, f"The body is larger than {BODY_LIMIT} bytes")
        if headers.get("expect", "").lower() == "100-continue":
            self.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        body = self.rfile.read(int(length))
        if len(body) < int(length):
            raise Refusal(400, "The body ends too early")
        return body

    def _write(self, status, value, headers={}, keeps=True, with_body=True):
        body = b"" if value is None else json.dumps(value, separators=(",", ":")).encode()
        lines = [f"HTTP/1.1 {status} {HTTPStatus(status).phrase}", f"Date: {email.utils.formatdate(usegmt=True)}"]
        if value is not None:
            lines.append(f"Content-Type: {JSON}")
        if status != 204:
            lines.append(f"Content-Length: {len(body)}")
        lines += [f"{name}: {text}" for name, text in headers.items()]
        if not keeps:
            lines.append("Connection: close")
        # In one piece: what is written apart may travel apart.
        self.wfile.write("\r\n".join([*lines, "", ""]).encode("latin-1") + (body if with_body else b""))

    def _read_the_rest(self):
        """A close would be a reset while there are bytes unread, and the client might lose its answer by it."""
        self.connection.shutdown(socket.SHUT_WR)
        self.connection.settimeout(1)
        for _ in range(1024):
            if not self.rfile.read1():
                return
