"""Occasions told in several sentences: parts of a whole, periods, agendas, what has no name."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from extract.components.events import events
from extract.components.events.period import day_of_holiday
from extract.components.events.regions import is_region
from ingest.types import Dateline, Release, Section
from tests.extract.marked import marked

FAIR = "[Hallvik Bread Fair|EVENT]"
GALA = "[Miller Gala|EVENT]"
HALLVIK = "Hallvik Bread Fair"
JUNE = "2024-06-01..2024-06-30"
ON = "[3 May 2024|DATE=2024-05-03]"
FROM = "[3-5 May 2024|DATE=2024-05-03..2024-05-05]"
MONTH = "[June|DATE=2024-06-01..2024-06-30]"
YEAR = "[2023|DATE=2023-01-01..2023-12-31]"

RELEASE = Release(
    uid="r",
    uri="r",
    source="test",
    title="",
    subtitle=None,
    published=date(2024, 4, 20),
    language="en",
    issuer=None,
    dateline=None,
    text="",
    sections=(),
    sha256="",
)


def days_of(text: str, release: Release | None = None) -> dict[str, str | None]:
    """The days of each occasion: "2024-05-03..2024-05-05", None without days."""
    doc = marked(text)
    doc._.dateline_release = release
    return {e.name: f"{e.starts_on}..{e.ends_on}" if e.starts_on else None for e in events(doc)}


@pytest.mark.parametrize(
    ("text", "name", "days"),
    [
        # a part of the main occasion
        (
            f"The {FAIR} runs {FROM} at [Grain Hall|FAC]. The event concludes with the {GALA}.",
            "Miller Gala",
            "2024-05-03..2024-05-05",
        ),
        (
            f"The {FAIR} runs {FROM}. Bakers meet at the {GALA} during the {FAIR}.",
            "Miller Gala",
            "2024-05-03..2024-05-05",
        ),
        (
            f"{FAIR}\n\nThe {FAIR} runs {FROM} at [Grain Hall|FAC].\n\nThe {GALA} on the second day"
            " is for all.",
            "Miller Gala",
            "2024-05-04..2024-05-04",
        ),
        (
            f"{FAIR}\n\nThe {FAIR} runs {FROM}.\n\nThe {GALA} on Day 3 is for all.",
            "Miller Gala",
            "2024-05-05..2024-05-05",
        ),
        # a month, a year
        (
            f"In {MONTH}, the {FAIR} will show new ovens.",
            HALLVIK,
            "2024-06-01..2024-06-30",
        ),
        (f"The {FAIR} in {MONTH} will show ovens.", HALLVIK, JUNE),
        (
            f"In {YEAR}, [Acme|ORG] hosted the {FAIR}.",
            HALLVIK,
            "2023-01-01..2023-12-31",
        ),
        (
            f"[Acme|ORG] hosted the {FAIR} at [Grain Hall|FAC]."
            " [This year|DATE=2024-01-01..2024-12-31]'s fair was the largest.",
            HALLVIK,
            "2024-01-01..2024-12-31",
        ),
        (
            "[Acme|ORG] spoke at the [Bread Forum 2026|EVENT] in [Hallvik|GPE].",
            "Bread Forum 2026",
            "2026-01-01..2026-12-31",
        ),
        (
            "The [2026 Bread Cup|EVENT] comes to [Grain Hall|FAC] after the junior cup in"
            " [2025|DATE=2025-01-01..2025-12-31].",
            "2026 Bread Cup",
            "2026-01-01..2026-12-31",
        ),
        (
            "[May|DATE=2024-05-01..2024-05-31] is [National Rye Month|EVENT]. The bakery opens"
            f" on {ON}.",
            "National Rye Month",
            "2024-05-01..2024-05-31",
        ),
        # a numbered day, an end alone, a length
        (
            f"The {FAIR} awards its prize {ON}, the second day of the three-day fair.",
            HALLVIK,
            "2024-05-02..2024-05-04",
        ),
        (
            f"The {FAIR} opened on {ON}. Running to [5 May|DATE=2024-05-05], the event is free.",
            HALLVIK,
            "2024-05-03..2024-05-05",
        ),
        (
            f"The {FAIR} will take place in [Hallvik|GPE] from {ON}. The three-day event is free.",
            HALLVIK,
            "2024-05-03..2024-05-05",
        ),
        # the sentence that means it names another
        (
            f"The {FAIR} is back. The event, held {FROM} at [Grain Hall|FAC], aligns with the"
            " [Tea Week|EVENT].",
            HALLVIK,
            "2024-05-03..2024-05-05",
        ),
        # agendas and lines of facts
        (
            f"{GALA} – Dancing\n\n{ON} | 6 p.m. | A part of the [Tea Week|EVENT], the [Miller"
            " Galas|EVENT] bring dancers.",
            "Miller Galas",
            "2024-05-03..2024-05-03",
        ),
        (
            "[Friday, May 3, 2024|DATE=2024-05-03]\n\n9:00 Opening words\n\n10:00 [Acme|ORG] hosts"
            f" the {FAIR} in [Hallvik|GPE]",
            HALLVIK,
            "2024-05-03..2024-05-03",
        ),
        (
            f"{FAIR}\n\n{ON} | 6 p.m. | [Grain Hall|FAC]",
            HALLVIK,
            "2024-05-03..2024-05-03",
        ),
        (
            f"The {FAIR} is free. Event Details: Date: {ON} Format: online",
            HALLVIK,
            "2024-05-03..2024-05-03",
        ),
        (
            f"The {FAIR} is new. [Release|ORG] of the book: Release Date: [9 May|DATE=2024-05-09]."
            f" The fair takes place on {ON}.",
            HALLVIK,
            "2024-05-03..2024-05-03",
        ),
    ],
)
def test_days(text: str, name: str, days: str) -> None:
    assert days_of(text)[name] == days


def test_another_event_of_the_release_keeps_apart() -> None:
    text = f"The {FAIR} runs {FROM}.\n\nLast year the {GALA} at [Old Mill|FAC] drew hundreds."
    assert days_of(text)["Miller Gala"] is None


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("Hallvik New Year's Eve Celebration", "2024-12-31"),
        ("Father’s Day", "2024-06-16"),
        ("Memorial Day Parade", "2024-05-27"),
        ("Veterans Day Concert", "2024-11-11"),
    ],
)
def test_a_holiday_says_the_day(name: str, day: str) -> None:
    text = f"Come to the [{name}|EVENT] at [Grain Hall|FAC]."
    assert days_of(text, RELEASE) == {name: f"{day}..{day}"}
    assert days_of(text) == {name: None}  # no day of writing, no year


@pytest.mark.parametrize(
    ("rule", "year", "day"),
    [
        ("12-31", 2024, "2024-12-31"),
        ("5-sunday-2", 2025, "2025-05-11"),
        ("5-monday-5", 2025, "2025-05-26"),
        ("5-monday-5", 2023, "2023-05-29"),
        ("11-thursday-4", 2024, "2024-11-28"),
    ],
)
def test_days_of_holidays(rule: str, year: int, day: str) -> None:
    assert day_of_holiday(rule, year).isoformat() == day


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "[Acme|ORG] Bakes for Harvest Opening Gala\n\nThe event will take place on"
            f" {ON} at [Grain Hall|FAC].",
            ["Harvest Opening Gala"],
        ),
        (
            "[Acme|ORG] to Host Poetry Breakfast and Reading\n\nThe event will take place on"
            f" {ON}.",
            ["Poetry Breakfast and Reading"],
        ),
        (
            "[Acme|ORG] will present an open-air premiere of “Rye and Salt.” The event will"
            f" take place on {ON}.",
            ["open-air premiere of “Rye and Salt.”"],
        ),
        ("[Acme|ORG] Opens Plant\n\nThe event will take place soon.", []),
        (f"[Acme|ORG] hosted an evening event on {ON}.", []),
        (f"[Acme|ORG] Opens Plant\n\nThe plant opened on {ON}.", []),
    ],
)
def test_what_is_announced_without_a_name(text: str, names: list[str]) -> None:
    assert list(days_of(text)) == names


@pytest.mark.parametrize(
    ("text", "venue", "place"),
    [
        (f"The {FAIR} is held on {ON} at The Old Exchange.", "The Old Exchange", None),
        (f"The {FAIR} is held on {ON} at Booth 12.", None, None),
        (f"The {FAIR} is held on {ON} at the [Hallvik Museum|ORG].", "Hallvik Museum", None),
        (f"The {FAIR} is on {ON}. [Bo Lind|PERSON] works at [Acme|ORG].", None, None),
        (f"Meet us on {ON} at [Acme|ORG]'s {FAIR}.", None, None),
        (f"The {FAIR} in [Mira|GPE] is on {ON}, hosted by [Acme|ORG] of [Oslo|GPE].", None, "Mira"),
        (f"The {FAIR} is on {ON} at [Grain Hall|FAC] in [Oslo|GPE].", "Grain Hall", "Oslo"),
        (
            f"The {FAIR} is on {ON} at [Grain Hall|FAC], [Oslo|GPE], [Norway|GPE].",
            "Grain Hall",
            "Oslo",
        ),
        (f"The [Bread Expo Dubai 2024|EVENT] is on {ON}.", None, "Dubai"),
        (f"The [Bread Summit|EVENT] is on {ON}.", None, None),
        (f"The {FAIR} is on {ON} in [Norway|GPE].", None, "Norway"),
    ],
)
def test_venue_and_place(text: str, venue: str | None, place: str | None) -> None:
    (event,) = events(marked(text))
    assert (event.venue, event.place) == (venue, place)


@pytest.mark.parametrize(("kind", "place"), [("webinar", None), ("fair", "Oslo")])
def test_online_is_not_where_it_is_announced(kind: str, place: str | None) -> None:
    doc = marked(f"Oslo, April 20 –\n\nThe {FAIR} is a {kind} on {ON}.")
    line = Dateline("Oslo", date(2024, 4, 20), None, 0, 15)
    doc._.dateline_release = dataclasses.replace(RELEASE, text=doc.text, dateline=line)
    assert [e.place for e in events(doc)] == [place]


def test_what_the_boilerplate_says_is_not_where_it_is_held() -> None:
    text = f"The {FAIR} is on {ON}.\n\nAcme is at home in the [Grain Hall|FAC] in [Oslo|GPE]."
    doc = marked(text)
    start = doc.text.index("Acme is")
    closed = Section("boilerplate", start, len(doc.text))
    doc._.dateline_release = dataclasses.replace(RELEASE, text=doc.text, sections=(closed,))
    assert [e.venue for e in events(doc)] == [None]


@pytest.mark.parametrize(
    ("name", "recorded"),
    [
        ("Hallvik Bread Fair", True),
        ("Ryefest", True),
        ("Crumb THREE", False),
    ],
)
def test_without_days_the_name_says_that_it_is_an_occasion(name: str, recorded: bool) -> None:
    text = f"Meet the [{name}|EVENT], the [{name}|EVENT] of [Grain Hall|FAC] in [Oslo|GPE]."
    assert bool(days_of(text)) is recorded


@pytest.mark.parametrize(
    ("place", "region"),
    [
        ("Norway", True),
        ("South Florida", True),
        ("Orange County", True),
        ("EMEA", True),
        ("Oslo", False),
        ("Hong Kong", False),
        ("West Palm Beach", False),
        ("Hallvik", False),
    ],
)
def test_regions(place: str, region: bool) -> None:
    assert is_region(place) is region
