"""Each format, told by its content, and what of a release comes out of it."""

from __future__ import annotations

import bz2
import gzip
import json
import lzma
from pathlib import Path

import pytest

from ingest import DEFAULT_LIMITS, formats, releases
from ingest.errors import BrokenDocument, IngestError, NoText
from ingest.formats import recognise
from ingest.formats.members import document
from ingest.limits import Limits
from ingest.sources import documents
from ingest.types import Draft, Problem, RawDocument, Release

from ..tools.samples import docx, pdf
from .test_hostile import tarred, zipped

ROOT = Path(__file__).parents[2]
SAMPLES = {
    path.name: path
    for folder in (ROOT / "samples", ROOT / "tests" / "ingest" / "releases")
    for path in folder.iterdir()
}
HALDEN = "BERGEN, Norway, Nov. 4, 2025 -- Halden Marine Robotics opened a dock. " * 6


def raw(content: bytes | str, uri: str = "document", media_type: str | None = None) -> RawDocument:
    content = content.encode() if isinstance(content, str) else content
    return document(uri, content, source="test", media_type=media_type)


def draft(content: bytes | str, uri: str = "document") -> Draft:
    (one,) = formats.parse(raw(content, uri), DEFAULT_LIMITS)
    assert isinstance(one, Draft)
    return one


def texts(one: Draft) -> list[str]:
    return [block.text for block in one.blocks]


def stated(one: Draft, field: str) -> list[str]:
    return [witness.value for witness in one.witnesses if witness.field == field]


PDF, DOCX = pdf(["Dock opens", HALDEN]), docx(["Dock opens", HALDEN])
ONE, TWO = '{"title": "a", "text": "b"}', '{"title": "c", "text": "d"}'


@pytest.mark.parametrize(
    ("content", "name"),
    [
        ("<!DOCTYPE html><html><body>Dock</body></html>", "HTML"),
        ("  <HTML><BODY>Dock</BODY></HTML>", "HTML"),
        ("<p>Dock</p><p>opens</p><div>x</div>", "HTML"),
        ("<html><body><pre>&lt;rss&gt;</pre></body></html>", "HTML"),
        ("Dock opens\n\nBergen, 4 November", "plain text or Markdown"),
        ("# Dock opens\n\n- one\n- two", "plain text or Markdown"),
        ("[Press release] Dock opens", "plain text or Markdown"),
        ("{Dock} opens", "plain text or Markdown"),
        ("Contact: Jane Roe\nDate: 4 November\n\nDock opens", "plain text or Markdown"),
        ("\ufeffDock opens in Bergen".encode("utf-16"), "plain text or Markdown"),
        ("<rss><channel/></rss>", "RSS or Atom"),
        (
            "<?xml version='1.0'?>\n<!-- x -->\n<feed xmlns='http://www.w3.org/2005/Atom'/>",
            "RSS or Atom",
        ),
        ("<rdf:RDF xmlns:rdf='x'></rdf:RDF>", "RSS or Atom"),
        ("<rss><channel><item><description><![CDATA[<html><body>x]]>", "RSS or Atom"),
        ("<urlset><url/></urlset>", "sitemap"),
        ("<sitemapindex/>", "sitemap"),
        ("From: a@b.example\nSubject: Dock\nMessage-ID: <1>\n\nDock opens", "mail"),
        ("Received: from x\n by y\nSubject: Dock\n\n<html><body>Dock</body></html>", "mail"),
        ("From a@b.example Mon Jan  1 00:00:00 2025\nFrom: a@b.example\n\nDock", "mbox"),
        (PDF, "PDF"),
        (b"\n\n" + PDF, "PDF"),
        (DOCX, "DOCX"),
        ("<newsItem xmlns='http://iptc.org/std/nar/2006-10-01/'/>", "NewsML"),
        ("<newsMessage/>", "NewsML"),
        ("<NewsML Version='1.2'/>", "NewsML"),
        ("<!DOCTYPE nitf SYSTEM 'nitf.dtd'>\n<nitf/>", "NITF"),
        ('{"uri": "a", "type": "text", "versioncreated": "2025-11-04"}', "ninjs"),
        ('{\n "uri": "a",\n "headlines": []\n}', "ninjs"),
        (f"{ONE}\n{TWO}\n", "JSON Lines"),
        (f"[{ONE}, {TWO}]", "JSON or JSON Feed"),
        (f" \n{{\n{ONE[1:]}", "JSON or JSON Feed"),
        ('{"version": "https://jsonfeed.org/version/1", "items": []}', "JSON or JSON Feed"),
        ("WARC/1.0\r\nWARC-Type: warcinfo\r\n\r\n", "WARC"),
        (zipped({"a.html": b"x"}), "zip"),
        (tarred({"a.html": b"x"}), "tar"),
        (gzip.compress(b"x"), "gzip, bzip2 or xz"),
        (bz2.compress(b"x"), "gzip, bzip2 or xz"),
        (lzma.compress(b"x"), "gzip, bzip2 or xz"),
    ],
)
@pytest.mark.parametrize("uri", ["document", "wrong.pdf", "wrong.html", "wrong.txt"])
def test_content_decides_not_the_suffix(content: bytes | str, name: str, uri: str) -> None:
    if uri == "wrong.html" and name in ("plain text or Markdown",):
        pytest.skip("text named .html is read as HTML, which shows it as it is")
    if uri == "wrong.txt" and content == "<p>Dock</p><p>opens</p><div>x</div>":
        pytest.skip("a few tags in a .txt may be text")
    found = recognise(raw(content, uri)).name
    if name == "JSON or JSON Feed" and "\n" not in str(content):
        assert found in (name, "JSON Lines")  # one object on one line is either
    else:
        assert found == name


@pytest.mark.parametrize(
    ("uri", "media_type", "name"),
    [
        ("a.json", None, "JSON or JSON Feed"),
        ("a.jsonl", None, "JSON Lines"),
        ("https://a.example/x?y=z.json", "application/json", "JSON or JSON Feed"),
        ("https://a.example/x", "text/html; charset=utf-8", "JSON or JSON Feed"),
    ],
)
def test_suffix_and_media_type_break_ties(uri: str, media_type: str | None, name: str) -> None:
    assert recognise(raw(ONE, uri, media_type)).name == name or media_type == "text/html"


def test_every_format_has_a_sample() -> None:
    found = set()
    for path in SAMPLES.values():
        for item in documents([str(path)]):
            assert isinstance(item, RawDocument)
            found.add(recognise(item).name)
        content = path.read_bytes()
        found.add(recognise(raw(content, str(path))).name)
        if path.suffix == ".gz":
            found.add(recognise(raw(gzip.decompress(content), str(path))).name)
    missing = {entry.name for entry in formats.FORMATS} - found
    assert missing == {"sitemap", "tar"}, "a sitemap holds no release; tar is a zip by another name"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ({"title": "Dock", "text": "Opens."}, ("Dock", "", "", "")),
        ({"headline": "Dock", "body": "<p>Opens.</p>"}, ("Dock", "", "", "")),
        (
            {"title": "Dock", "html": "<p>Opens.</p>", "url": "http://a.example/", "published":
             "2025-11-04", "language": "en"},
            ("Dock", "http://a.example/", "2025-11-04", "en"),
        ),
        (
            {"title": {"rendered": "Dock"}, "content": {"rendered": "<p>Opens.</p>"},
             "link": "http://a.example/", "date": "2025-11-04T08:00:00"},
            ("Dock", "http://a.example/", "2025-11-04T08:00:00", ""),
        ),
        (
            {"title": "Dock", "details": {"body": "<p>Opens.</p>"}, "locale": "de",
             "first_published_at": "2025-11-04T08:00:00Z"},
            ("Dock", "", "2025-11-04T08:00:00Z", "de"),
        ),
    ],
)  # fmt: skip
def test_json_objects(data: dict[str, object], expected: tuple[str, ...]) -> None:
    one = draft(json.dumps(data), "release.json")
    assert texts(one) == ["Opens."]
    found = ("".join(stated(one, field)) for field in ("title", "url", "published", "language"))
    assert tuple(found) == expected


@pytest.mark.parametrize(
    ("content", "error"),
    [
        ("{" + '"a": 1, ' * 3 + "}", BrokenDocument),
        ('{"id": 7, "price": 3}', NoText),
        ("{}", NoText),
        ('{"title": "Dock", "text": "cut of', BrokenDocument),
    ],
)
def test_json_that_is_no_release(content: str, error: type[IngestError]) -> None:
    with pytest.raises(error):
        list(formats.parse(raw(content, "a.json"), DEFAULT_LIMITS))


@pytest.mark.parametrize(
    "content", [f"[{ONE}, {TWO}]", f'{{"items": [{ONE}, {TWO}]}}', f"{ONE}\n\n{TWO}\n"]
)
def test_lists_of_releases(content: str) -> None:
    found = list(releases(raw(content, "all.json")))
    assert [item.title for item in found if isinstance(item, Release)] == ["a", "c"]


def test_pdf_paragraphs_are_put_together_again() -> None:
    (one,) = formats.parse(raw(SAMPLES["meridian-results.pdf"].read_bytes()), DEFAULT_LIMITS)
    assert isinstance(one, Draft)
    first, second, *_ = one.blocks
    assert first.kind == "heading"
    assert first.text == "Meridian Grid Storage Reports Results for Fiscal Year 2025"
    assert second.text.startswith("COLUMBUS, Ohio, Oct. 28, 2025 /ClearPress/ --")
    assert len(second.text) > 150, "wrapped lines are one paragraph"


@pytest.mark.parametrize(
    ("content", "code", "says"),
    [
        (pdf(["", ""]), "no-text", "ocrmypdf"),
        (PDF[:300], "broken-document", "print it to a new PDF"),
        (docx(["", ""]), "no-text", "no running text"),
        (DOCX[:700], "broken-document", "Download it again"),
    ],
)
def test_documents_without_text_or_damaged(content: bytes, code: str, says: str) -> None:
    (problem,) = releases(raw(content, "release"))
    assert isinstance(problem, Problem)
    assert problem.code == code
    assert says in problem.message


def test_a_locked_pdf_is_named_as_such() -> None:
    import io

    import pypdf

    writer = pypdf.PdfWriter(clone_from=io.BytesIO(PDF))
    writer.encrypt("secret", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    (problem,) = releases(raw(out.getvalue()))
    assert isinstance(problem, Problem)
    assert problem.code == "password-protected"


def test_a_long_pdf_is_read_in_part() -> None:
    paragraphs = [f"Paragraph {n} of the dock. " * 8 for n in range(200)]
    found = list(releases(raw(pdf(paragraphs)), Limits(pdf_pages=2)))
    (release,) = found
    assert isinstance(release, Release)
    assert [problem.code for problem in release.problems] == ["too-many-parts"]


def test_word_headings_and_titles() -> None:
    one = draft(SAMPLES["rivers-on-paper.docx"].read_bytes())
    assert one.blocks[0].kind == "heading"
    assert one.blocks[0].text.startswith("Rivers on Paper")


def test_nitf_gets_its_dateline_back() -> None:
    one = draft(SAMPLES["elverhavn-clean-air.nitf.xml"].read_bytes())
    assert texts(one)[0].startswith("ELVERHAVN, Netherlands, Nov. 5, 2025 – Ships may no longer")
    assert stated(one, "title")[0] == "Elverhavn bans idling engines at berth from January"
    assert stated(one, "subtitle") == ["Ships must use shore power or pay €3 a tonne"]
    assert "20251105T101500Z" in stated(one, "published")


def test_newsml_g2() -> None:
    one = draft(SAMPLES["greyfell-approval.newsml.xml"].read_bytes())
    assert texts(one)[0].startswith("ABERDEEN, Scotland, June 20, 2025 – The Scottish")
    assert stated(one, "issuer") == ["Greyfell Offshore Wind"]
    assert stated(one, "wire") == ["North Sea Press Agency"]
    assert stated(one, "language") == ["en-GB"]


def test_a_news_message_of_two_items() -> None:
    item = SAMPLES["greyfell-approval.newsml.xml"].read_bytes().partition(b"?>")[2]
    other = item.replace(b"greyfell-1", b"greyfell-2").replace(b"74 turbines", b"80 turbines")
    message = b"<newsMessage><itemSet>" + item + other + b"</itemSet></newsMessage>"
    found = list(releases(raw(message, "message.xml")))
    assert [found_.title for found_ in found if isinstance(found_, Release)] == [
        "Greyfell wind farm wins approval for 74 turbines",
        "Greyfell wind farm wins approval for 80 turbines",
    ]
    assert found[0].uri == "message.xml!/urn:newsml:northseapress.example:20250619:greyfell-1"


@pytest.mark.parametrize(
    ("data", "title", "text"),
    [
        ({"headline": "Dock", "body_html": "<p>Opens.</p>", "body_text": "no"}, "Dock", "Opens."),
        ({"headline": "Dock", "body_text": "Opens."}, "Dock", "Opens."),
        (
            {"headlines": [{"role": "sub", "value": "x"}, {"role": "main", "value": "Dock"}],
             "bodies": [{"role": "text", "value": "no"},
                        {"role": "html", "value": "<p>Opens.</p>"}]},
            "Dock",
            "Opens.",
        ),
        (
            {"headlines": [{"value": "Dock"}], "descriptions": [{"value": "Opens."}]},
            "Dock",
            "Opens.",
        ),
    ],
)  # fmt: skip
def test_ninjs_of_three_versions(data: dict[str, object], title: str, text: str) -> None:
    one = draft(json.dumps({"uri": "urn:1", "versioncreated": "2025-11-04", **data}))
    assert texts(one) == [text]
    assert stated(one, "title")[0] == title
    assert stated(one, "published") == ["2025-11-04"]


def test_a_picture_in_ninjs_has_no_text() -> None:
    with pytest.raises(NoText, match="ninjs picture"):
        draft('{"uri": "urn:1", "type": "picture", "versioncreated": "2025-11-04"}')


def test_warc_gives_pages_under_their_address() -> None:
    found = list(documents([str(SAMPLES["nygaard-visit.warc.gz"])]))
    (page,) = found
    assert isinstance(page, RawDocument)
    assert page.hints["url"].startswith("https://www.skagervik.example/")
    assert page.uri.endswith("!/" + page.hints["url"])
    assert (page.media_type or "").startswith("text/html")


def test_archives_leave_hidden_files_out() -> None:
    page = b"<html><body><p>Dock</p></body></html>"
    files = {"a.html": page, ".hidden.html": page, "__MACOSX/a.html": page, "d/.x/b.html": page}
    for content in (zipped(files), tarred(files)):
        parts = list(formats.parse(raw(content, "news"), DEFAULT_LIMITS))
        assert [part.uri for part in parts if isinstance(part, RawDocument)] == ["news!/a.html"]


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_packed_files_are_named_as_unpacking_would(pack: object) -> None:
    content = pack(SAMPLES["hmr-tern.md"].read_bytes())  # type: ignore[operator]
    (release,) = releases(raw(content, "/news/hmr-tern.md.gz"))
    assert isinstance(release, Release)
    assert release.uri == "/news/hmr-tern.md.gz!/hmr-tern.md"


def test_a_sitemap_from_a_file_is_not_followed() -> None:
    text = "<urlset><url><loc>https://a.example/1</loc></url></urlset>"
    (problem,) = releases(raw(text, "sitemap.xml"))
    assert isinstance(problem, Problem)
    assert problem.code == "not-followed"
    assert "1 addresses" in problem.message


def test_office_files_are_named() -> None:
    (problem,) = releases(raw(zipped({"[Content_Types].xml": b"x", "xl/workbook.xml": b"x"})))
    assert isinstance(problem, Problem)
    assert "Excel" in problem.message


@pytest.mark.parametrize(
    ("title", "kept"),
    [
        ("Dock opens", True),
        ("Dock opens – Newsroom", True),
        ("Microsoft Word - release_final_v3.docx", False),
        ("Untitled", False),
        ("", False),
    ],
)
def test_a_title_the_document_does_not_show_is_no_witness(title: str, kept: bool) -> None:
    import io

    import pypdf

    writer = pypdf.PdfWriter(clone_from=io.BytesIO(PDF))
    writer.add_metadata({"/Title": title})
    out = io.BytesIO()
    writer.write(out)
    assert stated(draft(out.getvalue()), "title") == ([title] if kept else [])


def test_the_day_a_file_was_made_gives_way_to_the_dateline() -> None:
    import io

    import pypdf

    for text, day in ((HALDEN, "2025-11-04"), ("Halden opened a dock. " * 9, "2026-02-03")):
        writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf(["Dock opens", text])))
        writer.add_metadata({"/CreationDate": "D:20260203100000+01'00'"})
        out = io.BytesIO()
        writer.write(out)
        (release,) = releases(raw(out.getvalue()))
        assert isinstance(release, Release)
        assert str(release.published) == day
