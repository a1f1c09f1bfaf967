"""`/llms.txt`: the site in a few words for language models (llmstxt.org), from what it is made of.

The plugin datasette-llms-txt writes one for any Datasette; this one knows the pages, and in public
mode it does not offer what is closed there.
"""

from __future__ import annotations

from collections.abc import Iterator

from . import metadata
from .page import Page
from .pages import PAGES
from .pages.api import address

#: Tables that a model is told of: facts and things, not the keeper's own records.
TABLES = (
    "releases", "sections", "entities", "aliases", "mentions", "dates", "events", "event_parties",
    "event_evidence", "roles", "quotes", "contacts", "figures", "sources", "clusters",
)  # fmt: skip


def text(*, public: bool) -> str:
    """The whole file, Markdown."""
    return "\n".join(_lines(public)) + "\n"


def _lines(public: bool) -> Iterator[str]:
    yield "# Dateline"
    yield ""
    yield (
        "> Press releases as data: people, organisations, places, venues, dates, events, titles "
        "and quotations, each fact with the words it was read from."
    )
    yield ""
    yield (
        "Read-only, no key, open to other sites (CORS). Every page has a `.json` twin: "
        '`{"version": 1, "page": …, "data": …}`. Facts carry `release_id`, `start_char`, '
        "`end_char`: code points of the release's `text`, the end exclusive. Facts are read by "
        "machine: quote the words, not the fact alone, when it matters. Braces stand for a number."
    )
    yield ""
    yield "## Start here"
    yield ""
    yield "- [OpenAPI](/-/openapi.json): every address, parameter and format"
    yield "- [API](/-/api): the same for people, with an example each"
    yield "- [Data dictionary](/-/schema.json): tables, columns and what they mean"
    yield "- [MCP](/-/mcp): a tool server (streamable HTTP), with the canned queries as tools"
    if not public:
        yield "- [SQL](/dateline.json?sql=select+1&_shape=objects): one SELECT, read-only"
    yield ""
    yield "## Pages"
    yield ""
    for page in PAGES:
        if page.name != "openapi" and not (public and page.personal):
            yield _page(page)
    yield ""
    yield "## Canned queries"
    yield ""
    for query in metadata.canned_queries().values():
        path, mark, parameters = query["example"].partition("?")
        example = f"{path.removesuffix('.atom')}.json{mark}{parameters}"
        example += ("&" if mark else "?") + "_shape=array"
        yield f"- [{query['title']}]({example}): {query['description']}"
    yield ""
    yield "## Tables"
    yield ""
    for name in TABLES:
        described = metadata.tables()[name]["description"]
        yield f"- [{name}](/{metadata.DATABASE}/{name}.json?_shape=objects): {described}"


def _page(page: Page) -> str:
    path = "/index" if page.name == "home" else address(page)
    given = f" Parameters: {', '.join(page.parameters)}." if page.parameters else ""
    others = [name for name in page.formats if name != "json"]
    also = f" Also .{', .'.join(others)}." if others else ""
    return f"- [{page.name}]({path}.json): {page.summary}{given}{also}"
