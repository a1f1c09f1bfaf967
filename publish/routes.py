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
from hashlib import blake2b
from typing import Any

from datasette.utils import sqlite_timelimit
from datasette.utils.asgi import Response

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
    ]


def _handler(site: Site, page: Page) -> Any:
    async def handle(datasette: Any, request: Any) -> Any:
        asked = _asked(site, datasette, request)
        suffix = request.url_vars.get("format") or ""

        def ask(conn: sqlite3.Connection) -> tuple[int, str, bytes]:
            # Datasette wants its own rows on this thread's connection, `db` plain tuples.
            factory, conn.row_factory = conn.row_factory, None
            try:
                with sqlite_timelimit(conn, TIME_LIMIT_MS):
                    return _answer(site, page, conn, asked, suffix, request)
            finally:
                conn.row_factory = factory

        try:
            status, media_type, body = await datasette.get_database(DATABASE).execute_fn(ask)
        except Moved as moved:
            return Response.redirect(moved.location + (f".{suffix}" if suffix else ""))
        return _response(request, status, media_type, body)

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
) -> tuple[int, str, bytes]:
    """Status, media type and body of the answer."""
    try:
        data = page.load(conn, asked)
    except NotFound as error:
        return _problem(site, 404, str(error), suffix, request)
    except sqlite3.OperationalError as error:
        if "interrupted" not in str(error):
            raise
        words = "This took too long. Ask for less, for instance a narrower search."
        return _problem(site, 503, words, suffix, request)
    return 200, *_written(site, page, data, asked, suffix, request)


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


def _cell(value: Any) -> Any:
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False)
    return value


def _problem(
    site: Site, status: int, words: str, suffix: str, request: Any
) -> tuple[int, str, bytes]:
    if suffix:
        error = {"version": API_VERSION, "error": {"status": status, "message": words}}
        return status, MEDIA_TYPES["json"], _json(error)
    values = {"status": status, "message": words, "page_name": "problem"}
    return status, "text/html; charset=utf-8", _render(site, "problem.html", values, request)


def _response(request: Any, status: int, media_type: str, body: bytes) -> Any:
    tag = f'"{blake2b(body, digest_size=12).hexdigest()}"'
    headers = {"etag": tag}
    if status == 200 and tag in request.headers.get("if-none-match", ""):
        return Response(body="", status=304, headers=headers)
    return Response(body=body, status=status, headers=headers, content_type=media_type)


def _script(site: Site) -> Any:
    async def handle(request: Any) -> Any:
        script = site.scripts.get(request.url_vars["name"])
        if script is None:
            return Response.text("There is no such script.", status=404)
        return Response(body=script, content_type="text/javascript; charset=utf-8")

    return handle
