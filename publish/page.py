"""What a page is: an address, a function that asks the database, and its shapes.

    address -> Asked -> load(conn, asked) -> data -> HTML | JSON | CSV | Atom | iCalendar

`load` runs in a thread with a read-only connection and returns plain data. That data is the `.json`
twin as it stands and what the template gets, so the two cannot drift apart.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from .memo import Memo

#: Version of the JSON shapes. It rises when a name is taken away or changes its meaning.
API_VERSION = 1
#: Rows of one page of a list.
PAGE_SIZE = 50
#: Deeper pages are refused: an offset costs a walk over everything before it.
MAX_PAGE = 200
MAX_QUERY_CHARS = 300

Data = dict[str, Any]


class NotFound(Exception):
    """There is no such thing; the message says so to the reader."""


class Moved(Exception):
    """The page is at another address of this site."""

    def __init__(self, location: str) -> None:
        super().__init__(location)
        self.location = location


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as a page sees it: parts of the address, parameters, today, and the memo.

    Odd parameters never fail: what cannot be read counts as not given.
    """

    parts: Mapping[str, str]
    args: Mapping[str, str]
    today: date
    memo: Memo
    public: bool = False
    reviewer: bool = False
    base: str = ""  # scheme and host, for feeds: "https://news.example"

    def text(self, name: str) -> str:
        """A parameter as text, white space and NULs trimmed, at most MAX_QUERY_CHARS long."""
        words = self.args.get(name, "").replace("\x00", " ").strip()
        # Lone surrogates come out of broken percent escapes and cannot be bound to a query.
        return words.encode("utf-8", "ignore").decode()[:MAX_QUERY_CHARS]

    def number(self, name: str, default: int = 0, low: int = 0, high: int = 2**31) -> int:
        """A parameter as a whole number between `low` and `high`, else `default`."""
        digits = self.args.get(name, "")
        if not re.fullmatch(r"[0-9]{1,10}", digits):
            return default
        return min(max(int(digits), low), high)

    def day(self, name: str) -> str | None:
        """A parameter as an ISO day, else None."""
        try:
            return date.fromisoformat(self.args.get(name, "")).isoformat()
        except ValueError:
            return None

    def month(self, name: str) -> str | None:
        """A parameter as "YYYY-MM", else None."""
        given = self.args.get(name, "")
        return given if re.fullmatch(r"(?!0000)[0-9]{4}-(0[1-9]|1[0-2])", given) else None

    def choice(self, name: str, choices: Mapping[str, Any] | tuple[str, ...]) -> str:
        """A parameter if it is one of `choices`, else ""."""
        given = self.args.get(name, "")
        return given if given in choices else ""

    @property
    def page(self) -> int:
        """Which page of a list is asked for, from 1."""
        return self.number("page", 1, 1, MAX_PAGE)

    def part(self, name: str) -> str:
        """A part of the address, percent escapes undone."""
        return unquote(self.parts[name], errors="replace").replace("\x00", "")

    def ident(self, name: str = "id") -> int:
        """A part of the address that is a row number."""
        return int(self.parts[name][:18])


Load = Callable[[sqlite3.Connection, Asked], Data]


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the site.

    `address` is a regular expression without the format's suffix; `example` an address that works
    once `{event}` is the number of an event (releases and names begin at 1); `summary` one sentence
    for the API page. `rows` picks the list that `.csv` gives. `atom`, `ics` and `jsonld` write the
    other formats from the same data, `view` adds what only the template needs. A `personal` page
    depends on who asks: its answers are not kept.
    """

    name: str
    address: str
    example: str
    summary: str
    load: Load
    template: str | None = None
    parameters: Mapping[str, str] = field(default_factory=dict)
    rows: Callable[[Data], list[Data]] | None = None
    atom: Callable[[Data, Asked], bytes] | None = None
    ics: Callable[[Data, Asked], bytes] | None = None
    jsonld: Callable[[Data, Asked], Any] | None = None
    view: Callable[[Data, Asked], Data] | None = None
    personal: bool = False

    @property
    def formats(self) -> tuple[str, ...]:
        """Suffixes the page answers to besides HTML."""
        others = {"csv": self.rows, "atom": self.atom, "ics": self.ics, "jsonld": self.jsonld}
        return ("json", *(name for name, writer in others.items() if writer))

    @property
    def pattern(self) -> str:
        """The regular expression of the address with its suffixes."""
        suffix = f"(?:\\.(?P<format>{'|'.join(self.formats)}))" + ("?" if self.template else "")
        return f"^{self.address}{suffix}$"


TEMPLATES = Path(__file__).parent / "templates"
STATIC = Path(__file__).parent / "static"
