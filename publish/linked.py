"""schema.org data inside a page: what `db.exports.schema_org` gives, safe in a script element."""

from __future__ import annotations

import json
from typing import Any

from markupsafe import Markup


def embedded(value: Any) -> Markup:
    """Return JSON that is safe inside a script element: no tag can begin or end in it."""
    text = json.dumps(value, ensure_ascii=False)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)  # noqa: S704 - nothing in it can leave the element
