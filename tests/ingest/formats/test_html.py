"""Pages and fragments: which part is read, as which blocks, and what the page states."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ingest.formats import html
from ingest.formats.html import html_draft
from ingest.limits import DEFAULT_LIMITS
from ingest.types import Draft, RawDocument

PROSE = "The ferry left the harbour at nine and came back with three hundred guests on board. "
SHARED = Path(__file__).parents[4] / "shared" / "corpora" / "article-extraction"


def page(content: bytes, uri: str = "page.html", media_type: str | None = None) -> Draft:
    raw = RawDocument(uri, media_type, content, "0" * 64, datetime(2025, 1, 1, tzinfo=UTC), "test")
    (draft,) = html.parse(raw, DEFAULT_LIMITS)
    assert isinstance(draft, Draft)
    return draft


def stated(draft: Draft, field: str) -> list[tuple[str, str]]:
    return [(w.origin, w.value) for w in draft.witnesses if w.field == field]


@pytest.mark.parametrize(
    ("fragment", "blocks"),
    [
        ("<p>One.</p><p>Two.</p>", [("paragraph", "One."), ("paragraph", "Two.")]),
        ("<p>One\n  and   more</p>", [("paragraph", "One and more")]),
        ("<p>Ida Moe<br>ida@kestrel.example</p>",
         [("preformatted", "Ida Moe\nida@kestrel.example")]),
        ("<p>One.<br><br>Two.</p>", [("paragraph", "One."), ("paragraph", "Two.")]),
        ("One.<p>Two.</p>Three.", [("paragraph", "One."), ("paragraph", "Two."),
                                   ("paragraph", "Three.")]),
        ("<h1>A</h1><h3>B</h3>", [("heading", "A"), ("heading", "B")]),
        ("<ul><li>One<li>Two</ul>", [("list_item", "One"), ("list_item", "Two")]),
        ("<ol><li><p>One</p></li></ol>", [("list_item", "One")]),
        ("<table><tr><th>Year<th>Ships<tr><td>2024<td>3</table>",
         [("table_row", "Year | Ships"), ("table_row", "2024 | 3")]),
        ("<table><tr><td><p>One.</p><p>Two.</p></table>",
         [("paragraph", "One."), ("paragraph", "Two.")]),
        ("<figure><img src=x><figcaption>The ship.</figcaption></figure>",
         [("caption", "The ship.")]),
        ("<pre>One\n  two</pre>", [("preformatted", "One\ntwo")]),
        ("<p>A <b>bold</b> and <a href=/x>linked</a>word.</p>",
         [("paragraph", "A bold and linkedword.")]),
        ("<p>One</p><script>var x = '<p>no</p>'</script><style>p{}</style>",
         [("paragraph", "One")]),
        ("<p>One<!-- no -->two</p>", [("paragraph", "Onetwo")]),
        ("AT&amp;T &lt;b&gt; &#8211; caf&eacute;", [("paragraph", "AT&T <b> – café")]),
        ("no markup at all", [("paragraph", "no markup at all")]),
        ("<div><div><div>Deep</div></div></div>", [("paragraph", "Deep")]),
        ("<p>Unclosed <b>bold<p>Next", [("paragraph", "Unclosed bold"), ("paragraph", "Next")]),
        ("", []),
        ("<p></p><br><hr>", []),
    ],
)  # fmt: skip
def test_blocks_of_a_fragment(fragment: str, blocks: list[tuple[str, str]]) -> None:
    draft = html_draft(fragment, whole_page=False, url=None)
    assert [(block.kind, block.text) for block in draft.blocks] == blocks


def test_heading_levels() -> None:
    draft = html_draft("<h1>A</h1><h4>B</h4><p>C</p>", whole_page=False, url=None)
    assert [block.level for block in draft.blocks] == [1, 4, 0]


@pytest.mark.parametrize(
    "around",
    [
        "<nav>Home News</nav><main><article>{}</article></main><footer>Terms</footer>",
        "<div class=menu>Home News</div><div role=main>{}</div><div id=footer>Terms</div>",
        "<nav>Home News</nav><article>{}<div class='share'>Home News Terms</div></article>",
        "<aside>Home News</aside><section itemprop=articleBody>{}</section><form>Terms</form>",
        "<div hidden>Home News</div><article>{}</article><p style='display: none'>Terms</p>",
    ],
)
def test_furniture_is_left_out_and_every_line_kept(around: str) -> None:
    lines = [PROSE * 5, "Short line.", PROSE * 3, "Contact", "Ida Moe", "+47 55 55 01 23", "###"]
    body = "".join(f"<p>{line.strip()}</p>" for line in lines)
    draft = html_draft(f"<body>{around.format(body)}", whole_page=True, url=None)
    assert [block.text for block in draft.blocks] == [line.strip() for line in lines]


@pytest.mark.parametrize(
    ("head", "field", "statements"),
    [
        ("<meta property='article:published_time' content='2024-05-03'>", "published",
         [("meta:article:published_time", "2024-05-03")]),
        ("<meta name='DC.date.issued' content='2024-05-03'>", "published",
         [("meta:dc.date.issued", "2024-05-03")]),
        ("<meta itemprop=datePublished content='2024-05-03'>", "published",
         [("meta:datepublished", "2024-05-03")]),
        ("<time datetime=2024-05-03>3 May</time>", "published", [("time", "2024-05-03")]),
        ("<time itemprop=dateModified datetime=2024-05-09>9 May</time>"
         "<meta name=date content=2024-05-03>", "published", [("meta:date", "2024-05-03")]),
        ("<script type='application/ld+json'>{\"@graph\": [{\"@type\": [\"NewsArticle\"], "
         "\"datePublished\": \"2024-05-03\", \"author\": {\"name\": \"Ida Moe\"}}]}</script>",
         "published", [("json-ld:datePublished", "2024-05-03")]),
        ("<script type='application/ld+json'><!--\n{\"@type\": \"NewsArticle\", \"author\": "
         "[{\"name\": \"Ida\nMoe\"}, \"Per Lie\"]}\n--></script>",
         "author", [("json-ld:author", "Ida Moe"), ("json-ld:author", "Per Lie")]),
        ("<script type='application/ld+json'>{broken</script>", "author", []),
        ("<script type='application/ld+json'>{\"@type\": \"Recipe\", \"author\": \"X\"}</script>",
         "author", []),
        ("<link rel=canonical href='https://kestrel.example/1'>", "url",
         [("link:canonical", "https://kestrel.example/1")]),
        ("<meta property=og:site_name content='Kestrel News'>", "wire",
         [("meta:og:site_name", "Kestrel News")]),
        ("<meta name=author content='Ida Moe'>", "author", [("meta:author", "Ida Moe")]),
        ("<a rel=author>Ida Moe</a>", "author", [("rel:author", "Ida Moe")]),
        ("<span itemprop=author>Ida Moe</span>", "author", [("microdata:author", "Ida Moe")]),
        ("<meta name=keywords content='a, b'>", "keywords", [("meta:keywords", "a, b")]),
    ],
)  # fmt: skip
def test_what_the_page_states(head: str, field: str, statements: list[tuple[str, str]]) -> None:
    draft = html_draft(f"<html><body>{head}<p>{PROSE * 4}", whole_page=True, url=None)
    assert stated(draft, field) == statements


def test_a_page_that_states_no_date_is_searched() -> None:
    draft = html_draft(
        f"<html><body><article><p>{PROSE * 5}</article><p class=date>Posted: 3 May 2024</p>",
        whole_page=True,
        url="https://kestrel.example/2024/05/03/ferry",
    )
    assert stated(draft, "published") == [("htmldate", "2024-05-03")]


@pytest.mark.parametrize(
    ("when", "found"),
    [
        ("In the years 2013 and 2013-2014", []),
        ("Posted: January 1, 2014", [("htmldate", "2014-01-01")]),
        ("Posted: 2014-01-01", [("htmldate", "2014-01-01")]),
    ],
)
def test_a_year_alone_is_no_day_of_publication(when: str, found: list[tuple[str, str]]) -> None:
    draft = html_draft(
        f"<html><body><article><p>{PROSE * 5}</article><p class=date>{when}</p>",
        whole_page=True,
        url="https://kestrel.example/reports/2013-2014/ferry",
    )
    assert stated(draft, "published") == found


@pytest.mark.parametrize(
    ("content", "media_type", "text"),
    [
        ("<p>café – “x”".encode(), None, "café – “x”"),
        ("<p>café – “x”".encode("cp1252"), "text/html; charset=iso-8859-1", "café – “x”"),
        (b"<meta charset=windows-1251><p>" + "Привет, мир".encode("cp1251"), None, "Привет, мир"),
        ("<p>café".encode(), "text/html; charset=latin-1", "café"),
        ("<html><p>café".encode("utf-16"), None, "café"),
        ("<p>It’s caf\u00e9".encode().decode("cp1252").encode(), None, "It’s café"),
        (b"<p>caf\xe9 \x80", None, "café €"),
        (b"<p>a\x00b\xed\xa0\x80c", None, None),
        ("<p>so\u00adft \u202ebidi\u202c".encode(), None, "soft bidi"),
    ],
)
def test_encodings(content: bytes, media_type: str | None, text: str | None) -> None:
    draft = page(content, media_type=media_type)
    assert draft.blocks
    if text is not None:
        assert draft.blocks[-1].text == text
    for block in draft.blocks:
        block.text.encode()
        assert "\0" not in block.text


@pytest.mark.parametrize(
    ("content", "uri", "least", "most"),
    [
        (b"<!doctype html><html><p>x", "a", 0.9, 1),
        (b"\xef\xbb\xbf  <HTML>", "a", 0.9, 1),
        (b"<p>One</p><p>Two</p>", "a", 0.3, 0.8),
        (b"One < two", "a", 0, 0),
        (b"plain", "a.html", 0.7, 0.9),
        (b"%PDF-1.7 <html", "a.pdf", 0, 0),
        (b"", "a", 0, 0),
    ],
)
def test_sniff(content: bytes, uri: str, least: float, most: float) -> None:
    raw = RawDocument(uri, None, content, "0" * 64, datetime(2025, 1, 1, tzinfo=UTC), "test")
    assert least <= html.sniff(raw) <= most


@pytest.mark.parametrize(
    "hostile",
    [
        "<div>" * 20_000 + "deep",
        "<table><tr><td>" * 5_000 + "deep",
        "<p>" + "a" * 500_000,
        "<p>" + "<b>" * 20_000,
        "<script type='application/ld+json'>" + "[" * 50_000,
        "<!--" * 50_000,
        "<" * 100_000,
        "<p>" + "&amp;" * 100_000,
        "<a href=x>y</a> " * 20_000,
        "<p>x<br>" * 20_000,
    ],
)
def test_hostile_markup_is_read_or_empty(hostile: str) -> None:
    draft = html_draft(hostile, whole_page=True, url=None)
    assert sum(len(block.text) for block in draft.blocks) <= len(hostile) * 2


@pytest.mark.slow
@pytest.mark.skipif(
    not SHARED.exists(), reason="the corpus of saved pages is not beside the repository"
)
def test_articles_are_found_as_well_as_by_trafilatura() -> None:
    from benchmarks.articles import measured

    truth = json.loads((SHARED / "ground-truth.json").read_text("utf-8"))
    some = sorted(truth)[::6]
    pages = [
        (gzip.decompress((SHARED / "html" / f"{name}.html.gz").read_bytes()), truth[name])
        for name in some
    ]
    ours, theirs = measured(pages)
    assert ours.f1 >= theirs.f1 - 0.005
