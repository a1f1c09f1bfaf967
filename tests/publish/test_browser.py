"""The site in a real browser: a reader's way through it, errors, phone widths, accessibility."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from . import world
from .browser import in_chromium, needs_axe, running, serious

pytestmark = in_chromium

PAGES = {
    "home": "/",
    "search": "/-/search?q=Fenwick",
    "release": "/release/1",
    "release with words lit": "/release/1?at=0-12#lit",
    "person": f"/entity/{world.PERSON}",
    "organisation": f"/entity/{world.ORGANISATION}",
    "events": "/events?month=2023-10",
    "event": f"/event/{world.EVENT}",
    "people": "/people",
    "quotes": "/quotes",
    "map": "/map",
    "dashboard": "/dashboard",
    "charts": "/-/dashboards/overview",
    "schema": "/-/schema",
    "review": "/review",
    "api": "/-/api",
    "data": "/dateline",
    "table": "/dateline/mentions",
    "query": "/dateline/search_releases?q=lamp",
    "sql": "/dateline?sql=select+1",
    "missing": "/release/none-such",
}
#: Every page is looked at in the light, these in the dark, too: together they show every colour.
DARK = (
    "home",
    "search",
    "release with words lit",
    "person",
    "events",
    "dashboard",
    "data",
    "table",
)
LOOKS = [(name, "light") for name in PAGES] + [(name, "dark") for name in DARK]


@pytest.fixture(scope="module")
def address(small_db: Path) -> Iterator[str]:
    with running(small_db) as found:
        yield found


def test_from_a_name_to_the_sentence_it_stands_in(page: Any, complaints: list[str]) -> None:
    page.goto("/")
    box = page.get_by_role("combobox")
    box.press_sequentially("lin q")
    page.get_by_role("option", name="Lin Qiaoyun").wait_for()
    box.press("ArrowDown")
    box.press("Enter")
    page.wait_for_url("**/entity/*")
    assert page.get_by_role("heading", level=1).inner_text() == "Lin Qiaoyun"
    page.locator("#said ~ ul a:has(mark)").last.click()
    page.wait_for_url("**/release/*")
    lit = page.locator(".k-lit")
    assert lit.first.inner_text() == "Lin Qiaoyun"
    assert lit.first.is_visible()
    assert complaints == []


def test_a_search_without_script_finds_the_dossier(browser: Any, address: str) -> None:
    context = browser.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()
    page.goto("/")
    page.get_by_role("searchbox").fill("Solheim")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="Ingrid Solheim", exact=True).first.click()
    assert "chief financial officer" in page.inner_text("main")
    page.goto("/release/1")
    page.get_by_label("organisation").uncheck()
    mention = page.locator(".hl.k-organisation").first
    assert mention.evaluate("e => getComputedStyle(e).backgroundColor") == "rgba(0, 0, 0, 0)"
    context.close()


def test_a_fact_lights_up_its_words(page: Any, complaints: list[str]) -> None:
    page.goto("/release/1")
    page.locator("a.fact", has_text="140 exhibitors").click()
    assert page.locator(".hl.lit").all_inner_texts() == ["140 exhibitors"]
    assert "?at=" in page.url
    assert complaints == []


def test_pointing_at_a_name_shows_its_card(page: Any, complaints: list[str]) -> None:
    page.goto("/release/1")
    page.locator("a.hl.k-person", has_text="Lin Qiaoyun").first.hover()
    card = page.get_by_role("tooltip")
    card.wait_for()
    assert "Deputy Mayor" in card.inner_text()
    page.keyboard.press("Escape")
    assert card.count() == 0
    assert complaints == []


def test_events_of_a_month_and_the_way_to_subscribe(page: Any, complaints: list[str]) -> None:
    page.goto("/events")
    page.locator("input[name=month]").fill("2023-10")
    page.get_by_role("button", name="Show").click()
    page.wait_for_url("**month=2023-10**")
    assert "October 2023" in page.get_by_role("heading", level=1).inner_text()
    assert page.locator(".calendar a").count() == 4
    subscribe = page.get_by_role("link", name="Subscribe (.ics)")
    assert page.request.get(subscribe.get_attribute("href")).text().startswith("BEGIN:VCALENDAR")
    assert complaints == []


def test_light_and_dark_are_a_choice_that_stays(page: Any) -> None:
    page.goto("/")
    page.get_by_role("button", name="Light or dark").click()
    page.goto("/people")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"


def test_charts_are_drawn_under_the_policy(page: Any, complaints: list[str]) -> None:
    page.goto("/-/dashboards/overview")
    page.locator("[data-chart] svg").nth(5).wait_for()
    assert complaints == []


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_no_errors_and_fits_a_phone(page: Any, complaints: list[str], name: str) -> None:
    page.goto(PAGES[name])
    page.wait_for_load_state("load")
    page.set_viewport_size({"width": 375, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 375
    # A page that is not there is itself logged as an error by the browser.
    assert [c for c in complaints if "404" not in c] == []


@needs_axe
@pytest.mark.parametrize(("name", "scheme"), LOOKS)
def test_axe_finds_no_serious_violation(page: Any, name: str, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)
    page.goto(PAGES[name])
    assert serious(page) == {}


def test_marks_of_direction_do_not_turn_their_surroundings(page: Any) -> None:
    page.goto("/people")
    order = page.evaluate(
        """() => {
          const link = document.querySelector("main table a");
          link.textContent = "\\u202e evil";
          link.after(" plain");
          const range = document.createRange();
          range.selectNodeContents(link.nextSibling);
          return range.getBoundingClientRect().left >= link.getBoundingClientRect().right - 1;
        }"""
    )
    assert order


def test_a_dossier_prints_without_the_furniture(page: Any) -> None:
    page.goto(f"/entity/{world.PERSON}")
    page.emulate_media(media="print")
    assert not page.locator(".masthead nav").is_visible()
    assert page.get_by_role("heading", level=1).is_visible()
    assert not re.search(r"Subscribe", page.locator("main").inner_text()[:200])
