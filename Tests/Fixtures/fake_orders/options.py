"""The command's flags."""

import argparse

from .books import STATUSES
from .wire import DRIP_SECONDS, HUGE_BYTES

ANSWER_FAULTS = ("html", "garbage", "half", "close", "500", "drip", "reset", "huge")
METRICS_FAULTS = ("html", "500", "garbage", "missing", "null", "word", "swapped", "nothing", "half", "close")


def share(text):
    value = float(text)
    if not 0 <= value <= 1:
        raise argparse.ArgumentTypeError(f"{text} is not a share; it must lie from 0 to 1")
    return value


def lie(text):
    name, _, value = text.partition("=")
    if name == "average":
        return name, float(value)
    if name == "total" or name in STATUSES:
        return name, int(value)
    raise argparse.ArgumentTypeError(f"{text} is no lie; total, average or one of {', '.join(STATUSES)}, as in total=-1 or average=1.2")


def word(text):
    status, equals, name = text.partition("=")
    if status not in STATUSES or not equals:
        raise argparse.ArgumentTypeError(f"{text} renames no status; write it as in processing=cooking")
    return status, name


def workers(text):
    return float("inf") if text == "unlimited" else int(text)


def parse_options(description):
    parser = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog="example: fake_order_server.py --port 0 --service-time 2 --workers unlimited --lie average=1.2")
    add = parser.add_argument
    add("--host", default="127.0.0.1")
    add("--port", type=int, default=8000, help="0 picks a free one (default: 8000)")
    add("--service-time", type=float, default=0.1, metavar="SECONDS", help="how long each order is processed (default: 0.1)")
    add("--workers", type=workers, default=8, metavar="N|unlimited", help="orders processed at a time (default: 8)")
    add("--start-with", type=int, default=0, metavar="N", help="this many completed orders are there already")
    add("--seed", default="1", help="decides which orders, polls and readings meet a fault (default: 1)")

    add = parser.add_argument_group("what /metrics says").add_argument
    add("--lie", type=lie, action="append", default=[], metavar="WHAT=N",
        help="total=-1, completed=+1, pending=+3, … is added to that figure alone; average=1.2 multiplies both averages; "
        "told from the first order on; may be repeated")
    add("--lie-moves-counts", action="store_true",
        help="a lie about the total is told of completed too, one about a status of the total too, so that the sums agree")
    add("--round", type=int, metavar="DIGITS", help="averages are rounded to nearest; 0 prints integers")
    add("--metrics", choices=METRICS_FAULTS, help="how a reading fails; missing leaves total_orders out, "
        "null and word stand in its place; swapped: as many orders are pending as are processing, and the other way round; "
        "nothing: {}")
    add("--metrics-cache", type=float, default=0, metavar="S", help="the same figures are told for so long, with an Age header")
    add("--without-age", action="store_true", help="there is no Age header")
    add("--metrics-from", type=int, default=1, metavar="K", help="the K-th reading is the first that may fail so")
    add("--metrics-every", type=int, default=1, metavar="K", help="every K-th reading fails so (default: every one)")

    add = parser.add_argument_group("how orders and polls are answered").add_argument
    add("--answer", choices=ANSWER_FAULTS,
        help="half: all of the head, half of the body, close; close: not a byte; "
        f"drip: the right answer, a byte every {DRIP_SECONDS} s; huge: a body of {HUGE_BYTES >> 20} MiB")
    add("--answer-share", type=share, default=0.1, metavar="SHARE", help="of the answers that this happens to (default: 0.1)")
    add("--answer-on", choices=("create", "poll"), default="create", help="(default: create)")
    add("--answer-creates", choices=("always", "never", "sometimes"), default="sometimes",
        help="whether an order exists whose answer was spoilt; sometimes: one half of them (default)")
    add("--refuse", type=share, default=0, metavar="SHARE", help="of the creates gets 422")
    add("--forget", type=share, default=0, metavar="SHARE",
        help="of the acknowledged orders is lost right after: 404, and in no count")
    add("--stick", type=share, default=0, metavar="SHARE",
        help="of the orders stays in processing for ever; their workers go on without them")
    add("--another", type=share, default=0, metavar="SHARE", help="of the polls are answered about the order that came before the one asked for")
    add("--stamp-early", type=float, default=0, metavar="SECONDS", help="an end is stamped so much before it can be seen")
    add("--back", type=share, default=0, metavar="SHARE", help="of the polls of orders in processing are answered pending")
    add("--word", type=word, action="append", default=[], metavar="STATUS=WORD",
        help="another word in answers about orders, not in /metrics")
    add("--same-id", action="store_true", help="every order gets the same id; polls are answered about the first")
    add("--foreign", type=float, default=0, metavar="RATE", help="orders per second of somebody else, from the start")
    add("--create-cost", type=float, default=0, metavar="SECONDS",
        help="a create takes so long, and nothing else is done meanwhile: requests wait for one another, first come, first served")
    add("--poll-cost", type=float, default=0, metavar="SECONDS", help="so does a look at an order")
    add("--only-errors", action="store_true", help="everything but /ping is answered 500")

    add = parser.add_argument_group("how it ends or stands still").add_argument
    add("--die-after", type=int, metavar="N",
        help="exits hard with 3 once N orders were created and the last of them answered; 0: on the first")
    add("--die-at-once", nargs="?", const="request", choices=("request", "listening"),
        help="exits hard with 1 on the first request, or as soon as it is listening (default: request)")
    add("--stall-at", type=float, metavar="SECONDS", help="after the first order came in, nothing has an effect or is answered …")
    add("--stall-for", type=float, default=5, metavar="SECONDS", help="… for so long; orders in processing go on (default: 5)")
    return parser.parse_args()
