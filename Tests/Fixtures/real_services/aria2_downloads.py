#!/usr/bin/env python3
"""aria2 as a service of downloads, by JSON-RPC at /jsonrpc. Needs Debian's package aria2, and nothing of PyPI.

What is downloaded comes from this script, which is aria2's proxy: an order names `http://files/file/NAME`, whatever port that is at, for
1 KiB that takes --service-time seconds to come, or `http://files/missing/NAME` for a 404, so that the download fails."""

import http.server
import json
import threading
import time
import urllib.parse

import running


def more_options(add):
    add("--workers", type=int, default=4, help="how many jobs are under way at once (4)")
    add("--service-time", type=float, default=0.1, help="how long a file takes, in seconds (0.1)")
    add("--keep", type=int, default=100_000, help="how many ended downloads are known; aria2's own default is 1000")


options = running.options(__doc__, more_options)


class Proxy(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        found = urllib.parse.urlsplit(self.path).path.startswith("/file/")
        if found:
            time.sleep(options.service_time)
        body = bytes(1024 if found else 0)
        self.send_response(200 if found else 404)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class ProxyServer(http.server.ThreadingHTTPServer):
    request_queue_size = 128  # with the default of 5, a connection that finds it full comes a second later


with running.Service() as service:
    files = ProxyServer((running.HOST, 0), Proxy)
    threading.Thread(target=files.serve_forever, daemon=True).start()
    port = options.port or running.free_port()
    service.start(
        "aria2c", "--no-conf", "--enable-rpc", f"--rpc-listen-port={port}", "--quiet", "--dir=downloads",
        f"--http-proxy=http://{running.HOST}:{files.server_port}", "--proxy-method=get", "--no-proxy=",
        f"--max-concurrent-downloads={options.workers}", f"--max-download-result={options.keep}", "--max-tries=1",
        "--file-allocation=none", "--disable-ipv6")
    url = f"http://{running.HOST}:{port}"
    call = json.dumps({"jsonrpc": "2.0", "id": "ready", "method": "aria2.getVersion"}).encode()
    service.wait_until(lambda: running.answer(f"{url}/jsonrpc", call), "aria2's JSON-RPC")
    service.serve(url)
