"""Weights decide between candidates, and every feature that is asked has one."""

from __future__ import annotations

from extract.components.events import chooser
from extract.components.events.component import first_words_of_others
from extract.components.events.places import places
from extract.components.events.topics import occasions
from extract.components.events.venues import venues
from extract.components.reading import reading
from tests.extract.marked import marked

TEXT = (
    "The [Bread Fair|EVENT] takes place on [3 May|DATE=2024-05-03] at the [Grain Hall|FAC] in"
    " [Oslo|GPE], not far from [Norway|GPE].\n\nWhere: [Rye Museum|ORG], [Bergen|GPE]"
)


def test_the_greatest_sum_wins_and_none_wins_over_less_than_nothing() -> None:
    table = {"at": 1.0, "far": -2.0}
    assert chooser.best(table, [("a", {"at": 1.0}), ("b", {"at": 1.0, "far": 0.1})]) == "a"
    assert chooser.best(table, [("a", {"at": 1.0, "far": 0.9})]) is None
    assert chooser.best(table, [("a", {"unheard": 5.0})]) == "a"
    assert chooser.best(table, []) is None


def test_features_have_weights() -> None:
    read = reading(marked(TEXT))
    (fair,) = occasions(read)
    others = first_words_of_others(fair, [fair])
    asked = {
        "venue": [f for _, f in venues(read, fair, others)],
        "place": [f for _, f in places(read, fair, None, others, "Oslo, Norway")],
    }
    for question, rows in asked.items():
        assert rows
        for features in rows:
            assert set(features) <= set(chooser.weights()[question]), features
