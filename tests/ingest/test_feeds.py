"""Feeds: our items are feedparser's items, also of broken feeds."""

from __future__ import annotations

import html
import io
import re
from pathlib import Path
from typing import Any

import feedparser
import pytest

from ingest import DEFAULT_LIMITS, releases
from ingest.errors import BrokenDocument
from ingest.formats import feed, jsons, recognise
from ingest.formats.members import TEASER, document, is_teaser
from ingest.types import Problem, RawDocument, Release

from ..tools.invariants import assert_sound

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared" / "corpora" / "feeds"
OWN = [
    *sorted((ROOT / "samples").glob("*.rss")),
    *sorted((ROOT / "samples").glob("*.atom")),
    *sorted((ROOT / "tests" / "ingest" / "releases").glob("*.rss")),
    *sorted((ROOT / "tests" / "ingest" / "releases").glob("*.atom")),
]

ITEM = "<item><title>Dock opens</title><link>http://a.example/1</link>{}</item>"
CHANNEL = f'<rss version="2.0"><channel><title>News</title>{ITEM}</channel></rss>'
BROKEN = [
    pytest.param(CHANNEL.format("<description>A dock</description>")[:-17], id="cut off"),
    pytest.param(CHANNEL.format("<description>A & B</description>"), id="bare ampersand"),
    pytest.param(CHANNEL.format("<description><b>A</i> dock</description>"), id="crossed tags"),
    pytest.param(CHANNEL.format("<pubDate>yesterday</pubDate>"), id="no date at all"),
    pytest.param(CHANNEL.format("<pubDate>4 Nov 25</pubDate>"), id="a short year"),
    pytest.param("  \n\n" + CHANNEL.format("<description>x</description>"), id="space before"),
    pytest.param(
        '<?xml version="1.0" encoding="us-ascii"?>' + CHANNEL.format("<author>Zoë</author>"),
        id="wrong encoding",
    ),
    pytest.param(CHANNEL.format("<description>a\x0bb\x00c</description>"), id="control bytes"),
    pytest.param(ITEM.format("").join(["<rss>", ""]) * 2, id="no channel"),
]


def parsed(content: bytes) -> Any:
    return feedparser.parse(io.BytesIO(content), response_headers={})


def items(content: bytes, uri: str = "feed.xml") -> list[RawDocument]:
    try:
        return list(feed.parse(document(uri, content, source="test"), DEFAULT_LIMITS))
    except BrokenDocument:
        return []


def folded(text: str) -> str:
    """Words alone: markup, entities and white space are the HTML reader's business."""
    return " ".join(re.sub(r"<[^>]*>|[\x00<>&]", " ", html.unescape(text)).split())


def assert_agrees(content: bytes) -> None:
    entries = parsed(content).entries
    ours = items(content)
    assert len(ours) == len(entries)
    for item, entry in zip(ours, entries, strict=True):
        link = entry.get("link", "")
        if link.startswith("http"):
            assert item.hints["url"] == link.strip()
        title = folded(entry.get("title", ""))
        assert folded(item.hints.get("title", "")) == title or "<" in entry.get("title", "")
        stated = any(entry.get(name) for name in ("published", "updated", "created"))
        assert ("published" in item.hints) == stated
        texts = [text.get("value", "") for text in entry.get("content", ())]
        texts.append(entry.get("summary", ""))
        longest = max(texts, key=len).strip()
        if folded(longest):
            assert item.content.decode("utf-8") == longest.replace("\0", "").strip()


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.name)
def test_the_samples_agree(path: Path) -> None:
    content = path.read_bytes()
    assert parsed(content).entries
    assert_agrees(content)


@pytest.mark.parametrize("text", BROKEN)
def test_broken_feeds_agree(text: str) -> None:
    content = text.encode("utf-8")
    assert recognise(document("feed", content, source="test")).parser is feed
    assert_agrees(content)
    (first, *_) = releases(document("feed.xml", content, source="test"))
    assert isinstance(first, Release)
    assert first.title == "Dock opens"
    assert first.url == "http://a.example/1"


@pytest.mark.skipif(not SHARED.is_dir(), reason="needs the shared feeds beside the repository")
@pytest.mark.slow
def test_two_thousand_feeds_of_others_agree() -> None:
    paths = [path for path in sorted(SHARED.rglob("*")) if path.suffix in (".xml", ".rss", ".atom")]
    assert len(paths) > 2_000
    disagreeing = []
    for path in paths:
        try:
            assert_agrees(path.read_bytes())
        except AssertionError as error:
            disagreeing.append(f"{path.relative_to(SHARED)}: {error}")
    assert disagreeing == []


@pytest.mark.skipif(not SHARED.is_dir(), reason="needs the shared feeds beside the repository")
@pytest.mark.slow
def test_feeds_of_others_are_all_read() -> None:
    for path in sorted((SHARED / "rss-parser").iterdir()):
        for item in releases(document(str(path), path.read_bytes(), source="test")):
            assert_sound(item)


@pytest.mark.parametrize(
    ("date", "hint"),
    [
        ("<pubDate>Tue, 04 Nov 2025 08:00:00 +0800</pubDate>", "Tue, 04 Nov 2025 08:00:00 +0800"),
        ("<dc:date>2025-11-04</dc:date>", "2025-11-04"),
        ("<pubDate>Τρι, 04 Νοέ 2025 08:00:00 EST</pubDate>", "2025-11-04T13:00:00Z"),
        ("", None),
    ],
)
def test_dates_keep_the_feeds_words(date: str, hint: str | None) -> None:
    (item,) = items(CHANNEL.format(date).encode())
    assert item.hints.get("published") == hint


def test_markup_in_a_title_is_read() -> None:
    text = CHANNEL.format("").replace("Dock opens", "Dock &amp;amp; &lt;b&gt;Crane&lt;/b&gt; open")
    (item,) = items(text.encode())
    assert item.hints["title"] == "Dock & Crane open"


@pytest.mark.parametrize(
    ("body", "teaser"),
    [
        ("", True),
        ("<p>Halden opens a dock.</p>", True),
        ("<p>" + "Halden opens a dock. " * 60 + "</p>", False),
        ("<p>" + "Halden opens a dock. " * 60 + '<a href="x">Read more »</a></p>', True),
        ("Halden opens a dock. " * 60 + "[&#8230;]", True),
        ("Halden opens a dock. " * 60 + "…", True),
    ],
)
def test_is_teaser(body: str, teaser: bool) -> None:
    assert is_teaser(body) is teaser


def test_an_item_of_a_picture_alone_keeps_its_title() -> None:
    (item,) = items(CHANNEL.format("<description>&lt;img src='x'&gt;</description>").encode())
    assert item.content == b"Dock opens"


def test_the_title_in_the_feed_stands_though_a_heading_says_part_of_it() -> None:
    body = "<description>&lt;h2&gt;Dock opens&lt;/h2&gt;&lt;p&gt;In Bergen.&lt;/p&gt;</description>"
    text = CHANNEL.format(body).replace("<title>Dock opens", "<title>Harbours, part 1: Dock opens")
    (release,) = releases(document("feed.xml", text.encode(), source="test"))
    assert isinstance(release, Release)
    assert release.title == "Harbours, part 1: Dock opens"


def test_a_feed_without_items_is_a_problem() -> None:
    (problem,) = releases(
        document("feed.xml", b"<rss><channel><title>x</title></channel></rss>", source="test")
    )
    assert isinstance(problem, Problem)
    assert (problem.code, problem.uri) == ("broken-document", "feed.xml")


def test_json_feed() -> None:
    path = ROOT / "tests" / "ingest" / "releases" / "marine-drones-jsonfeed.json"
    raw = document(str(path), path.read_bytes(), source="test")
    assert recognise(raw).parser is jsons
    one, two = jsons.parse(raw, DEFAULT_LIMITS)
    assert isinstance(one, RawDocument)
    assert isinstance(two, RawDocument)
    assert one.uri.endswith("jsonfeed.json!/varnholm-2025-singapore")
    assert one.hints["language"] == "en"
    assert TEASER in two.hints, "short texts are looked up on their page when fetched"
    for raw_item, place in ((one, "Singapore"), (two, "Bergen, Norway")):
        (release,) = releases(raw_item)
        assert isinstance(release, Release)
        assert release.dateline is not None
        assert release.dateline.place == place
