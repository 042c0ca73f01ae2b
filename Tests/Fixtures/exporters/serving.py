"""The flags that all have, the resources as Flask and as FastAPI have them, and how the servers are run. Each prints one line once it can
be reached, and ends with 0 on SIGTERM and SIGINT."""

import argparse
import asyncio
import json
import logging
import os
import signal
import time

HOST = "127.0.0.1"
IDLE_SECONDS = 120  # a connection closed under a client that is about to send would look like a fault that nobody asked for


def share(text):
    value = float(text)
    if not 0 <= value <= 1:
        raise argparse.ArgumentTypeError(f"{text} is not a share from 0 to 1")
    return value


def read_options(description, add_more=lambda add: None):
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    add = parser.add_argument
    add("--port", type=int, default=0, help="0 takes a free one (default)")
    add("--workers-per-process", type=int, default=4, metavar="N", help="orders processed at a time by each process (default: 4)")
    add("--service-time", type=float, default=0.05, metavar="SECONDS", help="for which an order is processed (default: 0.05)")
    add("--answer-time", type=float, default=0, metavar="SECONDS", help="for which an answer about orders is held back (default: 0)")
    add("--fail", type=share, default=0, metavar="SHARE", help="of the orders fails (default: 0)")
    add_more(add)
    return parser.parse_args()


def has_item(order):
    return isinstance(order, dict) and isinstance(order.get("item"), str) and order["item"] != ""


def flask_app(books, answer_time=0):
    from flask import Flask, request

    app = Flask("orders")

    @app.post("/orders")
    def create():
        time.sleep(answer_time)
        if not has_item(request.get_json(force=True, silent=True)):
            return {"error": "An order has an item"}, 400
        return {"id": books.add()}, 202

    @app.get("/orders/<id>")
    def status(id):
        time.sleep(answer_time)
        status = books.find(id)
        return ({"id": id, "status": status}, 200) if status else ({"error": f"No order {id}"}, 404)

    @app.get("/ping")
    def ping():
        return {"status": "ok"}

    return app


def with_client_metrics(app, registry):
    """As prometheus_client's documentation has it for Flask: /metrics is a WSGI application of its own beside the app's."""
    from prometheus_client import make_wsgi_app
    from werkzeug.middleware.dispatcher import DispatcherMiddleware

    app.wsgi_app = DispatcherMiddleware(app.wsgi_app, {"/metrics": make_wsgi_app(registry)})
    return app


def fastapi_app(books, answer_time=0):
    from fastapi import FastAPI, Request
    from fastapi.responses import JSONResponse

    app = FastAPI()

    @app.post("/orders")
    async def create(request: Request):
        await asyncio.sleep(answer_time)
        try:
            order = await request.json()
        except ValueError:
            order = None
        if not has_item(order):
            return JSONResponse({"error": "An order has an item"}, 400)
        return JSONResponse({"id": books.add()}, 202)

    @app.get("/orders/{id}")
    async def status(id: str):
        await asyncio.sleep(answer_time)
        status = books.find(id)
        return {"id": id, "status": status} if status else JSONResponse({"error": f"No order {id}"}, 404)

    @app.get("/ping")
    async def ping():
        return {"status": "ok"}

    return app


def run_waitress(app, port, threads=64):
    import waitress

    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # it warns of each request that has to wait
    server = waitress.create_server(
        app, host=HOST, port=port, threads=threads, connection_limit=2000, channel_timeout=IDLE_SECONDS, asyncore_use_poll=True)
    end_on_signals()
    announce(server.effective_port)
    server.run()


def run_werkzeug(app, port):
    """Werkzeug's own server closes every connection after its first answer."""
    from werkzeug.serving import WSGIRequestHandler, make_server

    class Handler(WSGIRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True  # otherwise the body, written apart, waits until the client has acknowledged the head

        def connection_dropped(self, error, environ=None):
            self.close_connection = True  # otherwise it would wait for the next request on it

    logging.getLogger("werkzeug").setLevel(logging.ERROR)  # it logs each request
    server = make_server(HOST, port, app, threaded=True, request_handler=Handler)
    end_on_signals()
    announce(server.server_port)
    server.serve_forever()


def run_uvicorn(app, port, clean_up=lambda: None):
    import uvicorn

    class Server(uvicorn.Server):
        async def startup(self, sockets=None):
            await super().startup(sockets)
            end_on_signals(clean_up)
            announce(self.servers[0].sockets[0].getsockname()[1])

    config = uvicorn.Config(app, host=HOST, port=port, log_level="warning", access_log=False, timeout_keep_alive=IDLE_SECONDS)
    Server(config).run()


def end_on_signals(clean_up=lambda: None):
    def end(*_):
        clean_up()
        os._exit(0)  # the books are in memory, so there is nothing to save

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)


def announce(port):
    print(json.dumps({"event": "listening", "url": f"http://{HOST}:{port}"}, separators=(",", ":")), flush=True)
