#!/usr/bin/env python3
"""A shop that has its orders in a list of many pages, and nowhere else.

What is odd about it:
- There is no page for a single order, and there are no figures: `GET /orders` is all, the newest order last.
- Where a further page is depends on `--pages`:
      offset   GET /orders?offset=40&limit=20, and the answer has the `total`
      number   GET /orders?page=3, counted from 1, and the answer has how many `pages` there are
      link     the header Link says where the next page is, behind others that are not next; on the last page it does not
- Beyond the last page there is an empty one.
- With `--as object` the orders are no list, but an object with the ids for its keys.
"""

import re

from books import Books
from serving import Refusal, count, read_options, serve

STATES = {"pending": "NEW", "processing": "WORKING", "completed": "DONE", "failed": "FAILED"}


def more_options(add):
    add("--pages", choices=("offset", "number", "link"), default="offset", help="how the next page is found (default: offset)")
    add("--page-size", type=count, default=20, metavar="N", help="orders of a page; by offset, where there is no limit (default: 20)")
    add("--links", choices=("absolute", "path", "query"), default="absolute",
        help="a link is http://…/orders?after=20, /orders?after=20 or ?after=20 (default: absolute)")
    add("--as", choices=("list", "object"), default="list", dest="form", help="what the orders of a page are (default: list)")


options = read_options(__doc__, more_options)
books = Books(options)


def create(request):
    request.item()
    return 201, {"id": int(books.add().id)}


def number_of(request, name, default, least=0):
    text = request.query.get(name, str(default))
    if not re.fullmatch("[0-9]{1,12}", text) or int(text) < least:
        raise Refusal(400, f"{name} must be a whole number, {least} or more")
    return int(text)


def shown(orders):
    if options.form == "object":
        return {order.id: {"state": STATES[order.status]} for order in orders}
    return [{"id": int(order.id), "state": STATES[order.status]} for order in orders]


def by_offset(request):
    orders, total = books.page(number_of(request, "offset", 0), min(number_of(request, "limit", options.page_size, 1), 100))
    return 200, {"orders": shown(orders), "total": total}


def by_number(request):
    size = options.page_size
    orders, total = books.page((number_of(request, "page", 1, 1) - 1) * size, size)
    return 200, {"orders": shown(orders), "pages": -(-total // size)}


def by_link(request):
    start = number_of(request, "after", 0)
    orders, total = books.page(start, options.page_size)
    place = {"absolute": f"http://{request.headers.get('host', '')}/orders", "path": "/orders", "query": ""}[options.links]
    # A title may have commas and semicolons in it, which part links and their parameters elsewhere.
    links = [f'<{place}?after=0>; rel="first"; title="first; the oldest, that is"', f'<{place}?after={start}>; rel=self']
    if start + len(orders) < total:
        links.append(f'<{place}?after={start + len(orders)}>; rel="next"')
    return 200, {"orders": shown(orders)}, {"Link": ", ".join(links)}


serve(options, {"POST /orders": create, "GET /orders": {"offset": by_offset, "number": by_number, "link": by_link}[options.pages]})
