"""Human decisions: applied, kept, undone, refused."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from db import Store
from db.errors import Refused
from db.judgements import distinguish, hide, history, merge, rename, set_kind, split, undo
from db.review import Pair, queue
from tests.db.telling import contents, names_together, told

FIRMS = [
    told("[organisation:Acme Inc.] [person:Jane Doe]", "a", roles=[("Jane Doe", "CEO", "Acme")]),
    told("[organisation:ACME GmbH]", "b"),
    told("[organisation:Acme Robotics] [person:Jane Doe]", "c", roles=[("Jane Doe", "CEO", "X")]),
]


def number(store: Store, name: str) -> int:
    row = store.conn.execute(
        "SELECT entity_id FROM aliases WHERE name = ? ORDER BY entity_id", (name,)
    ).fetchone()
    return int(row[0])


@pytest.fixture
def acme(store: Store) -> Store:
    store.save(FIRMS)
    return store


def decisions(store: Store) -> list[Callable[[], object]]:
    acme, robotics = number(store, "Acme Inc."), number(store, "Acme Robotics")
    return [
        lambda: merge(store, robotics, acme),
        lambda: split(store, acme, "ACME GmbH"),
        lambda: rename(store, acme, "The Acme Group"),
        lambda: set_kind(store, robotics, "venue"),
        lambda: hide(store, robotics),
        lambda: distinguish(store, acme, robotics),
    ]


@pytest.mark.parametrize("which", range(6))
def test_undo_restores_everything(acme: Store, which: int) -> None:
    before = contents(acme.conn)
    decisions(acme)[which]()
    made = history(acme.conn)[0]
    undo(acme, made.id)
    after = contents(acme.conn)
    assert "judgements" not in before
    assert after.pop("judgements")
    assert after == before


@pytest.mark.parametrize("which", range(6))
def test_decisions_survive_reading_again(acme: Store, which: int) -> None:
    decisions(acme)[which]()
    before = contents(acme.conn)
    acme.save(FIRMS, force=True)
    after = contents(acme.conn)
    for table in ("entities", "judgements"):
        assert after[table] == before[table]


def test_merge_moves_every_fact(acme: Store) -> None:
    one, other = sorted(
        n for (n,) in acme.conn.execute("SELECT id FROM entities WHERE kind = 'person'")
    )
    merge(acme, other, one, "the same woman")
    assert names_together(acme.conn, "person") == {
        frozenset({("a", "Jane Doe"), ("c", "Jane Doe")})
    }
    assert acme.conn.execute("SELECT DISTINCT person_id FROM roles").fetchall() == [(one,)]
    assert acme.conn.execute("SELECT mention_count FROM entities WHERE id = ?", (one,)).fetchone() \
        == (2,)  # fmt: skip
    leads_to = "SELECT entity_id FROM identities WHERE id = ?"
    assert acme.conn.execute(leads_to, (other,)).fetchone() == (one,)
    assert ("judgement", "the same woman") in acme.conn.execute(
        "SELECT rule, reason FROM merges"
    ).fetchall()


def test_split_and_hide_and_rename_show(acme: Store) -> None:
    firm = number(acme, "Acme Inc.")
    split(acme, firm, "ACME GmbH")
    assert number(acme, "ACME GmbH") != number(acme, "Acme Inc.")
    rename(acme, firm, "Acme of Leeds")
    hide(acme, number(acme, "ACME GmbH"))
    rows = acme.conn.execute(
        "SELECT name, hidden FROM entities WHERE kind = 'organisation' ORDER BY name"
    ).fetchall()
    assert ("Acme of Leeds", 0) in rows
    assert ("ACME GmbH", 1) in rows


@pytest.mark.parametrize(
    ("first", "second", "says"),
    [
        (1, lambda s: merge(s, number(s, "Acme Inc."), number(s, "ACME GmbH")), "are different"),
        (5, lambda s: merge(s, number(s, "Acme Inc."), number(s, "Acme Robotics")), "different"),
        (0, lambda s: split(s, number(s, "Acme Inc."), "Acme Robotics"), "they are one"),
        (2, lambda s: rename(s, number(s, "Acme Inc."), "Other"), "has decided this already"),
        (4, lambda s: hide(s, number(s, "Acme Robotics")), "has decided this already"),
        (
            3,
            lambda s: merge(s, number(s, "Acme Inc."), number(s, "Acme Robotics")),
            "of kind venue",
        ),
        (2, lambda s: split(s, number(s, "Acme Inc."), "Nobody"), "no release calls"),
        (2, lambda s: merge(s, 1, 99_999), "no entity 99999"),
        (2, lambda s: undo(s, 99), "no judgement 99"),
        (2, lambda s: set_kind(s, 1, "planet"), "no kind"),
        (2, lambda s: rename(s, 1, " "), "at least one letter"),
    ],
)
def test_contradictions_are_refused(
    acme: Store, first: int, second: Callable[[Store], object], says: str
) -> None:
    decisions(acme)[first]()
    before = contents(acme.conn)
    with pytest.raises(Refused, match=says):
        second(acme)
    assert contents(acme.conn) == before


def test_an_undone_decision_cannot_be_undone(acme: Store) -> None:
    made = rename(acme, number(acme, "Acme Inc."), "New")
    undo(acme, made.id)
    with pytest.raises(Refused, match="was undone"):
        undo(acme, made.id)


def test_the_queue_offers_likely_pairs_until_they_are_judged(acme: Store) -> None:
    pairs = queue(acme.conn)
    found = {(p.left.name, p.right.name, p.reason) for p in pairs}
    assert ("Jane Doe", "Jane Doe", "the same name") in found
    people = next(p for p in pairs if p.left.kind == "person")
    assert people.left.titles == ("CEO, Acme",)
    assert people.left.releases[0][2] == "News"
    distinguish(acme, people.left.id, people.right.id)
    assert not [p for p in queue(acme.conn) if p.left.kind == "person"]


def queued(store: Store, *bodies: str) -> list[Pair]:
    """The queue of a database of these releases."""
    store.save([told(body, str(number)) for number, body in enumerate(bodies)])
    return queue(store.conn)


@pytest.mark.parametrize(
    ("bodies", "names"),
    [
        pytest.param(
            ("[organisation:Polder Media Wire]", "[organisation:Polder MediaWire]"),
            [("Polder Media Wire", "Polder MediaWire")],
            id="spelling",
        ),
        pytest.param(
            ("[organisation:Port Herald Times]", "[organisation:Port Herald Mets]"),
            [],
            id="other-word-after-a-long-beginning",
        ),
        pytest.param(
            (
                "[organisation:Quillon] [organisation:Quillon Harbour Police]",
                "[organisation:Brask]",
                "[organisation:Brask Global]",
                "[organisation:Tolm]",
                "[organisation:Tolm Harbour Police]",
            ),
            [
                ("Brask", "Brask Global"),
                ("Tolm", "Tolm Harbour Police"),
                ("Quillon", "Quillon Harbour Police"),
            ],
            id="general-words-first-told-apart-last",
        ),
        pytest.param(
            ("[person:Varga] spoke.", "[person:Ilka Varga] spoke.", "[person:Ilka Tamm] spoke."),
            [("Varga", "Ilka Varga")],
            id="family-name",
        ),
    ],
)
def test_the_queue_puts_likely_pairs_first(
    store: Store, bodies: tuple[str, ...], names: list[tuple[str, str]]
) -> None:
    assert [(pair.left.name, pair.right.name) for pair in queued(store, *bodies)] == names


def test_company_speaks_for_a_pair_and_is_named(store: Store) -> None:
    alone, beside = "[organisation:Solberg Yard] built.", "[organisation:Solberg Yards] built"
    (pair,) = queued(store, f"{alone} [person:Ilka Varga] spoke.", f"{beside}. [person:Ilka Varga]")
    assert pair.reason == "spelt nearly alike; both are named beside Ilka Varga"
    assert pair.likeness > 97
