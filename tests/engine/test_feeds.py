"""Watching a feed that is served on the loopback address."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from dateline.engine import Interrupted, Options, feeds
from dateline.engine.feeds import Remembered
from tests.engine.fakes import Fake

ITEM = "<item><guid>{0}</guid><title>{0}</title><description>{1}</description></item>"
WORDS = "Acme opens a plant in the harbour of Halden. " * 20


class Feed(BaseHTTPRequestHandler):
    """Serves the items of the server; no robots.txt."""

    def do_GET(self) -> None:
        items: list[str] = self.server.items  # type: ignore[attr-defined]
        body = "".join(ITEM.format(name, WORDS + name) for name in items)
        content = f'<rss version="2.0"><channel><title>t</title>{body}</channel></rss>'.encode()
        known = self.path == "/feed.xml"
        self.send_response(200 if known else 404)
        self.send_header("Content-Type", "application/rss+xml")
        self.end_headers()
        self.wfile.write(content if known else b"")

    def log_message(self, *args: object) -> None: ...


@pytest.fixture
def server() -> Iterator[ThreadingHTTPServer]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Feed) as running:
        running.items = ["one", "two"]  # type: ignore[attr-defined]
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        yield running
        running.shutdown()
        thread.join()


def address(server: ThreadingHTTPServer) -> str:
    return f"http://127.0.0.1:{server.server_port}/feed.xml"


def test_only_what_is_new_is_ingested(server: ThreadingHTTPServer, tmp_path: Path) -> None:
    options = Options(tmp_path / "news.db", workers=0, allow_hosts=("127.0.0.1",))
    told = []

    def poll() -> int:
        return feeds.watch(
            [address(server)],
            options,
            once=True,
            on_poll=lambda feed, summary: told.append(summary.documents),
            factory=Fake(),
        ).stored

    assert poll() == 2
    assert poll() == 0
    server.items.append("three")  # type: ignore[attr-defined]
    assert poll() == 1
    assert told == [2, 0, 1]
    with closing(sqlite3.connect(options.db)) as conn:
        assert conn.execute("SELECT count(*) FROM runs").fetchone() == (2,)


def test_ctrl_c_between_polls_ends_with_the_sum(
    server: ThreadingHTTPServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def press(seconds: float) -> None:
        raise KeyboardInterrupt

    polls = feeds.polls
    monkeypatch.setattr(feeds, "polls", lambda *a, **k: polls(*a, **k, sleep=press))
    options = Options(tmp_path / "news.db", workers=0, allow_hosts=("127.0.0.1",))
    with pytest.raises(Interrupted) as caught:
        feeds.watch([address(server)], options, factory=Fake())
    assert caught.value.summary.stored == 2
    assert Remembered(options.db).get(address(server))
