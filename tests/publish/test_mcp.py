"""A tool client of its own talks to the site: what it finds, and what public mode refuses it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from mcp import Client

from publish import metadata

from . import world
from .browser import running
from .test_public import SECRET, embargoed

READING = {
    "execute_canned_query",
    "execute_sql",
    "get_database_schema",
    "list_canned_queries",
    "list_databases",
}


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("mcp") / "full.db"
    return world.database(path, [*world.small(), embargoed()])


@pytest.fixture(scope="module")
def local(full: Path) -> Iterator[str]:
    with running(full) as address:
        yield address + "/-/mcp"


@pytest.fixture(scope="module")
def public(full: Path) -> Iterator[str]:
    with running(full, public=True) as address:
        yield address + "/-/mcp"


def call(address: str, tool: str, **arguments: Any) -> Any:
    """The result of one tool: its structured content, or the words of its refusal."""

    async def run() -> Any:
        async with Client(address) as client:
            return await client.call_tool(tool, arguments)

    result = asyncio.run(run())
    if result.is_error:
        return " ".join(part.text for part in result.content)
    return result.structured_content


def tools(address: str) -> dict[str, Any]:
    async def run() -> dict[str, Any]:
        async with Client(address) as client:
            return {tool.name: tool for tool in (await client.list_tools()).tools}

    return asyncio.run(run())


@pytest.mark.parametrize("mode", ["local", "public"])
def test_an_agent_finds_tools_for_reading(mode: str, request: pytest.FixtureRequest) -> None:
    found = tools(request.getfixturevalue(mode))
    assert set(found) >= READING
    assert all(found[name].annotations.read_only_hint for name in READING)
    assert call(request.getfixturevalue(mode), "list_databases") == {"databases": ["dateline"]}


@pytest.mark.parametrize("mode", ["local", "public"])
def test_an_agent_runs_a_canned_query(mode: str, request: pytest.FixtureRequest) -> None:
    address = request.getfixturevalue(mode)
    queries = call(address, "list_canned_queries")["queries"]
    assert {query["name"] for query in queries} == set(metadata.canned_queries())
    assert not any(query["write"] for query in queries)
    found = call(
        address,
        "execute_canned_query",
        database="dateline",
        query="titles_of_a_person",
        parameters={"person": "Lin"},
    )
    assert found["rows"][0]["title"] == "Deputy Mayor"


def test_locally_an_agent_asks_in_sql_and_writes_nothing(local: str) -> None:
    sql = "SELECT name FROM entities WHERE kind = 'venue'"
    assert call(local, "execute_sql", database="dateline", sql=sql)["rows"] == [
        {"name": world.VENUE}
    ]
    assert "SELECT" in call(local, "execute_sql", database="dateline", sql="DELETE FROM releases")


@pytest.mark.parametrize(
    ("tool", "arguments"),
    [
        pytest.param("execute_sql", {"sql": "SELECT 1"}, id="sql"),
        pytest.param("execute_sql", {"sql": "SELECT content FROM documents"}, id="raw documents"),
        pytest.param("execute_sql", {"sql": "DELETE FROM releases"}, id="writing"),
        pytest.param("execute_sql", {"database": "_internal", "sql": "SELECT 1"}, id="internal"),
        pytest.param("execute_canned_query", {"query": "none such"}, id="unknown query"),
        pytest.param("execute_writable_canned_query", {"query": "feed"}, id="writing query"),
    ],
)
def test_public_mode_refuses_an_agent(public: str, tool: str, arguments: dict[str, str]) -> None:
    refusal = call(public, tool, **{"database": "dateline", **arguments})
    assert isinstance(refusal, str), refusal
    assert refusal


@pytest.mark.parametrize("name", sorted(metadata.canned_queries()))
def test_no_canned_query_tells_an_agent_of_an_embargoed_release(public: str, name: str) -> None:
    parameters = dict.fromkeys(metadata.canned_queries()[name]["params"], SECRET)
    found = call(
        public, "execute_canned_query", database="dateline", query=name, parameters=parameters
    )
    assert isinstance(found, dict), found
    assert SECRET not in str(found["rows"])
