"""Fit the scores of mentions on annotated releases that the recogniser was not trained on.

    python -m extract.training.calibrate GOLD

Writes `extract/components/names/data/calibration.json`. A mention is right when its span and kind
are annotated; what overlaps an optional annotation is left out.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np

from ..components.names import calibration
from ..components.names.lists import DATA
from ..pipeline import load
from .gold import gold_files

STEPS = 50  # of Newton's method; it settles within ten


def logistic(certainties: list[float], right: list[bool]) -> list[float]:
    """Return slope and offset of the likeliest logistic map."""
    x = np.array([[calibration.logit(c), 1.0] for c in certainties])
    y = np.array(right, dtype=float)
    weights = np.zeros(2)
    for _ in range(STEPS):
        p = 1 / (1 + np.exp(-x @ weights))
        hessian = (x * (p * (1 - p))[:, None]).T @ x + 1e-6 * np.eye(2)
        weights += np.linalg.solve(hessian, x.T @ (y - p))
    return [round(float(w), 4) for w in weights]


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Leave out a leading "the" and a closing possessive, as the scoring does."""
    if text[start : start + 4].lower() == "the " and end - start > 4:
        start += 4
    if text[end - 2 : end] in ("'s", "’s") and end - start > 2:
        end -= 2
    return start, end


def judged(anns: Iterable[dict]) -> Iterator[tuple[str, float, bool]]:
    """Yield (method, certainty, right) of every mention that can be judged."""
    nlp = load()
    for name in nlp.pipe_names[nlp.pipe_names.index("dateline_names") + 1 :]:
        nlp.remove_pipe(name)
    for ann in anns:
        text = ann["text"]
        kinds, open_ = {}, []
        for start, end, number in ann["mentions"]:
            entity = ann["entities"][number]
            kinds[trimmed(text, start, end)] = {entity["kind"], *entity.get("also", [])}
            if entity.get("optional"):
                open_.append((start, end))
        doc = nlp(text)
        certain = {(e.start_char, e.end_char): e._.dateline_score for e in doc.ents}
        for m in doc._.dateline_mentions:
            if any(a < m.end_char and m.start_char < b for a, b in open_):
                continue
            at = trimmed(text, m.start_char, m.end_char)
            certainty = certain[m.start_char, m.end_char]
            yield m.method, certainty, m.kind in kinds.get(at, ())


def main() -> None:
    """Parse options, fit, write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("gold", type=Path)
    args = parser.parse_args()
    groups: dict[str, list[tuple[float, bool]]] = defaultdict(list)
    for method, certainty, right in judged(ann for _, ann in gold_files(args.gold)):
        groups[method].append((certainty, right))
    table = {}
    for method, rows in sorted(groups.items()):
        if method == calibration.RECOGNISER:
            table[method] = logistic([c for c, _ in rows], [r for _, r in rows])
        else:  # few cases: the share, drawn towards one half (Laplace)
            hits = sum(r for _, r in rows)
            table[method] = [round((hits + 1) / (len(rows) + 2), 3)]
    (DATA / "calibration.json").write_text(json.dumps(table, indent=1) + "\n")
    print(json.dumps(table))


if __name__ == "__main__":
    main()
