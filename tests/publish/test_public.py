"""What strangers may not do or see."""

from __future__ import annotations

import asyncio
import re
import sqlite3
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from db import Stored
from extract.types import Event, Extraction, Mention, Quote
from ingest.types import RawDocument
from publish.headers import CLOSED, CONTENT_SECURITY_POLICY
from publish.pages import PAGES
from publish.serve import application

from . import world
from .client import get, post
from .test_pages import address

SECRET = "Umbra Consolidated"
EMBARGOED = f"""{SECRET} to buy Fenwick Lanterns

WHITBY, England, May 2, 2024 – {SECRET} said it will host the Umbra Gala on 3 May 2031.
“{SECRET} glows in the dark,” said Tobias Fenwick.
"""


def embargoed() -> Stored:
    text = EMBARGOED.rstrip()
    uid = "embargoed"
    start, end = world.span(text, SECRET)
    spoken = f"{SECRET} glows in the dark,"
    return Stored(
        world.release(
            uid,
            text,
            date(2024, 5, 2),
            embargo_until=datetime(2999, 1, 1, tzinfo=UTC),
            source="Umbra Wire",
        ),
        Extraction(
            release_uid=uid,
            extractor="test",
            mentions=(
                Mention("organisation", start, end, SECRET, SECRET, "test", 1.0),
                *world.mentions(text),
            ),
            quotes=(Quote(*world.span(text, spoken), spoken, "Tobias Fenwick", "said"),),
            events=(Event("Umbra Gala", date(2031, 5, 3), date(2031, 5, 3), None, None),),
        ),
        RawDocument(
            uri="embargoed.html",
            media_type="text/html",
            content=EMBARGOED.encode(),
            sha256=uid.ljust(64, "0"),
            fetched_at=datetime(2024, 5, 1, tzinfo=UTC),
            source="Umbra Wire",
        ),
    )


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("public") / "full.db"
    return world.database(path, [*world.small(), embargoed()])


@pytest.fixture(scope="module")
def public(full: Path) -> Any:
    return application(full, public=True)


def test_locally_the_embargoed_release_is_there(full: Path) -> None:
    assert SECRET in get(application(full), "/-/search?q=Umbra").text


EVERYWHERE = [
    *(address(page, suffix) for page in PAGES for suffix in page.formats),
    *(address(page, "") for page in PAGES if page.template),
    "/-/search.json?q=Umbra",
    "/-/search.json?q=glows",
    "/-/suggest.json?q=Umb",
    "/release/embargoed.json",
    "/events.json?month=2031-05",
    "/events.json?q=Gala",
    "/quotes.json?q=glows",
    "/dateline/releases.json?_shape=array",
    "/dateline/releases.csv?_stream=on",
    "/dateline/releases.json?_search=Umbra",
    "/dateline/entities.json?_shape=array",
    "/dateline/entities.json?_search=Umbra",
    "/dateline/sources.json?_shape=array",
    "/dateline/mentions.json?_shape=array",
    "/dateline/quotes.json?_shape=array",
    "/dateline/events.json?_shape=array",
    "/dateline/aliases.json?_shape=array",
    "/dateline/identities.json?_shape=array",
    "/dateline/appearances.json?_shape=array",
    "/dateline/sections.json?_shape=array",
    "/dateline/announcements.json?_shape=array",
    "/dateline/event_calendar.json?_shape=array",
    "/dateline/quotations.json?_shape=array",
    "/dateline/releases_fts.json?_shape=array",
    "/dateline/entities_fts.json?_shape=array",
    "/dateline/quotes_fts.json?_shape=array",
    "/dateline/problems.json?_shape=array",
    "/dateline/feed.atom",
    "/dateline/search_releases.json?q=Umbra",
    "/llms.txt",
    "/dateline/releases.md",
]


@pytest.mark.parametrize("path", EVERYWHERE)
def test_an_embargoed_release_is_absent_everywhere(public: Any, path: str) -> None:
    answer = get(public, path)
    assert answer.status_code in (200, 403, 404)
    shown = answer.text.replace("q=Umbra", "").replace("“Umbra”", "")
    assert SECRET not in shown
    assert "Umbra Gala" not in shown
    assert "glows in the dark" not in shown


def test_counts_do_not_betray_it(public: Any) -> None:
    counts = get(public, "/dashboard.json").json()["data"]["counts"]
    assert counts["releases"] == 3
    assert (
        get(public, "/dashboard.json").json()["data"]["releases_by_source"].get("Umbra Wire")
        is None
    )


@pytest.mark.parametrize(
    "path",
    [
        "/dateline?sql=select+1",
        "/dateline.json?sql=select+randomblob(900000000)",
        "/dateline.csv?sql=select+1",
        "/dateline.atom?sql=select+1",
        "/dateline.ics?sql=select+1",
        "/dateline/releases.json?_where=1=1",
        "/_internal.json?sql=select+1",
    ],
)
def test_arbitrary_sql_is_closed(public: Any, path: str) -> None:
    assert get(public, path).status_code == 403


@pytest.mark.parametrize(
    "path",
    [
        "/dateline/documents",
        "/dateline/documents.json",
        "/dateline/documents.md",
        "/dateline/documents/1.blob?_blob_column=content",
        "/dateline/judgements.md",
        "/dateline/sqlite_sequence.json",
        "/dateline/releases_fts_data.json",
        "/dateline/releases.json?_through="
        '{"table":"documents","column":"media_type","value":"text/html"}',
        "/dateline.db",
    ],
)
def test_raw_documents_and_the_file_are_closed(public: Any, path: str) -> None:
    assert get(public, path).status_code in (403, 404)


@pytest.mark.parametrize("path", [door for door in CLOSED if door != "/review"])
def test_pages_about_the_machine_are_closed(public: Any, path: str) -> None:
    assert get(public, path).status_code == 404
    assert get(public, f"{path}.json").status_code == 404


@pytest.mark.parametrize("path", ["/", "/dateline/releases", "/-/search", "/-/messages"])
def test_nothing_takes_a_post(public: Any, path: str) -> None:
    assert post(public, path, data={"a": "b"}).status_code == 405


def test_no_value_outgrows_the_limit(full: Path) -> None:
    site = application(full, public=True)

    def blow(conn: sqlite3.Connection) -> None:
        conn.execute("SELECT length(randomblob(900000000))").fetchone()

    with pytest.raises(sqlite3.DataError):
        asyncio.run(site.get_database("dateline").execute_fn(blow))


PAGES_OF_ALL_KINDS = [
    "/",
    "/release/1",
    "/dateline",
    "/dateline/releases",
    "/dateline/places_map",
    "/-/dashboards/overview",
    "/-/schema",
    "/nothing",
    "/people.json",
    "/static/site.css",
    "/-/static/app.css",
    "/robots.txt",
    "/dateline/releases.json",
]


@pytest.mark.parametrize("path", PAGES_OF_ALL_KINDS)
def test_every_answer_carries_the_policy(public: Any, path: str) -> None:
    headers = get(public, path).headers
    assert headers["content-security-policy"] == CONTENT_SECURITY_POLICY
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["access-control-allow-origin"] == "*"
    assert (
        "'unsafe-inline'"
        not in CONTENT_SECURITY_POLICY.partition("script-src")[2].partition(";")[0]
    )


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/release/1",
        "/dateline",
        "/dateline/releases",
        "/dateline/entities",
        "/dateline/releases/1",
        "/dateline/search_releases?q=lamp",
        "/-/dashboards",
        "/-/dashboards/overview",
        "/-/dashboards/overview/volume",
    ],
)
def test_no_script_stands_in_a_page(site: Any, path: str) -> None:
    for attributes, body in re.findall(
        r"<script([^>]*)>(.*?)</script>", get(site, path).text, re.S
    ):
        if 'type="application/' in attributes:
            continue
        assert "src=" in attributes
        assert not body.strip()


def test_public_answers_may_be_kept_and_local_ones_are_checked(public: Any, site: Any) -> None:
    assert "max-age=60" in get(public, "/people").headers["cache-control"]
    assert get(site, "/people").headers["cache-control"] == "no-cache"
    assert "immutable" in get(site, "/static/site.css?v=1").headers["cache-control"]


def test_a_script_of_another_plugin_is_served_as_a_file(site: Any) -> None:
    page = get(site, "/dateline/places_map").text
    found = re.search(r'src="(/-/script/[0-9a-f]+\.js)"', page)
    assert found
    assert "DATASETTE_CLUSTER_MAP" in get(site, found[1]).text
