"""Turn a rule and a recogniser's certainty into how often such a mention is right.

    ("recogniser", 0.93)  ->  0.84

Fitted on annotated releases by `extract.training.calibrate`; `data/calibration.json` holds, for
names as recognised, slope and offset of a logistic map (Platt 1999), and for each rule the share
of its mentions that were right.
"""

from __future__ import annotations

import json
from functools import lru_cache
from math import exp, log

from .lists import DATA

RECOGNISER = "recogniser"
EDGE = 1e-4  # certainties nearer to 0 or 1 than this say no more


@lru_cache
def _table() -> dict[str, list[float]]:
    table: dict[str, list[float]] = json.loads((DATA / "calibration.json").read_text())
    return table


def logit(certainty: float) -> float:
    """Return the log-odds of a certainty, kept finite."""
    p = min(max(certainty, EDGE), 1 - EDGE)
    return log(p / (1 - p))


def calibrated(method: str, certainty: float) -> float:
    """Return the probability that a mention of this origin is right."""
    row = _table().get(method) or _table()[RECOGNISER]
    if len(row) == 1:
        return row[0]
    slope, offset = row
    return round(1 / (1 + exp(-(slope * logit(certainty) + offset))), 3)
