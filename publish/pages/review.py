"""The review queue: pairs that may be one thing, and who decides (issue: only with a password)."""

from __future__ import annotations

import sqlite3
from typing import Any

from ..page import Asked, Data, Page


def load(conn: sqlite3.Connection, asked: Asked) -> Data:
    return {}


def actions(site: Any) -> list[tuple[str, Any]]:
    return []


PAGE = Page(name="review", address="/review", example="/review.json", summary="x", load=load)
