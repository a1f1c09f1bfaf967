"""From a request to a page and back: what every page has in common.

The database is asked in one of Datasette's threads, within its time limit; the answer is written
as HTML, JSON, CSV, Atom, iCalendar or JSON-LD, with an ETag.
"""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from datetime import date
from typing import Any

from datasette.utils import sqlite_timelimit
from datasette.utils.asgi import Response

from . import llms
from .answers import Answer
from .metadata import DATABASE
from .page import API_VERSION, Asked, Data, Moved, NotFound, Page
from .pages import PAGES
from .pages.api import MEDIA_TYPES
from .site import Site, template_values

#: A page that takes longer is ended, in milliseconds: one reader must not stop the others.
TIME_LIMIT_MS = 5000


def routes(site: Site) -> list[tuple[str, Any]]:
    """All routes of the site, as Datasette takes them."""
    from .pages import review

    return [
        *((page.pattern, _handler(site, page)) for page in PAGES),
        *review.actions(site),
        (r"^/-/script/(?P<name>[0-9a-f]+)\.js$", _script(site)),
        (r"^/llms\.txt$", _llms(site)),
    ]


def _handler(site: Site, page: Page) -> Any:
    async def handle(datasette: Any, request: Any) -> Any:
        asked = _asked(site, datasette, request)
        suffix = request.url_vars.get("format") or ""

        def ask(conn: sqlite3.Connection) -> Answer:
            # Datasette wants its own rows on this thread's connection, `db` plain tuples.
            factory, conn.row_factory = conn.row_factory, None
            try:
                with sqlite_timelimit(conn, TIME_LIMIT_MS):
                    return _answer(site, page, conn, asked, suffix, request)
            finally:
                conn.row_factory = factory

        async def make() -> Answer:
            found: Answer = await datasette.get_database(DATABASE).execute_fn(ask)
            return found

        if page.personal:
            return _response(request, await make())
        key = (request.path, request.query_string, asked.base, asked.today)
        return _response(request, await site.answers(key, make))

    return handle


def _asked(site: Site, datasette: Any, request: Any) -> Asked:
    return Asked(
        parts={name: value for name, value in request.url_vars.items() if value is not None},
        args={name: request.args[name] for name in request.args},
        today=date.today(),
        memo=site.memo,
        public=site.public,
        reviewer=bool(request.actor and request.actor.get("id") == "reviewer"),
        base=datasette.absolute_url(request, "/").rstrip("/"),
    )


def _answer(
    site: Site, page: Page, conn: sqlite3.Connection, asked: Asked, suffix: str, request: Any
) -> Answer:
    """What is sent back: the page, or why there is none."""
    try:
        data = page.load(conn, asked)
    except Moved as moved:
        return Answer(302, "", b"", moved.location + (f".{suffix}" if suffix else ""))
    except NotFound as error:
        return _problem(site, 404, str(error), suffix, request)
    except sqlite3.OperationalError as error:
        if "interrupted" not in str(error):
            raise
        words = "This took too long. Ask for less, for instance a narrower search."
        return _problem(site, 503, words, suffix, request)
    return Answer(200, *_written(site, page, data, asked, suffix, request))


def _written(
    site: Site, page: Page, data: Data, asked: Asked, suffix: str, request: Any
) -> tuple[str, bytes]:
    if suffix == "json":
        whole = data if page.name == "openapi" else _envelope(page, data)
        return MEDIA_TYPES["json"], _json(whole)
    if suffix == "csv" and page.rows:
        return MEDIA_TYPES["csv"], _csv(page.rows(data))
    if suffix == "atom" and page.atom:
        return MEDIA_TYPES["atom"], page.atom(data, asked)
    if suffix == "ics" and page.ics:
        return MEDIA_TYPES["ics"], page.ics(data, asked)
    if suffix == "jsonld" and page.jsonld:
        return MEDIA_TYPES["jsonld"], _json(page.jsonld(data, asked))
    values = {**data, **(page.view(data, asked) if page.view else {})}
    if page.jsonld:
        values["linked"] = page.jsonld(data, asked)
    values |= {"page_name": page.name, "formats": page.formats, "asked": asked}
    values |= {"page_number": asked.page, "reviewer": asked.reviewer}
    if page.name == "review":
        values["csrftoken"] = request.scope["csrftoken"]
    return "text/html; charset=utf-8", _render(site, page.template or "", values, request)


def _render(site: Site, template: str, values: Data, request: Any) -> bytes:
    common = template_values(site, request)
    common |= {"args": {name: request.args[name] for name in request.args}}
    return site.env.get_template(template).render({**common, **values}).encode()


def _envelope(page: Page, data: Data) -> Data:
    return {"version": API_VERSION, "page": page.name, "data": data}


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def _csv(found: list[Data]) -> bytes:
    """Rows as CSV; a nested value is written as JSON."""
    out = io.StringIO()
    names = list(dict.fromkeys(name for entry in found for name in entry))
    writer = csv.DictWriter(out, names)
    writer.writeheader()
    for entry in found:
        writer.writerow(
            {
                name: json.dumps(value, ensure_ascii=False)
                if isinstance(value, list | dict)
                else value
                for name, value in entry.items()
            }
        )
    return out.getvalue().encode("utf-8", "replace")


def _problem(site: Site, status: int, words: str, suffix: str, request: Any) -> Answer:
    if suffix:
        error = {"version": API_VERSION, "error": {"status": status, "message": words}}
        return Answer(status, MEDIA_TYPES["json"], _json(error))
    values = {"status": status, "message": words, "page_name": "problem"}
    body = _render(site, "problem.html", values, request)
    return Answer(status, "text/html; charset=utf-8", body)


def _response(request: Any, answer: Answer) -> Any:
    if answer.location:
        return Response.redirect(answer.location)
    headers = {"etag": answer.tag}
    if answer.status == 200 and answer.tag in request.headers.get("if-none-match", ""):
        return Response(body="", status=304, headers=headers)
    return Response(
        body=answer.body,
        status=answer.status,
        headers=headers,
        content_type=answer.media_type,
    )


def _script(site: Site) -> Any:
    async def handle(request: Any) -> Any:
        script = site.scripts.get(request.url_vars["name"])
        if script is None:
            return Response.text("There is no such script.", status=404)
        return Response(body=script, content_type="text/javascript; charset=utf-8")

    return handle


def _llms(site: Site) -> Any:
    async def handle(request: Any) -> Any:
        return Response.text(llms.text(public=site.public))

    return handle
