"""Logs in while others flood a marketplace, from addresses of their own, and says how it went.

login_flood.py URL registrations|logins FLOODER VICTIM   prints {"statuses": {...}, "flood": {...}}
"""

import collections
import http.client
import json
import sys
import threading
import urllib.parse

PASSWORD = "correct horse battery"


def post(place, source, path, body):
    connection = http.client.HTTPConnection(place.hostname, place.port, timeout=300, source_address=(source, 0))
    try:
        connection.request("POST", path, json.dumps(body), {"Content-Type": "application/json"})
        answer = connection.getresponse()
        answer.read()
        return answer.status
    finally:
        connection.close()


def main():
    url, kind, flooder, victim = sys.argv[1:]
    place = urllib.parse.urlsplit(url)
    account = {"email": "victim@example.org", "password": PASSWORD}
    made = post(place, victim, "/auth/register", {"name": "Victim", **account})
    if made != 201:
        sys.exit(f"the account was not made: {made}")
    over = threading.Event()
    flood = collections.Counter()

    def send(thread):
        for turn in range(2000):
            if over.is_set():
                return
            body = {"name": "x", "email": f"{thread}-{turn}@example.org", "password": PASSWORD}
            if kind == "logins":
                body = {"email": account["email"], "password": f"guess {thread} {turn}"}
            path = "/auth/register" if kind == "registrations" else "/auth/login"
            try:
                flood[post(place, flooder, path, body)] += 1
            except OSError:
                pass

    threads = [threading.Thread(target=send, args=(thread,)) for thread in range(40)]
    for thread in threads:
        thread.start()
    try:
        statuses = collections.Counter(post(place, victim, "/auth/login", account) for _ in range(12))
    finally:
        over.set()
        for thread in threads:
            thread.join()
    print(json.dumps({"statuses": statuses, "flood": flood}))


main()
