"""The dashboard: volume, kinds, sources, places and names, as pictures over tables."""

from __future__ import annotations

import sqlite3

from db.queries import summary

from .. import pictures
from ..page import Asked, Data, Page


def load(conn: sqlite3.Connection, asked: Asked) -> Data:
    """Counts of everything, by month, kind, source and name."""
    return {
        "counts": asked.memo("counts", summary.counts, conn),
        "releases_by_month": asked.memo("by_month", summary.by_month, conn),
        "events_by_month": asked.memo("events_by_month", summary.events_by_month, conn),
        "releases_by_kind": asked.memo("by_kind", summary.by_kind, conn),
        "releases_by_source": asked.memo("by_source", summary.by_source, conn),
        "releases_by_language": asked.memo("by_language", summary.by_language, conn),
        "organisations": summary.top(conn, "organisation"),
        "people": summary.top(conn, "person"),
        "places": summary.top(conn, "place"),
        "rising": asked.memo("rising", summary.rising, conn),
    }


def view(data: Data, asked: Asked) -> Data:
    """The pictures."""
    return {
        "volume": pictures.timeline(data["releases_by_month"], "Releases by month"),
        "occasions": pictures.timeline(data["events_by_month"], "Events by month"),
    }


#: Figures that are a number for each name, in the order of the page.
COUNTED = (
    "counts", "releases_by_month", "events_by_month", "releases_by_kind", "releases_by_source",
    "releases_by_language",
)  # fmt: skip


def rows(data: Data) -> list[Data]:
    """Every count as a row: which figure, of what, how many."""
    return [
        {"figure": figure, "name": name, "number": number}
        for figure in COUNTED
        for name, number in data[figure].items()
    ]


PAGE = Page(
    name="dashboard",
    address="/dashboard",
    example="/dashboard.json",
    summary="Counts by month, kind, source, language and name.",
    load=load,
    template="dashboard.html",
    rows=rows,
    view=view,
)
