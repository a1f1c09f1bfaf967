"""Feeds polled over time: what is new, what is remembered, what a restart does."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ingest.fetch import Fetcher
from ingest.sources import documents
from ingest.types import Problem, RawDocument
from ingest.watch import FeedState, FileState, watch
from ingest.web import web_documents

from .server import Server
from .test_fetch import LIMITS, Naps, fetcher

FULL = "<p>Halden Marine Robotics has opened a second dry dock in Tromsø.</p>" * 20
NOON = datetime(2025, 11, 4, 12, 0, tzinfo=UTC)


def feed(*items: tuple[str, str, str]) -> bytes:
    """An RSS feed of (guid, title, description)."""
    written = "".join(
        f"<item><guid>{guid}</guid><title>{title}</title><link>{guid}</link>"
        f"<pubDate>Tue, 04 Nov 2025 08:00:00 GMT</pubDate>"
        f"<description><![CDATA[{text}]]></description></item>"
        for guid, title, text in items
    )
    return f'<rss version="2.0"><channel><title>News</title>{written}</channel></rss>'.encode()


def polled(
    server: Server, state: FileState, now: datetime = NOON, remember: bool = True
) -> list[str]:
    """The titles (or problem codes) one round gives."""
    found: list[str] = []
    for poll in watch(
        [server.url("/feed")], state, fetcher=fetcher(attempts=1), once=True, now=lambda: now
    ):
        found.extend(
            item.code if isinstance(item, Problem) else item.hints["title"]
            for item in poll.documents
        )
        if remember:
            poll.remember()
    return found


def test_only_what_is_new_or_changed_comes_again(server: Server, tmp_path: Path) -> None:
    path = tmp_path / "state.json"
    one, two = ("a", "Dock opens", FULL), ("b", "Dock grows", FULL)
    server.pages["/feed"] = feed(one)
    assert polled(server, FileState(path)) == ["Dock opens"]
    assert polled(server, FileState(path)) == [], "a restart remembers"
    server.pages["/feed"] = feed(two, one)
    assert polled(server, FileState(path)) == ["Dock grows"]
    server.pages["/feed"] = feed(two, ("a", "Dock opens late", FULL))
    assert polled(server, FileState(path)) == ["Dock opens late"], "an update comes again"


def test_a_run_killed_before_remembering_loses_nothing(server: Server, tmp_path: Path) -> None:
    state = FileState(tmp_path / "state.json")
    server.pages["/feed"] = feed(("a", "Dock opens", FULL))
    assert polled(server, state, remember=False) == ["Dock opens"]
    assert polled(server, state) == ["Dock opens"]


def test_a_feed_that_fails_is_left_alone_for_a_while(server: Server, tmp_path: Path) -> None:
    state = FileState(tmp_path / "state.json")
    assert polled(server, state) == ["http-status"]
    assert polled(server, state, NOON + timedelta(minutes=14)) == []
    assert polled(server, state, NOON + timedelta(minutes=16)) == ["http-status"]
    later = NOON + timedelta(minutes=16)
    assert polled(server, state, later + timedelta(minutes=29)) == [], "twice as long"
    server.pages["/feed"] = feed(("a", "Dock opens", FULL))
    assert polled(server, state, later + timedelta(minutes=31)) == ["Dock opens"]
    assert FeedState.from_json(state.get(server.url("/feed"))).failures == 0


def test_retry_after_is_kept_to(server: Server, tmp_path: Path) -> None:
    state = FileState(tmp_path / "state.json")
    for poll in watch(
        [server.url("/busy-for-long")],
        state,
        fetcher=fetcher(attempts=1),
        once=True,
        now=lambda: NOON,
    ):
        assert [item.code for item in poll.documents if isinstance(item, Problem)] == [
            "http-status"
        ]
        poll.remember()
    remembered = FeedState.from_json(state.get(server.url("/busy-for-long")))
    assert remembered.not_before == (NOON + timedelta(days=1)).isoformat()


def test_requests_are_conditional(server: Server, tmp_path: Path) -> None:
    """/page answers with an ETag, and 304 when it is sent back."""
    state = FileState(tmp_path / "state.json")
    state.set(server.url("/page"), FeedState(etag='"v1"', seen={"x": "y"}).to_json())
    for poll in watch([server.url("/page")], state, fetcher=fetcher(), once=True):
        assert list(poll.documents) == []
        poll.remember()
    assert server.requests[-1][1]["If-None-Match"] == '"v1"'
    assert FeedState.from_json(state.get(server.url("/page"))).seen == {"x": "y"}


def test_a_page_is_no_feed(server: Server, tmp_path: Path) -> None:
    for poll in watch(
        [server.url("/page")], FileState(tmp_path / "s"), fetcher=fetcher(), once=True
    ):
        (problem,) = poll.documents
        assert isinstance(problem, Problem)
        assert problem.code == "not-a-feed"


def test_a_teaser_is_replaced_by_its_page(server: Server, tmp_path: Path) -> None:
    page = server.url("/news/1")
    server.pages["/news/1"] = f"<html><body>{FULL}</body></html>".encode()
    server.pages["/feed"] = feed((page, "Dock opens", "Halden opens a dock […]"))
    (found,) = web_documents(server.url("/feed"), fetcher=fetcher())
    assert isinstance(found, RawDocument)
    assert found.uri == page
    assert b"second dry dock" in found.content
    assert found.hints["title"] == "Dock opens"
    assert found.hints["published"] == "Tue, 04 Nov 2025 08:00:00 GMT"


def test_a_teaser_whose_page_fails_for_now_is_tried_again(server: Server, tmp_path: Path) -> None:
    state = FileState(tmp_path / "state.json")
    server.pages["/feed"] = feed((server.url("/broken"), "Dock opens", "Halden opens […]"))
    assert polled(server, state) == ["http-status"]
    assert polled(server, state) == ["http-status"], "it was not marked as seen"
    server.pages["/broken"] = f"<html><body>{FULL}</body></html>".encode()
    assert polled(server, state) == ["Dock opens"]
    assert polled(server, state) == []


def test_a_teaser_without_a_page_is_better_than_nothing(server: Server, tmp_path: Path) -> None:
    server.pages["/feed"] = feed((server.url("/missing"), "Dock opens", "Halden opens […]"))
    assert polled(server, FileState(tmp_path / "s")) == ["http-status", "Dock opens"]


def test_json_feed_items_and_their_pages(server: Server) -> None:
    page = server.url("/news/1")
    server.pages["/news/1"] = f"<html><body>{FULL}</body></html>".encode()
    server.pages["/feed.json"] = (
        '{"version": "https://jsonfeed.org/version/1.1", "title": "News", "language": "en",'
        f'"items": [{{"id": "1", "url": "{page}", "title": "Dock opens", "summary": "Soon."}}]}}'
    ).encode()
    (found,) = web_documents(server.url("/feed.json"), fetcher=fetcher())
    assert isinstance(found, RawDocument)
    assert (found.uri, found.hints["language"]) == (page, "en")


def test_a_sitemap_is_followed_on_its_own_host(server: Server) -> None:
    server.pages["/news/1"] = f"<html><body>{FULL}</body></html>".encode()
    server.pages["/index.xml"] = (
        f"<sitemapindex><sitemap><loc>{server.url('/map.xml')}</loc></sitemap></sitemapindex>"
    ).encode()
    server.pages["/map.xml"] = (
        '<urlset xmlns:n="http://www.google.com/schemas/sitemap-news/0.9">'
        f"<url><loc>{server.url('/news/1')}</loc><n:news><n:title>Dock opens</n:title>"
        "<n:publication_date>2025-11-04</n:publication_date></n:news></url>"
        "<url><loc>http://elsewhere.example/</loc></url>"
        f"<url><loc>{server.url('/missing')}</loc></url></urlset>"
    ).encode()
    one, two = web_documents(server.url("/index.xml"), fetcher=fetcher())
    assert isinstance(one, RawDocument)
    assert (one.hints["title"], one.hints["published"]) == ("Dock opens", "2025-11-04")
    assert isinstance(two, Problem)
    assert two.uri == server.url("/missing")


def test_an_address_is_a_source_like_any_other(server: Server) -> None:
    (refused,) = documents([server.url("/page")])
    assert isinstance(refused, Problem)
    assert (refused.stage, refused.code) == ("fetch", "fetch-refused")
    (page,) = documents([server.url("/page")], allow_hosts=["127.0.0.1"])
    assert isinstance(page, RawDocument)
    assert (page.source, page.media_type) == ("127.0.0.1", "text/html")


def test_polling_goes_on_at_its_interval(server: Server, tmp_path: Path) -> None:
    server.pages["/feed"] = feed(("a", "Dock opens", FULL))
    naps = Naps()
    polls = watch(
        [server.url("/feed")],
        FileState(tmp_path / "s"),
        fetcher=Fetcher(limits=LIMITS, allow_hosts=["127.0.0.1"], delay=0),
        interval=60,
        sleep=naps,
    )
    for count in (1, 0, 0):
        poll = next(polls)
        assert len(list(poll.documents)) == count
        poll.remember()
    assert naps == [60, 60]


@pytest.mark.parametrize("stored", ["", "{", "[]", '{"seen": 3}', '{"not_before": "soon"}', "null"])
def test_a_damaged_state_is_an_empty_one(stored: str) -> None:
    assert FeedState.from_json(stored) == FeedState()


def test_the_state_comes_back_as_it_was() -> None:
    state = FeedState("e", "l", {"a": "b"}, NOON.isoformat(), 2)
    assert FeedState.from_json(state.to_json()) == state
