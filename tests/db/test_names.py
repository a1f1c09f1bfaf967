"""Names reduced to keys, as tables."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.resolution.gazetteer import Context, choose
from db.resolution.names import (
    event_name,
    fold,
    grams,
    is_acronym_of,
    is_corporate_title,
    is_generic_event,
    legal_form,
    organisation_block,
    person_name,
)


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("The Acme Co., Ltd.", "acme co ltd"),
        ("Müller & Söhne", "muller and sohne"),
        ("St. John’s", "st johns"),
        ("U.S.", "us"),
        ("北京大学", "北京大学"),
        pytest.param("The", "the", id="nothing-but-an-article"),
        pytest.param("***", "", id="punctuation"),
    ],
)
def test_fold(name: str, folded: str) -> None:
    assert fold(name) == folded


@pytest.mark.parametrize(
    ("name", "block"),
    [
        ("Acme Inc.", "acme"),
        ("ACME GmbH", "acme"),
        ("The Acme Corporation", "acme"),
        ("Foo Holdings plc", "foo holdings"),
        ("Tiffin & Co.", "tiffin"),
        ("United Nations Security Council", "un security council"),
        ("U.S. Department of the Treasury", "us treasury department"),
        ("United States Treasury Department", "us treasury department"),
        ("Health Ministry", "health ministry"),
        ("Ministry of Health", "health ministry"),
        ("Department", "department"),
        pytest.param("Limited Brands", "limited brands", id="form-in-front-is-name"),
        pytest.param("Co", "co", id="nothing-but-a-form"),
        pytest.param("Beijing Society for Circuits", "beijing society for circuits", id="no-form"),
    ],
)
def test_organisation_block(name: str, block: str) -> None:
    assert organisation_block(name) == block


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("Acme Co., Ltd.", "co ltd"),
        ("United States Steel Corporation", "corporation"),
        ("Ibis", ""),
    ],
)
def test_legal_form(name: str, form: str) -> None:
    assert legal_form(name) == form


@pytest.mark.parametrize(
    ("name", "block", "initials", "generation"),
    [
        ("Dr. Jane A. Doe", "doe jane", "a", ""),
        ("Jane Doe Jr.", "doe jane", "", "jr"),
        ("Zhang Wei", "wei zhang", "", ""),
        ("Wei Zhang", "wei zhang", "", ""),
        ("李明", "李明", "", ""),
        ("Cher", "cher", "", ""),
    ],
)
def test_person_name(name: str, block: str, initials: str, generation: str) -> None:
    parsed = person_name(name)
    assert (parsed.block, parsed.initials, parsed.generation) == (block, initials, generation)


@pytest.mark.parametrize(
    ("name", "series", "edition", "year"),
    [
        ("16th Annual Circuit Summit 2025", "circuit summit", 16, 2025),
        ("2023 Beijing Symposium", "beijing symposium", None, 2023),
        ("Third Marine Forum", "marine forum", 3, None),
        ("Expo 2020-2021", "expo", None, None),
        pytest.param("2025", "2025", None, 2025, id="nothing-but-a-year"),
    ],
)
def test_event_name(name: str, series: str, edition: int | None, year: int | None) -> None:
    parsed = event_name(name)
    assert (parsed.series, parsed.edition, parsed.year) == (series, edition, year)


@pytest.mark.parametrize(
    ("series", "generic"),
    [("grand opening event", True), ("virtual webinar", True), ("marine forum", False)],
)
def test_generic_event(series: str, generic: bool) -> None:
    assert is_generic_event(series) is generic


@pytest.mark.parametrize(
    ("acronym", "name", "expected"),
    [
        ("BSC", "Beijing Society for Circuits", True),
        ("B.S.C.", "Beijing Society for Circuits", True),
        ("UNESCO", "United Nations Educational, Scientific and Cultural Organization", True),
        ("IBM", "Acme Ltd", False),
        ("Circuits", "Beijing Society for Circuits", False),
        ("A", "Acme Atlas", False),
    ],
)
def test_acronyms(acronym: str, name: str, expected: bool) -> None:
    assert is_acronym_of(acronym, name) is expected


@pytest.mark.parametrize(
    ("title", "expected"), [("CEO", True), ("Vice President", True), ("Deputy Mayor", False)]
)
def test_corporate_titles(title: str, expected: bool) -> None:
    assert is_corporate_title(title) is expected


def test_grams_are_single_signs_and_pairs() -> None:
    assert grams("北京大 Lab") == {"北", "京", "大", "北京", "京大"}


@given(st.text())
def test_every_text_has_keys(name: str) -> None:
    assert fold(fold(name)) == fold(fold(fold(name)))
    organisation_block(name)
    person_name(name)
    event_name(name)
    grams(name)


US, OHIO, GEORGIA = frozenset({"US"}), frozenset({"US", "US-OH"}), frozenset({"US", "US-GA"})


@pytest.mark.parametrize(
    ("name", "context", "key"),
    [
        ("Columbus", Context(), "geo:4509177"),
        ("Columbus", Context(beside=GEORGIA), "geo:4188985"),
        ("Columbus", Context(dateline=GEORGIA), "geo:4188985"),
        ("Georgia", Context(), "country:GE"),
        ("Georgia", Context(within=GEORGIA), "state:US-GA"),
        ("Georgia", Context(dateline=US), "state:US-GA"),
        ("New York", Context(named=US), "geo:5128581"),
        ("New York", Context(within=frozenset({"US", "US-NY"})), "state:US-NY"),
        ("Peking", Context(), "geo:1816670"),
        ("北京", Context(), "geo:1816670"),
        ("Sao Paulo", Context(), "geo:3448439"),
        ("Ohio", Context(), "state:US-OH"),
        ("OH", Context(), "state:US-OH"),
        ("Calif.", Context(), "state:US-CA"),
        ("U.K.", Context(), "country:GB"),
        # A town abroad that is called like a state is meant only when it is said.
        ("Arizona", Context(), "state:US-AZ"),
        ("Oregon", Context(dateline=US), "state:US-OR"),
        ("Delaware", Context(dateline=OHIO), "geo:5151891"),
        ("Florida", Context(beside=frozenset({"CU"})), "geo:3558771"),
        # "Lebanon, Jordan and Egypt" is a list of countries, "Lebanon, Tenn." is a town.
        ("Lebanon", Context(beside=frozenset({"JO"})), "country:LB"),
        ("Lebanon", Context(beside=frozenset({"US", "US-TN"})), "geo:4636045"),
        ("Singapore", Context(dateline=frozenset({"SG"})), "country:SG"),
        ("Paris", Context(dateline=US), "geo:2988507"),
        ("Paris", Context(beside=frozenset({"US", "US-TX"})), "geo:4717560"),
        ("Washington", Context(dateline=US), "geo:4140963"),
        ("Scotland", Context(), "state:GB-SCT"),
        ("London", Context(beside=frozenset({"CA", "CA-ON"})), "geo:6058560"),
        ("Ontario", Context(named=frozenset({"CA"})), "state:CA-ON"),
        ("Victoria", Context(dateline=frozenset({"CA", "CA-BC"})), "geo:6174041"),
        ("Victoria", Context(dateline=frozenset({"AU"})), "state:AU-VIC"),
        ("Guangdong", Context(), "state:CN-GD"),
        ("广东", Context(), "state:CN-GD"),
    ],
)
def test_places(name: str, context: Context, key: str) -> None:
    found = choose(name, context)
    assert found is not None
    assert found[0].key == key
    assert found[1]


@pytest.mark.parametrize("name", ["or", "Nowhere-upon-Nothing", ""])
def test_unknown_places(name: str) -> None:
    assert choose(name, Context()) is None
