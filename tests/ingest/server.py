"""A small server on the loopback address that misbehaves on request.

Each path is a way to go wrong; `requests` records what was asked for, with its headers.
"""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PAGE = b"<html><head><title>Halden</title></head><body><h1>Halden opens</h1></body></html>"
BOMB = gzip.compress(b"\0" * 20_000_000)
ETAG = '"v1"'


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        server = self.server
        assert isinstance(server, Server)
        server.requests.append((self.path, dict(self.headers)))
        path = self.path.split("?")[0]
        try:
            if path in server.pages:
                self.answer(200, server.pages[path])
            else:
                name = path.strip("/").replace("-", "_").replace(".", "_")
                getattr(self, f"on_{name}", self.on_missing)()
        except (BrokenPipeError, ConnectionResetError):
            pass  # the client has heard enough

    def answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in {"content_type": "text/html", **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        if "content_length" not in headers:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def on_missing(self) -> None:
        self.answer(404)

    def on_page(self) -> None:
        if self.headers.get("If-None-Match") == ETAG:
            self.answer(304, etag=ETAG)
        else:
            self.answer(200, PAGE, etag=ETAG, last_modified="Tue, 04 Nov 2025 08:00:00 GMT")

    def on_slow_headers(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\n")
        self.drip(b"X-Slow: yes\r\n")

    def on_slow_body(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.drip(b"x")

    def on_endless(self) -> None:
        self.send_response(200)
        self.end_headers()
        while True:
            self.wfile.write(b"<p>and on and on</p>" * 1000)

    def on_gzip_bomb(self) -> None:
        self.answer(200, BOMB, content_encoding="gzip")

    def on_bad_gzip(self) -> None:
        self.answer(200, b"this is no gzip", content_encoding="gzip")

    def on_huge_stated(self) -> None:
        self.answer(200, b"", content_length="99999999999")
        self.close_connection = True

    def on_too_short(self) -> None:
        self.answer(200, PAGE, content_length=str(len(PAGE) + 100))
        self.close_connection = True

    def on_no_http(self) -> None:
        self.wfile.write(b"SSH-2.0-OpenSSH_9.6\r\n")
        self.close_connection = True

    def on_redirect_ok(self) -> None:
        self.answer(302, location="/page")

    def on_redirect_private(self) -> None:
        self.answer(302, location="http://10.0.0.1/latest")

    def on_redirect_metadata(self) -> None:
        self.answer(302, location="http://169.254.169.254/latest/meta-data/")

    def on_redirect_localhost(self) -> None:
        assert isinstance(self.server, Server)
        self.answer(302, location=f"http://localhost:{self.server.port}/page")

    def on_redirect_file(self) -> None:
        self.answer(302, location="file:///etc/hostname")

    def on_redirect_loop(self) -> None:
        self.answer(302, location="/redirect-loop")

    def on_busy(self) -> None:
        self.answer(429, retry_after="7")

    def on_busy_for_long(self) -> None:
        self.answer(429, retry_after="86400")

    def on_busy_once(self) -> None:
        assert isinstance(self.server, Server)
        first = sum(path == "/busy-once" for path, _ in self.server.requests) == 1
        self.answer(503, retry_after="3") if first else self.answer(200, PAGE)

    def on_broken(self) -> None:
        self.answer(500)

    def drip(self, piece: bytes) -> None:
        for _ in range(200):
            self.wfile.write(piece)
            self.wfile.flush()
            time.sleep(0.1)

    def log_message(self, format: str, *args: object) -> None:
        pass


class Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.requests: list[tuple[str, dict[str, str]]] = []
        self.pages: dict[str, bytes] = {}

    def handle_error(self, request: object, client_address: object) -> None:
        pass  # a client that ends a handshake is what the test wants

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def paths(self) -> list[str]:
        return [path for path, _ in self.requests if path != "/robots.txt"]


@contextmanager
def running() -> Iterator[Server]:
    server = Server()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
