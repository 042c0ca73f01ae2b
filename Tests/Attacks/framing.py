"""Requests whose framing is odd: cut off, contradictory, too large, of another version. Each is the last on its connection."""

import dataclasses

import oddities
from asking import Request, chunked


@dataclasses.dataclass
class Tail:
    """The last bytes of a connection, and what may become of them."""

    about: str
    data: bytes
    method: str = "POST"
    ending: str = "wait"  # or half-close, hang-up
    finals: tuple = (1, 1)  # how many answers, from and to
    statuses: tuple = ()  # that may come; empty: any below 500
    may_take_effect: bool = False  # whether an order may come of it; without one, none may
    closes: bool = True  # whether the server must close the connection on its own account
    held: bytes = b""  # what is sent only when the server has asked for it (100), or has answered
    order_id: object = None


REFUSED = (400, 401, 403, 408, 411, 413, 414, 415, 417, 426, 429, 431, 501, 505)
ENDINGS = ("wait", "half-close", "hang-up")


def tails(asker):
    """Names, and what makes one of each: every kind of framing that is odd."""
    chance = asker.chance

    # The body of one order that is right; each tail is drawn with functions of its own.
    order = asker.plain_create()
    body = order.body

    def head(*fields, hosts=(b"a",), version=b"HTTP/1.1"):
        """The head of a create, up to its empty line."""
        return Request("POST", b"/orders", "", None, asker.credentials() + fields, hosts=hosts, version=version).bytes()

    def length(more=0):
        return b"Content-Length", b"%d" % (len(body) + more)

    def cut_off(about, head_and_body, ending=None, **more):
        """What is never whole has no effect, however it ends: 408 when the time is up, 400 or nothing where the client has gone."""
        ending = ending or chance.choice(ENDINGS)
        return Tail(f"{about}, then {ending}", head_and_body, ending=ending, finals=(1, 1) if ending == "wait" else (0, 1),
                    statuses=(408,) if ending == "wait" else REFUSED, closes=ending != "hang-up", **more)

    def refused(about, data, statuses=REFUSED, **more):
        return Tail(about, data, statuses=statuses, **more)

    def too_long(ending=None):
        more = chance.choice([1, 1, 2, 17, 1_000, 900_000])
        start = head(length(more))
        return cut_off("a Content-Length too large", start + body, ending)

    def too_short():
        keep = chance.randrange(1, len(body))
        start = head(length(3))
        return cut_off("a body cut off", start + body[:keep])

    def endless_chunks(ending=None):
        start = head((b"Transfer-Encoding", b"chunked"))
        end = chance.choice([b"", b"0", b"0\r\n", b"0\r\nX: y\r\n", b"5\r\nab", b"1"])
        return cut_off("chunks without an end", start + chunked(body, (chance.choice([1, 10, 4_096]),), end), ending)

    def bad_chunk():
        start = head((b"Transfer-Encoding", b"chunked"))
        bad = chance.choice([b"g\r\n", b"-1\r\n", b"FFFFFFFFFFFFFFFFF\r\n", b"8000000000000000\r\nx", b"0x1\r\na\r\n", b"1 \x00\r\na\r\n", b"\r\n", b"3\r\nabcd\r\n"])
        return refused("a chunk that is none", start + chunked(body, (1_000,), bad) + b"0\r\n\r\n", (400, 408, 413))

    def chunks_with_more():
        start = head((b"Transfer-Encoding", b"chunked"))
        size = b"%x" % len(body)
        data = chance.choice([size + b";a=b\r\n" + body + b"\r\n0\r\n\r\n", size + b';a="b;c"\r\n' + body + b"\r\n0;x\r\nX: y\r\n\r\n",
                              b"000000" + size.upper() + b"\r\n" + body + b"\r\n0\r\n\r\n", size + b";" + b"x" * 9_000 + b"\r\n" + body + b"\r\n0\r\n\r\n"])
        return Tail("chunks with extensions or trailers", start + data, may_take_effect=True, closes=False)

    def large_trailers():
        start = head((b"Transfer-Encoding", b"chunked"))
        trailers = chance.choice([b"X: " + b"y" * 40_000 + b"\r\n", b"X: y\r\n" * 300, b"X" * 40_000])
        return refused("trailers that are too large", start + chunked(body, (1_000,), b"0\r\n" + trailers + b"\r\n"), (431, 400))

    def bad_length():
        bad = chance.choice([
            b"-1", b"+5", b"5 5", b"0x5", b"", b" ", b"abc", b"5,6", b"1e3", b"9223372036854775807", b"9223372036854775808", b"18446744073709551615",
            b"18446744073709551616", b"9" * 400, b"5.0", "５".encode()])
        start = head((b"Content-Length", bad))
        return refused(f"Content-Length: {bad[:20]!r}", start + body, (400, 413) if bad.isdigit() else REFUSED)

    def two_lengths():
        _, right = length()
        pairs = chance.choice([
            ((b"Content-Length", right), length(-1)), ((b"Content-Length", b"0"), (b"content-length", right)),
            ((b"Content-Length", right), (b"Content-Length", right)), ((b"Content-Length", right + b", " + right),)])
        alike = len({value for _, value in pairs}) == 1
        start = head(*pairs)
        return Tail("two Content-Lengths", start + body, may_take_effect=alike, statuses=() if alike else REFUSED, closes=not alike,
                    finals=(1, 2) if alike else (1, 1))

    def both():
        smuggled = b"GET /ping HTTP/1.1\r\nHost: a\r\n\r\n"
        fields = [length(), (b"Transfer-Encoding", chance.choice([b"chunked", b"Chunked"]))]
        chance.shuffle(fields)
        start = head(*fields)
        data = chance.choice([chunked(body, (1_000,)), body, b"0\r\n\r\n" + smuggled])
        return refused("Content-Length and Transfer-Encoding", start + data, may_take_effect=data == chunked(body, (1_000,)), method="POST")

    def codings():
        coding = chance.choice([
            b"gzip, chunked", b"gzip", b"identity", b"xchunked", b"chunked, identity", b"chunked, chunked", b"chunkedx", b"", b"\x0bchunked", b"chunked;q=1",
            b"\"chunked\"", b"x" * 3_000])
        start = head((b"Transfer-Encoding", coding))
        return refused(f"Transfer-Encoding: {coding[:20]!r}", start + chunked(body, (1_000,)), (400, 501, 411))

    def two_codings():
        start = head((b"Transfer-Encoding", b"chunked"), (b"Transfer-Encoding", chance.choice([b"identity", b"gzip", b"chunked"])))
        return refused("two Transfer-Encodings", start + chunked(body, (1_000,)), (400, 501))

    def old_chunks():
        start = head((b"Transfer-Encoding", b"chunked"), *chance.choice([(), ((b"Connection", b"keep-alive"),)]), version=b"HTTP/1.0")
        return Tail("Transfer-Encoding in HTTP/1.0", start + chunked(body, (1_000,)) + b"GET /ping HTTP/1.1\r\nHost: a\r\n\r\n", may_take_effect=True)

    def old():
        keep = chance.choice([(), ((b"Connection", b"keep-alive"),)])
        start = head(length(), *keep, version=b"HTTP/1.0", hosts=chance.choice([(), (b"a",)]))
        return Tail("HTTP/1.0", start + body, may_take_effect=True, statuses=(201,))

    def hosts():
        bad = chance.choice([(), (b"a", b"a"), (b"a", b"b"), (b"a b",), (b"a/b",), (b"a@b",), (b"a:b",), ("é".encode(),), (oddities.MARKS.encode() * 2_000,), (b"[::1",)])
        start = head(length(), hosts=bad)
        return refused("a Host that is none, or not one", start + body, (400,))

    def versions():
        line = chance.choice([
            b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", b"GET /ping HTTP/2.0\r\nHost: a\r\n\r\n", b"GET /ping HTTP/9.9\r\nHost: a\r\n\r\n", b"GET /ping\r\n\r\n", b"GET /ping HTTP/1.1x\r\nHost: a\r\n\r\n",
            b"get /ping http/1.1\r\nHost: a\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 100, b"G\x00T / HTTP/1.1\r\n\r\n",
            b"\xff" * 300, b"GET /pi ng HTTP/1.1\r\nHost: a\r\n\r\n", b"GETT /ping HTTP/1.1\r\nHost: a\r\n\r\n", oddities.MARKS.encode() * 4_000 + b"\r\n\r\n"])
        return Tail("no HTTP/1.1", line, method="GET", statuses=(400, 404, 405, 408, 431, 501, 505), finals=(0, 1))

    def more_blanks():
        """A reader may be lenient here (RFC 9112, 3)."""
        return Tail("a request line with more blanks", b"GET  /ping  HTTP/1.1\r\nHost: a\r\n\r\n", method="GET", statuses=(200, 400), closes=False)

    def odd_heads():
        line = chance.choice([
            b"X : y\r\n", b" folded: y\r\n", b"X: a\r\n b\r\n", b"X: a\x00b\r\n", b"X: a\rb\r\n", b"X\r\n", b": y\r\n", b"X y: z\r\n", b"X: y\n", b"\xc3\xa9: y\r\n", b"Transfer-Encoding : chunked\r\n",
            b"X: \x1b[2J\r\n"])
        start = head(length())
        return Tail(f"a head with {line!r}", start[:-2] + line + b"\r\n" + body, may_take_effect=True, closes=False, finals=(1, 2))

    def large_head():
        more = chance.choice([((b"X", b"y" * chance.choice([17_000, 70_000])),), tuple((b"X", b"y") for _ in range(chance.choice([100, 101, 500]))), ((b"X" * 20_000, b"y"),),
                              tuple((b"X", b"y" * 900) for _ in range(20))])
        start = head(length(), *more)
        return refused("a head that is too large", start + body, (431,))

    def long_line():
        return refused("a target that is too long", b"GET /" + b"x" * chance.choice([17_000, 100_000]) + b" HTTP/1.1\r\nHost: a\r\n\r\n", (431, 414, 400), method="GET")

    def endless_head():
        part = chance.choice([b"G", b"GET", b"GET /ping HTTP/1.1", b"GET /ping HTTP/1.1\r\nHost: a\r\n", b"GET /ping HTTP/1.1\r\nHost: a\r\nX:" + b" " * 5_000])
        tail = cut_off("a head cut off", part)
        tail.method, tail.finals = "GET", (0, 1)
        return tail

    def large_body():
        size = chance.choice([1_048_577, 1_100_000, 3_000_000])
        large = body + b" " * (size - len(body))
        if chance.random() < 0.5:
            return refused("a body that is too large, in chunks", head((b"Transfer-Encoding", b"chunked")) + chunked(large, (chance.choice([1_000, 65_536]),)), (413,))
        return refused("a body that is too large", head((b"Content-Length", b"%d" % size)) + large, (413,))

    def unwanted_body():
        body = chance.choice([b"POST /orders HTTP/1.1\r\nHost: a\r\n\r\n", b"x" * 100_000])
        return Tail("a GET with a body", Request("GET", b"/ping", "", body).bytes(), method="GET", statuses=(200,), closes=False)

    def head_with_body():
        return Tail("a HEAD with a body", Request("HEAD", b"/ping", "", b"GET /ping HTTP/1.1\r\nHost: a\r\n\r\n").bytes(), method="HEAD", statuses=(200,), closes=False)

    def expecting():
        start = head(length(), (b"Expect", chance.choice([b"100-continue", b"100-Continue"])))
        return Tail("Expect: 100-continue", start, may_take_effect=True, statuses=(201,), closes=False, held=body)

    def expecting_else():
        start = head(length(), (b"Expect", chance.choice([b"200-ok", b"100-continue, 200-ok", b"", oddities.MARKS.encode() * 1_000])))
        return Tail("another Expect", start + body, may_take_effect=True, statuses=(201, 400, 417), closes=False)

    def upgrading():
        name = chance.choice([b"websocket", b"h2c", b"TLS/1.0", b"HTTP/3"])
        start = head(length(), (b"Connection", b"Upgrade"), (b"Upgrade", name))
        return Tail("an upgrade that nobody knows", start + body + b"GET /ping HTTP/1.1\r\nHost: a\r\n\r\n", may_take_effect=True, closes=False, finals=(2, 2))

    def connecting():
        return Tail("CONNECT", b"CONNECT a:80 HTTP/1.1\r\nHost: a:80\r\n\r\nGET /ping HTTP/1.1\r\nHost: a\r\n\r\n", method="CONNECT", finals=(2, 2), closes=False)

    def gone():
        """A request that is whole, and a client that does not wait for its answer: it may be carried out or not."""
        start = head(length())
        ending = chance.choice(["half-close", "hang-up"])
        return Tail(f"a whole request, then {ending}", start + body, ending=ending, finals=(0, 1), may_take_effect=True, closes=ending == "half-close")

    made = (too_long, too_short, endless_chunks, bad_chunk, chunks_with_more, large_trailers, bad_length, two_lengths, both, codings, two_codings, old_chunks,
            old, hosts, versions, more_blanks, odd_heads, large_head, long_line, endless_head, large_body, unwanted_body, head_with_body, expecting, expecting_else,
            upgrading, connecting, gone)
    def whole(make):
        def made(*arguments):
            tail = make(*arguments)
            # What is held goes out as it is.
            tail.order_id = None if tail.held else order.order_id
            return tail

        return made

    return {each.__name__: whole(each) for each in made}
