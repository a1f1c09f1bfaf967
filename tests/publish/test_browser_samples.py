"""What `dateline demo` shows, in a real browser: every main page, and a way through them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from .browser import in_chromium, needs_axe, running, samples, serious

pytestmark = in_chromium

PERSON = "Leila Haddad"
EVENT = "Ocean Survey Days 2025"
EVENT_MONTH = "2025-06"
#: Addresses with the numbers of what the samples name.
PAGES = {
    "home": "/",
    "search": "/-/search?q=Haddad",
    "releases": "/-/search?kind=event",
    "release": "/release/{release}",
    "person": "/entity/{person}",
    "organisation": "/entity/{organisation}",
    "place": "/entity/{place}",
    "venue": "/entity/{venue}",
    "event": "/event/{event}",
    "calendar": "/events?month=" + EVENT_MONTH,
    "events": "/events?q=days",
    "people": "/people",
    "quotes": "/quotes",
    "map": "/map",
    "dashboard": "/dashboard",
    "charts": "/-/dashboards/overview",
    "data dictionary": "/-/schema",
    "review": "/review",
    "API": "/-/api",
    "data": "/dateline",
    "table": "/dateline/releases",
    "row": "/dateline/releases/1",
}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return samples(tmp_path_factory.mktemp("demo") / "demo.db")


@pytest.fixture(scope="module")
def address(demo: Path) -> Iterator[str]:
    with running(demo) as found:
        yield found


@pytest.fixture(scope="module")
def numbers(demo: Path) -> dict[str, int]:
    """Row numbers of a person, the best known of each kind, an event and a release of it."""
    best = "SELECT id FROM entities WHERE kind = ? ORDER BY release_count DESC, id LIMIT 1"
    asked = {
        "person": ("SELECT id FROM entities WHERE kind = 'person' AND name = ?", PERSON),
        "event": ("SELECT id FROM events WHERE name = ?", EVENT),
        "release": (
            "SELECT min(release_id) FROM announcements JOIN events ON events.id = event_id "
            "WHERE events.name = ?",
            EVENT,
        ),
        **{kind: (best, kind) for kind in ("organisation", "place", "venue")},
    }
    with closing(sqlite3.connect(demo)) as conn:
        return {
            name: conn.execute(sql, (value,)).fetchone()[0] for name, (sql, value) in asked.items()
        }


def test_from_a_name_over_its_dossier_to_the_sentence(page: Any, complaints: list[str]) -> None:
    page.goto("/")
    page.get_by_role("combobox").fill("haddad")
    page.keyboard.press("Enter")
    page.wait_for_url("**/-/search?q=haddad")
    page.locator("#names ~ .names").get_by_role("link", name=PERSON, exact=True).click()
    page.wait_for_url("**/entity/*")
    assert page.get_by_role("heading", level=1).inner_text() == PERSON
    mention = page.locator("#said ~ ul a:has(mark)").first
    words = mention.inner_text()
    mention.click()
    page.wait_for_url("**/release/*#lit")
    lit = page.locator(".k-lit").first
    assert lit.inner_text() == words
    box, height = lit.bounding_box(), page.viewport_size["height"]
    assert 0 <= box["y"] < height
    assert lit.evaluate("e => getComputedStyle(e).backgroundColor") != "rgba(0, 0, 0, 0)"
    assert complaints == []


def test_the_events_of_a_month_can_be_subscribed_to(page: Any, complaints: list[str]) -> None:
    page.goto("/events")
    page.locator("input[name=month]").fill(EVENT_MONTH)
    page.get_by_role("button", name="Show").click()
    page.wait_for_url(f"**month={EVENT_MONTH}**")
    assert page.locator(".calendar a", has_text=EVENT).count() == 3
    subscribe = page.get_by_role("link", name="Subscribe (.ics)").get_attribute("href")
    calendar = page.request.get(subscribe).text()
    assert f"SUMMARY:{EVENT}" in calendar
    assert complaints == []


def test_a_release_explains_itself(
    page: Any, complaints: list[str], numbers: dict[str, int]
) -> None:
    page.goto(f"/release/{numbers['release']}")
    venue = page.locator(".hl.k-place").first
    shown = venue.evaluate("e => getComputedStyle(e).backgroundColor")
    page.get_by_label("place", exact=True).uncheck()
    assert venue.evaluate("e => getComputedStyle(e).backgroundColor") != shown
    fact = page.locator("a.fact").first
    fact.click()
    assert page.locator(".hl.lit").count() > 0
    page.locator("a.hl.k-organisation").first.hover()
    page.get_by_role("tooltip").wait_for()
    assert complaints == []


def test_the_first_tab_leads_to_the_content_and_shows_where_it_is(page: Any) -> None:
    page.goto("/people")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    inside = page.evaluate("document.activeElement.closest('main') !== null")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert (inside, outline) == (True, "solid")


@needs_axe
@pytest.mark.parametrize("name", PAGES)
def test_a_page_serves_everyone(
    page: Any, complaints: list[str], numbers: dict[str, int], name: str
) -> None:
    """No error, nothing serious for axe in the light and in the dark, no wider than a phone."""
    page.goto(PAGES[name].format(**numbers))
    page.wait_for_load_state("load")
    assert serious(page) == {}
    page.emulate_media(color_scheme="dark")
    assert serious(page) == {}
    page.set_viewport_size({"width": 375, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 375
    assert complaints == []
