#!/usr/bin/env python3
"""A bazaar whose sellers see nothing but their own orders: FastAPI on Uvicorn.

What is odd about it:
- Callers register and log in. Their token lasts for `--token-lifetime SECONDS`, which the login says as `expires_in`; after that the answer
  is 401. It is renewed by logging in again.
- With `--limit N` each account may create so many orders in each second of the clock; what is more gets 429 with `Retry-After`.
- `/orders/` has a slash at its end; without it the answer is 307. The answer to a create is 201, with the id as `id`.
- No order can be asked for by itself. Its status is in the list of the caller's orders, newest first, in pages with a cursor.
- It has no metrics.
- On demand orders are lost (acknowledged, and then in no list), and orders stay in packing for ever.
"""

import hashlib
import hmac
import secrets
import time
from typing import Annotated

from fastapi import Depends, FastAPI, HTTPException, Query
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel

from books import Books
from faults import read_options
from serving import run_uvicorn

WORDS = {"pending": "Placed", "processing": "Packing", "completed": "Delivered"}


def more_options(add):
    add("--token-lifetime", type=float, default=900, metavar="SECONDS", help="how long a token lasts (default: 900)")
    add("--limit", type=int, metavar="N", help="creates per second and account (default: no limit)")


options = read_options(__doc__, {
    "lose": "of the acknowledged orders is lost when its turn comes",
    "stuck": "of the orders stays in packing for ever",
}, more_options)
books = Books(options)
app = FastAPI(openapi_url=None)
# All of these are touched by the event loop's thread alone.
passwords, sessions, creates = {}, {}, {}


class Account(BaseModel):
    email: str
    password: str


class NewOrder(BaseModel):
    product: str
    item_ids: list[int]


def hashed(password, salt):
    return hashlib.scrypt(password.encode(), salt=salt, n=1024, r=8, p=1)


async def caller(credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(HTTPBearer(auto_error=False))]):
    account, expires = sessions.get(credentials.credentials if credentials else None, (None, 0))
    if time.monotonic() >= expires:
        raise HTTPException(401, "Log in first" if account is None else "The token has expired", {"WWW-Authenticate": "Bearer"})
    return account


Caller = Annotated[str, Depends(caller)]


@app.get("/ping")
async def ping():
    return {"message": "Success"}


@app.post("/auth/register", status_code=201)
async def register(account: Account):
    if account.email in passwords:
        raise HTTPException(400, "This account is there already")
    salt = secrets.token_bytes(16)
    passwords[account.email] = salt, hashed(account.password, salt)
    return {"email": account.email}


@app.post("/auth/login")
async def login(account: Account):
    salt, password = passwords.get(account.email, (b"", b""))
    if not hmac.compare_digest(password, hashed(account.password, salt)):
        raise HTTPException(401, "Wrong email or password")
    token = secrets.token_urlsafe(32)
    sessions[token] = account.email, time.monotonic() + options.token_lifetime
    return {"access_token": token, "token_type": "bearer", "expires_in": options.token_lifetime}


@app.post("/orders/", status_code=201)
async def create(order: NewOrder, account: Caller):
    second, count = creates.get(account, (None, 0))
    if second != (now := int(time.monotonic())):
        count = 0
    if options.limit is not None and count >= options.limit:
        raise HTTPException(429, f"No more than {options.limit} orders a second", {"Retry-After": "1"})
    creates[account] = now, count + 1
    made = books.add(lambda number: f"bz-{number}-{secrets.token_hex(4)}", owner=account)
    return {"id": made.id, "product": order.product}


@app.get("/orders/")
async def orders(account: Caller, limit: Annotated[int, Query(ge=1, le=100)] = 20, before: int | None = None):
    found, are_more = books.page(account, before, limit)
    return {
        "data": {"orders": [{"id": id, "status": WORDS[status]} for _, id, status in found]},
        "next": str(found[-1][0]) if are_more else None,
    }


if __name__ == "__main__":
    run_uvicorn(app, options.port)
