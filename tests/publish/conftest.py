"""Databases and clients for the tests of the site."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from publish.serve import application

from . import world


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
