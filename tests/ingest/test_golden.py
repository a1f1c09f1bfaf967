"""The anatomy of each sample is what its golden file says. `make golden` writes them again."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from ..tools.golden import GAPS, GOLDEN, anatomy, expected, golden_path, samples

read = cache(anatomy)


def cases() -> list[Any]:
    """Every field of every sample; a known gap is expected to fail, with its reason."""
    return [
        pytest.param(
            sample,
            field,
            marks=[pytest.mark.xfail(reason=GAPS[sample.name][field], strict=True)]
            if field in GAPS.get(sample.name, {})
            else [],
            id=f"{sample.name}-{field}",
        )
        for sample in samples()
        for field in expected(sample)[0]
    ]


@pytest.mark.parametrize(("sample", "field"), cases())
def test_golden(sample: Path, field: str) -> None:
    assert [entry[field] for entry in read(sample)] == [entry[field] for entry in expected(sample)]


def test_every_golden_file_has_its_sample() -> None:
    assert {path for path in GOLDEN.iterdir() if path.is_file()} == {
        golden_path(path) for path in samples()
    }
