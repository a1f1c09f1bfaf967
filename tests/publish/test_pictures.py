"""Pictures hold what they are given, stay inside their frame, and are empty without data."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publish.pictures import Point, network, timeline, world
from publish.pictures.ground import GROUND, drawing

MONTHS = st.dictionaries(
    st.builds("{:04}-{:02}".format, st.integers(1, 9999), st.integers(1, 12)),
    st.integers(0, 10**6),
    max_size=30,
)


@given(MONTHS)
def test_a_timeline_is_well_formed_and_inside_its_frame(counts: dict[str, int]) -> None:
    picture = timeline(counts, "Releases & <months>")
    if len(counts) < 2:
        assert not picture
        return
    frame = ElementTree.fromstring(picture)
    for bar in frame.iter("rect"):
        assert 0 <= float(bar.get("x", "")) <= 960
        assert 0 <= float(bar.get("y", "")) <= 140
        assert float(bar.get("height", "")) >= 2


def test_a_timeline_shows_the_gap_between_months() -> None:
    picture = timeline({"2023-09": 2, "2023-12": 1}, "x")
    assert re.findall(r"<title>([^<]*)</title>", picture) == [
        "September 2023: 2",
        "December 2023: 1",
    ]


def companion(ident: int, name: str = "Bo") -> dict[str, object]:
    return {"id": ident, "name": name, "kind": "person", "releases": ident}


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cc"])), max_size=30))
def test_a_network_links_each_companion(names: list[str]) -> None:
    rows = [companion(i + 1, name) for i, name in enumerate(names)]
    picture = network("Lin", rows, [(1, 2, 3)], "x")
    assert picture.count('<a href="/entity/') == min(len(names), 18)


POSITIONS = st.lists(
    st.builds(
        Point,
        st.floats(-90, 90),
        st.floats(-180, 180),
        st.just("A <place>"),
        st.just("/entity/1"),
        st.just("place"),
        st.integers(0, 9999),
    ),
    max_size=20,
)


@given(POSITIONS)
def test_a_map_shows_every_point_inside_its_view(points: list[Point]) -> None:
    picture = world(points, "x")
    if not points:
        assert not picture
        return
    frame = ElementTree.fromstring(picture)
    left, top, width, height = map(float, frame.get("viewBox", "").split())
    circles = list(frame.iter("circle"))
    assert len(circles) == len(points)
    for circle in circles:
        assert left - 0.02 <= float(circle.get("cx", "")) <= left + width + 0.02
        assert top - 0.02 <= float(circle.get("cy", "")) <= top + height + 0.02


def test_a_point_off_the_globe_is_left_out() -> None:
    assert not world([Point(120.0, 500.0, "x", "/entity/1")], "x")


@pytest.mark.parametrize(
    ("positions", "path"),
    [({(1, 2), (3, 2)}, 'd="m1 -2h0m2 0h0"'), (set(), 'd=""')],
)
def test_the_ground_is_drawn_in_relative_moves(positions: set[tuple[int, int]], path: str) -> None:
    assert path in drawing(positions)


def test_the_ground_in_use_is_a_picture_with_its_source_named() -> None:
    words = GROUND.read_text()
    ElementTree.fromstring(words)
    assert "GeoNames" in words
