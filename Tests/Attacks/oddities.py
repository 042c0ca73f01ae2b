"""Odd texts, JSON literals, ids and headers, drawn from a `random.Random`. Nothing here knows of profiles."""

import json
import urllib.parse

MARKS = "\u0301\u0316"
SEEDS = [
    MARKS, "\u0301", "\u1100\u1161\u11a8", "e\u0301", "\u00e9", "\u202e\u2066", "\U0001f468\u200d\U0001f469\u200d", "a", "\r\n", "\ufb01", "\u212b",
    "\uac00\u0301", "\u0f71\u0f74", "\ufdfa", "\u200d", "\U000e0041", "\U0001d15e", "\ufeff", "\u0345", "\u03b1\u0345\u0301"]
PLAIN = ["", " ", "a", "0", "-1", "null", "item-001", "..", ".", "~", "x" * 128, "x" * 129, "x" * 256, "x" * 257, "'", "<b>", "{id}", "%00"]


def size(chance, largest):
    """Mostly small; now and then as large as it may be."""
    return chance.choice([1, 2, 8, 60, 255, 256, 257, 1_000, 1_000, 5_000, 20_000] + ([60_000, largest] if largest > 60_000 else []))


def text(chance, largest=300_000):
    """Without lone surrogates."""
    if chance.random() < 0.3:
        return chance.choice(PLAIN)
    seed = chance.choice(SEEDS) if chance.random() < 0.7 else chance.choice(SEEDS) + chance.choice(SEEDS)
    length = min(size(chance, largest), largest)
    long = seed * (length // len(seed.encode()) + 1)
    return chance.choice(["", "a", "é"]) + long


def quoted(chance, value):
    """A text as a literal: as it is, with escapes, or with everything escaped."""
    return json.dumps(value, ensure_ascii=chance.random() < 0.3).encode()


NUMBERS = [
    b"0", b"-0", b"-0.0", b"1", b"-1", b"1.0", b"1e2", b"1E+2", b"1e-2", b"1.5", b"9007199254740991", b"9007199254740992", b"9007199254740993",
    b"-9007199254740991", b"9223372036854775807", b"9223372036854775808", b"18446744073709551616", b"1000000000000", b"1000000000000.0001",
    b"1000000000001", b"1e999999", b"-1e999999", b"1e-400", b"4.9e-324", b"1e308", b"1.7976931348623159e308", b"0.1e1"]
NO_NUMBERS = [b"01", b"+1", b".5", b"1.", b"1e", b"0x1", b"NaN", b"Infinity", b"-", b"1_000", b"--1", b"1e1.5", "１".encode(), b"00"]
NO_TEXTS = [
    rb'"\ud800"', rb'"\udc00\ud800"', rb'"\ud800A"', rb'"\u12"', rb'"\x41"', b'"\x01"', b'"\n"', b'"a', b"'a'", b'"\xff"', b'"\xc0\x80"', b'"\xed\xa0\x80"',
    b'"\xf4\x90\x80\x80"', rb'"\u00"', rb'"\U00000041"', b'"\\"']
ESCAPED = [rb'"\u0000"', rb'"\u001b[31m"', rb'"\u0301\u0316"', rb'"\ud83d\ude00"', rb'"\/\b\f\n\r\t\"\\"', rb'"\u0085"', rb'"\uffff"']


def literal(chance, largest=300_000, depth=0):
    """A value of JSON, or what looks like one, as bytes."""
    kind = chance.randrange(14 if depth < 2 else 8)
    if kind == 0:
        return chance.choice([b"null", b"true", b"false", b"[]", b"{}", b'""'])
    if kind in (1, 2):
        return chance.choice(NUMBERS)
    if kind == 3:
        return chance.choice(NO_NUMBERS + NO_TEXTS) if chance.random() < 0.5 else chance.choice(ESCAPED)
    if kind == 4:
        digits = size(chance, min(largest, 100_000))
        return chance.choice([b"1" * digits, b"0." + b"0" * digits + b"1", b"1e" + b"0" * digits + b"1", b"-" + b"9" * digits + b".5", b"0" * digits])
    if kind in (5, 6, 7):
        return quoted(chance, text(chance, largest))
    if kind == 8:
        deep = chance.choice([1, 62, 63, 64, 65, 66, 1_000, min(largest // 8, 100_000)])
        left, right = chance.choice([(b"[", b"]"), (b'{"a":', b"}"), (b'[{"a":', b"}]")])
        return left * deep + b"1" + right * (deep if chance.random() < 0.9 else deep - 1)
    if kind in (9, 10):
        element = literal(chance, 60, depth + 1)
        return wide(b"[", [element], b"]", largest, chance)
    if kind == 11:
        return wide(b"[", [quoted(chance, text(chance, 60)) for _ in range(3)], b"]", largest, chance)
    if kind == 12:
        value = literal(chance, 20, depth + 1)
        name = chance.choice(SEEDS)
        count = min(size(chance, largest), largest) // (len(value) + len(name.encode()) + 10)
        names = (json.dumps(f"{number}{name}", ensure_ascii=False).encode() for number in range(count))
        return b"{" + b",".join(name + b":" + value for name in names) + b"}"
    return same_names(chance, largest)


def wide(left, elements, right, largest, chance):
    each = b",".join(elements)
    count = chance.choice([1, 2, 999, 1_000, 1_001, min(size(chance, largest), largest) // (len(each) + 1)])
    count = max(1, min(count, largest // (len(each) + 1)))
    return left + b",".join([each] * count) + right


def same_names(chance, largest):
    """Objects in which names are twice, or look as if: NFC and NFD are two names."""
    long = chance.choice(SEEDS) * (min(size(chance, largest), largest) // 16 + 1)
    first, second = chance.choice([
        ("\u00e9", "e\u0301"), ("\u212b", "\u00c5"), ("\uac00", "\u1100\u1161"), ("\u0301\u0316", "\u0316\u0301"), ("a", "a"), ("\u03a9", "\u2126"), ("", ""),
        (long, long + "a"), (long, long), ("a" + long, "b" + long)])
    return b"{" + json.dumps(first, ensure_ascii=False).encode() + b":1," + quoted(chance, second) + b":2}"


def spoilt(chance, body):
    """A body of which something is wrong, or nearly."""
    kind = chance.randrange(12)
    place = chance.randrange(len(body) + 1)
    if kind == 0:
        return body[:place]
    if kind == 1:
        return body[:place] + bytes([chance.randrange(256)]) + body[place:]
    if kind == 2:
        return body[:place] + body[place + 1:]
    if kind == 3:
        return b"\xef\xbb\xbf" + body
    if kind == 4:
        return body.decode(errors="replace").encode(chance.choice(["utf-16", "utf-32", "utf-16-be"]), errors="replace")
    if kind == 5:
        return chance.choice([b" ", b"\n", b"\t\r\n "]) * size(chance, 200_000) + body
    if kind == 6:
        return body + chance.choice([b" ", b"\r\n"]) * size(chance, 200_000)
    if kind == 7:
        return body + chance.choice([b"x", b"\x00", body, b"{}", b",", b"]", b"//"])
    if kind == 8:
        return body.replace(b",", b",,", 1)
    if kind == 9:
        return body[:-1] + b",}"
    if kind == 10:
        return chance.choice([b"", b" ", b"[" + body + b"]", b"null", b'"text"', b"1", b"a=b&c=d", b"[" * 300_000, b'{"a":' * 50_000, MARKS.encode() * 50_000])
    return bytes(chance.randrange(256) for _ in range(chance.choice([1, 20, 300])))


def segment(chance, known):
    """What may stand in a path in an id's place.
    known: ids that there are."""
    kind = chance.randrange(8)
    if kind == 0 and known:
        return b"".join(b"%%%02X" % each for each in str(chance.choice(known)).encode())
    if kind in (1, 2):
        return chance.choice([
            b"%00", b"%ff", b"%zz", b"%", b"%2F", b"..%2F..%2Fetc", b"a%20b", b".", b"..", b"+", b"~", b"-1", b"--1", b"007", b"1.0", b"0x1", b"9" * 40,
            b"9223372036854775808", b"a;b", b"a=b", b"'", b"{id}", b"null", b"%0d%0aX: 1", b"%1b[31m", b"prometheus", b"%70rometheus", b"1%00", b"a#b",
            b"%ED%A0%80", b"*", b":", b"%3F", b"-", b"0", b"00", b"-0", b"\x7f"])
    if kind == 3:
        return urllib.parse.quote(text(chance, 3_000)).encode()[:chance.choice([2, 100, 15_000])]
    if kind == 4:
        return text(chance, 6_000).encode().replace(b" ", b"+").replace(b"\r\n", b"")[:12_000] or b"x"
    if kind == 5:
        return chance.choice([b"x", b"1", b"%41", b"/", b"."]) * chance.choice([1, 128, 129, 5_000])
    return str(chance.choice(known)).encode() if known else b"1"


def query(chance, cursors):
    """cursors: that the server has given out."""
    def value(name):
        plain = {"limit": [b"1", b"2", b"1000", b"0", b"1001", b"-1", b"", b"abc", b"1e3", b"%31", b"+1", b"9" * 40, b"\xd9\xa3"],
                 "status": [b"pending", b"completed", b"Pending", b"", b"%ff", b"pending%00", b"*"],
                 "cursor": [b"", b"%00", b"c" + b"z" * 13, b"c" + b"0" * 13, b"C" + b"0" * 13, b"c" * 14]}.get(name, [b"1"])
        if name == "cursor" and cursors and chance.random() < 0.4:
            cursor = chance.choice(cursors).encode()
            return cursor if chance.random() < 0.5 else cursor[:-1] + bytes([chance.choice(b"09az")])
        if chance.random() < 0.25:
            return urllib.parse.quote(text(chance, 2_500)).encode()[:14_000]
        return chance.choice(plain)

    parts = [name.encode() + b"=" + value(name) for name in chance.choices(["limit", "status", "cursor", "x", ""], k=chance.choice([1, 1, 2, 3]))]
    if chance.random() < 0.1:
        parts.append(chance.choice([b"&", b"=", b"a&", b"limit[]=1&", b"%&", b"limit=1&"]) * chance.choice([1, 100, 2_000]))
    return b"?" + b"&".join(parts)


def header(chance):
    """A field that changes neither framing nor who is asking."""
    long = text(chance, 5_000).encode().replace(b"\r\n", b" ").replace(b"\x00", b"")[:12_000].strip() or b"x"
    return chance.choice([
        (b"Accept", chance.choice([b"", b"*/*;q=0", b"text/plain; version=0.0.4", b"," * 5_000, b"text/plain;" * 800, b";" * 5_000, long])),
        (b"Content-Type", chance.choice([b"text/plain;charset=utf-16", b"application/json; charset=utf-8", b"application/json;" + long, b"APPLICATION/JSON"])),
        (b"X-" + b"n" * chance.choice([1, 200, 8_000]), long), (b"Cookie", b"a=b;" * chance.choice([1, 2_000])), (b"Accept-Encoding", b"gzip, br, " + long),
        (b"X-Forwarded-For", long), (b"Idempotency-Key", chance.choice([b"k", b"k" * 255, b"k" * 256, b"a b", b"\x80", long])),
        (b"If-None-Match", b"*"), (b"Range", b"bytes=0-0," * 800), (b"Connection", chance.choice([b"keep-alive", b"x," * 3_000, b"Host", b"upgrade"])),
        (b"Upgrade", chance.choice([b"h2c", b"websocket", long])), (b"Origin", long), (b"Forwarded", b"for=" + long), (b"Via", b"1.1 a," * 500),
        (b"Max-Forwards", b"0"), (b"X-HTTP-Method-Override", b"DELETE"), (b"Prefer", b"respond-async"), (b"Date", long)])
