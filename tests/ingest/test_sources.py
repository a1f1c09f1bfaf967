"""What becomes a document, in which order, under which name; and what is said when it cannot."""

from __future__ import annotations

import gzip
import io
import os
import socket
from pathlib import Path

import pytest

from ingest.limits import Limits
from ingest.sources import documents
from ingest.types import Problem, RawDocument

PAGE = b"<html><body><h1>Dock opens</h1><p>Bergen, 4 November 2025.</p></body></html>"


def names(*sources: str | Path, limits: Limits | None = None) -> list[str]:
    """File names of documents and codes of problems."""
    found = documents([str(source) for source in sources], limits=limits or Limits())
    return [
        item.code if isinstance(item, Problem) else item.uri.rsplit("/", 1)[-1] for item in found
    ]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("b.html", "a.txt", "sub/c.html", ".hidden/d.html", ".e.html", "sub/.f.txt"):
        path = tmp_path / "news" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(PAGE)
    return tmp_path / "news"


def test_a_folder_is_walked_in_order_without_hidden_files(folder: Path) -> None:
    assert names(folder) == ["a.txt", "b.html", "c.html"]


def test_globs_and_order_of_sources(folder: Path) -> None:
    assert names(folder / "*.html", folder / "a.txt") == ["b.html", "a.txt"]
    assert names(folder / "**/*.html") == ["b.html", "c.html"]


def test_a_file_with_a_pattern_in_its_name_is_that_file(tmp_path: Path) -> None:
    (tmp_path / "draft [1].html").write_bytes(PAGE)
    assert names(tmp_path / "draft [1].html") == ["draft [1].html"]


def test_one_file_is_one_document_however_it_is_spelt(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder / "sub")
    (folder.parent / "link.html").symlink_to(folder / "b.html")
    spellings = ["../b.html", str(folder / "b.html"), str(folder / "sub/../b.html")]
    spellings.append(str(folder.parent / "link.html"))
    uris = {item.uri for item in documents(spellings)}
    assert uris == {str((folder / "b.html").resolve())}


def test_a_link_that_goes_round_is_not_followed(folder: Path) -> None:
    (folder / "sub" / "again").symlink_to(folder, target_is_directory=True)
    assert names(folder) == ["a.txt", "b.html", "c.html"]


def test_the_document_is_what_the_file_holds(folder: Path) -> None:
    (document,) = documents([str(folder / "b.html")])
    assert isinstance(document, RawDocument)
    assert document.content == PAGE
    assert document.source == str(folder)
    assert len(document.sha256) == 64


@pytest.mark.parametrize(
    ("name", "content", "code", "says"),
    [
        ("missing.html", None, "missing-source", "Check the spelling"),
        ("*.nothing", None, "missing-source", "pattern"),
        ("empty.html", b"", "empty-file", "Nothing to ingest"),
        ("blank.txt", b" \r\n\t\n", "empty-file", "Nothing to ingest"),
        ("nul.txt", b"\0" * 500, "empty-file", "NUL"),
        ("photo.jpg", b"\xff\xd8\xff\xe0" + bytes(range(256)), "unknown-format", "JPEG"),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0\1" * 99, "unknown-format", "Office"),
        ("note.rtf", b"{\\rtf1 Dock opens}", "unknown-format", "RTF"),
        ("tool", b"\x7fELF" + bytes(64), "unknown-format", "program"),
        ("noise.html", bytes(range(256)) * 20, "unknown-format", "binary"),
        ("logo.html", b"GIF89a" + bytes(range(256)) * 20, "unknown-format", "holds no text"),
        ("x.xml", b"<?xml version='1.0'?><invoice/>", "unknown-format", "<invoice>"),
        ("cut.html.gz", gzip.compress(PAGE * 99)[:60], "broken-document", "cut off"),
        ("cut.zip", b"PK\x03\x04" + b"\0" * 50, "broken-document", "damaged"),
        ("n" * 300, None, "missing-source", "Check the spelling"),
    ],
)
def test_what_cannot_be_read_is_one_clear_problem(
    tmp_path: Path, name: str, content: bytes | None, code: str, says: str
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    (problem,) = documents([str(tmp_path / name)])
    assert isinstance(problem, Problem)
    assert (problem.stage, problem.code) == ("ingest", code)
    assert says in problem.message
    assert "\n" not in problem.message
    assert problem.uri == str(tmp_path / name)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read(folder: Path) -> None:
    (folder / "a.txt").chmod(0)
    (folder / "sub").chmod(0)
    try:
        assert names(folder) == ["unreadable-source", "unreadable-source", "b.html"]
    finally:
        (folder / "sub").chmod(0o700)


def test_a_pipe_or_socket_never_hangs(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with socket.socket(socket.AF_UNIX) as one:
        one.bind(str(tmp_path / "sock"))
        assert names(tmp_path) == ["unreadable-source", "unreadable-source"]


def test_a_file_name_that_is_no_text(tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.html")).write_bytes(PAGE)
    (document,) = documents([str(tmp_path)])
    document.uri.encode("utf-8")
    assert document.uri.endswith("caf\ufffd.html")


@pytest.mark.parametrize(
    ("content", "count"),
    [
        (PAGE, 1),
        (gzip.compress(PAGE), 1),
        (b'{"title": "a", "text": "b"}\n{"title": "c", "text": "d"}\n', 2),
        (gzip.compress(b'{"title": "a", "text": "b"}\n' * 3), 3),
    ],
)
def test_standard_input(content: bytes, count: int) -> None:
    found = list(documents(["-"], stdin=io.BytesIO(content)))
    assert len(found) == count
    assert all(item.uri.startswith("stdin:") for item in found)
    again = list(documents(["-"], stdin=io.BytesIO(content)))
    assert [item.uri for item in again] == [item.uri for item in found]


def test_empty_standard_input() -> None:
    (problem,) = documents(["-"], stdin=io.BytesIO())
    assert isinstance(problem, Problem)
    assert problem.code == "empty-file"


def test_a_sparse_file_of_200_megabytes_is_refused_unread(tmp_path: Path) -> None:
    with (tmp_path / "huge.html").open("wb") as file:
        file.write(PAGE)
        file.truncate(200_000_000)
    (problem,) = documents([str(tmp_path / "huge.html")])
    assert isinstance(problem, Problem)
    assert problem.code == "too-large"
    assert "200 MB" in problem.message


def test_json_lines_of_any_size_are_streamed(tmp_path: Path) -> None:
    """The file is larger than one document may be; only its lines are bounded."""
    line = b'{"title": "Dock opens", "text": "' + b"Bergen. " * 100 + b'"}\n'
    too_long = b'{"title": "long", "text": "' + b"x" * 5_000 + b'"}\n'
    (tmp_path / "all.jsonl").write_bytes(line * 20 + too_long + line)
    limits = Limits(document_bytes=2_000)
    found = names(tmp_path / "all.jsonl", limits=limits)
    assert found.count("too-large") == 1
    assert found[-1] == "22"
    assert len(found) == 22


def test_reading_is_lazy(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(PAGE)
    found = documents([str(tmp_path / "a.html"), str(tmp_path / "later.html")])
    assert isinstance(next(found), RawDocument)
    (tmp_path / "later.html").write_bytes(PAGE)
    assert isinstance(next(found), RawDocument)
