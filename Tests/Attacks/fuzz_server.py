#!/usr/bin/env python3
"""Sends order-server what nobody should, as each profile in turn, and holds it to its word. Started by scripts/fuzz-server.

fuzz_server.py --programs DIR [--minutes 10 | --corpus] [--seed N] [--profile P] [--findings DIR]
fuzz_server.py --programs DIR --profile P --replay FILE [--ending wait|half-close|hang-up]

What must hold, whatever comes:

- each request has one answer, and the next one its own: the last on each connection that stays open is a ping, and is answered as one,
- no 5xx but 503 with Retry-After and 501 for a coding that is not known,
- what is right by the documentation is taken, what is not is refused, and what was refused has had no effect,
- CPU and memory are bounded by those of plain requests of the same length, and answers by the bytes that were sent,
- /ping is answered meanwhile, SIGTERM ends the server, and the books agree: the answers, /metrics, the list, and the rows in the file.

Each finding is printed with its seed and written to a file as the bytes that were sent, as few of them as still show it. --corpus runs a small
fixed part: all odd framings, and some requests of each profile.
Ends with 1 where something was found.
"""

import argparse
import contextlib
import dataclasses
import json
import pathlib
import random
import re
import shutil
import sqlite3
import sys
import tempfile
import threading
import time

import bounds
import profiles
import scenes
from asking import Asker, Request
from exchange import Outcome, exchange
from framing import Tail, tails
from profiles import PROFILES
from server import ROOT, Failed, OrderServer, end_by_signals

FROZEN = 20  # seconds of CPU at most for one exchange; then it is given up, and the server started anew
PER_EXCHANGE = 6
IDLE = 0.1  # seconds of CPU a second that the server may use for itself, and for the pings


@dataclasses.dataclass
class Pace:
    """How long this client waits, in seconds."""

    read_timeout: float  # the server's own, for what never comes whole; this client must be faster
    patience: float  # only against waiting forever: what is slow is found by its CPU
    promptly: float  # what does not depend on anything is answered, or ends


BY_HAND = Pace(read_timeout=1, patience=20, promptly=10)
BESIDE_OTHER_WORK = Pace(read_timeout=4, patience=300, promptly=120)


class Known:
    """What the client has learnt of one server."""

    def __init__(self):
        self.number = 0
        self.ids = []
        self.others = set()  # of another account
        self.is_there = set()
        self.seen = set()
        self.keys = {}
        self.perhaps = 0  # orders that may be there, or not
        self.perhaps_accounts = 0
        self.tokens = []
        self.refresh = None
        self.accounts = 0
        self.cursors = []

    def mine(self):
        return [each for each in self.ids if each not in self.others]

    def note(self, request, answer, id_field=None):
        """What one answer tells. Gives what is wrong with it, or nothing."""
        if request.target == b"/auth/register" and answer.status == 201:
            self.accounts += 1
        if request.target != b"/orders" or request.method != "POST" or answer.status != 201:
            return None
        body = answer.json()
        order_id = body.get(id_field) if id_field else body.get("order_id", body.get("id"))
        key = next((value for name, value in request.fields if name == b"Idempotency-Key"), None)
        if order_id in self.is_there:
            return None if key is not None else f"two orders have the id {order_id!r}"
        self.is_there.add(order_id)
        self.ids.append(order_id)
        self.seen.add(order_id)
        if request.order_id is not None and request.order_id != order_id:
            return f"the order {request.order_id!r} is answered as {order_id!r}"
        return None


class Findings:
    def __init__(self, folder, seed):
        self.folder, self.seed = folder, seed
        self.counts = {}

    def add(self, profile, what, about, detail, data=b"", ending="wait", reduce=None):
        """Keeps the first of each kind, and counts the others."""
        key = (profile, what, about)
        self.counts[key] = self.counts.get(key, 0) + 1
        if self.counts[key] > 1:
            return
        if reduce:
            data = reduce(data)
        self.folder.mkdir(parents=True, exist_ok=True)
        file = self.folder / f"{profile}-{len(self.counts)}.raw"
        file.write_bytes(data)
        print(f"FOUND {profile}: {what}: {about}\n  {detail}\n  seed {self.seed}; {len(data)} bytes in {file}", flush=True)
        print(f"  scripts/fuzz-server --profile {profile} --replay {file} --ending {ending}", flush=True)


class Session:
    """One server as one profile, and what is sent to it."""

    def __init__(self, profile, programs, folder, findings, seed, pace):
        self.profile, self.findings, self.pace = profile, findings, pace
        self.chance = random.Random(f"{seed}/{profile.name}")
        self.folder = folder
        self.known = Known()
        environment = {"ORDER_SERVER_ACCOUNTS": f"alice:{profiles.PASSWORD}"} if profile.name == "basic-auth" else {}
        self.server = OrderServer(
            programs, ["--profile", profile.name, "--store", f"sqlite:{folder}/orders.db", "--service-time", "1ms", "--read-timeout", f"{pace.read_timeout:g}s",
                       *profile.flags], folder / "log", environment)
        self.asker = Asker(profile, self.chance, self.known)
        self.exchanges = self.requests = 0
        self.is_frozen = False

    def __enter__(self):
        self.server.start()
        if self.profile.has_accounts:
            self.sign_up()
        self.bounds = bounds.measured(self.server, self.profile, self.chance, self.known)
        return self

    def __exit__(self, *_):
        self.server.kill()

    def is_well(self):
        return self.server.is_alive() and not self.is_frozen

    def ask(self, method, path, body=None, fields=(), patience=120.0):
        """One plain request, over a connection of its own. Raises `Failed` where it is not answered."""
        request = Request(method, path.encode(), "", None if body is None else json.dumps(body).encode(), fields)
        done = exchange(self.server.port, request.bytes(), [method], until_closed=False, patience=patience)
        if not done.answers:
            raise Failed(f"no answer to {method} {path} within {patience:.0f} s")
        return done.answers[0]

    def sign_up(self):
        for user in range(2):
            account = {"name": "n", "email": f"u{user}@a", "password": profiles.PASSWORD}
            if self.ask("POST", "/auth/register", account).status != 201:
                raise Failed("an account cannot be registered")
            self.known.accounts += 1
            self.known.tokens.append(self.login(user)["access_token"])

    def login(self, user):
        return self.ask("POST", "/auth/login", {"email": f"u{user}@a", "password": profiles.PASSWORD}).json()

    # MARK: One exchange

    def send(self):
        """Some requests, of which the last may be odd in its framing."""
        requests = [self.asker.draw() for _ in range(self.chance.randrange(1, PER_EXCHANGE))]
        tail = None
        if self.chance.random() < 0.35:
            tail = self.chance.choice(list(tails(self.asker).values()))()
        self.judged(requests, tail)

    def judged(self, requests, tail):
        """Sends them, and says what is wrong with what comes of it."""
        data, methods = self.bytes_of(requests, tail)
        ending = tail.ending if tail else "wait"
        before, memory = self.begin()
        began = time.monotonic()
        done = self.exchange(requests, tail)
        self.settle()
        if not self.server.is_alive():
            return self.findings.add(self.profile.name, "the server is gone", self.about(requests, tail), self.server.last_words()[-300:], data, ending)
        used, grown = self.server.cpu() - before, self.server.memory() - memory
        used -= IDLE * (time.monotonic() - began)
        self.exchanges += 1
        self.requests += len(methods)
        problems, effects = self.problems(requests, tail, done), self.effects(requests, tail, done)
        if problems and self.was_given_up(tail, done):
            # On a machine that stands still for so long that happens to what is right, too. Once more, then it is so.
            requests, tail = self.renewed(requests, tail)
            data, methods = self.bytes_of(requests, tail)
            before, memory = self.begin()
            began = time.monotonic()
            done = self.exchange(requests, tail)
            self.settle()
            used, grown = self.server.cpu() - before - IDLE * (time.monotonic() - began), self.server.memory() - memory
            problems = self.problems(requests, tail, done)
            effects += self.effects(requests, tail, done)
        problems += effects
        kinds = [each.kind for each in requests] + ["plain"]
        most = self.bounds.cpu(kinds, len(data), done.size())
        if used > most or self.is_frozen:
            if self.is_frozen or not done.is_late and self.still_costs(requests, tail, most):
                problems.append(("CPU", self.about(requests, tail), f"{used:.2f} s of CPU for {len(data)} bytes; plain text would allow {most:.2f} s"))
        if grown > (room := self.bounds.memory(len(data), done.size())):
            problems.append(("memory", self.about(requests, tail), f"{grown >> 20} MiB for {len(data)} bytes; plain text would allow {int(room) >> 20} MiB"))
        for what, about, detail in problems:
            reduce = None if done.is_late else lambda _, what=what: self.least(requests, tail, what)
            self.findings.add(self.profile.name, what, about, detail, data, ending, reduce)

    @staticmethod
    def was_given_up(tail, done):
        """Whether the server has told last that the time of a request is up."""
        return done.codes()[-1:] == [408] and not (tail and 408 in tail.statuses)

    def bytes_of(self, requests, tail):
        data = b"".join(each.bytes() for each in requests)
        methods = [each.method for each in requests]
        if tail:
            return data + tail.data, methods + [tail.method] + ["GET"]
        return data + Request("GET", b"/ping", "", fields=((b"Connection", b"close"),)).bytes(), methods + ["GET"]

    def exchange(self, requests, tail):
        data, methods = self.bytes_of(requests, tail)
        began = self.server.cpu()
        finals = len(requests) + tail.finals[1] if tail else None
        self.is_frozen = False

        def gives_up():
            self.is_frozen = self.server.is_alive() and self.server.cpu() - began > FROZEN
            return self.is_frozen or not self.server.is_alive()

        until_closed = tail is None or tail.closes or tail.ending == "half-close"
        return exchange(self.server.port, data, methods, tail.ending if tail else "wait", finals, until_closed, self.pace.patience, gives_up,
                        tail.held if tail else b"")

    def begin(self):
        self.server.forget_peak()
        return self.server.cpu(), self.server.memory("VmRSS")

    def settle(self):
        """Waits until the server does nothing, so that what it still does is not counted to the next."""
        end = time.monotonic() + 30
        last = self.server.cpu()
        while time.monotonic() < end and not self.is_frozen:
            time.sleep(0.003)
            now = self.server.cpu()
            if now - last < 0.002 and self.server.is_idle():
                return
            last = now

    def still_costs(self, requests, tail, most):
        """Whether it is so again: once may be anything, as a checkpoint of the store."""
        for _ in range(2):
            before = self.server.cpu()
            done = self.exchange(requests, tail)
            self.settle()
            self.effects(requests, tail, done)
            if self.server.cpu() - before <= most:
                return False
        return True

    def about(self, requests, tail):
        return tail.about if tail else max(requests, key=lambda each: len(each.bytes())).about if requests else "nothing"

    # MARK: What is wrong

    def problems(self, requests, tail, done):
        found = []
        about = self.about(requests, tail)
        shown = f"answered {done.codes()}{' and closed' if done.is_closed else ''}"
        if self.is_frozen:
            return []
        if done.fault:
            # The answer before may have had more or less of a body than it says.
            last = requests[len(done.answers) - 1] if 0 < len(done.answers) <= len(requests) else None
            found.append(("no answer of HTTP", f"after {last.method} for {last.about}" if last else about, done.fault))
            return found
        for request, answer in zip(requests, done.answers):
            found += self.wrong(request.about, request.expected, answer, request.bytes(), request.target)
        least, most = (len(requests) + each for each in (tail.finals if tail else (1, 1)))
        if tail and tail.ending == "hang-up":
            least = 0
        count = len(done.answers)
        # A connection that the server has said it closes has no more answers.
        has_closed = bool(done.answers) and done.answers[-1].closes() and done.is_closed
        if any(each.closes() for each in done.answers[:-1]):
            found.append(("an answer after the last", about, shown))
        if count > most:
            found.append(("more answers than requests", about, shown))
        elif count < least and not has_closed and not (tail and self.is_reset(done)):
            found.append(("fewer answers than requests", about, f"{shown}, and {least} were due"))
        elif count > len(requests) and tail:
            answer = done.answers[len(requests)]
            found += self.wrong(tail.about, tail.statuses, answer, tail.data, b"")
            if tail.closes and not done.is_closed:
                found.append(("a connection that stays open", tail.about, shown))
            if tail.held and answer.status < 400 and done.interim == 0:
                found.append(("no 100", tail.about, shown))
        elif count > len(requests) and not tail and (done.answers[-1].status != 200 or b"Success" not in done.answers[-1].body):
            found.append(("the ping is answered as another", about, shown))
        if done.is_late and not found:
            found.append(("nothing comes", about, shown))
        return found

    @staticmethod
    def is_reset(done):
        """A reset may take the last answer with it."""
        return done.is_closed

    def wrong(self, about, expected, answer, sent, target):
        code, found = answer.status, []
        if code >= 500 and not (code == 503 and "retry-after" in answer.fields) and not (code in (501, 505) and b"HTTP/1." not in sent or code == 501 and b"ransfer-" in sent):
            found.append((f"an error of the server, {code}", about, f"{answer.body[:300]!r}"))
        elif expected and code not in expected and code not in (429, 503):
            found.append((f"{code} and not {' or '.join(map(str, expected))}", about, f"{answer.body[:300]!r}"))
        most = bounds.LIST if target.startswith(b"/orders?") or target == b"/orders" and code == 200 else bounds.ANSWER + bounds.ANSWER_PER_BYTE * len(sent)
        if answer.size > most:
            found.append(("a large answer", about, f"{answer.size} bytes to {len(sent)}; {most} are allowed"))
        if code >= 400 and answer.body and "json" not in answer.fields.get("content-type", ""):
            found.append(("an error that is not the profile's own", about, f"{code} {answer.body[:100]!r}"))
        return found

    def effects(self, requests, tail, done):
        """Notes what the answers tell, and holds the number of orders against it."""
        found = []
        if not self.server.is_alive() or self.is_frozen:
            return found
        answered = [*requests, *([Request("POST", b"/orders", tail.about)] if tail and tail.method == "POST" else [])]
        for request, answer in zip(answered, done.answers):
            if problem := self.known.note(request, answer, self.profile.id_field):
                found.append(("the wrong order", request.about, problem))
            if request.about == "a list" and answer.status == 200 and answer.body and (cursor := answer.json()["next_cursor"]):
                self.known.cursors = [*self.known.cursors[-20:], cursor]
        if tail and tail.may_take_effect and len(done.answers) <= len(requests):
            self.known.perhaps += 1
        if tail and tail.ending == "hang-up" or done.fault or done.is_late:
            unanswered = requests[len(done.answers):]
            self.known.perhaps += sum(each.makes is not False for each in unanswered)
            self.known.perhaps_accounts += sum(each.target == b"/auth/register" for each in unanswered)
        # Of what was never answered, as the connection was closed before, nothing may be there.
        try:
            total = self.total()
        except Failed as failure:
            return found + [("the server does not answer", self.about(requests, tail), str(failure))]
        least = len(self.known.is_there)
        if not least <= total <= least + self.known.perhaps:
            what = "an order that was refused is there" if total > least else "an order that was accepted is not there"
            found.append((what, self.about(requests, tail), f"answered {done.codes()}; {total} orders are counted, and {least} were accepted"))
            self.known.perhaps = max(0, total - least)
        return found

    def total(self):
        answer = self.ask("GET", "/metrics/prometheus", fields=self.asker.credentials())
        return int(re.search(rb"^orders_accepted_total (\d+)$", answer.body, re.MULTILINE)[1])

    # MARK: As few bytes as still show it

    def least(self, requests, tail, what):
        """Tries each request alone, and fewer fields and less of its body; for a few seconds."""
        end = time.monotonic() + 15

        def shows(requests, tail):
            requests, tail = self.renewed(requests, tail)
            if time.monotonic() > end or not self.server.is_alive() or self.is_frozen:
                return False
            before, _ = self.begin()
            done = self.exchange(requests, tail)
            self.settle()
            found = self.problems(requests, tail, done) + self.effects(requests, tail, done)
            if what == "CPU":
                data, _ = self.bytes_of(requests, tail)
                return self.server.cpu() - before > self.bounds.cpu([each.kind for each in requests] + ["plain"], len(data), done.size())
            return what in [each for each, _, _ in found]

        if self.is_frozen:
            return self.bytes_of(requests, tail)[0]
        requests, tail = self.renewed(requests, tail)
        if tail and requests and shows([], tail):
            requests = []
        elif not tail:
            requests = next(([each] for each in requests if len(requests) > 1 and shows([each], None)), requests)
        if tail is None and len(requests) == 1 and requests[0].fields:
            request, = requests
            for field in request.fields:
                fewer = dataclasses.replace(request, fields=tuple(each for each in request.fields if each != field))
                if field[0] != b"Authorization" and shows([fewer], None):
                    request = fewer
            requests = [request]
        return self.bytes_of(requests, tail)[0]

    def renewed(self, requests, tail):
        """The same with other ids, so that no order is there already."""
        def other(each, field):
            data = getattr(each, field)
            if each.order_id is None or data is None:
                return each
            self.known.number += 1
            order_id = self.profile.new_id(self.known.number)
            old = json.dumps(each.order_id).encode()
            new = json.dumps(order_id).encode()
            if old not in data or len(old) != len(new):
                return each
            return dataclasses.replace(each, order_id=order_id, **{field: data.replace(old, new)})

        return [other(each, "body") for each in requests], tail and other(tail, "data")

    # MARK: The end

    def recount(self):
        """Holds all books against one another once there is nothing more to do, and stops the server."""
        name = self.profile.name
        if not self.server.is_alive():
            return
        try:
            # Those whose client did not wait for the answer.
            end = time.monotonic() + 30
            total = self.total()
            while self.known.perhaps and time.monotonic() < end and (now := self.total()) != total:
                total = now
                time.sleep(0.2)
            if self.profile.has_metrics:
                claimed = self.ask("GET", "/metrics", fields=self.asker.credentials()).json()["total_orders"]
                if claimed != total:
                    self.findings.add(name, "the books differ", "/metrics", f"{claimed} orders, and {total} in Prometheus's text")
            listed = self.listed() if self.profile.has_list else None
            began = time.monotonic()
            code = self.server.stop()
            if code != 0 or time.monotonic() - began > self.pace.promptly:
                self.findings.add(name, "SIGTERM", "the end", f"it ended with {code} after {time.monotonic() - began:.1f} s")
        except Failed as failure:
            return self.findings.add(name, "the server does not answer", "the end", str(failure))
        with contextlib.closing(sqlite3.connect(self.folder / "orders.db")) as file:
            rows = [str(row[0]) for row in file.execute("SELECT id FROM orders")]
            users = file.execute("SELECT count(*) FROM users").fetchone()[0]
            tallied = file.execute("SELECT pending + processing + completed + cancelled + failed FROM tallies").fetchone()[0]
        accepted = {str(each) for each in self.known.is_there}
        for what, orders in (("the rows", rows), ("the list", listed)):
            if orders is None:
                continue
            if lost := accepted - set(orders):
                self.findings.add(name, "an order that was accepted is not there", what, f"{sorted(lost)[:5]}")
            if len(orders) != len(set(orders)) or len(orders) > len(accepted) + self.known.perhaps:
                self.findings.add(name, "the books differ", what, f"{len(orders)} orders, {len(set(orders))} ids, {len(accepted)} accepted, {self.known.perhaps} perhaps")
        if not tallied == total == len(rows):
            self.findings.add(name, "the books differ", "the rows", f"{len(rows)} rows, {tallied} in the tallies, {total} in the metrics")
        if not self.known.accounts <= users <= self.known.accounts + self.known.perhaps_accounts:
            told = f"{users} rows, {self.known.accounts} were registered, {self.known.perhaps_accounts} perhaps"
            self.findings.add(name, "the books differ", "accounts", told)
        print(f"{name}: {self.exchanges} connections, {self.requests} requests, {len(accepted)} orders accepted, and as many in all books", flush=True)

    def listed(self):
        found = []
        for user in range(max(1, len(self.known.tokens))):
            # A token may have grown old meanwhile.
            fields = ((b"Authorization", b"Bearer " + self.login(user)["access_token"].encode()),) if self.profile.has_accounts else ()
            cursor = ""
            while cursor is not None:
                page = self.ask("GET", f"/orders?limit=1000{cursor and '&cursor=' + cursor}", fields=fields).json()
                found += [each[self.profile.id_field] for each in page["orders"]]
                cursor = page["next_cursor"]
        return found


class Pinger(threading.Thread):
    """Asks for /ping all the while, over a connection each time."""

    def __init__(self, session):
        super().__init__(daemon=True)
        self.session, self.over = session, threading.Event()
        self.slowest = 0.0

    def run(self):
        data = Request("GET", b"/ping", "").bytes()
        while not self.over.wait(0.5):
            began = time.monotonic()
            with contextlib.suppress(OSError):
                exchange(self.session.server.port, data, ["GET"], until_closed=False, patience=60)
            self.slowest = max(self.slowest, time.monotonic() - began)


def fuzz(profile, told, seed, end, findings):
    """One server as one profile, until it is time. A server that is frozen or gone is followed by another."""
    turn = 0
    while True:
        folder = pathlib.Path(tempfile.mkdtemp(prefix="order-fuzz-"))
        try:
            pace = BESIDE_OTHER_WORK if told.corpus else BY_HAND
            with Session(profile, told.programs, folder, findings, f"{seed}/{turn}" if turn else seed, pace) as session:
                pinger = Pinger(session)
                pinger.start()
                try:
                    for scene in scenes.FIRST:
                        scene(session)
                    if told.corpus:
                        corpus(session)
                    while not told.corpus and time.monotonic() < end and session.is_well():
                        session.send()
                    if session.is_well():
                        scenes.unread_lists(session)
                finally:
                    pinger.over.set()
                    pinger.join()
                if not session.is_frozen:
                    session.recount()
                if pinger.slowest > session.pace.promptly and not session.is_frozen:
                    findings.add(profile.name, "/ping", "meanwhile", f"it was answered after {pinger.slowest:.1f} s only")
        finally:
            shutil.rmtree(folder)
        turn += 1
        if time.monotonic() >= end or told.corpus:
            return


def corpus(session):
    """Each odd framing in every way that it ends, and some requests."""
    for name in tails(session.asker):
        session.judged([session.asker.plain_create()], tails(session.asker)[name]())
    cases = [[each] for each in session.asker.known_attacks()] + [[session.asker.draw() for _ in range(3)] for _ in range(40)]
    for requests in cases:
        if session.is_well():
            session.judged(requests, None)


def replay(profile, told, findings):
    data = told.replay.read_bytes()
    folder = pathlib.Path(tempfile.mkdtemp(prefix="order-fuzz-"))
    try:
        with Session(profile, told.programs, folder, findings, 0, BY_HAND) as session:
            if session.known.tokens:
                data = re.sub(rb"(?<=Authorization: Bearer )[^\r\n]*", session.known.tokens[0].encode(), data)
            data = re.sub(rb"(?<=Authorization: Basic )[^\r\n]*", profiles.BASIC[6:], data) if profile.name == "basic-auth" else data
            total, (cpu, memory) = session.total(), session.begin()
            done = exchange(session.server.port, data, [], told.ending, patience=60)
            session.settle()
            print(f"answers: {[(each.status, each.body[:200]) for each in done.answers]}\nclosed: {done.is_closed}; fault: {done.fault}")
            print(f"{len(data)} bytes sent, {done.size()} answered, {session.server.cpu() - cpu:.2f} s of CPU, {session.server.memory() - memory >> 20} MiB")
            print(f"orders: {total} before, {session.total()} after")
    finally:
        shutil.rmtree(folder)


def main():
    parser = argparse.ArgumentParser(description="Sends order-server what nobody should, and holds it to its word.")
    parser.add_argument("--programs", required=True, help="the folder that the built programs are in")
    parser.add_argument("--minutes", type=float, default=10, help="for how long, in all (default: 10)")
    parser.add_argument("--seed", type=int, default=None, help="of all that is drawn (default: random)")
    parser.add_argument("--profile", choices=PROFILES, help="this one alone")
    parser.add_argument("--corpus", action="store_true", help="a small fixed part instead")
    parser.add_argument("--findings", type=pathlib.Path, default=ROOT / ".build" / "fuzz-server", help="where what is found is written")
    parser.add_argument("--replay", type=pathlib.Path, help="sends this file's bytes, and says what comes")
    parser.add_argument("--ending", choices=("wait", "half-close", "hang-up"), default="wait", help="what the client does after a replay")
    told = parser.parse_args()
    end_by_signals()
    seed = told.seed if told.seed is not None else 13 if told.corpus else random.SystemRandom().randrange(2**32)
    findings = Findings(told.findings, seed)
    if told.replay:
        if not told.profile:
            parser.error("--replay needs --profile")
        return replay(PROFILES[told.profile], told, findings)
    print(f"seed {seed}", flush=True)
    chosen = [PROFILES[told.profile]] if told.profile else list(PROFILES.values())
    # Each has two turns, with a fresh server each: what fills up is seen, and what a new one does.
    turns = 1 if told.corpus or told.minutes < 2 else 2
    began = time.monotonic()
    for number in range(turns * len(chosen)):
        end = time.monotonic() + told.minutes * 60 / (turns * len(chosen))
        fuzz(chosen[number % len(chosen)], told, f"{seed}/{number // len(chosen)}" if number >= len(chosen) else seed, end, findings)
    for (profile, what, about), count in findings.counts.items():
        print(f"{count:6} × {profile}: {what}: {about}")
    print(f"{len(findings.counts)} findings in {time.monotonic() - began:.0f} s (seed {seed})")
    sys.exit(1 if findings.counts else 0)


if __name__ == "__main__":
    main()
