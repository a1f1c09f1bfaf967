"""The API page and its OpenAPI description, both from the list of pages and `metadata.yml`."""

from __future__ import annotations

import re
import sqlite3

from db.queries import events

from .. import metadata
from ..page import API_VERSION, Asked, Data, Page

#: How each format is served.
MEDIA_TYPES = {
    "json": "application/json; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "atom": "application/atom+xml; charset=utf-8",
    "ics": "text/calendar; charset=utf-8",
    "jsonld": "application/ld+json; charset=utf-8",
}


def pages() -> tuple[Page, ...]:
    """Return all pages. (Imported late: this module is one of them.)"""
    from . import PAGES

    return PAGES


def load(conn: sqlite3.Connection, asked: Asked) -> Data:
    """Pages with addresses, formats and parameters; canned queries with an example each."""
    event = events.first(conn) or 1
    return {
        "pages": [
            {
                "name": page.name,
                "address": address(page),
                "summary": page.summary,
                "formats": list(page.formats),
                "html": page.template is not None,
                "parameters": dict(page.parameters),
                "example": page.example.format(event=event),
            }
            for page in pages()
        ],
        "queries": [
            {
                "name": name,
                "title": query["title"],
                "description": query["description"],
                "example": query["example"],
            }
            for name, query in metadata.canned_queries().items()
        ],
    }


def address(page: Page) -> str:
    """Return the address with named parts in braces.

    >>> from . import entity
    >>> address(entity.PAGE)
    '/entity/{id}'
    """
    if page.name == "home":
        return "/"
    return re.sub(r"\(\?P<(\w+)>[^)]*\)", r"{\1}", page.address)


def openapi(conn: sqlite3.Connection, asked: Asked) -> Data:
    """The description of the JSON interface."""
    paths = {}
    for page in pages():
        path = "/index" if page.name == "home" else address(page)
        for suffix in page.formats:
            paths[f"{path}.{suffix}"] = {"get": _operation(page, suffix, path)}
    for name, query in metadata.canned_queries().items():
        paths[f"/{metadata.DATABASE}/{name}.json"] = {"get": _query(name, query)}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Dateline",
            "version": str(API_VERSION),
            "summary": "Press releases as data: people, organisations, places, dates, events.",
        },
        "servers": [{"url": asked.base or "/"}],
        "paths": paths,
        "components": {"schemas": {"Answer": ANSWER}},
    }


ANSWER = {
    "type": "object",
    "required": ["version", "page", "data"],
    "properties": {
        "version": {"const": API_VERSION, "description": "version of the shapes"},
        "page": {"type": "string", "description": "name of the page"},
        "data": {"type": "object"},
    },
}


def _operation(page: Page, suffix: str, path: str) -> Data:
    parameters: list[Data] = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        for name in re.findall(r"\{(\w+)\}", path)
    ]
    parameters += [
        {"name": name, "in": "query", "description": words, "schema": {"type": "string"}}
        for name, words in page.parameters.items()
    ]
    content: Data = {MEDIA_TYPES[suffix].partition(";")[0]: {}}
    if suffix == "json":
        content = {"application/json": {"schema": {"$ref": "#/components/schemas/Answer"}}}
    return {
        "operationId": f"{page.name}_{suffix}",
        "summary": page.summary,
        "parameters": parameters,
        "responses": {
            "200": {"description": page.summary, "content": content},
            "404": {"description": "There is no such thing."},
        },
    }


def _query(name: str, query: Data) -> Data:
    return {
        "operationId": f"query_{name}",
        "summary": query["title"],
        "description": query["description"],
        "parameters": [
            {"name": parameter, "in": "query", "schema": {"type": "string"}}
            for parameter in query.get("params", [])
        ],
        "responses": {
            "200": {"description": "Columns and rows.", "content": {"application/json": {}}}
        },
    }


PAGE = Page(
    name="api",
    address="/-/api",
    example="/-/api.json",
    summary="This interface: pages, formats, parameters, canned queries with an example each.",
    load=load,
    template="api.html",
    rows=lambda data: data["pages"],
)

OPENAPI = Page(
    name="openapi",
    address="/-/openapi",
    example="/-/openapi.json",
    summary="The same as an OpenAPI 3.1 document.",
    load=openapi,
)
