"""The anatomy that each sample should have: `python -m tests.tools.golden` rewrites all of them.

    samples/hmr-tern.md  ->  tests/golden/hmr-tern.md.json

A change in these files is to be read before it is committed: they say what is right.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ingest import releases, sources
from ingest.types import Problem, Release

TESTS = Path(__file__).parents[1]
GOLDEN = TESTS / "golden"
FOLDERS = (TESTS.parent / "samples", TESTS / "ingest" / "releases")
GAPS = json.loads((GOLDEN / "gaps" / "gaps.json").read_text(encoding="utf-8"))
"""What is not yet read as it should be: sample -> field -> why. These fields of the golden files
are corrected by hand and not written again; the test wants them to differ until the gap is closed.
"""
BEGINNING = 60
"""Characters of a section that are kept: enough to see which words it begins with."""


def samples() -> Iterator[Path]:
    for folder in FOLDERS:
        yield from sorted(path for path in folder.iterdir() if path.is_file())


def golden_path(sample: Path) -> Path:
    return GOLDEN / f"{sample.name}.json"


def expected(sample: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(golden_path(sample).read_text(encoding="utf-8"))
    return found


def anatomy(sample: Path) -> list[dict[str, Any]]:
    """What is read from one sample, one entry a release or problem."""
    return [
        {"problem": item.code} if isinstance(item, Problem) else _release(item, sample)
        for raw in sources.documents([str(sample)])
        for item in ([raw] if isinstance(raw, Problem) else releases(raw))
    ]


def _release(release: Release, sample: Path) -> dict[str, Any]:
    line = release.dateline
    return {
        "uri": release.uri.removeprefix(str(sample.parent)).lstrip("/"),
        "url": release.url,
        "title": release.title,
        "subtitle": release.subtitle,
        "published": str(release.published) if release.published else None,
        "language": release.language,
        "issuer": release.issuer,
        "embargo_until": str(release.embargo_until) if release.embargo_until else None,
        "dateline": line
        and {
            "place": line.place,
            "date": str(line.date) if line.date else None,
            "wire": line.wire,
            "year_from": line.year_from,
        },
        "sections": [
            [section.kind, release.text[section.start_char : section.end_char][:BEGINNING]]
            + ([section.organisation] if section.organisation else [])
            for section in release.sections
        ],
    }


def write() -> None:
    for sample in samples():
        found = anatomy(sample)
        for field in GAPS.get(sample.name, ()):
            for entry, right in zip(found, expected(sample), strict=True):
                entry[field] = right[field]
        text = json.dumps(found, ensure_ascii=False, indent=1) + "\n"
        golden_path(sample).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write()
