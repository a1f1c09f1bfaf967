"""The house stands as designed: imports point one way, what exists is documented."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
STAGES = ("ingest", "extract", "db", "publish", "dateline")

#: What each package may import of the others.
ALLOWED = {
    "ingest": set(),
    "extract": {"ingest.types", "ingest.errors"},
    "db": {"ingest.types", "extract.types"},
    "publish": {"db"},
    "dateline": {"ingest", "extract", "db", "publish"},
}

#: Lines from which a module is no longer read in one sitting.
LONG_MODULE = 600


def modules() -> Iterator[Path]:
    for stage in STAGES:
        yield from sorted((ROOT / stage).rglob("*.py"))


def imports(path: Path) -> Iterator[str]:
    """Yield the absolute names that a module imports, also inside functions."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("stage", STAGES)
def test_imports_point_left(stage: str) -> None:
    wrong = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in sorted((ROOT / stage).rglob("*.py"))
        for name in imports(path)
        if name.split(".")[0] in STAGES
        and name.split(".")[0] != stage
        and not any(name == good or name.startswith(good + ".") for good in ALLOWED[stage])
    ]
    assert wrong == []


@pytest.mark.parametrize("stage", STAGES)
def test_imports_within_a_package_are_relative(stage: str) -> None:
    wrong = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in sorted((ROOT / stage).rglob("*.py"))
        for name in imports(path)
        if name.split(".")[0] == stage
    ]
    assert wrong == []


def test_every_module_says_its_place() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path in modules()
        if path.read_text(encoding="utf-8").strip()
        and not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert silent == []


def test_modules_are_read_in_one_sitting() -> None:
    long = {
        str(path.relative_to(ROOT)): length
        for path in modules()
        if (length := len(path.read_text(encoding="utf-8").splitlines())) > LONG_MODULE
    }
    assert long == {}


def test_every_dependency_is_explained() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    page = (ROOT / "docs" / "dependencies.md").read_text().lower()
    names = [re.split(r"[<>=\[ ;]", line)[0] for line in project["dependencies"]]
    # Datasette's plugins share a line: "datasette-atom, -ics".
    missing = [n for n in names if n not in page and n.removeprefix("datasette") not in page]
    assert missing == []


def test_registered_factories_exist() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    factories = project["entry-points"].get("spacy_factories", {})
    assert factories
    for name, target in factories.items():
        module, _, attribute = target.partition(":")
        assert name.startswith("dateline_")
        source = ROOT.joinpath(*module.split(".")).with_suffix(".py").read_text(encoding="utf-8")
        assert f'"{name}"' in source, target
        assert f"class {attribute}" in source, target
