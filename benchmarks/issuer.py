"""Fit how much each sign of an issuer weighs, on annotated releases.

    python -m benchmarks.issuer GOLD [--check GOLD] [--write]

GOLD holds `ID.json` (annotation with `issuer` and `entities`) and the page `ID.html`. The points
are those of a conditional logit: in each release the right organisation should have most. Prints
the share of releases that are right, cross-validated on GOLD and on the folder to check; `--write`
puts the points into `extract/components/issuer/issuer.yml`.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

import extract
import ingest
from extract.components.issuer import signs as module
from extract.components.issuer.signs import Signs, signs
from extract.pipeline import _doc
from ingest.types import Problem, RawDocument

#: Likeness (0..100) of two names of one organisation, as the scoring has it.
ALIKE = 85
FOLDS, STEPS, RATE = 5, 800, 0.05
#: Pull of each point towards zero: signs that occur seldom are not believed much.
SHRINKAGE = 0.003


@dataclass(frozen=True, slots=True)
class Case:
    """The organisations of one release with their signs, and which are the right one."""

    found: Signs
    right: frozenset[str]


def cases(gold: Path) -> Iterator[Case]:
    """Yield the cases of every annotated release that has an issuer."""
    nlp = extract.load()
    for name in nlp.pipe_names[nlp.pipe_names.index("dateline_quotes") + 1 :]:
        nlp.remove_pipe(name)
    for path in sorted(gold.glob("*.json")):
        ann = json.loads(path.read_text(encoding="utf-8"))
        content = path.with_suffix(".html").read_bytes()
        raw = RawDocument(
            str(path), "text/html", content, hashlib.sha256(content).hexdigest(),
            datetime.now(UTC), "gold",
        )  # fmt: skip
        release = next(iter(ingest.releases(raw)))
        if ann.get("issuer") and not isinstance(release, Problem):
            doc = _doc(nlp, release)
            for _, component in nlp.pipeline:
                doc = component(doc)
            yield case(signs(doc), ann)


def case(found: Signs, ann: dict) -> Case:
    """Return the case of one release: which of the found names the annotation means."""
    entities = {e["name"]: [e["name"], *e.get("surfaces", [])] for e in ann["entities"]}
    names = [name.casefold() for name in entities.get(ann["issuer"], [ann["issuer"]])]
    right = {
        who
        for who in found
        if any(fuzz.token_set_ratio(who.casefold(), name) >= ALIKE for name in names)
    }
    return Case(found, frozenset(right))


def fit(rows: Sequence[Case], keys: Sequence[str]) -> NDArray[np.float64]:
    """Return the points of `keys` (Adam on the conditional logit's likelihood)."""
    tables = [
        (
            np.array([[seen.get(key, 0.0) for key in keys] for seen in row.found.values()]),
            np.array([float(who in row.right) for who in row.found]),
        )
        for row in rows
        if row.right
    ]
    weights, first, second = np.zeros((3, len(keys)))
    for step in range(1, STEPS + 1):
        gradient = SHRINKAGE * weights
        for x, y in tables:
            p = np.exp(x @ weights - np.max(x @ weights))
            p /= p.sum()
            gradient += x.T @ (p - p * y / (p @ y + 1e-12)) / len(tables)
        first = 0.9 * first + 0.1 * gradient
        second = 0.999 * second + 0.001 * gradient**2
        size = np.sqrt(second / (1 - 0.999**step)) + 1e-8
        weights -= RATE * first / (1 - 0.9**step) / size
    return weights


def share(rows: Sequence[Case], keys: Sequence[str], weights: NDArray[np.float64]) -> float:
    """Return the share of releases whose organisation with most points is right."""
    table = dict(zip(keys, weights, strict=True))
    hits = 0
    for row in rows:
        score = {w: sum(table.get(k, 0.0) * v for k, v in s.items()) for w, s in row.found.items()}
        hits += bool(score) and max(score, key=score.__getitem__) in row.right
    return hits / len(rows)


def cross_validated(rows: Sequence[Case], keys: Sequence[str]) -> float:
    """Return the share that is right in folds which the points were not fitted on."""
    parts = [rows[i::FOLDS] for i in range(FOLDS)]
    shares = []
    for i, part in enumerate(parts):
        others = [row for j, rest in enumerate(parts) if j != i for row in rest]
        shares.append(share(part, keys, fit(others, keys)))
    return float(np.mean(shares))


def write(keys: Sequence[str], weights: NDArray[np.float64]) -> None:
    """Replace the points at the end of the component's word list."""
    path = Path(module.__file__).with_name("issuer.yml")
    lines = [f"  {key}: {weight:.2f}" for key, weight in zip(keys, weights, strict=True)]
    text = re.sub(r"\npoints:\n.*", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    path.write_text("\n".join([text, "points:", *lines, ""]), encoding="utf-8")


def main() -> None:
    """Parse options, fit, print, write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("gold", type=Path)
    parser.add_argument("--check", type=Path)
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    rows = list(cases(args.gold))
    keys = sorted({key for row in rows for seen in row.found.values() for key in seen})
    weights = fit(rows, keys)
    print(f"cross-validated {cross_validated(rows, keys):.3f}")
    if args.check:
        print(f"checked on {args.check.name} {share(list(cases(args.check)), keys, weights):.3f}")
    for key, weight in zip(keys, weights, strict=True):
        print(f"  {key:16} {weight:6.2f}")
    if args.write:
        write(keys, weights)


if __name__ == "__main__":
    main()
