"""Which extractor this is: a name that changes when what it finds may change.

    version()                      ->  "encoder-1f0c52a9"
    version(fast=True)             ->  "fast-7be3d410"
    version("en_core_web_md")      ->  "en_core_web_md-c55f02d1"

Stored with every release (`releases.extractor`), so that an upgrade extracts again what an older
one read. Computed from files alone: no spaCy is imported.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from . import languages

PACKAGE = Path(__file__).parent
#: Folders of the package that do not change what is found.
ASIDE = {"training", "__pycache__"}


@lru_cache
def version(model: str | None = None, fast: bool = False) -> str:
    """The name of the extractor that `load(model, fast)` builds.

    Every `Extraction.extractor` it makes begins with it; releases in another language have the
    name of that language's pipeline after a "+".
    """
    digest = hashlib.sha256()
    recogniser = "fast" if fast else "encoder"
    for path in sorted(PACKAGE.rglob("*")):
        inside = path.relative_to(PACKAGE)
        if not path.is_file() or ASIDE & set(inside.parts):
            continue
        if "weights" in inside.parts and (model or not path.stem.startswith(recogniser)):
            continue
        digest.update(str(inside.as_posix()).encode())
        digest.update(path.read_bytes())
    if model:
        digest.update(_model_meta(model))
    return f"{model or recogniser}-{digest.hexdigest()[:8]}"


def _model_meta(model: str) -> bytes:
    """The `meta.json` of an installed pipeline or of a folder: it states name and version."""
    name = model if languages.is_installed(model) else languages.ALIASES.get(model, model)
    found = find_spec(name) if languages.is_installed(name) else None
    folder = Path(found.origin).parent if found and found.origin else Path(model)
    meta = folder / "meta.json"
    return meta.read_bytes() if meta.is_file() else b""
