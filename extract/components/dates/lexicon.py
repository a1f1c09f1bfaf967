"""The words of the date grammar, read once from lexicon.yml."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from types import SimpleNamespace
from typing import Any

import yaml


def _by_word(table: dict[int, list[str]]) -> dict[str, int]:
    return {word: number for number, words in table.items() for word in words}


@lru_cache(maxsize=1)
def _load() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(
        (files(__package__) / "lexicon.yml").read_text(encoding="utf-8")
    )
    return loaded


def _words() -> SimpleNamespace:
    raw = _load()
    words = SimpleNamespace(**{k: v for k, v in raw.items() if isinstance(v, dict)})
    for name, value in raw.items():
        if isinstance(value, list):
            setattr(words, name, frozenset(map(str, value)))
    words.months = _by_word(raw["months"])
    words.weekdays = _by_word(raw["weekdays"])
    return words


#: Sets of words and tables word -> number, named as in lexicon.yml.
WORDS = _words()
