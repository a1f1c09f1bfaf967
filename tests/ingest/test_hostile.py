"""Every limit of SECURITY.md, met by a document made to break it: a Problem or a release, soon."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import tarfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest import releases
from ingest.errors import TooSlow
from ingest.formats.members import document
from ingest.limits import Limits, time_limit
from ingest.sources import documents
from ingest.types import Problem, RawDocument, Release

from ..tools.invariants import assert_sound
from ..tools.samples import docx

LIMITS = Limits(document_bytes=2_000_000, ratio_from_bytes=500_000, seconds=20)
PAGE = b"<html><body><h1>Dock opens</h1><p>Bergen, 4 November 2025 - A dock.</p></body></html>"
HALDEN = "Halden Marine Robotics opened a dock in Bergen on 4 November 2025. " * 5


def zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def tarred(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, content in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return out.getvalue()


def nested_zip(depth: int) -> bytes:
    content = zipped({"page.html": PAGE})
    for level in range(depth):
        content = zipped({f"level{level}.zip": content})
    return content


def lying_zip() -> bytes:
    """States in both its tables that 50 MB are 100 bytes."""
    content = bytearray(zipped({"page.html": b"<p>" + b"a" * 50_000_000}))
    true, lie = (50_000_003).to_bytes(4, "little"), (100).to_bytes(4, "little")
    return bytes(content.replace(true, lie))


def mail(parts: int) -> bytes:
    part = b"--x\r\nContent-Type: text/plain\r\n\r\nDock number one.\r\n"
    return (
        b"From: a@halden.example\r\nSubject: Dock\r\nMIME-Version: 1.0\r\n"
        b"Content-Type: multipart/mixed; boundary=x\r\n\r\n" + part * parts + b"--x--\r\n"
    )


def nested_mail(depth: int) -> bytes:
    head = b"From: a@halden.example\r\nSubject: Dock\r\nMIME-Version: 1.0\r\n"
    for level in range(depth):
        head += b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (level, level)
    return head + b"Content-Type: text/plain\r\n\r\nDock\r\n"


LAUGHS = b'<!DOCTYPE r [<!ENTITY a "ha">' + b"".join(
    b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9)
)
QUADRATIC = b'<!DOCTYPE r [<!ENTITY a "' + b"ha" * 10_000 + b'">]>'
EXTERNAL = b'<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/hostname">]>'


def rss(prologue: bytes, title: bytes) -> bytes:
    return (
        prologue + b"<rss><channel><title>News</title><item><title>" + title + b"</title>"
        b"<description>Dock</description></item></channel></rss>"
    )


def nitf(prologue: bytes, text: bytes) -> bytes:
    return prologue + b"<nitf><body><body.content><p>" + text + b"</p></body.content></body></nitf>"


def deep_docx() -> bytes:
    """A Word document whose text part carries an expanding DOCTYPE."""
    good = zipfile.ZipFile(io.BytesIO(docx(["Dock opens", HALDEN])))
    files = {name: good.read(name) for name in good.namelist()}
    files["word/document.xml"] = LAUGHS + b"]>" + files["word/document.xml"]
    return zipped(files)


# What each must come to: codes of problems, or "release".
BOMB = {"unpacks-too-large", "too-large"}
HOSTILE: list[tuple[str, Callable[[], bytes], set[str]]] = [
    ("gzip bomb", lambda: gzip.compress(b"\0" * 50_000_000), {*BOMB, "empty-file"}),
    ("gzip bomb of text", lambda: gzip.compress(b"<p>a" * 9_000_000), BOMB),
    ("bzip2 bomb", lambda: bz2.compress(b"a" * 20_000_000), {"unpacks-too-large"}),
    ("xz bomb", lambda: lzma.compress(b"a" * 20_000_000), {"unpacks-too-large"}),
    ("xz that wants memory", lambda: _greedy_xz(), {"broken-document"}),
    ("zip bomb", lambda: zipped({"a.html": b"a" * 50_000_000}), {"unpacks-too-large"}),
    ("zip that lies", lying_zip, {"unpacks-too-large", "broken-document"}),
    (
        "zip of many bombs",
        lambda: zipped({f"{n}.html": b"a" * 1_900_000 for n in range(40)}),
        {"unpacks-too-large", "too-many-parts"},
    ),
    ("zip in zip in zip …", lambda: nested_zip(12), {"too-deep"}),
    ("gzip in gzip …", lambda: _repeated(gzip.compress, 12), {"too-deep"}),
    (
        "tar with a huge claim",
        lambda: tarred({"a.html": PAGE})[:124] + b"77777777777" + tarred({"a.html": PAGE})[135:],
        {"broken-document", "too-large", "no-text"},
    ),
    ("truncated gzip", lambda: gzip.compress(PAGE * 50)[:-20], {"broken-document"}),
    ("truncated zip", lambda: zipped({"a.html": PAGE})[:-30], {"broken-document"}),
    ("mail of 1,000 parts", lambda: mail(1_000), {"too-many-parts", "release"}),
    ("mail nested 3,000 deep", lambda: nested_mail(3_000), {"too-deep", "no-text"}),
    ("billion laughs, feed", lambda: rss(LAUGHS + b"]>", b"&j;"), {"unpacks-too-large"}),
    ("billion laughs, NITF", lambda: nitf(LAUGHS + b"]>", b"&j;"), {"unpacks-too-large"}),
    ("billion laughs, DOCX", deep_docx, {"broken-document"}),
    ("quadratic entities", lambda: rss(QUADRATIC, b"&a;" * 2_000), {"unpacks-too-large"}),
    ("entity from a file, NITF", lambda: nitf(EXTERNAL, b"Dock &a; opens"), {"release"}),
    ("entity from a file, feed", lambda: rss(EXTERNAL, b"Dock &a; opens"), {"release"}),
    (
        "deep HTML",
        lambda: b"<html><body>" + b"<div>" * 100_000 + b"Dock opens",
        {"release", "no-text"},
    ),
    (
        "deep inline HTML",
        lambda: b"<html><body><p>" + b"<b>" * 50_000 + b"Dock",
        {"release", "no-text"},
    ),
    ("deep JSON", lambda: b'{"text": ' + b"[" * 200_000, {"too-deep", "broken-document"}),
    ("deep JSON list", lambda: b'[{"a":' * 100_000, {"too-deep", "broken-document"}),
    ("deep XML", lambda: b"<nitf>" + b"<block>" * 100_000, {"no-text", "broken-document"}),
    ("NUL bytes", lambda: PAGE.replace(b"o", b"o\0"), {"release"}),
    ("lone surrogates", lambda: b'{"title": "\\ud800 Dock", "text": "\\udfff opens"}', {"release"}),
    (
        "lone surrogates in a page's JSON",
        lambda: (
            b'<html><script type="application/ld+json">{"@type": "NewsArticle", "headline": '
            b'"Dock \\ud800 opens"}</script><body><p>A dock opens.</p></body></html>'
        ),
        {"release"},
    ),
    ("right-to-left marks", lambda: "\u202eDock opens\u202c \u2067x".encode(), {"release"}),
    ("wrong encoding", lambda: b'<meta charset="utf-16"><p>Caf\xe9 opens</p>', {"release"}),
    ("unknown encoding", lambda: b'<meta charset="klingon"><p>Caf\xe9 opens</p>', {"release"}),
    ("a feed without dates", lambda: rss(b"", b"Dock opens"), {"release"}),
    ("one endless line", lambda: b"Dock " * 300_000, {"release", "too-slow"}),
    ("a million brackets", lambda: b"<" * 1_000_000, {"release", "unknown-format", "no-text"}),
    ("a million ampersands", lambda: b"<p>" + b"&" * 1_000_000, {"release", "no-text"}),
    ("many attributes", lambda: b"<p " + b'a="b" ' * 200_000 + b">Dock</p>", {"release"}),
    ("PDF of nothing", lambda: b"%PDF-1.7\n" + b"1 0 obj <<>> endobj " * 1000, {"broken-document"}),
    ("PDF that goes round", lambda: _circular_pdf(), {"broken-document", "no-text"}),
    (
        "WARC with no end",
        lambda: (
            b"WARC/1.0\r\nContent-Length: 99999999999\r\n"
            b"WARC-Type: response\r\nWARC-Target-URI: http://a.example/\r\n"
            b"Content-Type: application/http\r\n\r\n"
            b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\nx"
        ),
        {"release", "broken-document"},
    ),
    (
        "mbox that is one line",
        lambda: b"From a@b.example Mon Jan  1 00:00:00 2025\nA: " + b"x" * 1_500_000,
        {"release", "no-text", "empty-file"},
    ),
]


def _repeated(pack: Callable[[bytes], bytes], times: int) -> bytes:
    content = PAGE
    for _ in range(times):
        content = pack(content)
    return content


def _greedy_xz() -> bytes:
    """Asks for a dictionary of more than a gigabyte."""
    filters = [{"id": lzma.FILTER_LZMA2, "preset": 0, "dict_size": 4096}]
    content = bytearray(lzma.compress(PAGE, filters=filters))
    # The dictionary's size is one byte of the block header, guarded by a CRC32 after it.
    import zlib

    start = 12
    size = (content[start] + 1) * 4
    header = content[start : start + size - 4]
    header[header.index(0x21) + 2] = 39
    content[start : start + size] = header + zlib.crc32(header).to_bytes(4, "little")
    return bytes(content)


def _circular_pdf() -> bytes:
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[2 0 R]/Count 99999999>>endobj\n"
        b"trailer<</Root 1 0 R/Size 3>>\n%%EOF"
    )


@pytest.mark.parametrize(("make", "codes"), [pytest.param(m, c, id=n) for n, m, c in HOSTILE])
def test_a_hostile_document(make: Callable[[], bytes], codes: set[str]) -> None:
    raw = document("/news/hostile", make(), source="test")
    begun = time.process_time()
    found = list(releases(raw, LIMITS))
    assert time.process_time() - begun < 15
    assert found
    got = {item.code if isinstance(item, Problem) else "release" for item in found}
    assert got <= codes, found[0]
    for item in found:
        if isinstance(item, Release):
            item.text.encode("utf-8")
            item.title.encode("utf-8")
            assert_sound(item)
            assert Path("/etc/hostname").read_text().strip() not in item.text
        else:
            assert item.uri.startswith("/news/hostile")
            assert len(item.message) > 20


@pytest.mark.parametrize(("make", "codes"), [pytest.param(m, c, id=n) for n, m, c in HOSTILE])
def test_a_hostile_file(make: Callable[[], bytes], codes: set[str], tmp_path: Path) -> None:
    """The same from disk, where archives are streamed."""
    (tmp_path / "hostile").write_bytes(make())
    for found in documents([str(tmp_path / "hostile")], limits=LIMITS):
        if isinstance(found, Problem):
            assert found.code in codes | {"too-large"}
        else:
            assert len(found.content) <= LIMITS.document_bytes


def test_a_bomb_is_stopped_while_small() -> None:
    """200 MB packed into 1 MB: neither its memory nor its time is spent."""
    bomb = gzip.compress(b"\0" * 200_000_000, compresslevel=1)
    begun = time.process_time()
    (problem,) = releases(document("/bomb", bomb[:1_900_000], source="test"), LIMITS)
    assert isinstance(problem, Problem)
    assert time.process_time() - begun < 2


def test_honest_repetition_is_no_bomb() -> None:
    lines = json.dumps({"title": "Dock", "text": HALDEN}).encode() + b"\n"
    packed = gzip.compress(lines * 200)
    found = list(releases(document("/all.jsonl.gz", packed, source="test"), LIMITS))
    assert len(found) == 200


def test_one_bad_member_does_not_end_its_archive(tmp_path: Path) -> None:
    files = {"1.html": PAGE, "2.html": b"a" * 5_000_000, "3.pdf": b"%PDF-", "4.html": PAGE}
    (tmp_path / "news.zip").write_bytes(zipped(files))
    found = list(documents([str(tmp_path / "news.zip")], limits=LIMITS))
    assert [isinstance(item, RawDocument) for item in found] == [True, False, True, True]


def test_parts_of_one_document_are_counted_at_all_depths() -> None:
    inner = zipped({f"{n}.html": PAGE for n in range(30)})
    outer = zipped({f"{n}.zip": inner for n in range(30)})
    limits = Limits(parts=100)
    found = list(releases(document("/many.zip", outer, source="test"), limits))
    problems = [item for item in found if isinstance(item, Problem)]
    assert {problem.code for problem in problems} == {"too-many-parts"}
    assert len(found) < 150


def test_a_slow_parser_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    from ingest.formats import html

    def forever(*_: object, **__: object) -> None:
        while True:
            pass

    monkeypatch.setattr(html, "html_draft", forever)
    (problem,) = releases(document("/page.html", PAGE, source="test"), Limits(seconds=0.2))
    assert isinstance(problem, Problem)
    assert problem.code == "too-slow"
    assert "0.2 seconds" in problem.message


def test_the_time_limit_survives_a_library_that_swallows_errors() -> None:
    def stubborn() -> None:
        while True:
            try:
                while True:
                    pass
            except Exception:  # as some parsers do around every element
                if time.process_time() > begun + 1.0:
                    raise

    begun = time.process_time()
    with pytest.raises(TooSlow), time_limit(0.1):
        stubborn()
    assert time.process_time() - begun < 4


def test_a_fault_of_our_own_is_a_problem_too(monkeypatch: pytest.MonkeyPatch) -> None:
    from ingest.formats import html

    def broken(*_: object, **__: object) -> None:
        raise KeyError("dock")

    monkeypatch.setattr(html, "html_draft", broken)
    (problem,) = releases(document("/page.html", PAGE, source="test"))
    assert isinstance(problem, Problem)
    assert problem.code == "internal-error"
    assert "KeyError" in problem.message
