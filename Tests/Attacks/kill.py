#!/usr/bin/env python3
"""Kills order-server at random moments under load, again and again, and recounts. Started by scripts/kill, which sees to the programs.

kill.py --programs DIR [--sqlite 1000] [--postgresql 100] [--mariadb 0] [--seed N]

Several connections send orders, and cancel some. After 5 to 300 ms, or while the server still starts, it is killed by SIGKILL and started
again on the same store. Each time:

- an order whose 201 was lost is sent again: 201 or 409, and is there then in any case,
- the total of /metrics is exactly the number of orders that are there,
- each order that was acknowledged since the kill before has its page, and no cancelled one another status.

After every 50 kills all orders are waited for, and the books are recounted: every order has ended, the figures of /metrics, the list and the
database's own rows tell of the same orders, each once; what was acknowledged as cancelled is, and all others are completed; and the sums
behind the averages are those of the rows. Then a new store is begun.

Ends with 1 where anything was lost or counted twice; what was found is printed with the moment, and the store is kept.
"""

import argparse
import collections
import contextlib
import glob
import json
import os
import pathlib
import random
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse

from answers import Answers
from server import PATIENCE, Failed, OrderServer, database, end_by_signals

KILLS_PER_STORE = 50
CONNECTIONS = 8
FLAGS = ("--workers", "64", "--service-time", "uniform:0ms..5ms")


class Lost(Exception):
    """The connection ended without an answer."""


class Connection:
    def __init__(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def ask(self, *requests):
        """Sends all of them at once, and gives their answers.
        Raises `Lost` where not all come."""
        try:
            self.socket.sendall(b"".join(requests))
            answers = Answers()
            while len(answers.final) < len(requests):
                data = self.socket.recv(65_536)
                if not data:
                    raise Lost
                answers.feed(data, [])
                if answers.fault:
                    raise Failed(answers.fault)
            return answers.final
        except TimeoutError:
            raise Failed(f"no answer within {PATIENCE} s to {requests[0][:80]!r}") from None
        except OSError:
            raise Lost from None

    def get(self, path):
        return self.ask(get(path))[0]


def get(path):
    return f"GET {path} HTTP/1.1\r\nHost: a\r\n\r\n".encode()


def post(path, body=b""):
    return f"POST {path} HTTP/1.1\r\nHost: a\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body


def create(order):
    return post("/orders", json.dumps({"order_id": order, "user_id": "u", "item_ids": ["i"] * 3, "total_amount": 1.25}).encode())


class Books:
    """What a client knows of the orders in one store."""

    def __init__(self):
        self.there = set()  # acknowledged, or found to be there
        self.unanswered = set()  # sent, and neither
        self.cancelled = set()
        self.perhaps_cancelled = set()


class Sender(threading.Thread):
    """One connection that sends orders until it is cut off."""

    def __init__(self, port, name, chance, books):
        super().__init__(daemon=True)
        self.port, self.name_, self.chance, self.books = port, name, chance, books
        self.acknowledged = []
        self.fault = None

    def run(self):
        try:
            with Connection(self.port) as connection:
                for number in range(1_000_000):
                    self.send(connection, f"{self.name_}-{number}")
        except (Lost, OSError):
            pass
        except Failed as failure:
            self.fault = str(failure)

    # Each set is changed by one operation that no other thread can cut in two.
    def send(self, connection, order):
        self.books.unanswered.add(order)
        answer, = connection.ask(create(order))
        if answer.status != 201:
            raise Failed(f"{order} is refused with {answer.status}: {answer.body[:200]!r}")
        self.acknowledged.append(order)
        self.books.there.add(order)
        self.books.unanswered.discard(order)
        if self.chance.random() < 0.2:
            self.books.perhaps_cancelled.add(order)
            answer, = connection.ask(post(f"/orders/{order}/cancel"))
            self.books.perhaps_cancelled.discard(order)
            if answer.status == 200:
                self.books.cancelled.add(order)
            elif answer.status != 409:
                raise Failed(f"cancelling {order} is answered with {answer.status}: {answer.body[:200]!r}")


class Round:
    """One store, and the kills that it has to bear."""

    def __init__(self, programs, store, chance, folder):
        self.server = OrderServer(programs, ["--store", store, *FLAGS], folder / "log")
        self.store, self.chance = store, chance
        self.books = Books()
        self.start_takes = 0.3
        self.latest = []

    def kill_once(self, number):
        """Starts the server, puts load on it, kills it."""
        if self.chance.random() < 0.1:
            # While it starts, which is when it takes up what the kill before has left.
            self.server.spawn()
            time.sleep(self.chance.uniform(0, self.start_takes * 1.2))
            return self.server.kill()
        began = time.monotonic()
        self.server.start()
        self.start_takes = time.monotonic() - began
        self.check()
        senders = [Sender(self.server.port, f"{number}-{each}", random.Random(self.chance.random()), self.books) for each in range(CONNECTIONS)]
        for each in senders:
            each.start()
        time.sleep(self.chance.uniform(0.005, 0.3))
        self.server.kill()
        for each in senders:
            each.join(PATIENCE)
        for each in senders:
            if each.fault:
                raise Failed(each.fault)
        self.latest = [order for each in senders for order in each.acknowledged]

    def check(self):
        """What holds as soon as it is up again."""
        books = self.books
        with Connection(self.server.port) as connection:
            for order in sorted(books.unanswered):
                answer, = connection.ask(create(order))
                if answer.status not in (201, 409):
                    raise Failed(f"{order}, sent again, is answered with {answer.status}: {answer.body[:200]!r}")
                books.there.add(order)
            books.unanswered.clear()
            total = connection.get("/metrics").json()["total_orders"]
            if total != len(books.there):
                raise Failed(f"/metrics counts {total} orders, and there are {len(books.there)}")
            for start in range(0, len(self.latest), 32):
                some = self.latest[start:start + 32]
                for order, answer in zip(some, connection.ask(*[get(f"/orders/{order}/status") for order in some])):
                    if answer.status != 200:
                        raise Failed(f"{order} was acknowledged and is lost: {answer.status}")
                    if order in books.cancelled and answer.json()["status"] != "cancelled":
                        raise Failed(f"{order} was cancelled, and is {answer.json()['status']}")

    def recount(self):
        """Waits until all orders have ended, and holds all books against one another. Gives how many orders there are."""
        self.server.start()
        self.check()
        with Connection(self.server.port) as connection:
            end = time.monotonic() + PATIENCE
            while (counts := (figures := connection.get("/metrics").json())["status_counts"])["pending"] + counts["processing"] > 0:
                if time.monotonic() > end:
                    raise Failed(f"orders do not end: {counts}")
                time.sleep(0.02)
            listed = list(self.listed(connection))
        if (code := self.server.stop()) != 0:
            raise Failed(f"SIGTERM ends the server with {code}: {self.server.last_words()}")
        rows, tallies = read(self.store)
        self.compare("the list", listed)
        self.compare("the database", [(row[0], row[1]) for row in rows])
        of_rows = collections.Counter(row[1] for row in rows)
        if any(of_rows[word] != count for word, count in counts.items()):
            raise Failed(f"/metrics counts {counts}, and the rows are {dict(of_rows)}")
        completed = [row for row in rows if row[1] == "completed"]
        sums = [sum(end - start for _, _, _, start, end in completed), sum(end - created for _, _, created, _, end in completed)]
        if sums != tallies:
            raise Failed(f"the tallies sum up to {tallies} us of processing and completion, and the rows to {sums}")
        for name, total in zip(("average_processing_time", "average_completion_time"), sums):
            mean = total / len(completed) / 1e6 if completed else None
            if (figures[name] is None) != (mean is None) or mean is not None and abs(figures[name] - mean) > 1e-9:
                raise Failed(f"{name} is {figures[name]}, and of the rows {mean}")
        return len(rows)

    def listed(self, connection):
        cursor = ""
        while cursor is not None:
            page = connection.get(f"/orders?limit=1000{cursor and '&cursor=' + cursor}").json()
            yield from ((order["order_id"], order["status"]) for order in page["orders"])
            cursor = page["next_cursor"]

    def compare(self, what, orders):
        books = self.books
        twice = [order for order, count in collections.Counter(order for order, _ in orders).items() if count > 1]
        words = dict(orders)
        lost, strange = books.there - words.keys(), words.keys() - books.there
        if twice or lost or strange:
            raise Failed(f"{what} has {twice[:5]} twice, lacks {sorted(lost)[:5]}, and has {sorted(strange)[:5]} that nobody sent")
        for order, word in words.items():
            expected = ["cancelled"] if order in books.cancelled else ["completed"]
            if order in books.perhaps_cancelled:
                expected = ["cancelled", "completed"]
            if word not in expected:
                raise Failed(f"{what} has {order} as {word}, and it is {' or '.join(expected)}")


COLUMNS = "SELECT id, status, created_at, started_at, ended_at FROM orders"
SUMS = "SELECT sum(processing_time), sum(completion_time) FROM tallies"


def read(store):
    """The database's own rows, (id, status, created, started, ended) with times in microseconds, and the sums of its tallies. Not through
    the server, which has stopped."""
    kind, _, rest = store.partition(":")
    if kind == "sqlite":
        with contextlib.closing(sqlite3.connect(f"file:{urllib.parse.quote(rest)}?mode=ro", uri=True)) as file:
            problem = file.execute("PRAGMA integrity_check").fetchone()[0]
            if problem != "ok":
                raise Failed(f"the file is damaged: {problem}")
            return file.execute(COLUMNS).fetchall(), list(file.execute(SUMS).fetchone())
    given = urllib.parse.parse_qs(urllib.parse.urlsplit(store).query)
    if kind == "postgresql":
        client = [program("psql"), "-qAtX", "-F\t", "-h", given["host"][0], "-p", given["port"][0], "-U", "orders", "-d", "orders", "-c"]
    else:
        client = [program("mariadb"), "--no-defaults", "-N", "-B", f"--socket={given['socket'][0]}", "-u", "root", "orders", "-e"]

    def ask(statement):
        lines = subprocess.run([*client, statement], check=True, capture_output=True, text=True).stdout.splitlines()
        return [tuple(int(part) if part.isdigit() else part for part in line.split("\t")) for line in lines]

    return ask(COLUMNS), list(ask(SUMS)[0])


def program(name):
    """Debian keeps PostgreSQL's own programs out of the path."""
    return shutil.which(name) or sorted(glob.glob(f"/usr/lib/postgresql/*/bin/{name}"))[-1]


def kill_over(kind, kills, programs, seed):
    """Gives whether all held."""
    began, done, orders = time.monotonic(), 0, 0
    while done < kills:
        folder = pathlib.Path(tempfile.mkdtemp(prefix="order-kill-"))
        chance = random.Random(f"{seed}/{kind}/{done}")
        count = min(KILLS_PER_STORE, kills - done)
        with contextlib.ExitStack() as stack:
            store = f"sqlite:{folder}/orders.db" if kind == "sqlite" else stack.enter_context(database(kind))
            round_ = Round(programs, store, chance, folder)
            try:
                for number in range(count):
                    round_.kill_once(number)
                    done += 1
                orders += round_.recount()
            except Failed as failure:
                print(f"FOUND {kind}, kill {done} (seed {seed}): {failure}\n  the store and the log are kept in {folder}", flush=True)
                return False
            finally:
                if round_.server.process:
                    round_.server.kill()
        shutil.rmtree(folder)
        print(f"{kind}: {done} kills, {orders} orders there, completed or cancelled, counted once; {time.monotonic() - began:.0f} s", flush=True)
    return True


def main():
    parser = argparse.ArgumentParser(description="Kills order-server at random moments under load, and recounts.")
    parser.add_argument("--programs", required=True, help="the folder that the built programs are in")
    for kind, kills in (("sqlite", 1000), ("postgresql", 100), ("mariadb", 0)):
        parser.add_argument(f"--{kind}", type=int, default=kills, metavar="N", help=f"kills over {kind} (default: {kills})")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(2**32), help="of the moments (default: random)")
    told = parser.parse_args()
    end_by_signals()
    print(f"seed {told.seed}", flush=True)
    results = [kill_over(kind, getattr(told, kind), told.programs, told.seed) for kind in ("sqlite", "postgresql", "mariadb")]
    sys.exit(0 if all(results) else 1)


if __name__ == "__main__":
    main()
