"""Choose one of several candidates by the sum of the weights of what is true of it.

    {"in": 1, "trigger": 1, "far": 0.4}  ->  2.1 + 0.9 - 0.5

`weights.json` holds them for each question, learnt by `python -m extract.training.spots`;
a candidate below 0 is less likely than none at all.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

Features = dict[str, float]
Candidate = TypeVar("Candidate")
WEIGHTS = Path(__file__).with_name("weights.json")


@lru_cache(maxsize=1)
def weights() -> dict[str, dict[str, float]]:
    """Return the weight of each feature, for each question ("venue", "place")."""
    table: dict[str, dict[str, float]] = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return table


def total(table: Mapping[str, float], features: Features) -> float:
    """Return the sum of a candidate's weights; features without a weight count nothing."""
    return sum(table.get(name, 0.0) * value for name, value in features.items())


def best(
    table: Mapping[str, float], candidates: Iterable[tuple[Candidate, Features]]
) -> Candidate | None:
    """Return the candidate of the greatest sum, the first of equals; None when all are below 0.

    `table` has the weight of each feature, as `weights()[question]` does.
    """
    scored = [(total(table, features), one) for one, features in candidates]
    top = max(scored, key=lambda pair: pair[0], default=None)
    return top[1] if top is not None and top[0] >= 0 else None
