"""Work 1: canned answers of nginx on one core, the load generator on another, 100 connections, as fast as it goes.

Two kinds of load. Creates alone: every request is a POST. With one poll each: loadgen follows each order, which the first poll finds
completed; wrk sends a POST and a GET in turn. loadgen numbers its orders in the body, and reads the id and the status of each answer;
the peers send the same bytes again and again, and look at the status code at most.
"""

import loadgen
import peers
from rounds import say, take_turns
from serve import nginx
from settings import HERE

CONNECTIONS = 100
DIALECT = HERE / "targets" / "canned.yaml"


def loadgen_turn(settings, url, *flags):
    usage, summary = loadgen.run(
        settings, url,
        ["--dialect", DIALECT, "-c", CONNECTIONS, "--connections", CONNECTIONS, "-d", f"{settings.seconds}s", *flags],
        settings.seconds + 60)
    return loadgen.facts(usage, summary)


def wrk_turn(settings, url, script):
    usage, said = peers.wrk(settings, url, script, CONNECTIONS, settings.seconds)
    return peers.facts(usage, said["requests"], said["microseconds"] / 1e6)


def run(settings):
    connections, seconds = CONNECTIONS, settings.seconds
    with nginx(settings) as (url, target):
        creates = {
            "loadgen": lambda: loadgen_turn(settings, url, "--no-follow"),
            "wrk": lambda: wrk_turn(settings, url, "create.lua"),
            "h2load": lambda: peers.facts(*peers.h2load(settings, url, connections, seconds)),
            "hey": lambda: peers.facts(*peers.hey(settings, url, connections, seconds)),
            "bombardier": lambda: peers.facts(*peers.bombardier(settings, url, connections, seconds)),
        }
        polled = {
            "loadgen": lambda: loadgen_turn(settings, url),
            "wrk": lambda: wrk_turn(settings, url, "create_poll.lua"),
        }
        for name in list(creates):
            if name != "loadgen" and peers.find(name) is None:
                say(f"{name} is not here")
                del creates[name]
        return {
            "connections": connections, "seconds": seconds,
            "creates": take_turns("creates", settings.rounds, creates, target.pid),
            "polled": take_turns("creates and polls", settings.rounds, polled, target.pid)}
