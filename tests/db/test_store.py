"""Storing: what goes in comes out, twice changes nothing, a changed release takes its place."""

from __future__ import annotations

import string
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db import Store, Stored, prepare, read
from extract.types import (
    Contact,
    DateMention,
    Event,
    Evidence,
    Extraction,
    Figure,
    Mention,
    Party,
    Quote,
    Role,
)
from ingest.types import Dateline, Problem, Release, Section, Witness
from tests.db.telling import contents, occasion, told

WORDS = st.text(string.ascii_letters + " .'-&üß北京", min_size=1, max_size=14)
DAYS = st.none() | st.dates(date(1990, 1, 1), date(2040, 1, 1))
MAYBE = st.none() | WORDS
KINDS = st.sampled_from(["person", "organisation", "place", "venue", "event"])
SPANS = st.tuples(st.integers(0, 50), st.integers(51, 99))


@st.composite
def anything(draw: st.DrawFn) -> Stored:
    """A release with facts of every sort; names need not occur in the text."""
    uid = draw(st.text(string.ascii_lowercase, min_size=1, max_size=3))
    text = draw(WORDS) + "\n\n" + draw(WORDS)
    span = draw(SPANS)
    line = draw(st.none() | st.just(Dateline("Oslo", date(2024, 1, 2), "WIRE", 0, 9, "text")))
    release = Release(
        uid=uid,
        uri=f"file:///{uid}",
        source=draw(WORDS),
        title=draw(WORDS),
        subtitle=draw(MAYBE),
        published=draw(DAYS),
        language=draw(st.sampled_from([None, "en", "de"])),
        issuer=draw(MAYBE),
        dateline=line,
        text=text,
        sections=(Section("body", 0, len(text)), Section("boilerplate", 1, 2, draw(MAYBE))),
        sha256=draw(st.text("0123456789abcdef", min_size=4, max_size=4)),
        problems=(Problem("ingest", "odd", "it is odd", 3),),
        url=draw(st.none() | st.just("https://news.example/")),
        embargo_until=draw(st.none() | st.just(datetime(2024, 1, 1, 9, tzinfo=UTC))),
        witnesses=(Witness("title", "meta:og:title", draw(WORDS)),),
    )
    person, firm, place = draw(WORDS), draw(WORDS), draw(WORDS)
    event = Event(
        draw(WORDS), draw(DAYS), draw(DAYS), draw(MAYBE), place,
        (Party(firm, "organisation", "host", *span),), (Evidence("name", "x", *span),),
        "09:30", "GMT+8", draw(MAYBE), 16, draw(MAYBE), draw(MAYBE), "online",
    )  # fmt: skip
    extraction = Extraction(
        uid,
        "test 1",
        mentions=tuple(
            Mention(draw(KINDS), *span, draw(WORDS), draw(WORDS), "rule", 0.5) for _ in range(3)
        ),
        dates=(DateMention(*span, "May", draw(DAYS), draw(DAYS), "month", "09:30", "EDT"),),
        roles=(Role(person, draw(WORDS), draw(st.none() | st.just(firm)), True, *span),),
        quotes=(Quote(*span, draw(WORDS), draw(st.sampled_from([None, person, firm])), "said"),),
        events=(event,) if draw(st.booleans()) else (),
        contacts=(Contact(draw(MAYBE), None, "a@b.example", None, *span, "b.example"),),
        figures=(Figure(1.5, "jobs", "1.5 jobs", *span, "over"),),
        problems=(Problem("extract", "long", "it is long"),),
        issuer=draw(MAYBE),
        kind="award",
        kind_reason="the word award",
    )
    return Stored(release, extraction)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(batch=st.lists(anything(), min_size=1, max_size=4, unique_by=lambda s: s.release.uid))
def test_what_is_stored_is_read_back(
    batch: list[Stored], tmp_path_factory: pytest.TempPathFactory
) -> None:
    with Store(tmp_path_factory.mktemp("read") / "news.db") as store:
        assert set(store.save(batch).outcomes) == {"stored"}
        for number, stored in enumerate(batch, start=1):
            assert read.release(store.conn, number) == stored.release
            assert read.extraction(store.conn, number) == stored.extraction
        assert not store.conn.execute("PRAGMA foreign_key_check").fetchall()


SUMMIT = occasion("Circuit Summit 2025", "2025-03-04", venue="Grand Hall", place="Leeds",
                  parties=[("Acme Inc.", "host")])  # fmt: skip
BODY = (
    "[person:Jane Doe] of [organisation:Acme Inc.] opens the [event:Circuit Summit 2025] at the "
    "[venue:Grand Hall] in [place:Leeds]. [organisation:Acme=Acme Inc.] pays."
)


def summit(uid: str = "a", **more: object) -> Stored:
    role = [("Jane Doe", "CEO", "Acme Inc.")]
    return told(BODY, uid, roles=role, events=[SUMMIT], quotes=[("Jane Doe", "Yes")], **more)  # type: ignore[arg-type]


def test_the_same_input_twice_changes_nothing(store: Store) -> None:
    batch = [summit("a"), summit("b")]
    assert store.save(batch).outcomes == ("stored", "stored")
    before = contents(store.conn)
    assert store.save(batch).outcomes == ("unchanged", "unchanged")
    assert contents(store.conn) == before


def test_batches_do_not_matter(tmp_path: Path) -> None:
    batch = [summit("a"), told("[organisation:ACME GmbH]", "b"), told("[person:Jane Doe]", "c")]
    with Store(tmp_path / "one.db") as one, Store(tmp_path / "other.db") as other:
        one.save(batch)
        for stored in batch:
            other.save([prepare(stored)])
        assert contents(one.conn) == contents(other.conn)


def test_twice_in_one_batch_is_a_new_version(store: Store) -> None:
    outcomes = store.save([summit(), summit(title="Old News")]).outcomes
    assert outcomes == ("stored", "updated")
    assert store.conn.execute("SELECT count(*) FROM mentions").fetchone() == (6,)


def test_a_new_text_keeps_the_old_version(store: Store) -> None:
    store.save([told("[organisation:Acme] is first.")])
    store.save([told("[organisation:Borealis] is first.")])
    assert store.conn.execute("SELECT version FROM releases").fetchall() == [(2,)]
    (difference,) = store.conn.execute("SELECT difference FROM versions").fetchone()
    assert "-Acme is first." in difference
    assert "+Borealis is first." in difference
    names = [name for (name,) in store.conn.execute("SELECT name FROM entities")]
    assert names == ["Borealis"]


@pytest.mark.parametrize(
    ("first", "second", "wins"),
    [
        pytest.param({}, {}, "second", id="nothing to tell them apart: the later read"),
        pytest.param({}, {"published": date(2024, 5, 7)}, "second", id="published later"),
        pytest.param({"published": date(2024, 5, 7)}, {}, "first", id="published earlier"),
        pytest.param({"notice": True}, {}, "first", id="the first corrects the second"),
        pytest.param({}, {"notice": True}, "second", id="the second corrects the first"),
    ],
)
def test_two_documents_of_one_release(
    store: Store, first: dict[str, Any], second: dict[str, Any], wins: str
) -> None:
    """Whichever is read first, the newer state stands; read again, nothing changes."""
    states = [
        told("Correction: the [organisation:Acme] is first.", document="a.html", **first),
        told("Correction: the [organisation:Borealis] is first.", document="b.html", **second),
    ]
    store.save(states[:1])
    store.save(states[1:])
    names = [name for (name,) in store.conn.execute("SELECT name FROM entities")]
    assert names == [{"first": "Acme", "second": "Borealis"}[wins]]
    assert store.conn.execute("SELECT version FROM releases").fetchall() == [(2,)]
    before = contents(store.conn)
    assert store.save(states).outcomes == ("unchanged", "unchanged")
    assert contents(store.conn) == before
    assert [store.known(s.release.uri, s.release.sha256, "test") for s in states] == [True, True]


def test_a_page_that_goes_back_is_a_new_version(store: Store) -> None:
    states = [told("[organisation:Acme]"), told("[organisation:Borealis]")]
    for stored in (*states, states[0]):
        store.save([stored])
    assert store.conn.execute("SELECT version FROM releases").fetchall() == [(3,)]
    assert [name for (name,) in store.conn.execute("SELECT name FROM entities")] == ["Acme"]


def test_two_copies_of_a_page_do_not_take_turns(store: Store) -> None:
    one = told("[organisation:Acme] is first.", document="a.html")
    other = replace(one, release=replace(one.release, uri="b.html", sha256="0"))
    assert store.save([one, other, one, other]).outcomes == ("stored", *["unchanged"] * 3)


def test_a_new_extractor_replaces_the_facts_alone(store: Store) -> None:
    first = summit()
    store.save([first, summit("b")])
    assert first.extraction is not None
    second = replace(first.extraction, extractor="test 2", mentions=first.extraction.mentions[:1])
    assert [r.uid for r in store.stale("test 2")] == ["a", "b"]
    assert store.save([Stored(first.release, second)]).outcomes == ("updated",)
    assert [r.uid for r in store.stale("test 2")] == ["b"]
    assert read.extraction(store.conn, 1) == second
    assert store.conn.execute("SELECT count(*) FROM documents").fetchone() == (2,)
    assert store.conn.execute("SELECT count(*) FROM versions").fetchone() == (0,)


@pytest.mark.parametrize(
    ("address", "content", "extractor", "known"),
    [
        ("a", "same", "test 1", True),
        ("https://news.example/a.html", "same", "test", True),
        ("a", "same", None, True),
        ("a", "same", "test 2", False),
        ("a", "other", "test 1", False),
        ("b", "same", "test 1", False),
    ],
)
def test_known(
    store: Store, address: str, content: str, extractor: str | None, known: bool
) -> None:
    stored = summit()
    store.save([stored])
    sha256 = stored.release.sha256 if content == "same" else "0"
    assert store.known(address, sha256, extractor) is known


def test_a_release_without_extraction_is_tried_again(store: Store) -> None:
    stored = replace(summit(), extraction=None)
    store.save([stored])
    assert not store.known("a", stored.release.sha256)
    assert store.save([summit()]).outcomes == ("updated",)


def test_problems_do_not_pile_up_and_go_when_solved(store: Store) -> None:
    problem = Problem("ingest", "empty", "nothing in it", uri="https://news.example/a.html")
    store.problem(problem)
    store.problem(problem)
    assert store.conn.execute("SELECT count(*) FROM problems").fetchone() == (1,)
    store.save([summit()])
    assert store.conn.execute("SELECT count(*) FROM problems").fetchone() == (0,)


def test_one_bad_release_does_not_take_the_batch_with_it(store: Store) -> None:
    bad = summit("bad")
    bad = replace(bad, release=replace(bad.release, title="lone surrogate \ud800"))
    saved = store.save([summit("a"), bad, summit("b")])
    assert saved.outcomes == ("stored", "problem", "stored")
    assert saved.problems[0].code == "unstorable"
    assert store.conn.execute("SELECT uid FROM releases").fetchall() == [("a",), ("b",)]


def test_forgotten_releases_stay_away(store: Store) -> None:
    stored = summit()
    store.save([stored, told("[organisation:Acme Inc.]", "b")])
    assert store.forget("a")
    assert not store.forget("a")
    assert store.known("a", stored.release.sha256)
    assert store.save([stored]).outcomes == ("unchanged",)
    rows = store.conn.execute("SELECT name, mention_count FROM entities").fetchall()
    assert rows == [("Acme Inc.", 1)]
    left = " ".join(str(row) for rows in contents(store.conn).values() for row in rows)
    assert "Jane Doe" not in left
    assert "https://news.example/a.html" not in left


def test_forgotten_words_are_overwritten_however_sqlite_was_built(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    with Store(path) as store:
        store.save([told("[person:Ada Quillfeather] bakes.", "a"), told("Others bake.", "b")])
    assert b"Quillfeather" in path.read_bytes()
    with Store(path) as store:
        store.conn.execute("PRAGMA secure_delete = OFF")
        assert store.forget("a")
    assert b"quillfeather" not in path.read_bytes().lower()


def test_copies_find_each_other(store: Store) -> None:
    words = " ".join(f"word{n}" for n in range(200))
    other = " ".join(f"other{n}" for n in range(200))
    store.save(
        [
            told(f"{words} {words} more", "late", published=date(2024, 5, 7)),
            told(f"{words} {words}", "early", published=date(2024, 5, 6)),
            told(f"{words} {words}", "next-month", published=date(2024, 6, 6)),
            told(other, "unlike", published=date(2024, 5, 6)),
        ]
    )
    rows = store.conn.execute(
        "SELECT uid, (SELECT uid FROM releases AS first WHERE first.id = first_release_id) "
        "FROM releases LEFT JOIN clusters ON clusters.id = cluster_id ORDER BY releases.id"
    ).fetchall()
    assert rows == [
        ("late", "early"),
        ("early", "early"),
        ("next-month", None),
        ("unlike", None),
    ]
    store.remove([2])
    assert store.conn.execute("SELECT count(*) FROM clusters").fetchone() == (0,)


def test_runs_count_and_end_even_when_interrupted(store: Store) -> None:
    def work() -> None:
        with store.run("ingest x", "1.0"):
            store.save([summit()])
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        work()
    row = store.conn.execute(
        "SELECT command, releases, problems, finished_at IS NOT NULL FROM runs"
    ).fetchone()
    assert row == ("ingest x", 1, 0, 1)
