"""The data dictionary: every table and column, from the schema itself and `metadata.yml`."""

from __future__ import annotations

import sqlite3

from db.queries import catalogue

from .. import metadata
from ..page import Asked, Data, Page


def load(conn: sqlite3.Connection, asked: Asked) -> Data:
    """Tables and views with columns, types, keys and descriptions; and the canned queries."""
    described = metadata.tables()
    found = []
    for table in asked.memo("tables", catalogue.tables, conn):
        words = described.get(table["name"], {})
        keys = {key["column"]: key["table"] for key in table["foreign_keys"]}
        found.append(
            {
                "name": table["name"],
                "type": table["type"],
                "description": words.get("description", ""),
                "columns": [
                    column
                    | {
                        "references": keys.get(column["name"]),
                        "description": words.get("columns", {}).get(column["name"], ""),
                    }
                    for column in table["columns"]
                ],
            }
        )
    queries = [
        {"name": name, "title": query["title"], "description": query["description"]}
        for name, query in metadata.canned_queries().items()
    ]
    return {"tables": found, "queries": queries}


PAGE = Page(
    name="schema",
    address="/-/schema",
    example="/-/schema.json",
    summary="The data dictionary: tables, columns, keys, canned queries.",
    load=load,
    template="schema.html",
    rows=lambda data: [
        {"table": table["name"], **column}
        for table in data["tables"]
        for column in table["columns"]
    ],
)
