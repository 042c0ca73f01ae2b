#!/usr/bin/env python3
"""A gateway that takes orders for somebody else: FastAPI on Uvicorn.

What is odd about it:
- `/api/v1/orders` has no slash at its end; with one the answer is 307.
- A create needs `Prefer: respond-async`, otherwise it is refused by 400. The answer is 202 and its body `null`: the id, a UUID, is to be
  cut out of `Location`, the URL of the order's status (`gateway_location.yaml`). With `Prefer: respond-async, return=representation` the
  body is the order instead, with its `order_id` in capitals, which no path has (`gateway_representation.yaml`).
- The status is at `/api/v1/orders/{id}/status`, as `data.status`: QUEUED until the order Succeeded. That it is processed is never seen.
- Metrics are nested. A status that no order has is left out, and so is the average while nothing has succeeded. It is in milliseconds,
  rounded to the nearest tenth, with the time in the queue.
- On demand the average is wrong by a factor, orders stay QUEUED for ever, and readings are 500 or an HTML page in turn.
"""

import uuid

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, JSONResponse
from pydantic import BaseModel

from books import Books
from faults import Counter, read_options
from serving import run_uvicorn


def more_options(add):
    add("--wrong-average", type=float, default=1, metavar="FACTOR", help="by which the average is multiplied (default: 1, the truth)")


options = read_options(__doc__, {
    "stuck": "of the orders is QUEUED for ever",
    "bad-metrics": "of the readings fails: by a 500, the next by an HTML page with 200, and so on",
}, more_options)
books, readings, bad_readings = Books(options), Counter(), Counter()
app = FastAPI(openapi_url=None)


class NewOrder(BaseModel):
    user_id: str
    item_ids: list[str]
    total_amount: float


@app.get("/api/v1/health")
async def health():
    return {"healthy": True}


@app.post("/api/v1/orders")
async def create(order: NewOrder, request: Request):
    preferences = {part.strip().lower() for part in request.headers.get("prefer", "").split(",")}
    if "respond-async" not in preferences:
        return JSONResponse({"error": "Orders are taken asynchronously only: say so by Prefer: respond-async"}, 400)
    id = books.add(lambda _: str(uuid.uuid4())).id
    headers = {"Location": str(request.url_for("status", id=id)), "Preference-Applied": "respond-async"}
    if "return=representation" not in preferences:
        return JSONResponse(None, 202, headers)
    return JSONResponse({"order_id": id.upper(), **order.model_dump()}, 202, headers)


@app.get("/api/v1/orders/{id}/status")
async def status(id: str):
    found = books.find(id)
    if found is None:
        return JSONResponse({"error": f"Unknown order {id}"}, 404)
    return {"data": {"id": id, "status": "Succeeded" if found[1] == "completed" else "QUEUED"}}


@app.get("/api/v1/metrics")
async def metrics():
    if readings.strikes(options.bad_metrics):
        if bad_readings.strikes(1 / 2):
            return HTMLResponse("<!doctype html><title>Gateway</title><h1>Back soon</h1>\n")
        return JSONResponse({"error": "Internal Server Error"}, 500)
    figures = books.figures()
    by_status = {"QUEUED": figures.counts["pending"] + figures.counts["processing"], "Succeeded": figures.completed}
    timing = {}
    if figures.completed:
        timing["average_ms"] = round(figures.completion_ns / figures.completed / 1e6 * options.wrong_average, 1)
    return {"orders": {"total": figures.total, "by_status": {word: n for word, n in by_status.items() if n}}, "timing": timing}


if __name__ == "__main__":
    run_uvicorn(app, options.port)
