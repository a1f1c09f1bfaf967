"""From `Release` to `Extraction`, with spaCy.

    nlp = extract.load()
    for extraction in extract.extract(releases, nlp): ...

Importing this package is cheap: what it offers is imported when it is first asked for.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .errors import ExtractError, ModelMissing
    from .identity import version
    from .pipeline import extract, load, load_for

__all__ = ["ExtractError", "ModelMissing", "extract", "load", "load_for", "version"]

_HOME = {"ExtractError": "errors", "ModelMissing": "errors", "version": "identity"}


def __getattr__(name: str) -> Any:
    # Training shares this package but neither its environment nor what ingest needs.
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(f".{_HOME.get(name, 'pipeline')}", __name__), name)
    globals()[name] = value
    return value
