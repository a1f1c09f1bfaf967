"""The format that docs/add-a-format.md adds, added."""

from __future__ import annotations

import re
import types
from pathlib import Path

import pytest

from ingest import formats, releases
from ingest.formats.members import document
from ingest.types import Release

PAGE = Path(__file__).parents[2] / "docs" / "add-a-format.md"
GEMTEXT = b"""# Halden opens a dock
BERGEN, Norway, November 4, 2025 - Halden Marine Robotics opened a dock today.
=> gemini://halden.example/press Press room
* It is 40 metres long.
"""


def test_the_format_of_the_page_works(monkeypatch: pytest.MonkeyPatch) -> None:
    code, line = re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    gemtext = types.ModuleType("gemtext")
    exec(re.sub(r"^   ", "", code, flags=re.MULTILINE), gemtext.__dict__)
    (entry,) = eval(f"({line.strip()})", {"Format": formats.Format, "gemtext": gemtext})
    monkeypatch.setattr(formats, "FORMATS", (*formats.FORMATS, entry))

    raw = document("news/dock.gmi", GEMTEXT, source="test")
    assert formats.recognise(raw).name == "gemtext"
    (release,) = releases(raw)
    assert isinstance(release, Release)
    assert release.title == "Halden opens a dock"
    assert release.dateline is not None
    assert release.dateline.place == "Bergen, Norway"
    assert "Press room" in release.text
