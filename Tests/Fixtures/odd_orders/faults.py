"""Which of many a fault befalls, and the flags that say so."""

import argparse
import itertools


def strikes(share, number):
    """Whether a fault that befalls this share befalls the one of this number, counted from 1: of a tenth every tenth."""
    return int(number * share) > int((number - 1) * share)


class Counter:
    """Numbers what has no number of its own, from 1; safe between threads."""

    def __init__(self):
        self._numbers = itertools.count(1)

    def strikes(self, share):
        return strikes(share, next(self._numbers))


def share(text):
    value = float(text)
    if not 0 <= value <= 1:
        raise argparse.ArgumentTypeError(f"{text} is not a share; it must lie from 0 to 1")
    return value


def read_options(description, faults, more=lambda add: None):
    """The flags that every server has, those of these faults (name: what happens), each a share, and the ones that `more` adds."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    add = parser.add_argument
    add("--port", type=int, default=8000, help="on 127.0.0.1; 0 picks a free one (default: 8000)")
    add("--service-time", type=float, default=0.05, metavar="SECONDS", help="how long each order is processed (default: 0.05)")
    add("--workers", type=int, default=16, metavar="N", help="orders processed at a time (default: 16)")
    for name, what in faults.items():
        add(f"--{name}", type=share, default=0, metavar="SHARE", help=what)
    more(add)
    parser.set_defaults(lose=0, stuck=0, fail=0)
    return parser.parse_args()
