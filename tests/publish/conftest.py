"""Databases and clients for the tests of the site."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from publish.serve import application

from . import world
from .browser import chromium


@pytest.fixture(scope="session")
def small_db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three releases. Read only: tests that change it make their own."""
    return world.database(tmp_path_factory.mktemp("small") / "small.db", world.small())


@pytest.fixture(scope="session")
def empty_db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database into which nothing has been read."""
    return world.database(tmp_path_factory.mktemp("empty") / "empty.db")


@pytest.fixture(scope="session")
def site(small_db: Path) -> Any:
    return application(small_db)


@pytest.fixture(scope="session")
def empty_site(empty_db: Path) -> Any:
    return application(empty_db)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as found:
        yield found


@pytest.fixture
def complaints() -> list[str]:
    """What the browser's console said in the test."""
    return []


@pytest.fixture
def page(browser: Any, address: str, complaints: list[str]) -> Iterator[Any]:
    """A window on the site that the module's `address` names."""
    context = browser.new_context(base_url=address, viewport={"width": 1280, "height": 900})
    context.set_default_timeout(20_000)
    found = context.new_page()
    found.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    found.on("pageerror", lambda error: complaints.append(str(error)))
    yield found
    context.close()
