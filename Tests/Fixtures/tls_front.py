#!/usr/bin/env python3
"""Puts TLS (OpenSSL's) before a server that speaks plain HTTP: what it receives it passes on, and back.

    tls_front.py --certificate PEM --key PEM --to http://127.0.0.1:8000

It picks a free port and prints one line on standard output: {"event":"listening","url":"https://localhost:8000"}.
"""

import argparse
import json
import socket
import ssl
import threading
import urllib.parse

VERSIONS = {"1.2": ssl.TLSVersion.TLSv1_2, "1.3": ssl.TLSVersion.TLSv1_3}

parser = argparse.ArgumentParser()
parser.add_argument("--certificate", required=True)
parser.add_argument("--key", required=True)
parser.add_argument("--to", required=True, help="the plain server's URL")
parser.add_argument("--client-ca", help="clients must show a certificate signed by one of this file's")
parser.add_argument("--version", choices=VERSIONS, help="the only version that is spoken")
parser.add_argument("--names", help="a file that gets a line with the name that each client asks for; '-' where it asks for none")
parser.add_argument("--after", type=int, default=0, help="the following begins after so many connections")
parser.add_argument("--stall", action="store_true", help="no handshake is answered")
parser.add_argument("--other", nargs=2, metavar=("PEM", "KEY"), help="another certificate is shown")
options = parser.parse_args()


def context(certificate, key):
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.load_cert_chain(certificate, key)
    if options.client_ca:
        made.load_verify_locations(options.client_ca)
        made.verify_mode = ssl.CERT_REQUIRED
    if options.version:
        made.minimum_version = made.maximum_version = VERSIONS[options.version]
    if options.names:
        made.sni_callback = asked_for
    return made


def asked_for(_, name, __):
    with open(options.names, "a") as file:
        file.write(f"{name or '-'}\n")


def pour(source, target):
    try:
        while data := source.recv(65536):
            target.sendall(data)
    except OSError:
        pass
    for each in (source, target):
        try:
            each.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass


def serve(plain, number):
    is_later = number >= options.after
    if is_later and options.stall:
        stalled.append(plain)
        return
    try:
        client = (other if is_later and other else usual).wrap_socket(plain, server_side=True)
    except OSError:
        plain.close()
        return
    server = socket.create_connection((to.hostname, to.port))
    back = threading.Thread(target=pour, args=(server, client), daemon=True)
    back.start()
    pour(client, server)
    back.join()
    client.close()
    server.close()


to = urllib.parse.urlsplit(options.to)
usual = context(options.certificate, options.key)
other = context(*options.other) if options.other else None
stalled = []  # kept open
listener = socket.create_server(("127.0.0.1", 0), backlog=128)
print(json.dumps({"event": "listening", "url": f"https://localhost:{listener.getsockname()[1]}"}), flush=True)
count = 0
while True:
    accepted, _ = listener.accept()
    threading.Thread(target=serve, args=(accepted, count), daemon=True).start()
    count += 1
