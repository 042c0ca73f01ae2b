"""How the servers are run. Each prints one line once it can be reached, and ends with 0 on SIGTERM and SIGINT."""

import json
import logging
import os
import signal

HOST = "127.0.0.1"
IDLE_SECONDS = 120  # A connection closed under a client that is about to send would look like a fault that nobody asked for.


def run_waitress(app, port, threads=64):
    import waitress

    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # it warns of each request that has to wait
    server = waitress.create_server(
        app, host=HOST, port=port, threads=threads, connection_limit=2000, channel_timeout=IDLE_SECONDS, asyncore_use_poll=True)
    _announce(server.effective_port)
    server.run()


def run_werkzeug(app, port):
    """Werkzeug's own server closes every connection after its first answer."""
    from werkzeug.serving import WSGIRequestHandler, make_server

    class Handler(WSGIRequestHandler):
        protocol_version = "HTTP/1.1"

        def connection_dropped(self, error, environ=None):
            self.close_connection = True  # otherwise it would wait for the next request on it

    logging.getLogger("werkzeug").setLevel(logging.ERROR)  # it logs each request
    server = make_server(HOST, port, app, threaded=True, request_handler=Handler)
    _announce(server.server_port)
    server.serve_forever()


def run_uvicorn(app, port):
    import uvicorn

    class Server(uvicorn.Server):
        async def startup(self, sockets=None):
            await super().startup(sockets)
            _announce(self.servers[0].sockets[0].getsockname()[1])

    config = uvicorn.Config(app, host=HOST, port=port, log_level="warning", access_log=False, timeout_keep_alive=IDLE_SECONDS)
    Server(config).run()


def _announce(port):
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: os._exit(0))  # the books are in memory, so there is nothing to save
    print(json.dumps({"event": "listening", "url": f"http://{HOST}:{port}"}, separators=(",", ":")), flush=True)
