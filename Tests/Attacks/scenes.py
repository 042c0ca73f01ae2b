"""What takes more than one connection, or must come in a certain order."""

import json
import socket
import time

from asking import Request, written
from bounds import MIB
from exchange import exchange
from framing import tails

READERS = 30
LARGE = 16  # orders, of three quarters of a MiB
UNREAD = 192 * MIB


def same_order_at_once(session):
    """The same id, or the same key, over many connections at once, is one order."""
    profile, asker = session.profile, session.asker
    if profile.chooses_id == "no":
        return
    fields, _ = asker.order()
    order_id = profile.new_id(session.known.number)
    fields[b"order_id"] = json.dumps(order_id).encode()
    codes = [code for code, _ in at_once(session.server.port, Request("POST", b"/orders", "", written(fields), asker.credentials()), 8)]
    # Who stood still has been given up: 408.
    if codes.count(201) > 1 or codes.count(201) + codes.count(408) == 0:
        session.findings.add(profile.name, "the same order twice", "at once", f"answered {codes}")
    if 201 not in codes:
        return
    session.known.is_there.add(order_id)
    session.known.ids.append(order_id)
    session.known.seen.add(order_id)
    if profile.name == "standard":
        request = asker.plain_create()
        request.body = written({b"user_id": b'"u"', b"item_ids": b'["i"]', b"total_amount": b"1"})
        request.fields += ((b"Idempotency-Key", b"at-once"),)
        answers = at_once(session.server.port, request, 8)
        ids = {json.loads(body).get("order_id") for _, body in answers}
        ids.discard(None)
        if {code for code, _ in answers} - {408} - {201} or len(ids) > 1:
            session.findings.add(profile.name, "one key is two orders", "at once", f"answered {[code for code, _ in answers]}, {ids}")
        session.known.is_there |= ids
        session.known.ids += ids
        session.known.seen |= ids


def at_once(port, request, count):
    """The code and the body of each answer."""
    data = request.bytes()
    sockets = [socket.create_connection(("127.0.0.1", port), timeout=300) for _ in range(count)]
    try:
        for each in sockets:
            each.sendall(data[:-1])
        for each in sockets:
            each.sendall(data[-1:])
        found = []
        for each in sockets:
            each.shutdown(socket.SHUT_WR)
            whole = b"".join(iter(lambda: each.recv(65_536), b""))
            head, _, body = whole.partition(b"\r\n\r\n")
            found.append((int(head[9:12] or b"0"), body))
        return found
    finally:
        for each in sockets:
            each.close()


def cut_off_refresh(session):
    """A refresh token that came in a body without an end is not used up."""
    if not session.profile.has_accounts:
        return
    for about, more, end in (("a Content-Length too large", 1, None), ("chunks without an end", 0, b"")):
        token = session.login(0)["refresh_token"]
        body = written({b"refresh_token": json.dumps(token).encode()})
        if end is None:
            data = Request("POST", b"/auth/refresh", "", None, ((b"Content-Length", str(len(body) + more).encode()),)).bytes() + body
        else:
            data = Request("POST", b"/auth/refresh", "", None, ((b"Transfer-Encoding", b"chunked"),)).bytes() + b"%x\r\n%s\r\n" % (len(body), body)
        done = exchange(session.server.port, data, ["POST"], patience=session.pace.patience)
        again = session.ask("POST", "/auth/refresh", {"refresh_token": token})
        if again.status != 200:
            session.findings.add(session.profile.name, "what was refused has used a refresh token up", about, f"answered {done.codes()}, then {again.status}", data)


def unread_lists(session):
    """Many ask for a list of large orders, and read nothing."""
    if session.profile.name != "standard":
        return
    item = "あ" * 256
    for _ in range(LARGE):
        request = session.asker.plain_create()
        request.body = json.dumps({"user_id": "u", "item_ids": [item] * 1_000, "total_amount": 1}, ensure_ascii=False).encode()
        done = exchange(session.server.port, request.bytes(), ["POST"], until_closed=False, patience=session.pace.patience)
        session.known.note(request, done.answers[0])
    list_ = Request("GET", b"/orders?limit=1000", "").bytes()
    started = session.server.memory("VmRSS")
    sockets = []
    most = 0
    try:
        for _ in range(READERS):
            each = socket.socket()
            each.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
            each.settimeout(300)
            sockets.append(each)
            each.connect(("127.0.0.1", session.server.port))
            each.sendall(list_)
        # Until it does no more, or has far more than it may.
        still = 0
        last = session.server.cpu()
        end = time.monotonic() + 60
        while still < 10 and most < 3 * UNREAD and time.monotonic() < end:
            time.sleep(0.05)
            most = max(most, session.server.memory("VmRSS") - started)
            now = session.server.cpu()
            still = still + 1 if now - last < 0.005 else 0
            last = now
        began = time.monotonic()
        session.ask("GET", "/ping")
        if (took := time.monotonic() - began) > session.pace.promptly:
            session.findings.add(session.profile.name, "/ping", "unread lists", f"it is answered after {took:.1f} s")
    finally:
        for each in sockets:
            each.close()
    if most > UNREAD:
        session.findings.add(session.profile.name, "memory", "unread lists", f"{most >> 20} MiB for {READERS} requests for a list, of which nothing is read",
                             list_)
    session.settle()


def cut_off(session):
    """A whole body that is said to go on, however it ends."""
    for name in ("too_long", "endless_chunks"):
        for ending in ("wait", "half-close", "hang-up"):
            session.judged([], tails(session.asker)[name](ending))


FIRST = (same_order_at_once, cut_off_refresh, cut_off)
