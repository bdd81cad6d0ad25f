"""An app of a few lines, good or bad as its first argument says; it runs in a container."""

import hashlib
import http.server
import json
import os
import sys
import time
import urllib.error
import urllib.request
from base64 import b64encode
from urllib.parse import parse_qs, urlsplit

PORT = int(os.environ["PORT"])
HOW, TEXT = sys.argv[1:3]
MAGIC = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self):
        url = urlsplit(self.path)
        known = getattr(self, f"see_{url.path.strip('/') or 'page'}", None)
        if HOW == "error":
            return self.say("broken", status=500)
        if known is None:
            return self.say("missing", status=404)
        return known({name: values[0] for name, values in parse_qs(url.query).items()})

    def do_HEAD(self):
        self.do_GET()

    def do_POST(self):
        digest, size = hashlib.sha256(), 0
        for piece in self.body():
            digest.update(piece)
            size += len(piece)
        self.say(json.dumps({"size": size, "sha256": digest.hexdigest()}))

    def body(self):
        if "Content-Length" in self.headers:
            left = int(self.headers["Content-Length"])
            while left:
                piece = self.rfile.read(min(left, 65536))
                left -= len(piece)
                yield piece
            return
        while size := int(self.rfile.readline(), 16):
            yield self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()

    def see_page(self, _):
        sys.stdout.write("somebody came\n")
        sys.stdout.flush()
        self.say(f"<!doctype html><title>app</title><h1>{TEXT}</h1>", kind="text/html")

    def see_strict(self, _):
        csp = {"Content-Security-Policy": "default-src 'self'"}
        self.say("<h1>strict</h1>", kind="text/html", headers=csp)

    def see_version(self, _):
        self.say(TEXT)

    def see_echo(self, _):
        said = [[name, value] for name, value in self.headers.items()]
        self.say(json.dumps({"path": self.path, "headers": said}), kind="application/json")

    def see_out(self, asked):
        try:
            with urllib.request.urlopen(f"http://{asked['host']}/", timeout=10) as answer:
                self.say(f"{answer.status}")
        except urllib.error.HTTPError as error:
            self.say(f"{error.code}")
        except OSError as error:
            self.say(f"{error}")

    def see_slow(self, asked):
        time.sleep(float(asked.get("s", 1)))
        self.say(TEXT)

    def see_cookies(self, _):
        self.send_response(200)
        for cookie in (
            "mine=1; Domain=localhost; Path=/",
            "wove-visitor=forged; Path=/",
            "jupyterhub-session-id=forged; Domain=.localhost",
        ):
            self.send_header("Set-Cookie", cookie)
        self.send_header("Clear-Site-Data", '"*"')
        self.send_header("Content-Length", "0")
        self.end_headers()

    def see_big(self, asked):
        left = int(asked["n"])
        self.send_response(200)
        self.send_header("Content-Length", str(left))
        self.end_headers()
        while left and self.command == "GET":
            self.wfile.write(b"x" * min(left, 65536))
            left -= min(left, 65536)

    def see_half(self, _):
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        self.wfile.write(b"half")
        self.wfile.flush()
        self.close_connection = True

    def see_events(self, _):
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        for number in range(3):
            self.wfile.write(f"data: {number}\n\n".encode())
            self.wfile.flush()
            time.sleep(0.5)

    def see_eat(self, asked):
        eaten = bytearray(int(asked["mb"]) * 1024 * 1024)
        eaten[::4096] = b"x" * len(eaten[::4096])
        self.say("eaten")

    def see_end(self, _):
        os._exit(3)

    def see_ws(self, _):
        key = self.headers.get("Sec-WebSocket-Key", "").encode()
        accepted = b64encode(hashlib.sha1(key + MAGIC).digest()).decode()
        self.send_response(101)
        self.send_header("Upgrade", "websocket")
        self.send_header("Connection", "Upgrade")
        self.send_header("Sec-WebSocket-Accept", accepted)
        if wanted := self.headers.get("Sec-WebSocket-Protocol"):
            self.send_header("Sec-WebSocket-Protocol", wanted.split(",")[0].strip())
        self.end_headers()
        self.close_connection = True
        self.send_text(TEXT)
        while text := self.read_text():
            self.send_text(text)

    def read_text(self):
        head = self.rfile.read(2)
        if len(head) < 2 or head[0] & 15 == 8:
            return ""
        size = head[1] & 127
        if size >= 126:
            size = int.from_bytes(self.rfile.read(2 if size == 126 else 8), "big")
        mask = self.rfile.read(4)
        data = self.rfile.read(size)
        return bytes(byte ^ mask[i % 4] for i, byte in enumerate(data)).decode()

    def send_text(self, text):
        data = text.encode()
        size = len(data)
        head = bytes([size]) if size < 126 else b"\x7e" + size.to_bytes(2, "big")
        self.wfile.write(b"\x81" + head + data)
        self.wfile.flush()

    def say(self, text, status=200, kind="text/plain", headers=None):
        data = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def log_message(self, *_):
        pass


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256


def main():
    sys.stdout.write(f"starting {TEXT}\n")
    sys.stdout.flush()
    if HOW == "crash":
        raise RuntimeError("no such table: trips")
    if HOW == "memory":
        eaten = [bytearray(b"x" * 50_000_000) for _ in range(100)]
        sys.stdout.write(str(len(eaten)))
    address = "127.0.0.1" if HOW == "itself" else "0.0.0.0"
    port = 5000 if HOW == "elsewhere" else PORT
    server = Server((address, port), Handler)
    if HOW == "hang":
        time.sleep(3600)
    server.serve_forever()


main()
