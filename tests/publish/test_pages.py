"""Every page, in every format, on an empty and a small database, also with odd parameters."""

from __future__ import annotations

import json
from typing import Any
from xml.etree import ElementTree

import pytest

from publish import metadata
from publish.page import API_VERSION, Page
from publish.pages import PAGES

from . import world
from .client import get


def address(page: Page, suffix: str) -> str:
    """The page's example with another suffix ("" is HTML)."""
    path, _, query = page.example.format(event=world.EVENT).partition("?")
    path = path.removesuffix(".json") + (f".{suffix}" if suffix else "")
    if page.name == "home" and not suffix:
        path = "/"
    return path + (f"?{query}" if query else "")


FORMATS = [
    pytest.param(page, suffix, id=f"{page.name}.{suffix or 'html'}")
    for page in PAGES
    for suffix in ([""] if page.template else []) + list(page.formats)
]
#: Pages of one thing, which an empty database does not have.
OF_ONE_THING = {"release", "entity", "card", "event"}


@pytest.mark.parametrize(("page", "suffix"), FORMATS)
def test_a_page_answers_on_the_small_database(site: Any, page: Page, suffix: str) -> None:
    answer = get(site, address(page, suffix))
    assert answer.status_code == 200
    if suffix in ("json", "jsonld"):
        answer.json()
    if suffix == "atom":
        ElementTree.fromstring(answer.content)
    if suffix == "ics":
        assert answer.text.startswith("BEGIN:VCALENDAR")


@pytest.mark.parametrize(("page", "suffix"), FORMATS)
def test_a_page_answers_on_an_empty_database(empty_site: Any, page: Page, suffix: str) -> None:
    answer = get(empty_site, address(page, suffix))
    assert answer.status_code == (404 if page.name in OF_ONE_THING else 200)


@pytest.mark.parametrize("page", [p for p in PAGES if p.name != "openapi"], ids=lambda p: p.name)
def test_the_json_twin_has_the_documented_shape(site: Any, page: Page) -> None:
    answer = get(site, address(page, "json")).json()
    assert set(answer) == {"version", "page", "data"}
    assert answer["version"] == API_VERSION
    assert answer["page"] == page.name


ODD = {
    "q": [
        "",
        " ",
        '"',
        "'",
        "*",
        "a*",
        "(",
        "NEAR(",
        "AND",
        "-",
        "\x00",
        "a" * 5000,
        "🙂",
        "\u202e",
    ],
    "page": ["0", "-1", "99999999999999999999", "x", "1.5"],
    "month": ["2023-13", "0000-01", "9999-12", "0001-01", "2023-1", "x"],
    "since": ["x", "2023-02-30", "9999-12-31", "0001-01-01"],
    "until": ["x", "0001-01-01"],
    "mode": ["x", "in person"],
    "place": ["x", "-1", "99999999999"],
    "letter": ["x", "ZZ", "É", "%"],
    "speaker": ["x", "0", "99999999999"],
    "kind": ["x"],
    "year": ["x"],
    "at": ["x", "5", "9-1", "0-99999999", "-"],
}
ODD_CASES = [
    pytest.param(page, name, value, id=f"{page.name}-{name}-{number}")
    for page in PAGES
    if page.template
    for name in page.parameters
    for number, value in enumerate(ODD.get(name, ["x"]))
]


@pytest.mark.parametrize(("page", "name", "value"), ODD_CASES)
def test_odd_parameters_are_no_error(site: Any, page: Page, name: str, value: str) -> None:
    path = address(page, "").partition("?")[0]
    answer = get(site, path, params={name: value})
    assert answer.status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/release/no-such-thing",
        "/release/99999999",
        "/release/%00",
        "/release/..%2F..%2Fetc%2Fpasswd",
        "/entity/99999999",
        "/entity/99999999999999999999999999",
        "/event/0",
        "/nothing",
        "/-/script/00.js",
    ],
)
def test_what_is_not_there_is_not_found(site: Any, path: str) -> None:
    assert get(site, path).status_code == 404


@pytest.mark.parametrize("path", ["/release/99999999.json", "/entity/99999999.json"])
def test_a_missing_thing_says_so_in_json(site: Any, path: str) -> None:
    answer = get(site, path)
    assert answer.status_code == 404
    assert answer.json()["error"]["status"] == 404


QUERIES = sorted(metadata.canned_queries())


@pytest.mark.parametrize("name", QUERIES)
@pytest.mark.parametrize("suffix", ["", ".json?_shape=array", ".csv"])
def test_a_canned_query_answers(site: Any, empty_site: Any, name: str, suffix: str) -> None:
    for one in (site, empty_site):
        assert get(one, f"/dateline/{name}{suffix}").status_code == 200


@pytest.mark.parametrize("name", QUERIES)
def test_the_example_of_a_canned_query_finds_something(site: Any, name: str) -> None:
    query = metadata.canned_queries()[name]
    answer = get(site, query["example"])
    assert answer.status_code == 200
    if name in ("copies", "what_went_wrong"):  # the small world has neither
        return
    path, _, parameters = query["example"].replace(".atom", "").partition("?")
    rows = get(site, f"{path}.json?{parameters}&_shape=array").json()
    assert rows


@pytest.mark.parametrize("name", [n for n in QUERIES if metadata.canned_queries()[n]["params"]])
@pytest.mark.parametrize("value", ["", " ", '"', "*", "a'b", "x" * 2000, "\u202e", "🙂", "0"])
def test_odd_values_are_no_error_in_a_canned_query(site: Any, name: str, value: str) -> None:
    parameters = dict.fromkeys(metadata.canned_queries()[name]["params"], value)
    assert get(site, f"/dateline/{name}.json", params=parameters).status_code == 200


@pytest.mark.parametrize("name", QUERIES)
def test_a_canned_query_is_documented(name: str) -> None:
    query = metadata.canned_queries()[name]
    assert query["title"]
    assert query["description"]
    assert query["example"].startswith(f"/dateline/{name}")


@pytest.mark.parametrize("table", ["releases", "entities", "quotes"])
def test_a_nonsense_word_finds_nothing_in_a_table(site: Any, table: str) -> None:
    found = get(site, f"/dateline/{table}.json?_search=zzzqqqxxy&_shape=array").json()
    assert found == []


@pytest.mark.parametrize(("table", "word"), [("releases", "lamp"), ("entities", "Fenwick")])
def test_a_word_finds_its_rows_in_a_table(site: Any, table: str, word: str) -> None:
    found = get(site, f"/dateline/{table}.json?_search={word}&_shape=array").json()
    assert 0 < len(found) < 6


def test_the_data_dictionary_describes_every_table_and_column(site: Any) -> None:
    tables = get(site, "/-/schema.json").json()["data"]["tables"]
    undescribed = [t["name"] for t in tables if not t["description"]]
    columns = [
        f"{t['name']}.{c['name']}"
        for t in tables
        if t["type"] == "table"
        for c in t["columns"]
        if not c["description"] and c["name"] not in ("id", "rank", t["name"])
    ]
    assert (undescribed, columns) == ([], [])


@pytest.mark.parametrize(
    "table", [n for n, t in metadata.tables().items() if t.get("label_column")]
)
def test_labels_and_facets_are_columns(site: Any, table: str) -> None:
    described = metadata.tables()[table]
    columns = get(site, f"/dateline/{table}.json?_size=1").json()["columns"]
    assert described["label_column"] in columns
    assert set(described.get("facets", [])) <= set(columns)


def test_the_openapi_document_lists_every_page_and_query(site: Any) -> None:
    paths = get(site, "/-/openapi.json").json()["paths"]
    for page in PAGES:
        assert any(f"{page.name}_json" == p["get"]["operationId"] for p in paths.values())
    for name in QUERIES:
        assert f"/dateline/{name}.json" in paths


def test_every_example_of_the_api_page_works(site: Any) -> None:
    data = get(site, "/-/api.json").json()["data"]
    for example in [entry["example"] for entry in data["pages"] + data["queries"]]:
        assert get(site, example).status_code == 200, example


def test_an_unchanged_page_is_not_sent_twice(site: Any) -> None:
    tag = get(site, "/people").headers["etag"]
    assert get(site, "/people", headers={"if-none-match": tag}).status_code == 304


def test_agents_find_their_entrances(site: Any) -> None:
    assert "dateline" in get(site, "/llms.txt").text
    assert "Disallow: /dateline/" in get(site, "/robots.txt").text


def test_structured_data_cannot_end_its_element(site: Any) -> None:
    text = get(site, "/release/1").text
    block = text.partition('<script type="application/ld+json">')[2].partition("</script>")[0]
    assert json.loads(block)["@type"] == "NewsArticle"


@pytest.mark.parametrize(
    ("path", "name"),
    [
        (f"/event/{world.EVENT}.json", "Harbour Light Week 2023"),
        (f"/entity/{world.PERSON}.json", "Lin Qiaoyun"),
        (f"/entity/{world.ORGANISATION}.json", "Fenwick Lanterns Ltd."),
    ],
)
def test_the_numbers_that_tests_use_are_those_of_the_small_world(
    site: Any, path: str, name: str
) -> None:
    data = get(site, path).json()["data"]
    assert (data.get("event") or data["entity"])["name"] == name


def data(site: Any, path: str) -> Any:
    return get(site, path).json()["data"]


@pytest.mark.parametrize(
    ("query", "title", "passage"),
    [
        ("Lin Qiaoyun", "Deputy Mayor", None),
        ("Agnes Holloway", None, "Contact: Agnes Holloway, Fenwick Lanterns"),
        (world.VENUE, None, "will open on October 9 at the Yongjiang Exhibition Centre"),
    ],
)
def test_a_name_found_has_a_line_of_context(
    site: Any, query: str, title: str | None, passage: str | None
) -> None:
    first = data(site, f"/-/search.json?q={query}")["entities"][0]
    assert (first["title"] or {}).get("title") == title
    found = first["passage"]
    words = found and found["before"] + found["words"] + found["after"]
    assert (passage or "") in (words or "")
    assert (words is None) == (passage is None)


def test_names_of_one_kind_can_be_asked_for(site: Any) -> None:
    found = data(site, "/-/search.json?q=Ningbo&names=organisation")["entities"]
    assert "Ningbo Port Bureau" in [entry["name"] for entry in found]
    assert {entry["kind"] for entry in found} == {"organisation"}


def test_without_words_the_newest_releases_are_listed(site: Any) -> None:
    found = data(site, "/-/search.json")
    assert [entry["id"] for entry in found["releases"]] == [3, 2, 1]
    assert {facet["value"] for facet in found["facets"]["kind"]} == {"event", "appointment"}
    narrowed = data(site, "/-/search.json?kind=appointment&issuer=Fenwick Lanterns Ltd.")
    assert [entry["id"] for entry in narrowed["releases"]] == [2]


@pytest.mark.parametrize("word", ["quay", "QUAY", "ay f", "y"])
def test_events_are_found_by_any_letters_of_their_names(site: Any, word: str) -> None:
    names = [event["name"] for event in data(site, f"/events.json?q={word}")["events"]]
    assert "Quay Forum" in names


def test_a_month_is_turned_page_by_page_but_subscribed_to_whole(site: Any) -> None:
    month = "month=2023-10&page=2"
    shown = data(site, f"/events.json?{month}")
    assert (shown["total"], shown["events"], next(iter(shown["days"]))) == (1, [], "2023-10-09")
    for format in ("csv", "ics", "atom"):
        assert "Harbour Light Week 2023" in get(site, f"/events.{format}?{month}").text


@pytest.mark.parametrize(
    ("path", "links"),
    [
        ("/dateline/mentions/1", ["/entity/", "/release/1", "/release/1?at="]),
        ("/dateline/releases/1", ["/release/1", "/entity/", "/dateline/sources/1"]),
        (f"/dateline/events/{world.EVENT}", [f"/event/{world.EVENT}", "/entity/"]),
        (f"/dateline/entities/{world.PERSON}", [f"/entity/{world.PERSON}"]),
        ("/dateline/name_grams", []),
    ],
)
def test_a_row_leads_to_pages(site: Any, path: str, links: list[str]) -> None:
    answer = get(site, path)
    assert answer.status_code == 200
    for link in links:
        assert f'href="{link}' in answer.text


def test_a_row_names_what_its_keys_mean(site: Any) -> None:
    page = get(site, "/dateline/roles/1").text
    assert f'<a href="/entity/{world.PERSON}">Lin Qiaoyun</a>' in page


@pytest.mark.parametrize(
    ("since", "until", "found"),
    [
        ("2023-10-10", "2023-10-10", ["Harbour Light Week 2023"]),
        ("2023-10-12", "", ["Quay Forum", "Harbour Light Week 2023"]),
        ("2023-10-13", "", ["Quay Forum"]),
        ("", "2023-10-08", []),
    ],
)
def test_events_are_found_on_every_day_they_run(
    site: Any, since: str, until: str, found: list[str]
) -> None:
    listed = data(site, f"/events.json?since={since}&until={until}")["events"]
    assert [event["name"] for event in listed] == found
