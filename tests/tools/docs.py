"""Write the generated pages of `docs/`: `python -m tests.tools.docs`.

`tests/test_docs.py` fails when a page differs from what is generated here.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from . import api, commands, licences, schema

DOCS = Path(__file__).parent.parent.parent / "docs"

#: File in `docs/` and the function that gives its text.
PAGES: dict[str, Callable[[], str]] = {
    "api.md": api.page,
    "commands.md": commands.page,
    "licences.md": licences.page,
    "schema.md": schema.page,
}


def main() -> None:
    """Write every page that changed, and say which."""
    for name, page in PAGES.items():
        path, text = DOCS / name, page()
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            print(f"wrote docs/{name}")


if __name__ == "__main__":
    main()
