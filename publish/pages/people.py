"""The people directory."""

from __future__ import annotations

import sqlite3
from string import ascii_uppercase

from db.queries import people

from ..page import Asked, Data, Page

SIZE = 60


def load(conn: sqlite3.Connection, asked: Asked) -> Data:
    """People with their latest title, most often named first or by letter."""
    letter = asked.choice("letter", tuple(ascii_uppercase))
    query = asked.text("q")
    found, more = people.directory(
        conn, query=query, letter=letter, limit=SIZE, offset=(asked.page - 1) * SIZE
    )
    return {"query": query, "letter": letter, "page": asked.page, "people": found, "more": more}


PAGE = Page(
    name="people",
    address="/people",
    example="/people.json",
    summary="People with their latest title and organisation.",
    load=load,
    template="people.html",
    parameters={
        "q": "part of a name",
        "letter": "first letter of the name, A to Z",
        "page": f"page of {SIZE} people, from 1",
    },
    rows=lambda data: data["people"],
    view=lambda data, asked: {"letters": ascii_uppercase},
)
