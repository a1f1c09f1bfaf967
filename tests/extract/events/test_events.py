"""Announced occasions: their days, venue, town and parties, sentence by sentence."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.components.events import events
from extract.components.events.naming import edition, is_weak, key, series
from extract.types import Event
from tests.extract.marked import marked, tokenizer

FAIR = "[Hallvik Bread Fair|EVENT]"


@dataclass(frozen=True)
class Want:
    """What a sentence says: first and last day as ISO text, venue, town, parties by role."""

    starts: str | None = None
    ends: str | None = None
    venue: str | None = None
    place: str | None = None
    parties: tuple[tuple[str, str], ...] = ()


def told(event: Event) -> Want:
    def iso(day: date | None) -> str | None:
        return day.isoformat() if day else None

    return Want(
        iso(event.starts_on),
        iso(event.ends_on),
        event.venue,
        event.place,
        tuple((p.name, p.role) for p in event.parties),
    )


DAY = Want("2024-05-03", "2024-05-03")
RANGE = Want("2024-05-03", "2024-05-05")
ON = "[3 May 2024|DATE=2024-05-03]"
FROM = "[3-5 May 2024|DATE=2024-05-03..2024-05-05]"

SENTENCES: list[tuple[str, Want]] = [
    # days
    (f"The {FAIR} will be held on {ON}.", DAY),
    (f"The {FAIR} takes place on {ON}.", DAY),
    (f"The {FAIR} runs {FROM}.", RANGE),
    (f"The {FAIR} returns {FROM}, bigger than before.", RANGE),
    (f"On {ON}, bakers met at the {FAIR}.", DAY),
    (f"From {FROM}, the {FAIR} fills the town.", RANGE),
    (f"The {FAIR}, scheduled for {FROM}, is free.", RANGE),
    (f"Join us for the {FAIR} on {ON}!", DAY),
    (f"The {FAIR} is back. The event will take place on {ON}.", DAY),
    (f"The {FAIR} is back. The two-day fair opens on {ON}.", Want("2024-05-03", "2024-05-04")),
    (
        f"The {FAIR} opens on {ON}. The event lasted three days.",
        Want("2024-05-03", "2024-05-05"),
    ),
    (
        f"The {FAIR} began on {ON}. The event runs until [5 May|DATE=2024-05-05].",
        Want("2024-05-03", "2024-05-05"),
    ),
    (
        "The [Hallvik Bread Symposium|EVENT] commenced on [3 May|DATE=2024-05-03].",
        Want("2024-05-03", None),
    ),
    (f"{FAIR}\n\nWhen: {ON}", DAY),
    (f"{FAIR}\n\nDate: {FROM}", RANGE),
    (f"{FAIR}\n\nDate and time: {ON}", DAY),
    (
        f"Hallvik, [6 May 2024|DATE=2024-05-06] – The {FAIR} was held on {ON}.",
        DAY,
    ),
    (
        f"The {FAIR} will be held on {ON}. Register by [20 April 2024|DATE=2024-04-20].",
        DAY,
    ),
    (
        f"Tickets go on sale [1 March|DATE=2024-03-01]. The {FAIR} will be held on {ON}.",
        DAY,
    ),
    (
        f"The {FAIR} will be held in [May 2024|DATE=2024-05-01..2024-05-31], on {ON}.",
        DAY,
    ),
    # venue and town
    (
        f"The {FAIR} will be held on {ON} at the [Grain Hall|FAC].",
        replace(DAY, venue="Grain Hall"),
    ),
    (
        f"The {FAIR} will be held on {ON} at the [Grain Hall|FAC] in [Hallvik|GPE].",
        replace(DAY, venue="Grain Hall", place="Hallvik"),
    ),
    (
        f"The {FAIR} takes place in [Hallvik|GPE], [Norland|GPE], on {ON}.",
        replace(DAY, place="Hallvik"),
    ),
    (
        f"{FAIR}\n\nWhen: {ON}\n\nWhere: [Grain Hall|FAC], 12 Long Street, [Hallvik|GPE]",
        replace(DAY, venue="Grain Hall", place="Hallvik"),
    ),
    (
        f"{FAIR}\n\nDate: {ON}\n\nVenue: Old Corn Exchange, 12 Long Street",
        replace(DAY, venue="Old Corn Exchange"),
    ),
    (
        f"The {FAIR} opens on {ON}. The fair is held at [Grain Hall|FAC].",
        replace(DAY, venue="Grain Hall"),
    ),
    (
        f"The {FAIR} in [Hallvik|GPE] drew crowds on {ON}, some from [Oslo|GPE].",
        replace(DAY, place="Hallvik"),
    ),
    (
        "The [Oslo Bread Fair|EVENT] returns to [Oslo|GPE] this year.",
        Want(place="Oslo"),
    ),
    # parties
    (
        f"The {FAIR} on {ON} is hosted by [Acme|ORG] and [Borealis|ORG].",
        replace(DAY, parties=(("Acme", "host"), ("Borealis", "host"))),
    ),
    (
        f"The {FAIR} is held on {ON}. The event is sponsored by [Acme|ORG], [Borealis|ORG],"
        " [Cedar Co|ORG] and the [Dune Club|ORG].",
        replace(
            DAY,
            parties=tuple((n, "sponsor") for n in ("Acme", "Borealis", "Cedar Co", "Dune Club")),
        ),
    ),
    (
        f"[Acme|ORG] will host the {FAIR} on {ON}.",
        replace(DAY, parties=(("Acme", "host"),)),
    ),
    (
        f"[Acme|ORG] and [Borealis|ORG] present the {FAIR} on {ON}.",
        replace(DAY, parties=(("Acme", "organiser"), ("Borealis", "organiser"))),
    ),
    (
        f"The {FAIR} on {ON} is organised by [Acme|ORG] in partnership with [Borealis|ORG].",
        replace(DAY, parties=(("Acme", "organiser"), ("Borealis", "co-organiser"))),
    ),
    (
        f"The {FAIR} on {ON}, co-organized by [Acme|ORG], is free.",
        replace(DAY, parties=(("Acme", "co-organiser"),)),
    ),
    (
        f"The {FAIR} takes place on {ON} with the support of [Acme|ORG].",
        replace(DAY, parties=(("Acme", "supporter"),)),
    ),
    (
        f"The {FAIR} is on {ON}. Event sponsors include [Acme|ORG] (Title Sponsor) and"
        " [Borealis|ORG] (Lunch Sponsor).",
        replace(DAY, parties=(("Acme", "sponsor"), ("Borealis", "sponsor"))),
    ),
    (
        f"[Acme|ORG], organiser of the {FAIR}, expects crowds on {ON}.",
        replace(DAY, parties=(("Acme", "organiser"),)),
    ),
    (
        f"The {FAIR} is on {ON}. Keynote speakers include [Ana Ruiz|PERSON] and [Bo Lind|PERSON].",
        replace(DAY, parties=(("Ana Ruiz", "speaker"), ("Bo Lind", "speaker"))),
    ),
    (
        f"[Acme|ORG] will exhibit at the {FAIR} on {ON}.",
        replace(DAY, parties=(("Acme", "exhibitor"),)),
    ),
    (
        f"[Acme|ORG] participated in the {FAIR} on {ON}.",
        replace(DAY, parties=(("Acme", "participant"),)),
    ),
    (
        f"[Acme|ORG] to present at the {FAIR} on {ON}.",
        replace(DAY, parties=(("Acme", "participant"),)),
    ),
    (
        f"[Acme|ORG]'s {FAIR} is on {ON}.",
        replace(DAY, parties=(("Acme", "organiser"),)),
    ),
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_sentence(text: str, expected: Want) -> None:
    found = list(events(marked(text)))
    assert [told(event) for event in found] == [expected]


def test_number_of_sentences() -> None:
    assert len(SENTENCES) >= 40


@pytest.mark.parametrize(
    "text",
    [
        "The [Hallvik Bread Fair|EVENT] is loved by all.",
        "She won the [Golden Loaf Award|EVENT] in style.",
        "[Christmas|EVENT] is near, says [Acme|ORG].",
        "No occasion at all on [3 May|DATE=2024-05-03].",
        "",
    ],
)
def test_no_record_without_day_venue_or_place(text: str) -> None:
    assert list(events(marked(text))) == []


def test_symposium_and_conference_are_one_event_opened_before_the_dateline() -> None:
    """A release in the shape of the project's first example, told in other words."""
    both = "[2031 Norland Glass Symposium|EVENT] and [LENS WORLD Conference|EVENT]"
    doc = marked(
        f"{both} Opens in [Hallvik|GPE]\n\n"
        f"Hallvik, [June 12|DATE=2031-06-12] – The {both} commenced on [June 11|DATE=2031-06-11]"
        " at the [Hallvik Lakeside Convention Center|FAC]. During the ceremony, [Ana Ruiz|PERSON],"
        " deputy mayor of [Hallvik|GPE], spoke.\n\n"
        f"The {both} are hosted by the [Hallvik Bureau of Industry|ORG] and the [Glass Park"
        " Committee|ORG]. The event is sponsored by the [Lens Association|ORG], [Optic"
        " Alliance|ORG], [SEMA|ORG], and [Hallvik Optical Society|ORG]. The conference revolves"
        " around the theme “Grinding slowly to see far” and comprises a forum and an expo."
    )
    (event,) = events(doc)
    assert event.name == "2031 Norland Glass Symposium and LENS WORLD Conference"
    assert event.starts_on == date(2031, 6, 11)
    assert event.venue == "Hallvik Lakeside Convention Center"
    assert event.place == "Hallvik"
    assert [p.role for p in event.parties] == ["host"] * 2 + ["sponsor"] * 4
    assert event.theme == "Grinding slowly to see far"
    proofs = {e.field: doc.text[e.start_char : e.end_char] for e in event.evidence}
    assert proofs["starts_on"] == "June 11"
    assert proofs["venue"] == "Hallvik Lakeside Convention Center"
    assert proofs["theme"] == "Grinding slowly to see far"


def test_several_occasions_of_one_release_keep_their_own_days() -> None:
    doc = marked(
        "The [Hallvik Bread Fair|EVENT] will be held on [3-5 May|DATE=2024-05-03..2024-05-05] at"
        " [Grain Hall|FAC] in [Hallvik|GPE].\n\n"
        "The [Miller Gala|EVENT] takes place on [4 May|DATE=2024-05-04].\n\n"
        "The [Oslo Tea Week|EVENT] runs [1-7 June|DATE=2024-06-01..2024-06-07] in [Oslo|GPE]."
    )
    fair, gala, tea = events(doc)
    assert told(fair).starts == "2024-05-03"
    assert (told(gala).starts, gala.venue, gala.place) == ("2024-05-04", "Grain Hall", "Hallvik")
    assert (told(tea).ends, tea.venue, tea.place) == ("2024-06-07", None, "Oslo")


def test_a_short_name_joins_the_long_one() -> None:
    doc = marked(
        "[Second Annual Gala|EVENT] Returns\n\nThe [Second Annual Miller Gala|EVENT] will be held"
        " on [3 May|DATE=2024-05-03]."
    )
    assert [e.name for e in events(doc)] == ["Second Annual Miller Gala"]


def test_what_is_held_may_have_no_recognised_name() -> None:
    doc = marked("BreadSummit 2024, taking place [3 May|DATE=2024-05-03], is free.")
    assert [(e.name, told(e).starts) for e in events(doc)] == [("BreadSummit 2024", "2024-05-03")]


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        (f"The {FAIR} is a virtual event on {ON}.", "online"),
        (f"The {FAIR} on {ON} is held in person.", "in person"),
        (f"The {FAIR} on {ON} is a hybrid event.", "hybrid"),
        (f"The {FAIR} on {ON} can be joined in person or online.", "hybrid"),
        (f"The {FAIR} is on {ON}.", None),
    ],
)
def test_mode(text: str, mode: str | None) -> None:
    (event,) = events(marked(text))
    assert event.mode == mode


def test_time_and_address_stand_beside_the_day() -> None:
    doc = marked(
        f"{FAIR}\n\nWhen: [3 May 2024, 9:30 am|DATE=2024-05-03@09:30]\n\n"
        "Where: [Grain Hall|FAC], 12 Long Street, [Hallvik|GPE]"
    )
    (event,) = events(doc)
    assert (event.start_time, event.address) == ("09:30", "12 Long Street")


@pytest.mark.parametrize(
    ("name", "number", "rest"),
    [
        ("16th Annual Hallvik Bread Summit", 16, "Hallvik Bread Summit"),
        ("Third Annual Miller Gala", 3, "Miller Gala"),
        ("Inaugural Miller Gala", 1, "Miller Gala"),
        ("2026 (27th) Lake Carnival", 27, "Lake Carnival"),
        ("Bread Engineering XXVIII Conference", 28, "Bread Engineering Conference"),
        ("Bread Fair 2024", None, "Bread Fair"),
        ("2024 Bread Fair", None, "Bread Fair"),
        ("Bread Fair", None, None),
        ("First Street Fair", 1, "Street Fair"),
    ],
)
def test_edition_and_series(name: str, number: int | None, rest: str | None) -> None:
    assert (edition(name), series(name)) == (number, rest)


def test_key_and_weak_names() -> None:
    assert key("The 2024 Bread Fair") == key("Bread Fair 2024") == "bread fair"
    assert is_weak("Golden Loaf Awards 2024")
    assert not is_weak("Golden Loaf Fair")


PLAIN = "will be held on at in The event the summit Where: When: hosted by and , . - two-day theme"
NAMED = [FAIR, "[Grain Hall|FAC]", "[Hallvik|GPE]", "[Acme|ORG]", ON, FROM, "\n\n", "“x y z”"]
WORDS = st.sampled_from([*NAMED, *PLAIN.split()])


@given(st.lists(WORDS, max_size=30).map(" ".join))
def test_any_order_survives_and_every_field_has_its_words(text: str) -> None:
    doc = marked(text)
    for event in events(doc):
        assert event.starts_on or event.venue or event.place
        proofs = {e.field for e in event.evidence}
        for field in ("starts_on", "ends_on", "venue", "place", "theme", "mode", "address"):
            assert (getattr(event, field) is not None) == (field in proofs)
        for proof in event.evidence:
            assert 0 <= proof.start_char < proof.end_char <= len(doc.text)
        for party in event.parties:
            assert doc.text[party.start_char : party.end_char] == party.name


@given(st.text(max_size=80))
def test_any_text_survives(text: str) -> None:
    assert list(events(tokenizer()(text))) == []
