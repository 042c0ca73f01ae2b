"""What a request may cost the server: relative to plain requests of the same length, in the same process."""

import dataclasses
import json

from asking import Asker, written
from exchange import exchange

MIB = 1 << 20
ANSWER = MIB // 2  # bytes that any answer may have, whatever was asked
ANSWER_PER_BYTE = 4  # and for each byte that was sent
LIST = 8 * MIB  # that a page of a list may have
FACTOR = 8  # how many times as much CPU or memory as plain text a hostile one may cost
SLACK = 0.15  # seconds of CPU
ROOM = 96 * MIB  # of memory


@dataclasses.dataclass
class Bounds:
    each: dict  # seconds of CPU for a request, by its kind
    per_byte: float  # seconds
    memory_per_byte: float

    def cpu(self, kinds, sent, answered):
        """Seconds that an exchange may take."""
        return SLACK + FACTOR * (sum(self.each[kind] for kind in kinds) + self.per_byte * (sent + answered))

    def memory(self, sent, answered):
        """Bytes that the server may grow by meanwhile."""
        return ROOM + FACTOR * self.memory_per_byte * (sent + answered)


def measured(server, profile, chance, known):
    """Sends plain requests: small ones, large ones of one long text, of many short ones, of many names. Each kind twice; the least counts."""
    asker = Asker(profile, chance, known)
    size = 700_000

    def cost(requests):
        server.forget_peak()
        before, memory = server.cpu(), server.memory("VmRSS")
        done = exchange(server.port, b"".join(each.bytes() for each in requests), [each.method for each in requests], until_closed=False, patience=120)
        for answer, each in zip(done.answers, requests, strict=True):
            known.note(each, answer)
        return server.cpu() - before, max(0, server.memory() - memory)

    def padded(note):
        request = asker.plain_create()
        request.body = request.body[:-1] + b',"note":' + note + b"}"
        return request

    notes = [b'"' + b"a" * size + b'"', json.dumps(["ab"] * (size // 6)).encode(), json.dumps({f"n{number}": 1 for number in range(size // 13)}).encode()]
    costs = [cost([padded(note)]) for note in notes for _ in range(2)]
    plain = min(cost([asker.plain_create() for _ in range(20)])[0] for _ in range(2)) / 20
    each = {"plain": plain, "auth": plain}
    if profile.has_accounts:
        login = asker.account()
        login.target, login.body = b"/auth/login", written({b"email": b'"u0@a"', b"password": b'"no-such-password"'})
        each["auth"] = max(cost([login])[0] for _ in range(2))
    pairs = [min(costs[place], costs[place + 1]) for place in range(0, len(costs), 2)]
    return Bounds(each, max(cpu for cpu, _ in pairs) / size, max(memory for _, memory in costs) / size)
