"""JSON: one object a release, a list of them, or an object that holds such a list.

    {"title": …, "text": … or "html": …, "url": …, "published": …, "language": …}  ->  Draft
    [{…}, {…}] or {"items": [{…}, {…}]}  ->  releases.json!/1, releases.json!/2

json_fields.yml says which fields are read. ninjs and JSON Feed have modules of their own.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import TypeAlias, get_args

import yaml

from ..charset import decode
from ..errors import BrokenDocument, NoText, TooDeep, storable
from ..limits import Limits
from ..types import Draft, Problem, RawDocument, Witness, WitnessField
from .bodies import body_draft
from .members import ORIGIN, TEASER, is_teaser, member

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"

#: Fields under which an answer of a web service lists its releases.
LISTS = ("items", "releases", "articles", "results", "data", "documents", "posts", "hits")

_STARTS_OBJECT = re.compile(rb'(?:\[\s*)?\{\s*"[^"\n]{1,80}"\s*:')
_STARTS_JSON = re.compile(rb'\{\s*["}]|\[\s*[\[{"\]\d]')
#: More than HTML claims for a file merely named or served as such.
OBJECT_SCORE = 0.85
_BOM_AND_SPACE = b"\xef\xbb\xbf \t\r\n"


def sniff(raw: RawDocument) -> float:
    head = raw.content.lstrip(_BOM_AND_SPACE)
    if _STARTS_OBJECT.match(head):
        return OBJECT_SCORE
    return 0.6 if _STARTS_JSON.match(head) else 0.0


def parse(raw: RawDocument, limits: Limits) -> Iterator[RawDocument | Draft | Problem]:
    data = load(raw.content)
    items = data if isinstance(data, list) else _listed(data)
    if items is None:
        yield object_draft(data, origin="json")
        return
    language = string_at(data, "language")
    for number, item in enumerate(items, start=1):
        if isinstance(item, dict):
            yield _item(raw, number, item, language)


def _item(raw: RawDocument, number: int, item: dict[str, Json], language: str) -> RawDocument:
    """One release of a list (a JSON Feed, a web service's answer), named by its identifier."""
    stated = {witness.field: witness.value for witness in witnesses(item, "json")}
    hints = {ORIGIN: "json", "url": stated.get("url", "")}
    if "language" not in stated:
        hints["language"] = language
    if hints["url"].startswith(("http://", "https://")) and is_teaser(_first(item, "body")):
        hints[TEASER] = "yes"
    return member(
        raw,
        stated.get("guid") or stated.get("url") or str(number),
        json.dumps(item, ensure_ascii=False).encode("utf-8", "replace"),
        media_type="application/json",
        hints={field: value for field, value in hints.items() if value},
    )


def load(content: bytes) -> Json:
    """The parsed JSON of a document. Raises BrokenDocument or TooDeep."""
    try:
        parsed: Json = json.loads(decode(content), strict=False)
    except RecursionError as error:
        raise TooDeep(
            "JSON is nested deeper than Python reads. Flatten it to one object a release."
        ) from error
    except ValueError as error:
        raise BrokenDocument(f"is not valid JSON: {error}. Mend it and ingest it again.") from error
    return parsed


def object_draft(data: Json, origin: str) -> Draft:
    """The draft of one release object; raises NoText when no known field holds text."""
    body = _first(data, "body")
    title = _first(data, "title")
    if not body and not title:
        known = ", ".join([*paths()["body"][:3], "text"])
        raise NoText(
            f"JSON without a release's text: no field named {known} or the like. "
            "Name the field that holds the text so."
        )
    stated = witnesses(data, origin)
    url = next((witness.value for witness in stated if witness.field == "url"), None)
    draft = body_draft(body or "", url=url)
    return Draft(draft.blocks, stated + draft.witnesses, draft.problems)


def witnesses(data: Json, origin: str) -> tuple[Witness, ...]:
    """What the object's fields state, one witness a field, origin `json:date_published`."""
    found = []
    for field in get_args(WitnessField):
        for path in paths().get(field, ()):
            if value := string_at(data, path):
                found.append(Witness(field, f"{origin}:{path}", value))
                break
    return tuple(found)


def string_at(data: Json, path: str) -> str:
    """The string, number or joined list of strings at `path`, else an empty string."""
    value = data
    for key in path.split("."):
        value = value.get(key) if isinstance(value, dict) else None
    if isinstance(value, list):
        return ", ".join(part.strip() for part in value if isinstance(part, str))
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return ""
    return storable(str(value)).strip()


@cache
def paths() -> dict[str, list[str]]:
    """The table of json_fields.yml."""
    text = files(__package__).joinpath("json_fields.yml").read_text(encoding="utf-8")
    table: dict[str, list[str]] = yaml.safe_load(text)
    return table


def _first(data: Json, field: str) -> str:
    return next((value for path in paths()[field] if (value := string_at(data, path))), "")


def _listed(data: Json) -> list[Json] | None:
    """The list of releases an object only wraps; an object with text of its own is a release."""
    if not isinstance(data, dict) or _first(data, "body"):
        return None
    for key in LISTS:
        value = data.get(key)
        if isinstance(value, list) and any(isinstance(item, dict) for item in value):
            return value
    return None
