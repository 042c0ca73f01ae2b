"""odd_requests.py URL [HEADER…]: sends what no generator thinks of, and holds each answer against /openapi.json.

Says which answers are not described, and ends with 1 where there are any. A HEADER, as in 'Authorization: Bearer …', goes with every request.
"""

import http.client
import json
import sys
from urllib.parse import urlsplit

from description import Description

LONG = "x" * 10_000
SEGMENTS = [
    "%00", "%ff", "%zz", "%", "%2F", "..%2F..%2Fetc", "a%20b", "%C3%A9", ".", "..", "+", "~", "-1", "007", "1.0", "0x1", "9" * 40,
    "7%30", LONG, "a;b", "a=b", "'", '"', "{id}", "null", "undefined", "%F0%9F%98%80", "a%0D%0AX-Injected:%201",
]  # fmt: skip
QUERIES = [
    "limit=", "limit=0", "limit=1001", "limit=abc", "limit=1e3", "limit=%00", "limit=" + "9" * 40, "limit=-1", "limit=1&limit=x",
    "status=", "status=Pending", "status=%ff", "cursor=", "cursor=%00", "cursor=c" + "z" * 13, "cursor=" + LONG, "&&=&", "%", "unknown=1",
]  # fmt: skip
BODIES = [
    b"", b" ", b"{", b"{}", b"[]", b"null", b'"text"', b"1", b"{\x00}", b"\x00", b'{"a":"\xff"}', b"\xef\xbb\xbf{}", "{}".encode("utf-16"),
    b"[" * 64 + b"]" * 64, b"[" * 65 + b"]" * 65, b"[" * 500_000, b'{"a":' * 100_000, b'{"a":1,"a":2}', b'{"a":"\\ud800"}', b"{} {}",
    b'{"a":1,}', b"{'a':1}", b"NaN", b"1e999999", b"-", b"01", b" " * 2**20, b" " * (2**20 + 1), b"a=b&c=d",
]  # fmt: skip
VALUES = [
    None, True, "", " ", "\u0000", "\u0000a", "a\u0000", "\ud7ff", "\U0010ffff", "é" * 300, LONG, "1", 0, -0.0, -1, 1.5, 2**53 - 1, 2**53,
    2**53 + 1, 2**63, 10**400, 1e308, 1e-400, [], [[]], {}, [None], ["a", 1], [""], ["a\u0007"], [1.5], ["a"] * 1_001, ["." * 257],
]  # fmt: skip
TYPES = [None, "", "text/plain", "application/xml", "application/x-www-form-urlencoded", "application/json; charset=utf-16", "no type"]
METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "QUERY"]
KEYS = ["", " ", "\t", "a\tb", "x" * 255, "x" * 256, "caf\xe9", "a b"]
ACCEPTED = ["text/html", "image/png", "*/*;q=0", "", "text/plain", "text/plain; version=0.0.4", "TEXT/PLAIN;VERSION=0.0.4"]


def requests(description):
    """Method, path, body and headers of each."""
    json_type = {"Content-Type": "application/json"}
    for path in ["/nowhere", "/", "//", "/orders/x/y/z", "/Orders", "/openapi.json/", "/docs/../orders", "/" + LONG]:
        for method in METHODS:
            yield method, path, None, {}
    for path, method, operation in description.operations():
        at_x = path.replace("{id}", "1")
        for other in METHODS:
            # What is taken comes below.
            if other.lower() != method:
                yield other, at_x, None, {}
                yield other, at_x, b"{", json_type
        for query in QUERIES:
            yield method.upper(), f"{at_x}?{query}", operation.get("requestBody") and b"{}", {}
        for accepted in ACCEPTED:
            yield method.upper(), at_x, None, {"Accept": accepted}
        if "{id}" in path:
            for segment in SEGMENTS:
                yield method.upper(), path.replace("{id}", segment), None, {}
        for body in BODIES if "requestBody" in operation else [b"", b"{", b" " * (2**20 + 1)]:
            yield method.upper(), at_x, body, json_type
        for content in operation.get("requestBody", {}).get("content", {}).values():
            example = content["example"]
            for name in example:
                for value in VALUES:
                    yield method.upper(), at_x, json.dumps(example | {name: value}).encode(), json_type
                without = {other: example[other] for other in example if other != name}
                yield method.upper(), at_x, json.dumps(without).encode(), json_type
            for kind in TYPES:
                yield method.upper(), at_x, json.dumps(example).encode(), {} if kind is None else {"Content-Type": kind}
            for key in KEYS:
                yield method.upper(), at_x, json.dumps(example).encode(), json_type | {"Idempotency-Key": key}
            for chunks in [[b"{}"], [b" "] * 3, [b" " * 2**19] * 3]:
                yield method.upper(), at_x, iter(chunks), json_type


def exchange(host, method, path, body, headers):
    """One request over a connection of its own."""
    connection = http.client.HTTPConnection(host, timeout=300)
    try:
        connection.putrequest(method, path, skip_accept_encoding=True)
        for name, value in headers.items():
            connection.putheader(name, value)
        is_chunked = body is not None and not isinstance(body, bytes)
        if is_chunked:
            connection.putheader("Transfer-Encoding", "chunked")
        elif body is not None:
            connection.putheader("Content-Length", str(len(body)))
        connection.endheaders()
        try:
            if is_chunked:
                for chunk in body:
                    connection.send(b"%x\r\n%s\r\n" % (len(chunk), chunk))
                connection.send(b"0\r\n\r\n")
            elif body is not None:
                connection.send(body)
        except (BrokenPipeError, ConnectionResetError):
            pass  # A server may refuse a large body before it has read all of it.
        response = connection.getresponse()
        return response.status, {name.lower(): value for name, value in response.getheaders()}, response.read()
    finally:
        connection.close()


def main():
    host = urlsplit(sys.argv[1]).netloc
    usual = dict(header.split(": ", 1) for header in sys.argv[2:])
    code, _, body = exchange(host, "GET", "/openapi.json", None, usual)
    assert code == 200, body
    description = Description(json.loads(body))
    count, found = 0, set()
    for method, path, sent, headers in requests(description):
        count += 1
        code, answered, body = exchange(host, method, path, sent, usual | headers)
        for mismatch in description.mismatches(method, path, code, answered, body):
            shown = sent if isinstance(sent, bytes) else b"" if sent is None else b"(chunks)"
            found.add(f"{method} {path[:80]} {shown[:120]!r} {headers}: {code} {body[:160]!r}: {mismatch}")
    print("\n".join(sorted(found)))
    print(f"{count} requests, {len(found)} answers that are not described")
    sys.exit(1 if found else 0)


main()
