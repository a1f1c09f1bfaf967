"""Where the files that travel with the program lie: in the wheel, or in a checkout."""

from __future__ import annotations

from pathlib import Path

from .errors import DatelineError

PACKAGE = Path(__file__).parent


def samples() -> Path:
    """Return the folder of sample releases."""
    for folder in (PACKAGE / "samples", PACKAGE.parent / "samples"):
        if folder.is_dir():
            return folder
    raise DatelineError(
        "The samples are missing from this installation. Install Dateline again: "
        "pip install --force-reinstall dateline"
    )
