#!/usr/bin/env python3
"""Answers every request alike: answering_server.py STATUS [LOCATION [BODY]]. For tests of what is said about such an answer.

It picks a free port and prints one line on standard output: {"event":"listening","url":"http://127.0.0.1:8000"}.
"""

import http.server
import json
import sys


class Handler(http.server.BaseHTTPRequestHandler):
    def answer(self):
        self.rfile.read(int(self.headers.get("Content-Length", "0")))
        body = sys.argv[3].encode() if len(sys.argv) > 3 else b'{"detail":"as always"}'
        self.send_response(int(sys.argv[1]))
        if len(sys.argv) > 2 and sys.argv[2]:
            self.send_header("Location", sys.argv[2])
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = do_PUT = answer

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
print(json.dumps({"event": "listening", "url": f"http://127.0.0.1:{server.server_port}"}), flush=True)
server.serve_forever()
