"""Which names are one thing: tables of releases and the entities they must end up as."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db import Store, Stored
from db.checks import contents
from tests.db.telling import names_together, occasion, things, told

JANE = "[person:Jane Doe] spoke."


def groups(*sets: set[tuple[str, str]]) -> set[frozenset[tuple[str, str]]]:
    return {frozenset(one) for one in sets}


@pytest.mark.parametrize(
    ("kind", "releases", "expected"),
    [
        pytest.param(
            "organisation",
            [told("[organisation:Acme Inc.]", "a"), told("[organisation:ACME GmbH]", "b")],
            groups({("a", "Acme Inc."), ("b", "ACME GmbH")}),
            id="legal-forms",
        ),
        pytest.param(
            "organisation",
            [told("[organisation:Acme Foods]", "a"), told("[organisation:Acme Steel]", "b")],
            groups({("a", "Acme Foods")}, {("b", "Acme Steel")}),
            id="other-words",
        ),
        pytest.param(
            "organisation",
            [
                told("[organisation:Asian Space Office] ([organisation:ASO=Asian Space Office])"),
                told("[organisation:ASO]", "b"),
            ],
            groups({("a", "Asian Space Office"), ("b", "ASO")}),
            id="acronym-of-one",
        ),
        pytest.param(
            "organisation",
            [
                told("[organisation:Asian Space Office] ([organisation:ASO=Asian Space Office])"),
                told("[organisation:ASO]", "b"),
                told("[organisation:Art Shop Oslo] ([organisation:ASO=Art Shop Oslo])", "c"),
            ],
            groups({("a", "Asian Space Office")}, {("b", "ASO")}, {("c", "Art Shop Oslo")}),
            id="acronym-of-two-is-nobodys",
        ),
        pytest.param(
            "person",
            [
                told(JANE, "a", roles=[("Jane Doe", "CEO", "Acme Inc.")]),
                told(JANE, "b", roles=[("Jane Doe", "Chair", "Acme GmbH")]),
            ],
            groups({("a", "Jane Doe"), ("b", "Jane Doe")}),
            id="one-organisation",
        ),
        pytest.param(
            "person",
            [
                told(JANE, "a", roles=[("Jane Doe", "CEO", "Acme Inc.")]),
                told(JANE, "b", roles=[("Jane Doe", "CEO", "Borealis Foods")]),
            ],
            groups({("a", "Jane Doe")}, {("b", "Jane Doe")}),
            id="namesakes",
        ),
        pytest.param(
            "person",
            [
                told(JANE, "a", roles=[("Jane Doe", "Deputy Mayor", None)]),
                told(JANE, "b", roles=[("Jane Doe", "deputy mayor", None)]),
            ],
            groups({("a", "Jane Doe"), ("b", "Jane Doe")}),
            id="one-public-office",
        ),
        pytest.param(
            "person",
            [told(JANE, "a", roles=[("Jane Doe", "CEO", "Acme Inc.")]), told(JANE, "b")],
            groups({("a", "Jane Doe"), ("b", "Jane Doe")}),
            id="without-support-the-only-one",
        ),
        pytest.param(
            "person",
            [
                told(JANE, "a", roles=[("Jane Doe", "CEO", "Acme Inc.")]),
                told(JANE, "b", roles=[("Jane Doe", "CEO", "Borealis Foods")]),
                told(JANE + " [organisation:Borealis Foods]", "c"),
            ],
            groups({("a", "Jane Doe")}, {("b", "Jane Doe"), ("c", "Jane Doe")}),
            id="beside-the-organisation-of-one",
        ),
        pytest.param(
            "person",
            [
                told("[person:Jane A. Doe]", "a", roles=[("Jane A. Doe", "CEO", "Acme")]),
                told("[person:Jane B. Doe]", "b", roles=[("Jane B. Doe", "CFO", "Acme")]),
            ],
            groups({("a", "Jane A. Doe")}, {("b", "Jane B. Doe")}),
            id="other-initials",
        ),
        pytest.param(
            "person",
            [
                told(JANE, "a", roles=[("Jane Doe", "CEO", "Acme")]),
                told("[person:Jane A. Doe]", "b"),
                told("[person:Jane B. Doe], [organisation:Borealis Foods]", "c"),
                told("[person:Jane B. Doe], [organisation:Asian Space Office]", "d"),
            ],
            groups(
                {("a", "Jane Doe"), ("b", "Jane A. Doe")},
                {("c", "Jane B. Doe"), ("d", "Jane B. Doe")},
            ),
            id="left-over-by-initials",
        ),
        pytest.param(
            "place",
            [
                told("[place:Peking]", "a"),
                told("[place:Beijing]", "b"),
                told("[place:Columbus], [place:Georgia]", "c"),
                told("[place:Columbus], [place:Ohio]", "d"),
            ],
            groups(
                {("a", "Peking"), ("b", "Beijing")},
                {("c", "Columbus")},
                {("d", "Columbus")},
                {("c", "Georgia")},
                {("d", "Ohio")},
            ),
            id="places",
        ),
        pytest.param(
            "venue",
            [
                told("At [venue:Grand Hall] in [place:Leeds]", "a"),
                told("At [venue:Grand Hall], [place:Oslo]", "b"),
                told("At the [venue:Grand Hall] in [place:Leeds]", "c"),
            ],
            groups({("a", "Grand Hall"), ("c", "Grand Hall")}, {("b", "Grand Hall")}),
            id="venues-by-city",
        ),
        pytest.param(
            "event",
            [
                told("[event:16th Circuit Summit]", "a", events=[
                    occasion("16th Circuit Summit", "2025-03-04", "2025-03-06")]),
                told("[event:Circuit Summit 2025]", "b", events=[
                    occasion("Circuit Summit 2025", "2025-03-04")]),
                told("[event:Circuit Summit 2026]", "c"),
                told("[event:17th Circuit Summit]", "d"),
            ],
            groups(
                {("a", "16th Circuit Summit"), ("b", "Circuit Summit 2025")},
                {("c", "Circuit Summit 2026")},
                {("d", "17th Circuit Summit")},
            ),
            id="editions",
        ),
        pytest.param(
            "event",
            [
                told("[event:Grand Opening Event]", "a", issuer="Acme", events=[
                    occasion("Grand Opening Event", "2025-03-04")]),
                told("[event:Grand Opening Event]", "b", issuer="Borealis", events=[
                    occasion("Grand Opening Event", "2025-03-05")]),
                told("[event:Grand Opening Event]", "c", issuer="Acme", events=[
                    occasion("Grand Opening Event", "2025-03-04")]),
            ],
            groups(
                {("a", "Grand Opening Event"), ("c", "Grand Opening Event")},
                {("b", "Grand Opening Event")},
            ),
            id="anyones-event-names",
        ),
        pytest.param(
            "event",
            [
                told("[event:Marine Forum]", "a", events=[
                    occasion("Marine Forum", "2025-01-01", "2025-12-31")]),
                told("[event:Marine Forum]", "b", events=[
                    occasion("Marine Forum", "2025-09-01", "2025-09-03")]),
                told("[event:Marine Forum]", "c", events=[
                    occasion("Marine Forum", "2024-01-01", "2024-12-31")]),
            ],
            groups(
                {("a", "Marine Forum"), ("b", "Marine Forum")},
                {("c", "Marine Forum")},
            ),
            id="a-year-says-no-day",
        ),
    ],
)  # fmt: skip
def test_entities(
    store: Store,
    kind: str,
    releases: list[Stored],
    expected: set[frozenset[tuple[str, str]]],
) -> None:
    store.save(releases)
    assert names_together(store.conn, kind) == expected


def test_one_announcement_joins_events_that_were_apart(store: Store) -> None:
    for uid, name, day in (
        ("a", "Marine Forum", "2025-03-06"),
        ("b", "Marine Forum", "2025-08-01"),
        ("c", "Marine Forum 2025", None),
    ):
        events = [occasion(name, day)] if day else []
        saved = store.save([told(f"[event:{name}]", uid, events=events, published=None)])
        assert saved.outcomes == ("stored",)
    assert len(names_together(store.conn, "event")) == 1
    assert store.conn.execute("SELECT release_count FROM events").fetchall() == [(2,)]


def test_an_event_that_is_told_otherwise_takes_the_place_of_what_it_was(store: Store) -> None:
    before, after = "Marine Forum 2025", "Marine Forum"
    store.save([told(f"[event:{before}]", events=[occasion(before)])])
    again = told(f"[event:{after}]", events=[occasion(after, "2025-03-06")], extractor="test 2")
    assert store.save([again]).outcomes == ("updated",)
    assert store.conn.execute("SELECT name, starts_on FROM events").fetchall() == [
        (after, "2025-03-06")
    ]
    assert not store.conn.execute("PRAGMA foreign_key_check").fetchall()


def test_ten_announcements_are_one_event_with_ten_pieces_of_evidence(store: Store) -> None:
    for number in range(10):
        event = occasion(
            "Marine Forum 2025", "2025-09-01", "2025-09-03" if number else None, place="Oslo"
        )
        store.save([told("[event:Marine Forum 2025] in [place:Oslo]", f"{number}", events=[event])])
    rows = store.conn.execute(
        "SELECT name, starts_on, ends_on, release_count, (SELECT count(DISTINCT release_id) FROM "
        "event_evidence WHERE event_id = events.id) FROM events"
    ).fetchall()
    assert rows == [("Marine Forum 2025", "2025-09-01", "2025-09-03", 10, 10)]


@pytest.mark.parametrize(
    ("told_days", "days"),
    [
        ([("2025-01-01", "2025-12-31")] * 2 + [("2025-09-01", "2025-09-03")], "01..03"),
        ([("2025-09-01", "2025-09-01"), ("2025-09-01", "2025-09-03")], "01..03"),
        ([("2025-09-01", None), ("2025-09-01", "2025-09-02")], "01..02"),
        ([("2025-09-01", "2025-09-01")] * 2 + [("2025-09-01", "2025-09-03")], "01..01"),
    ],
)
def test_days_outvote_the_year_and_more_days_fewer(
    store: Store, told_days: list[tuple[str, str | None]], days: str
) -> None:
    for number, (first, last) in enumerate(told_days):
        event = occasion("Marine Forum 2025", first, last)
        store.save([told("[event:Marine Forum 2025]", f"{number}", events=[event])])
    (row,) = store.conn.execute("SELECT starts_on, ends_on FROM events").fetchall()
    first, last = (f"2025-09-{day}" for day in days.split(".."))
    assert row == (first, last)


def test_the_town_of_an_event_is_that_of_its_venue(store: Store) -> None:
    forum = "Marine Forum 2025"
    spots = [(None, "Bergen"), (None, "Bergen"), ("Grand Hall", "Oslo")]
    for number, (venue, place) in enumerate(spots):
        event = occasion(forum, "2025-09-01", "2025-09-01", venue=venue, place=place)
        store.save([told(f"[event:{forum}] [place:{place}]", f"{number}", events=[event])])
    names = "SELECT v.name, p.name FROM events JOIN entities AS v ON v.id = venue_id "
    (row,) = store.conn.execute(names + "JOIN entities AS p ON p.id = place_id").fetchall()
    assert row == ("Grand Hall", "Oslo")


def test_every_merge_keeps_its_reason(store: Store) -> None:
    store.save([told("[organisation:Acme Inc.]", "a"), told("[organisation:ACME GmbH]", "b")])
    rows = store.conn.execute("SELECT rule, reason FROM merges").fetchall()
    assert rows == [("same name without legal form", "both are “acme” (legal forms: gmbh, inc)")]


def test_places_have_position_country_and_reason(store: Store) -> None:
    store.save([told("[place:Columbus], [place:Georgia]", "a")])
    rows = store.conn.execute(
        "SELECT entities.name, country, round(latitude), reason FROM entities "
        "JOIN appearances ON entity_id = entities.id ORDER BY entities.name"
    ).fetchall()
    assert rows[0] == ("Columbus", "US", 32.0, "Columbus, GA: written beside US-GA")


def test_shouting_is_no_name(store: Store) -> None:
    store.save(
        [
            told("[place:OSLO] [place:OSLO]", "a"),
            told("[place:OSLO]", "b"),
            told("[place:Oslo]", "c"),
        ]
    )
    assert store.conn.execute("SELECT name FROM entities").fetchall() == [("Oslo",)]


PEOPLE = ["Jane Doe", "Jane A. Doe", "Jane B. Doe", "Doe Jane"]
FIRMS = ["Acme Inc.", "ACME GmbH", "Borealis Foods", "ASO", "Asian Space Office"]
EVENTS = ["Circuit Summit", "Circuit Summit 2025", "3rd Circuit Summit", "Circuit Summit 2024"]
DAYS = [None, "2025-03-04", "2025-03-06", "2025-09-01", "2024-03-04"]
PLACES = ["Leeds", "Oslo", "Columbus", "Georgia", "Ohio", "Nowhere"]


PUBLISHED = [None, date(2024, 5, 6), date(2025, 5, 6)]


@st.composite
def releases(draw: st.DrawFn, published: Sequence[date | None] = PUBLISHED) -> list[Stored]:
    """A handful of releases full of namesakes, acronyms, editions and short forms."""
    found = []
    for number in range(draw(st.integers(2, 6))):
        person, firm = draw(st.sampled_from(PEOPLE)), draw(st.sampled_from(FIRMS))
        event, day = draw(st.sampled_from(EVENTS)), draw(st.sampled_from(DAYS))
        one, two = draw(st.sampled_from(PLACES)), draw(st.sampled_from(PLACES))
        body = f"[person:{person}] [organisation:{firm}] [place:{one}], [place:{two}] "
        body += f"[venue:Grand Hall] [event:{event}] "
        if draw(st.booleans()):
            full = draw(st.sampled_from(["Asian Space Office", "Art Shop Oslo"]))
            body += f"[organisation:{full}] ([organisation:ASO={full}])"
        title = draw(st.sampled_from(["CEO", "Deputy Mayor", None]))
        role = [(person, title, draw(st.sampled_from([*FIRMS, None])))] if title else []
        told_event = [occasion(event, day, place=two, venue="Grand Hall")] if day else []
        found.append(
            told(
                body,
                f"r{number}",
                roles=role,
                events=told_event,
                issuer=draw(st.sampled_from([None, *FIRMS])),
                published=draw(st.sampled_from(published)),
            )
        )
    return found


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(releases=releases(), data=st.data())
def test_any_order_and_any_batches_give_the_same_entities(
    releases: list[Stored], data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("order")
    with Store(folder / "one.db") as one, Store(folder / "other.db") as other:
        one.save(releases)
        shuffled = data.draw(st.permutations(releases))
        cut = data.draw(st.integers(0, len(releases)))
        other.save(shuffled[:cut])
        for release in shuffled[cut:]:
            other.save([release])
        assert things(one.conn) == things(other.conn)
        events = "SELECT name, starts_on, ends_on, release_count, edition FROM events ORDER BY 1, 2"
        assert one.conn.execute(events).fetchall() == other.conn.execute(events).fetchall()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(before=releases([None]), after=releases([None]), data=st.data())
def test_what_is_read_otherwise_leaves_nothing_of_what_was_read(
    before: list[Stored],
    after: list[Stored],
    data: st.DataObject,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """Releases with the address of earlier ones take their place, at once or one after another."""
    folder = tmp_path_factory.mktemp("otherwise")
    with Store(folder / "one.db") as one, Store(folder / "other.db") as other:
        one.save(before)
        cut = data.draw(st.integers(0, len(after)))
        saved = one.save(after[:cut], force=True)
        for release in after[cut:]:
            saved += one.save([release], force=True)
        assert not saved.problems
        other.save(after + before[len(after) :])
        assert things(one.conn) == things(other.conn)
        assert not one.conn.execute("PRAGMA foreign_key_check").fetchall()


@st.composite
def namesakes(draw: st.DrawFn) -> list[Stored]:
    """Releases that name the same few people, most of them without a role."""
    found = []
    for number in range(draw(st.integers(3, 8))):
        person = draw(st.sampled_from(["Wei Zhang", "Zhang Wei", "Wei J. Zhang", "Wei K. Zhang"]))
        firm, other = draw(st.sampled_from(FIRMS)), draw(st.sampled_from(FIRMS))
        title = draw(st.sampled_from([None, None, None, "CEO", "Deputy Mayor"]))
        body = f"[person:{person}] met [organisation:{firm}], [organisation:{other}]."
        roles = [(person, title, draw(st.sampled_from([*FIRMS, None])))] if title else []
        found.append(told(body, f"r{number}", roles=roles))
    return found


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(releases=namesakes())
def test_one_at_a_time_is_the_same_as_all_at_once(
    releases: list[Stored], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """To the row and the reason, although a newcomer need not have its block grouped anew."""
    folder = tmp_path_factory.mktemp("batches")
    with Store(folder / "one.db") as one, Store(folder / "other.db") as other:
        one.save(releases)
        for release in releases:
            other.save([release])
        assert [*contents(one.conn)] == [*contents(other.conn)]


def test_one_more_bare_name_leaves_its_many_namesakes_alone(store: Store) -> None:
    """A famous name costs what it costs the second time, however often it has been named."""
    store.save(
        [told(f"{JANE} [organisation:Firm {number}]", f"r{number}") for number in range(300)]
    )
    read: list[str] = []
    store.conn.set_trace_callback(read.append)
    store.save([told(f"{JANE} [organisation:Firm 300]", "r300")])
    store.conn.set_trace_callback(None)
    assert not [sql for sql in read if "FROM merges" in sql or "UPDATE identities" in sql]
    assert store.conn.execute("SELECT max(release_count) FROM entities").fetchone() == (301,)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(releases=releases())
def test_reading_again_gives_the_same_entities(
    releases: list[Stored], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("again")
    with Store(folder / "news.db") as store:
        store.save(releases)
        before = things(store.conn)
        for release in reversed(releases):
            assert store.save([release], force=True).outcomes == ("updated",)
        assert things(store.conn) == before
        assert not store.conn.execute("PRAGMA foreign_key_check").fetchall()
        for index in ("entities_fts", "releases_fts", "quotes_fts"):
            store.conn.execute(f"INSERT INTO {index}({index}, rank) VALUES ('integrity-check', 1)")
