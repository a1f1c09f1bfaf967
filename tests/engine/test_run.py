"""Whole runs with a real database: the same rows however they were made, and what goes wrong."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from dateline.engine import Interrupted, Options, StrictError, Summary, run
from tests.engine.fakes import Fake
from tests.engine.rows import rows


class Told:
    """Progress that remembers."""

    def __init__(self) -> None:
        self.outcomes: list[tuple[str, str]] = []

    def total(self, documents: int | None) -> None: ...

    def message(self, text: str) -> None: ...

    def done(self, uri: str, outcome: str) -> None:
        self.outcomes.append((Path(uri).name, outcome))


@pytest.fixture
def folder(tmp_path: Path) -> Callable[..., Path]:
    """Makes a folder with one text file for each argument."""

    def make(*texts: str) -> Path:
        made = tmp_path / "releases"
        made.mkdir(exist_ok=True)
        for number, text in enumerate(texts):
            (made / f"{number:03}.txt").write_text(text, "utf-8")
        return made

    return make


def ingest(source: Path, db: Path, factory: Fake | None = None, **options: Any) -> Summary:
    progress, on_release = options.pop("progress", None), options.pop("on_release", None)
    options = {"workers": 0, **options}
    return run.ingest(
        [str(source)], Options(db, **options), progress, on_release, factory or Fake()
    )


TEXTS = [f"{name} opens plant {number}" for number, name in enumerate(["Acme", "Bolt", "Cog"] * 12)]


@pytest.mark.parametrize(
    "options", [{"workers": 1}, {"workers": 3}, {"batch_size": 5}, {"batch_seconds": 0.0}], ids=str
)
def test_the_database_does_not_depend_on_how_it_was_made(
    folder: Callable[..., Path], tmp_path: Path, options: dict[str, Any]
) -> None:
    source = folder(*TEXTS, "fail", "two", "bad")
    one = ingest(source, tmp_path / "one.db")
    other = ingest(source, tmp_path / "other.db", **options)
    assert (one.documents, one.stored, len(one.problems)) == (39, 38, 2)
    assert other.stored == one.stored
    assert list(rows(tmp_path / "other.db")) == list(rows(tmp_path / "one.db"))


def test_a_second_run_changes_nothing_and_reads_nothing(
    folder: Callable[..., Path], tmp_path: Path
) -> None:
    source, db = folder(*TEXTS, "fail"), tmp_path / "news.db"
    ingest(source, db)
    before = list(rows(db))
    told = Told()

    class Unread(Fake):
        def read(self, raw: Any) -> Any:
            assert raw.content == b"fail", "only what failed is read again"
            return super().read(raw)

    again = ingest(source, db, Unread(), progress=told)
    assert (again.stored, again.updated, again.unchanged) == (0, 0, len(TEXTS))
    assert list(rows(db)) == before
    assert set(told.outcomes[:-1]) == {(f"{n:03}.txt", "unchanged") for n in range(len(TEXTS))}
    assert told.outcomes[-1] == ("036.txt", "problem")


def test_a_changed_document_is_updated(folder: Callable[..., Path], tmp_path: Path) -> None:
    db = tmp_path / "news.db"
    ingest(folder("Acme opens", "Bolt closes"), db)
    summary = ingest(folder("Acme opens", "Bolt stays"), db)
    assert (summary.stored, summary.updated, summary.unchanged) == (0, 1, 1)


def test_force_reads_again(folder: Callable[..., Path], tmp_path: Path) -> None:
    db, seen = tmp_path / "news.db", []
    source = folder("Acme opens")

    class Counting(Fake):
        def read(self, raw: Any) -> Any:
            seen.append(raw.uri)
            return super().read(raw)

    ingest(source, db)
    ingest(source, db, Counting())
    assert seen == []
    ingest(source, db, Counting(), force=True)
    assert len(seen) == 1


def test_documents_that_hang_or_crash_are_problems_and_the_rest_is_stored(
    folder: Callable[..., Path], tmp_path: Path
) -> None:
    source, db = folder(*TEXTS[:10], "hang", *TEXTS[10:20], "crash"), tmp_path / "news.db"
    summary = ingest(source, db, workers=2, document_seconds=0.5)
    assert summary.stored == 20
    assert [(Path(p.uri).name, p.code) for p in summary.problems] == [
        ("010.txt", "document-timeout"),
        ("021.txt", "document-crashed"),
    ]
    with closing(sqlite3.connect(db)) as conn:
        assert conn.execute("SELECT code FROM problems ORDER BY id").fetchall() == [
            ("document-timeout",),
            ("document-crashed",),
        ]


def test_interrupted_runs_say_how_to_go_on_and_can(
    folder: Callable[..., Path], tmp_path: Path
) -> None:
    source, db, undisturbed = folder(*TEXTS), tmp_path / "news.db", tmp_path / "whole.db"
    seen = []

    def interrupt(release: Any, extraction: Any) -> None:
        seen.append(release.uri)
        if len(seen) == 10:
            raise KeyboardInterrupt

    with pytest.raises(Interrupted, match="Run the same command again") as caught:
        ingest(source, db, batch_size=4, workers=2, on_release=interrupt)
    assert 10 <= caught.value.summary.stored < len(TEXTS)
    with closing(sqlite3.connect(db)) as conn:
        assert conn.execute("SELECT count(*) FROM runs WHERE finished_at IS NULL").fetchone() == (
            0,
        )
        stored = conn.execute("SELECT count(*) FROM releases").fetchone()[0]
    rest = ingest(source, db, batch_size=4)
    assert rest.stored == len(TEXTS) - stored
    ingest(source, undisturbed)
    assert list(rows(db)) == list(rows(undisturbed))


def test_strict_stops_at_the_first_problem(folder: Callable[..., Path], tmp_path: Path) -> None:
    db = tmp_path / "news.db"
    with pytest.raises(StrictError, match="no such thing"):
        ingest(folder("Acme opens", "fail", *TEXTS), db, strict=True)
    with closing(sqlite3.connect(db)) as conn:
        assert conn.execute("SELECT count(*) FROM releases").fetchone() == (1,)


def test_extraction_again_touches_only_what_is_older(
    folder: Callable[..., Path], tmp_path: Path
) -> None:
    db = tmp_path / "news.db"
    ingest(folder(*TEXTS), db)
    with closing(sqlite3.connect(db)) as conn, conn:
        conn.execute("UPDATE releases SET extractor = 'fake-0' WHERE id % 4 = 0")
    told = Told()
    summary = run.reextract(Options(db, workers=0), told, Fake())
    assert (summary.documents, summary.updated, summary.stored) == (9, 9, 0)
    assert run.reextract(Options(db, workers=0), None, Fake()).documents == 0
    assert run.reextract(Options(db, workers=0, force=True), None, Fake()).documents == len(TEXTS)


def test_the_summary_adds_up(folder: Callable[..., Path], tmp_path: Path) -> None:
    summary = ingest(folder(*TEXTS), tmp_path / "news.db")
    assert summary.characters == sum(len(text) for text in TEXTS)
    assert summary.mentions == len(TEXTS)
    assert summary.entities == 3


def test_what_is_odd_about_a_stored_release_is_a_note(
    folder: Callable[..., Path], tmp_path: Path
) -> None:
    summary = ingest(folder("odd", "fine"), tmp_path / "news.db")
    assert (summary.stored, summary.problems) == (2, ())
    assert [note.code for note in summary.notes] == ["odd"]
