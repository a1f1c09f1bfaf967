"""The real pipeline as runs build it."""

from __future__ import annotations

import subprocess
import sys

import pytest

import extract
from dateline.engine.work import Pipeline


@pytest.mark.parametrize(("model", "fast"), [(None, True), ("en_core_web_sm", False)])
def test_an_extractor_is_known_before_it_is_loaded(model: str | None, fast: bool) -> None:
    assert extract.load(model, fast=fast).meta["dateline"] == Pipeline(model, fast).extractor()


def test_recognisers_have_names_of_their_own() -> None:
    names = {extract.version(), extract.version(fast=True), extract.version("en_core_web_sm")}
    assert len(names) == 3


@pytest.mark.parametrize(
    "statement",
    [
        "import dateline.cli",
        "import dateline.engine",
        "import extract; extract.version()",
        "import db",
        "import ingest.types",
    ],
)
def test_what_a_quick_command_imports_is_light(statement: str) -> None:
    heavy = ["spacy", "onnxruntime", "trafilatura", "datasette", "distributed", "pyarrow"]
    code = f"import sys; {statement}; print([m for m in {heavy} if m in sys.modules])"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
