"""Let a Doc with this project's values travel: `nlp.pipe(n_process=2)`, `DocBin`, `doc.to_bytes()`.

spaCy packs the values of extensions with msgpack, which knows neither dataclasses nor dates. A
value becomes {"__dateline__": [type, field, …]}; only the types of `extract.types` are made again,
so that bytes from a stranger cannot build anything else. msgpack returns tuples as lists: a
value's own tuples are restored, the outermost one (`doc._.dateline_mentions`) is a list then.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from . import types

MARK = "__dateline__"
KNOWN = {
    name: value
    for name, value in vars(types).items()
    if isinstance(value, type) and is_dataclass(value) and value.__module__ == types.__name__
}


def encode(value: Any, chain: Callable[[Any], Any] | None = None) -> Any:
    """Return a known value as what msgpack can pack; leave anything else to the next encoder."""
    name = type(value).__name__
    if KNOWN.get(name) is type(value):
        return {MARK: [name, *(getattr(value, field.name) for field in fields(value))]}
    if type(value) is date:
        return {MARK: ["date", value.isoformat()]}
    if type(value).__module__.startswith(f"{__package__}."):
        return None  # what a component remembers for itself: it is made anew on the other side
    return value if chain is None else chain(value)


def decode(value: Any, chain: Callable[[Any], Any] | None = None) -> Any:
    """Return the value that `encode` packed."""
    if isinstance(value, dict) and MARK in value:
        name, *parts = value[MARK]
        if name == "date":
            return date.fromisoformat(parts[0])
        return KNOWN[name](*(tuple(p) if isinstance(p, list) else p for p in parts))
    return value if chain is None else chain(value)


def register() -> None:
    """Make the encoder and decoder known to spaCy's msgpack; harmless when called again."""
    import srsly  # type: ignore[import-untyped]

    srsly.msgpack_encoders.register("dateline", func=encode)
    srsly.msgpack_decoders.register("dateline", func=decode)
