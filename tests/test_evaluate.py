"""`dateline evaluate` gives the figures of the yardstick it was written after, digit for digit."""

from __future__ import annotations

import json
import random
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from dateline.errors import DatelineError
from dateline.evaluate import evaluate, lines
from dateline.evaluate.align import Alignment, squeeze, trim
from dateline.evaluate.counts import is_alike

SHARED = Path(__file__).parent.parent.parent / "shared"

SCHEMA = """
create table releases(
  id integer primary key, uri, text, dateline_place, dateline_date, issuer_id);
create table entities(id integer primary key, kind, name);
create table mentions(
  id integer primary key, release_id, entity_id, kind, text, start_char, end_char);
create table dates(
  id integer primary key, release_id, text, start_char, end_char, starts_on, ends_on);
create table roles(id integer primary key, release_id, person_id, title, organisation_id);
create table quotes(id integer primary key, release_id, speaker_id, start_char, end_char);
create table events(id integer primary key, name, starts_on, ends_on, venue_id, place_id);
create table event_evidence(event_id, release_id);
create table contacts(id integer primary key, release_id, email, phone);
"""

TEXT = (
    "Fair Opens\n\n"
    "OSLO, 3 May 2024 – The Norrland Fair opened. “Welcome all of you,” said Ada Voll."
)


def span(words: str, nth: int = 0) -> list[int]:
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    return [start, start + len(words)]


GOLD = {
    "text": TEXT,
    "entities": [
        {"kind": "place", "name": "Oslo", "surfaces": ["OSLO"]},
        {"kind": "event", "name": "Norrland Fair", "surfaces": ["Norrland Fair"]},
        {"kind": "person", "name": "Ada Voll", "surfaces": ["Ada Voll"]},
    ],
    "mentions": [[*span("OSLO"), 0], [*span("Norrland Fair"), 1], [*span("Ada Voll"), 2]],
    "dates": [
        {
            "text": "3 May 2024",
            "start": "2024-05-03",
            "end": "2024-05-03",
            "offset": span("3 May 2024"),
        }
    ],
    "roles": [{"person": "Ada Voll", "title": "mayor", "organisation": None}],
    "quotes": [
        {
            "speaker": "Ada Voll",
            "begins": "Welcome all",
            "ends": "of you,",
            "offset": span("Welcome all of you,"),
        }
    ],
    "events": [
        {"name": "Norrland Fair", "start": "2024-05-03", "end": "2024-05-03", "place": "Oslo"}
    ],
    "dateline": {"place": "Oslo", "date": "2024-05-03"},
    "issuer": "Norrland Fair",
    "contacts": [{"email": "press@norrland.example", "phone": "+47 22 33 44 55"}],
}


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    folder = tmp_path / "gold"
    folder.mkdir()
    (folder / "fair.json").write_text(json.dumps(GOLD))
    return folder


def database(path: Path, shift: int = 0) -> sqlite3.Connection:
    """Make a database that is right about everything; `shift` moves the person's span."""
    db = sqlite3.connect(path)
    db.executescript(SCHEMA)
    db.execute("insert into releases values(1, 'x/fair.html', ?, 'Oslo', '2024-05-03', 2)", [TEXT])
    for number, entity in enumerate(GOLD["entities"], 1):
        db.execute("insert into entities values(?,?,?)", (number, entity["kind"], entity["name"]))
    for start, end, number in GOLD["mentions"]:
        move = shift if number == 2 else 0
        row = (number + 1, GOLD["entities"][number]["kind"], start + move, end)
        db.execute(
            "insert into mentions(release_id, entity_id, kind, start_char, end_char)"
            " values(1,?,?,?,?)",
            row,
        )
    db.execute(
        "insert into dates(release_id, start_char, end_char, starts_on, ends_on) values(1,?,?,?,?)",
        (*span("3 May 2024"), "2024-05-03", "2024-05-03"),
    )
    db.execute("insert into roles values(1, 1, 3, 'Mayor', null)")
    db.execute(
        "insert into quotes(release_id, speaker_id, start_char, end_char) values(1,3,?,?)",
        span("Welcome all of you,"),
    )
    db.execute("insert into events values(1, 'Norrland Fair', '2024-05-03', '2024-05-03', null, 1)")
    db.execute("insert into event_evidence values(1, 1)")
    db.execute("insert into contacts values(1, 1, 'Press@norrland.example', '22334455')")
    db.commit()
    return db


def test_everything_right(gold: Path, tmp_path: Path) -> None:
    figures = evaluate(database(tmp_path / "x.db"), gold).figures()
    assert figures["mentions strict"]["all"] == {"p": 1, "r": 1, "f1": 1, "gold": 3}
    assert figures["quotes"]["speaker accuracy"] == 1
    assert figures["events"]["whole"] == 1
    assert figures["anatomy"]["issuer"] == 1


def test_a_span_one_letter_off(gold: Path, tmp_path: Path) -> None:
    report = evaluate(database(tmp_path / "x.db", shift=1), gold)
    assert report.strict["person"].figures() == {"p": 0, "r": 0, "f1": 0, "gold": 1}
    assert report.overlap["person"].figures()["f1"] == 1
    assert ("person", "missed", "Ada Voll") in [(m.kind, m.what, m.words) for m in report.mistakes]


def test_a_release_that_is_missing(gold: Path, tmp_path: Path) -> None:
    db = database(tmp_path / "x.db")
    db.execute("update releases set uri = 'other.html'")
    report = evaluate(db, gold)
    assert report.missing == ["fair"]
    assert report.strict["person"].figures()["r"] == 0


def test_a_folder_without_annotations(tmp_path: Path) -> None:
    with pytest.raises(DatelineError, match="no annotated releases"):
        evaluate(database(tmp_path / "x.db"), tmp_path)


def test_alignment_ignores_white_space() -> None:
    align = Alignment("A b\n\nc", "A  b c")
    assert align.gold(5, 6) == align.found(5, 6)
    assert squeeze("a b") == ("ab", [0, 1, 1, 2])
    assert trim("The Fair's", 0, 10) == (4, 8)


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("Harbour Authority", "harbour authority.", True),
        (None, None, True),
        (None, "Mayor", False),
        ("chief executive", "chief operating officer", False),
    ],
)
def test_likeness(left: str | None, right: str | None, same: bool) -> None:
    assert is_alike(left, right) is same


@pytest.mark.skipif(not SHARED.is_dir(), reason="the annotated releases (../shared) are absent")
def test_figures_equal_the_yardstick(tmp_path: Path) -> None:
    """On noisy findings in real annotations, both print the same."""
    folder = SHARED / "gold" / "dev"
    path = tmp_path / "noisy.db"
    noisy_database(path, folder, random.Random(7))
    expected = subprocess.run(
        [sys.executable, str(SHARED / "score.py"), str(path), str(folder)],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    db = sqlite3.connect(path)
    assert "\n".join(lines(evaluate(db, folder).figures())) + "\n" == expected
    db.close()


def noisy_database(path: Path, folder: Path, chance: random.Random) -> None:
    """Fill a database from the annotations, with losses, shifts and inventions."""
    db = sqlite3.connect(path)
    db.executescript(SCHEMA)
    ids: dict[tuple[str, str], int] = {}

    def entity(kind: str, name: str | None) -> int | None:
        if not name or chance.random() < 0.1:
            return None
        number = ids.setdefault((kind, name), len(ids) + 1)
        db.execute("insert or ignore into entities values(?,?,?)", (number, kind, name))
        return number

    for number, source in enumerate(sorted(folder.glob("*.json")), 1):
        gold = json.loads(source.read_text())
        line = gold["dateline"]
        row = (number, source.stem, gold["text"].replace("\n\n", "\n"), line["place"], line["date"])
        db.execute("insert into releases values(?,?,?,?,?,?)", (*row, entity("x", gold["issuer"])))
        shrink = gold["text"].count
        length = len(gold["text"]) - shrink("\n\n")
        for start, end, which in gold["mentions"]:
            shift = shrink("\n\n", 0, start)
            named = gold["entities"][which]
            row = (number, entity(named["kind"], named["name"]), named["kind"])
            ends = (start - shift + chance.choice([0, 0, 0, 1]), min(end - shift + 4, length))
            if chance.random() < 0.9:
                db.execute(
                    "insert into mentions(release_id, entity_id, kind, start_char, end_char)"
                    " values(?,?,?,?,?)",
                    (*row, *chance.choice([ends, (start - shift, end - shift)])),
                )
        for date in gold["dates"]:
            start, end = (x - shrink("\n\n", 0, x) for x in date["offset"])
            row = (number, start, end, date["start"], chance.choice([date["end"], "2024-01-01"]))
            db.execute(
                "insert into dates(release_id, start_char, end_char, starts_on, ends_on)"
                " values(?,?,?,?,?)",
                row,
            )
        for role in gold["roles"]:
            row = (
                number,
                entity("person", role["person"]),
                role["title"],
                entity("o", role["organisation"]),
            )
            db.execute(
                "insert into roles(release_id, person_id, title, organisation_id) values(?,?,?,?)",
                row,
            )
        for quote in gold["quotes"]:
            start, end = (x - shrink("\n\n", 0, x) for x in quote["offset"])
            row = (number, entity("person", quote["speaker"]), start + chance.choice([0, 40]), end)
            db.execute(
                "insert into quotes(release_id, speaker_id, start_char, end_char) values(?,?,?,?)",
                row,
            )
        for event in gold["events"]:
            row = (
                event["name"],
                event["start"],
                event["end"],
                entity("v", event["venue"]),
                entity("p", event["place"]),
            )
            cursor = db.execute(
                "insert into events(name, starts_on, ends_on, venue_id, place_id)"
                " values(?,?,?,?,?)",
                row,
            )
            db.execute("insert into event_evidence values(?,?)", (cursor.lastrowid, number))
        for contact in gold["contacts"]:
            row = (number, contact["email"], chance.choice([contact["phone"], "123"]))
            db.execute("insert into contacts(release_id, email, phone) values(?,?,?)", row)
    db.commit()
    db.close()
