"""ninjs, the news agencies' JSON, versions 1 to 3.

{"uri": …, "headline": …, "body_html": …}                          version 1
{"uri": …, "headlines": [{"role", "value"}], "bodies": […]}        versions 2 and 3
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..errors import NoText
from ..limits import Limits
from ..types import Draft, RawDocument, Witness, WitnessField
from .bodies import body_draft
from .jsons import Json, load, string_at

_KEYS = re.compile(
    rb'"(?:versioncreated|versionCreated|firstcreated|body_xhtml|headlines|bodies|pubstatus|'
    rb'pubStatus|copyrightholder|usageterms|representationtype)"\s*:'
)
STATED: tuple[tuple[WitnessField, tuple[str, ...]], ...] = (
    ("title", ("headline", "name", "title")),
    (
        "published",
        ("contentcreated", "firstcreated", "firstCreated", "versioncreated", "versionCreated"),
    ),
    ("embargo", ("embargoed",)),
    ("language", ("language",)),
    ("author", ("byline", "by")),
    ("wire", ("copyrightholder", "copyrightHolder")),
    ("location", ("located",)),
    ("guid", ("uri",)),
)


def sniff(raw: RawDocument) -> float:
    """.97 when the object has the identifier and two other keys that ninjs alone has."""
    head = raw.content
    if not head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") or b'"uri"' not in head:
        return 0.0
    first_line = head.lstrip().partition(b"\n")
    if first_line[0].rstrip().endswith(b"}") and first_line[2].lstrip().startswith(b"{"):
        return 0.0  # JSON Lines of ninjs objects
    return 0.97 if len(set(_KEYS.findall(head))) >= 1 else 0.0


def parse(raw: RawDocument, limits: Limits) -> Iterator[Draft]:
    data = load(raw.content)
    body = (
        string_at(data, "body_html")
        or string_at(data, "body_xhtml")
        or _valued(data, "bodies", ("html", "xhtml"))
        or string_at(data, "body_text")
        or _valued(data, "bodies")
        or _valued(data, "descriptions")
        or string_at(data, "description_text")
    )
    if not body:
        kind = string_at(data, "type") or "item"
        raise NoText(f"a ninjs {kind} without body text. Nothing to ingest.")
    stated = tuple(_witnesses(data))
    draft = body_draft(body)
    yield Draft(draft.blocks, stated + draft.witnesses, draft.problems)


def _witnesses(data: Json) -> Iterator[Witness]:
    if headline := _valued(data, "headlines", ("main", "headline")):
        yield Witness("title", "ninjs:headlines", headline)
    if subhead := _valued(data, "headlines", ("sub", "subhead", "subtitle"), strict=True):
        yield Witness("subtitle", "ninjs:headlines", subhead)
    for field, keys in STATED:
        for key in keys:
            if value := string_at(data, key):
                yield Witness(field, f"ninjs:{key}", value)
    uri = string_at(data, "uri")
    if uri.startswith(("http://", "https://")):
        yield Witness("url", "ninjs:uri", uri)


def _valued(data: Json, key: str, roles: tuple[str, ...] = (), strict: bool = False) -> str:
    """The value of the first entry with one of `roles`, else (unless strict) of any entry."""
    entries = data.get(key) if isinstance(data, dict) else None
    if not isinstance(entries, list):
        return ""
    by_role: dict[str, str] = {}
    for entry in entries:
        if value := string_at(entry, "value"):
            by_role.setdefault(string_at(entry, "role").lower(), value)
    for role in roles:
        if role in by_role:
            return by_role[role]
    return "" if strict else next(iter(by_role.values()), "")
