"""`docs/api.md`: pages, parameters, formats and shapes, from the table of pages and its answers.

The shapes are read off the answers for the small world of the tests, so they cannot be out of date.
"""

from __future__ import annotations

import asyncio
import warnings
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from publish import metadata
from publish.page import API_VERSION, Page
from publish.pages import PAGES
from publish.pages.api import address
from tests.publish import world

#: Mappings whose names are data (months, kinds, roles), not part of the shape.
DATA_KEYS = {
    "counts", "releases_by_month", "events_by_month", "releases_by_kind", "releases_by_source",
    "releases_by_language", "months", "parties", "evidence",
}  # fmt: skip
#: Long documents of their own shape.
NOT_SPELLED_OUT = {"openapi", "api", "schema"}

HEAD = f"""# JSON and other formats

Every page of the site has a twin for scripts: put `.json` behind its address. The answer is
`{{"version": {API_VERSION}, "page": NAME, "data": …}}`; `version` rises when a name is taken away or changes its
meaning, new names may come at any time. An error is
`{{"version": {API_VERSION}, "error": {{"status": 404, "message": …}}}}`. Parameters that cannot be read count as not given.
Offsets are 0-based, end-exclusive Unicode code points into the release's text. Days are ISO 8601. Any
value may be null where nothing was read.

The same as a machine reads it: `/-/openapi.json`. Answers carry an ETag and may be used from other
sites (CORS). Agents find `/llms.txt` and MCP at `/-/mcp`.

*Written by `make docs` from the pages themselves.*
"""


def page() -> str:
    """Return the text of docs/api.md."""
    answers = asyncio.run(_answers())
    parts = [HEAD, "## Pages\n"]
    parts += [_page(one, answers.get(one.name)) for one in PAGES]
    parts.append("## Canned queries\n")
    parts.append(
        "Questions that people ask, answered by SQL in `metadata.yml`. Each is a page, and with\n"
        "`.json?_shape=array` or `.csv` behind its name plain rows.\n"
    )
    for name, query in metadata.canned_queries().items():
        parts.append(
            f"### `{name}`\n\n{query['title']}. {query['description']}\n\n"
            f"Example: `{query['example']}`\n"
        )
    return "\n".join(parts).rstrip() + "\n"


def _page(one: Page, data: Any) -> str:
    lines = [f"### `{address(one)}`", "", one.summary, ""]
    formats = (["HTML"] if one.template else []) + [f"`.{name}`" for name in one.formats]
    lines += [f"Formats: {', '.join(formats)}. Example: `{one.example.format(event=1)}`", ""]
    if one.parameters:
        lines += ["| parameter | meaning |", "|---|---|"]
        lines += [f"| `{name}` | {words} |" for name, words in one.parameters.items()] + [""]
    if data is not None and one.name not in NOT_SPELLED_OUT:
        lines += ["```", *_shape(data), "```", ""]
    return "\n".join(lines)


async def _answers() -> dict[str, Any]:
    """The data of every page for its example."""
    from publish.serve import application

    with TemporaryDirectory() as folder, warnings.catch_warnings():
        # Datasette leaves its connections to the garbage collector.
        warnings.simplefilter("ignore", ResourceWarning)
        site = application(world.database(Path(folder) / "small.db", world.small()))
        found = {}
        for one in PAGES:
            example = EXAMPLES.get(one.name, one.example)
            answer = await site.client.get(example)
            found[one.name] = answer.json().get("data")
        return found


#: Addresses whose answers show the whole shape, where the page's own example does not.
EXAMPLES = {
    "search": "/-/search.json?q=Fenwick",
    "suggest": "/-/suggest.json?q=Fen",
    "entity": f"/entity/{world.PERSON}.json",
    "card": f"/entity/{world.PERSON}/card.json",
    "event": f"/event/{world.EVENT}.json",
    "events": "/events.json?month=2023-10",
    "quotes": "/quotes.json",
}


def _shape(value: Any, indent: int = 0) -> list[str]:
    """The names of a nested answer, one a line, with what stands behind each."""
    lines = []
    for name, inner in value.items():
        pad = "  " * indent + name
        if isinstance(inner, dict) and name in DATA_KEYS:
            example = next(iter(inner.values()), 0)
            lines.append(f"{pad}: names to {_kind(example)}")
            if isinstance(example, list) and example and isinstance(example[0], dict):
                lines += _shape(example[0], indent + 1)
        elif isinstance(inner, dict):
            lines += [pad, *_shape(inner, indent + 1)]
        elif isinstance(inner, list) and inner and isinstance(inner[0], dict):
            lines += [f"{pad}: list of", *_shape(_fullest(inner), indent + 1)]
        else:
            lines.append(f"{pad}: {_kind(inner)}")
    return lines


def _fullest(entries: list[dict[str, Any]]) -> dict[str, Any]:
    """Of several entries the values that say most, so that a null in the first hides nothing."""
    merged: dict[str, Any] = {}
    for entry in entries:
        for name, value in entry.items():
            if merged.get(name) in (None, [], {}):
                merged[name] = value
    return merged


def _kind(value: Any) -> str:
    if value is None:
        return "text or null"
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, int | float):
        return "number"
    if isinstance(value, list):
        return "list"
    return "text" if isinstance(value, str) else "object"
