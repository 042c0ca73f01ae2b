"""What each profile looks like to a client, as far as it is fuzzed: written down apart from the server, so that a mistake there is not made here too."""

import base64
import dataclasses
import json
import re
import secrets
import unicodedata

DEPTH = 64
ID = re.compile(r"\.*[A-Za-z0-9_~:-][A-Za-z0-9._~:-]*")


@dataclasses.dataclass
class Profile:
    name: str
    order: dict  # field to value, but for the id
    id_field: str = "order_id"
    chooses_id: str = "no"  # whether the client does: "no", "may", "must"
    id_is_number: bool = False
    page: str = "/orders/{id}"
    has_list: bool = False
    has_accounts: bool = False
    has_metrics: bool = True
    more: tuple = ()  # further paths of one order
    flags: tuple = ()

    def new_id(self, number):
        """All are of one length, so that one can be put in another's place."""
        return 10_000_000 + number if self.id_is_number else f"f-{number:07}"


PROFILES = {each.name: each for each in (
    Profile("standard", {"user_id": "u-1", "item_ids": ["item-001"], "total_amount": 250.75}, chooses_id="may", page="/orders/{id}/status",
            has_list=True, more=("/orders/{id}", "/metrics/{id}")),
    Profile("basic-auth", {"user_id": 456, "item_ids": [1, 2, 3], "total_amount": 150.75}, chooses_id="must", id_is_number=True),
    Profile("parallel", {"user_id": "u-1", "item_ids": ["item-001"], "total_amount": 100.0}),
    Profile("sequential", {"user_id": "user_id", "item_ids": "item_ids", "total_amount": 100}, chooses_id="must", page="/orders/{id}/status",
            more=("/metrics/{id}",)),
    Profile("marketplace", {"product_name": "lamp", "amount": 9.99}, id_field="id", has_list=True, has_accounts=True, has_metrics=False,
            flags=("--batch-every", "100ms", "--login-rate-limit", "off")),
    Profile("fcfs", {"user_id": "b7a1", "item_ids": ["item-001", "item-002"], "total_amount": 250.75}))}

PASSWORD = secrets.token_hex(8)
BASIC = b"Basic " + base64.b64encode(f"alice:{PASSWORD}".encode())


class NotJSON(Exception):
    pass


def strict_json(body):
    """What RFC 8259 and the server's own two rules make of it (64 deep, no name twice). Raises `NotJSON`."""
    try:
        text = body.decode()
    except UnicodeDecodeError:
        raise NotJSON from None
    depth = 0
    for token in re.findall(r'"(?:[^"\\]|\\.)*"|[\[\]{}]', text, re.DOTALL):
        depth += (token in "[{") - (token in "]}")
        if depth > DEPTH:
            raise NotJSON

    def members(pairs):
        if len({name for name, _ in pairs}) != len(pairs):
            raise NotJSON
        return dict(pairs)

    def refuse(_):
        raise NotJSON

    try:
        document = json.loads(text, object_pairs_hook=members, parse_int=float, parse_constant=refuse)
    except (ValueError, RecursionError):
        raise NotJSON from None
    if has_lone_surrogate(document):
        raise NotJSON
    return document


def has_lone_surrogate(value):
    if isinstance(value, str):
        return any("\ud800" <= each <= "\udfff" for each in value)
    if isinstance(value, list):
        return any(has_lone_surrogate(each) for each in value)
    return isinstance(value, dict) and any(has_lone_surrogate(name) or has_lone_surrogate(each) for name, each in value.items())


def is_printable(text, longest):
    return isinstance(text, str) and 1 <= len(text) <= longest and all(unicodedata.category(each) != "Cc" for each in text)


def is_amount(value):
    return isinstance(value, float) and 0 <= value <= 1e12


def is_whole(value):
    return isinstance(value, float) and value.is_integer() and abs(value) <= 2**53 - 1


def is_id(text):
    return isinstance(text, str) and 1 <= len(text) <= 128 and bool(ID.fullmatch(text))


def is_list(value, rule):
    return isinstance(value, list) and 1 <= len(value) <= 1_000 and all(rule(each) for each in value)


def is_order(profile, body):
    """Whether a body is an order as docs/order-server.md has it; `None` where that says nothing."""
    try:
        found = strict_json(body)
    except NotJSON:
        return False
    if not isinstance(found, dict):
        return False
    if profile.has_accounts:
        return is_printable(found.get("product_name"), 256) and is_amount(found.get("amount"))
    if not is_amount(found.get("total_amount")):
        return False
    if profile.id_is_number:
        items = found.get("item_ids")
        holds = is_whole(found.get("order_id")) and is_whole(found.get("user_id")) and isinstance(items, list) and all(map(is_whole, items))
        return None if holds and not 1 <= len(items) <= 1_000 else holds
    if profile.chooses_id == "must" and "order_id" not in found:
        return False
    if profile.chooses_id != "no" and "order_id" in found and not is_id(found["order_id"]):
        return False
    items = found.get("item_ids")
    if profile.name == "sequential" and isinstance(items, str):
        items = [items]
    return is_printable(found.get("user_id"), 256) and is_list(items, lambda each: is_printable(each, 256))
