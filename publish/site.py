"""One running site: which file, which mode, its templates and its memory.

serve.application() --> Site --> routes, headers, plugin
"""

from __future__ import annotations

from collections import OrderedDict
from hashlib import blake2b
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup, escape

from . import linked, text
from .answers import STALE_SECONDS, Answers
from .memo import Memo
from .page import STATIC, TEMPLATES

#: What the head lists, in this order.
NAVIGATION = (
    ("/events", "Events"),
    ("/people", "People"),
    ("/quotes", "Quotes"),
    ("/map", "Map"),
    ("/dashboard", "Dashboard"),
    ("/dateline", "Data"),
)
#: A value (a text, a blob) may be this long, in bytes.
MAX_VALUE_BYTES = 200_000_000
MAX_VALUE_BYTES_PUBLIC = 10_000_000
#: Scripts of other plugins kept to be served as files.
MAX_SCRIPTS = 200


class Site:
    """What the hooks need to know of the site they work for."""

    def __init__(
        self,
        path: Path,
        *,
        public: bool = False,
        password: str | None = None,
        stale_seconds: float = STALE_SECONDS,
    ) -> None:
        self.path = path
        self.public = public
        self.password = password
        self.memo = Memo(path)
        self.answers = Answers(path, stale_seconds)
        self.max_value_bytes = MAX_VALUE_BYTES_PUBLIC if public else MAX_VALUE_BYTES
        self.assets = _fingerprint()
        self.scripts: OrderedDict[str, str] = OrderedDict()
        self.env = Environment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=True,
            auto_reload=False,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.dress(self.env)

    @property
    def is_writable(self) -> bool:
        """Can decisions be taken in the review queue?"""
        return self.password is not None and not self.public

    def forget(self) -> None:
        """Compute everything anew: a decision has just changed the data."""
        self.memo.clear()
        self.answers.clear()

    def dress(self, env: Environment) -> None:
        """Give a template environment the site's filters and globals."""
        env.filters |= {
            "day": text.day,
            "number": text.number,
            "plural": text.plural,
            "safe_url": text.safe_url,
            "short_month": text.short_month,
            "snippet": snippet,
            "ld": linked.embedded,
        }
        env.globals |= {
            "days": text.days,
            "ask": text.query,
            "plurals": text.PLURALS,
            "navigation": NAVIGATION,
            "assets": self.assets,
            "public": self.public,
            "writable": self.is_writable,
            "script_url": self.script_url,
            # Datasette renders its error page without the values of `extra_template_vars`.
            "here": "",
            "typed": "",
        }

    def script_url(self, script: str) -> str:
        """Keep another plugin's inline script and return the address it is served at.

        The Content-Security-Policy allows scripts from files of this site only.
        """
        name = blake2b(script.encode(), digest_size=12).hexdigest()
        self.scripts[name] = script
        self.scripts.move_to_end(name)
        if len(self.scripts) > MAX_SCRIPTS:
            self.scripts.popitem(last=False)
        return f"/-/script/{name}.js"


#: The site of each Datasette started by `publish.serve`.
SITES: WeakKeyDictionary[Any, Site] = WeakKeyDictionary()


def snippet(words: str) -> Markup:
    """Escape a search snippet, then mark what stands between U+0002 and U+0003."""
    marked = str(escape(words)).replace("\x02", "<mark>").replace("\x03", "</mark>")
    return Markup(marked)  # noqa: S704 - escaped on the line above


def template_values(site: Site, request: Any) -> dict[str, Any]:
    """What the head of every page needs of the request."""
    path = request.path if request else "/"
    return {"here": path, "typed": request.args.get("q", "") if request else ""}


def _fingerprint() -> str:
    """A short name for the present state of the static files, so that browsers may keep them."""
    digest = blake2b(digest_size=6)
    for file in sorted(STATIC.iterdir()):
        if file.is_file():
            digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()
