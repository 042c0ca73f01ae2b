"""Requests whose framing is right, whatever else they hold: each is to be answered once, and the next one too."""

import base64
import dataclasses
import json

import oddities
import profiles

LARGEST = 1_000_000  # bytes of a body, within the server's limit


@dataclasses.dataclass
class Request:
    method: str
    target: bytes
    about: str
    body: bytes | None = None
    fields: tuple = ()
    chunks: tuple = ()  # lengths, where it is sent in chunks
    expected: tuple = ()  # the codes that may be answered; empty: any below 500
    order_id: object = None  # that the answer to a create must have
    makes: bool | None = False  # whether it is an order that is new and right; None: perhaps
    kind: str = "plain"  # what it costs is measured by kind: plain, auth
    hosts: tuple = (b"a",)
    version: bytes = b"HTTP/1.1"

    def bytes(self):
        fields = [(b"Host", host) for host in self.hosts] + list(self.fields)
        body = self.body or b""
        if self.body is not None and self.chunks:
            fields.append((b"Transfer-Encoding", b"chunked"))
            body = chunked(body, self.chunks)
        elif self.body is not None:
            fields.append((b"Content-Length", str(len(body)).encode()))
        lines = b"".join(name + b": " + value + b"\r\n" for name, value in fields)
        return self.method.encode() + b" " + self.target + b" " + self.version + b"\r\n" + lines + b"\r\n" + body


def chunked(body, lengths, end=b"0\r\n\r\n"):
    """In chunks of these lengths, in turn, of which the last may be longer where there would be too many."""
    parts, place = [], 0
    while place < len(body):
        length = lengths[len(parts) % len(lengths)] if len(parts) < 3_000 else len(body)
        part = body[place:place + length]
        parts.append(b"%x\r\n%s\r\n" % (len(part), part))
        place += length
    return b"".join(parts) + end


class Asker:
    """Draws requests to one server.
    known: what was learnt of it so far."""

    def __init__(self, profile, chance, known):
        self.profile, self.chance, self.known = profile, chance, known

    def credentials(self, user=0):
        if self.profile.name == "basic-auth":
            return ((b"Authorization", profiles.BASIC),)
        if self.profile.has_accounts:
            return ((b"Authorization", b"Bearer " + self.known.tokens[user].encode()),)
        return ()

    def draw(self):
        chance = self.chance
        kinds = [(self.create, 40), (self.look, 12), (self.server, 5), (self.elsewhere, 4), (self.plain_create, 10)]
        if self.profile.has_list:
            kinds += [(self.list, 8), (self.cancel, 5)]
        if self.profile.has_accounts:
            kinds += [(self.account, 12), (self.bad_token, 5)]
        if self.profile.name == "basic-auth":
            kinds += [(self.bad_basic, 6)]
        request = chance.choices([kind for kind, _ in kinds], [weight for _, weight in kinds])[0]()
        if chance.random() < 0.15:
            field = oddities.header(chance)
            if field[0] == b"Idempotency-Key" and request.makes is not False:
                request.makes, request.expected = None, ()
            # A browser's or a foreign page's post may be refused, and a key too; an Origin alone, too.
            if field[0] in (b"Origin", b"Content-Type") and request.makes is not False:
                request.makes, request.expected = None, ()
            if field[0] == b"Accept":
                request.expected = ()
            # A foreign page's post is refused before it is looked at.
            if field[0] == b"Origin" and request.expected:
                request.expected += (415,)
            request.fields += (field,)
            # Two fields that are each within the limit may be beyond it together.
            if request.expected and sum(len(name) + len(value) for name, value in request.fields) > 16_000:
                request.expected += (431,)
        if request.body is not None and chance.random() < 0.2:
            request.chunks = chance.choice([(1,), (2, 3), (1_000,), (65_536,), (7, 100_000)])
        return request

    def order(self):
        """Fields as literals, and the id."""
        fields = {name.encode(): json.dumps(value).encode() for name, value in self.profile.order.items()}
        self.known.number += 1
        order_id = self.profile.new_id(self.known.number)
        if self.profile.chooses_id == "must" or self.profile.chooses_id == "may" and self.chance.random() < 0.7:
            return {b"order_id": json.dumps(order_id).encode()} | fields, order_id
        return fields, None

    def plain_create(self):
        fields, order_id = self.order()
        return Request("POST", b"/orders", "a plain create", written(fields), self.credentials(), expected=(201,), order_id=order_id, makes=True)

    def create(self):
        chance = self.chance
        fields, order_id = self.order()
        largest = LARGEST if chance.random() < 0.08 else 20_000
        about = []
        for _ in range(chance.choice([0, 1, 1, 1, 2])):
            name = chance.choice(list(fields))
            about.append(name.decode())
            if chance.random() < 0.12:
                del fields[name]
            elif name == b"order_id" and self.known.ids and chance.random() < 0.3:
                fields[name] = json.dumps(chance.choice(self.known.ids)).encode()
            else:
                fields[name] = oddities.literal(chance, largest // 2)
        members = list(fields.items())
        if chance.random() < 0.35:
            about.append("a field that nobody asked for")
            name = oddities.quoted(chance, oddities.text(chance, largest // 3))
            members.insert(chance.randrange(len(members) + 1), (name, oddities.literal(chance, largest // 2)))
            body = b"{" + b",".join((n if n.startswith(b'"') else b'"' + n + b'"') + b":" + v for n, v in members) + b"}"
        else:
            body = written(fields)
        if chance.random() < 0.15:
            about.append("spoilt")
            body = oddities.spoilt(chance, body)
        body = body[:1_048_576]
        makes = profiles.is_order(self.profile, body)
        found = found_id(body) if makes is not False and self.profile.chooses_id != "no" else None
        if makes and found is not None and found in self.known.seen:
            makes = None
        if found is not None:
            self.known.seen.add(found)
        request = Request("POST", b"/orders", "a create: " + (", ".join(about) or "nothing odd"), body, self.credentials(), order_id=found, makes=makes)
        request.expected = {True: (201,), False: (400, 409, 422, 413, 403), None: ()}[makes]
        return request

    def look(self):
        ids = self.known.mine()
        if ids and self.chance.random() < 0.3:
            order_id = self.chance.choice(ids)
            path = self.chance.choice((self.profile.page, *self.profile.more)).format(id=order_id)
            return Request("GET", path.encode(), "an order that is there", fields=self.credentials(), expected=(200,))
        segment = oddities.segment(self.chance, ids)
        path = self.chance.choice(("/orders/{id}", "/orders/{id}/status", "/metrics/{id}", "/orders/{id}/x", "/{id}")).encode()
        return Request(self.chance.choice(["GET", "GET", "HEAD"]), line_safe(path.replace(b"{id}", segment)), "an odd id", fields=self.credentials())

    def list(self):
        method = self.chance.choice(["GET", "GET", "GET", "HEAD"])
        return Request(method, line_safe(b"/orders" + oddities.query(self.chance, self.known.cursors)), "a list", fields=self.credentials())

    def cancel(self):
        ids = self.known.mine()
        segment = str(self.chance.choice(ids)).encode() if ids and self.chance.random() < 0.6 else oddities.segment(self.chance, ids)
        body = self.chance.choice([None, b"", b"{}", b"x" * 1_000])
        return Request("POST", line_safe(b"/orders/" + segment + b"/cancel"), "a cancel", body, self.credentials())

    def server(self):
        path = self.chance.choice([b"/metrics", b"/ping", b"/health", b"/metrics/prometheus", b"/openapi.json", b"/docs", b"/"])
        odd = oddities.query(self.chance, []) if self.chance.random() < 0.3 else b""
        return Request(self.chance.choice(["GET", "HEAD", "GET", "OPTIONS", "DELETE"]), line_safe(path + odd), "a page of the server", fields=self.credentials())

    def elsewhere(self):
        path = b"/" + oddities.segment(self.chance, []) if self.chance.random() < 0.6 else self.chance.choice(
            [b"/orders/", b"//orders", b"/orders//", b"/./orders", b"/orders/../ping", b"/ORDERS", b"http://a/ping", b"http://b:80/orders/1", b"/auth/login", b"*"])
        method = self.chance.choice(["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "QUERY", "PROPFIND"])
        return Request(method, line_safe(path), "another path or method", self.chance.choice([None, b"{}", b"x" * 100]), self.credentials())

    def known_attacks(self):
        """What has once cost far too much, or was told wrongly."""
        marks = (oddities.MARKS * 16_000).encode()
        fields, order_id = self.order()
        bodies = [(b"{\"" + marks + b"\":1," + written(fields)[1:], "a name of combining marks", True)]
        for name in fields:
            bodies.append((written(fields | {name: b'"' + marks + b'"'}), f"{name.decode()} of combining marks", None))
            bodies.append((written(fields | {name: b"[" + b",".join([b"[]"] * 20_000) + b"]"}), f"{name.decode()} of many lists", None))
        for body, about, makes in bodies:
            yield Request("POST", b"/orders", about, body, self.credentials(), expected=(201,) if makes else (), order_id=order_id if makes else None, makes=makes)
        fields, order_id = self.order()
        body = '{"é":1,"e\u0301":2,'.encode() + written(fields)[1:]
        yield Request("POST", b"/orders", "NFC and NFD names", body, self.credentials(), expected=(201,), order_id=order_id, makes=True)
        if self.profile.has_accounts:
            for name in (b"name", b"email", b"password"):
                account = {b"name": b'"n"', b"email": b'"m@a"', b"password": b'"password"', name: b'"' + marks + b'@a"'}
                for path in (b"/auth/register", b"/auth/login"):
                    yield Request("POST", path, f"{name.decode()} of combining marks", written(account), kind="auth")

    # Accounts

    def account(self):
        chance = self.chance
        path, names = chance.choice([
            (b"/auth/register", ["name", "email", "password"]), (b"/auth/login", ["email", "password"]), (b"/auth/refresh", ["refresh_token"])])
        largest = LARGEST if chance.random() < 0.2 else 3_000
        usual = {"name": b'"n"', "email": f'"e{chance.randrange(10**9)}@a"'.encode(), "password": b'"%s"' % profiles.PASSWORD.encode(), "refresh_token": b'"r"'}
        if path == b"/auth/login" and chance.random() < 0.4:
            usual["email"] = b'"u0@a"'
        fields = {name.encode(): usual[name] for name in names}
        # Mostly something odd: what is right costs the hash of a password.
        for name in chance.sample(names, chance.choice([0, 1, 1, 1, 1, len(names)])):
            kind = chance.randrange(4)
            odd = oddities.text(chance, largest // 2)
            fields[name.encode()] = (
                oddities.literal(chance, largest // 2) if kind == 0 else
                oddities.quoted(chance, odd + "@" + odd) if kind == 1 else
                oddities.quoted(chance, "a@" + odd) if kind == 2 else oddities.quoted(chance, odd))
        body = written(fields)
        if chance.random() < 0.1:
            body = oddities.spoilt(chance, body)
        return Request("POST", path, f"an account: {path.decode()}", body[:1_048_576], kind="auth")

    def bad_token(self):
        chance = self.chance
        good = self.known.tokens[0]
        head, claims, signature = good.split(".")
        none = base64.urlsafe_b64encode(b'{"alg":"none","typ":"JWT"}').rstrip(b"=").decode()
        long = oddities.text(chance, 4_000).encode().replace(b"\r\n", b"").replace(b"\x00", b"")[:12_000]
        value = chance.choice([
            b"", b"Bearer", b"Bearer ", f"Bearer {head}.{claims}.".encode(), f"Bearer {none}.{claims}.".encode(), f"Bearer {none}.{claims}.{signature}".encode(),
            f"Bearer {head}.{claims}.{signature[::-1]}".encode(), b"Bearer " + b"." * 5_000, b"Bearer " + b"a." * 4_000, b"Bearer " + long, b"Basic " + long,
            f"Bearer {head}.{base64.urlsafe_b64encode(b'[' * 6_000).decode()}.{signature}".encode(), f"Bearer {good}.x".encode(), f"Bearer {good[:-9]}".encode(),
            f"{good}".encode()])
        return Request("GET", b"/orders?limit=1", "a token that is none", fields=((b"Authorization", value),), expected=(401, 400, 429))

    def bad_basic(self):
        chance = self.chance
        long = oddities.text(chance, 4_000).encode()[:9_000]
        right = base64.b64decode(profiles.BASIC[6:])
        value = chance.choice([
            b"", b"Basic", b"Basic ", b"Basic !", b"Basic " + base64.b64encode(long), b"Basic " + base64.b64encode(long + b":" + long),
            b"Basic " + base64.b64encode(b"alice:" + long), b"Basic " + base64.b64encode(right + b"x"), b"Basic " + base64.b64encode(right[:-1]),
            b"Basic " + base64.b64encode(right.replace(b":", b"\xcc\x81:")), b"Basic " + b"A" * 10_000, b"Basic " + long.replace(b"\r\n", b"").replace(b"\x00", b""),
            b"Bearer " + base64.b64encode(right), b"Basic " + base64.b64encode(b":")])
        return Request("GET", b"/metrics", "credentials that are none", fields=((b"Authorization", value.strip()),), expected=(401, 400, 429))


def written(fields):
    return b"{" + b",".join(b'"' + name + b'":' + value for name, value in fields.items()) + b"}"


def line_safe(target):
    """Without what would end the request line; what else is odd stays."""
    for byte in b"\r\n\x00 ":
        target = target.replace(bytes([byte]), b"%%%02X" % byte)
    return target


def found_id(body):
    """The order's id as the answer has it."""
    try:
        found = profiles.strict_json(body).get("order_id")
    except (profiles.NotJSON, AttributeError):
        return None
    return int(found) if isinstance(found, float) and profiles.is_whole(found) else found if isinstance(found, str) else None
