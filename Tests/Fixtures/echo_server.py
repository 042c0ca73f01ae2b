"""Answers every request with the header fields that it came with, as a JSON object with lower-case names. --port PORT (0: a free one)."""
import argparse
import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Echo(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        body = json.dumps({name.lower(): value for name, value in self.headers.items()}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


parser = argparse.ArgumentParser()
parser.add_argument("--port", type=int, default=0)
server = ThreadingHTTPServer(("127.0.0.1", parser.parse_args().port), Echo)
server.daemon_threads = True
print(json.dumps({"event": "listening", "url": f"http://127.0.0.1:{server.server_port}"}), flush=True)
server.serve_forever()
