"""Average the weights of runs that started alike ("model soup", Wortsman et al. 2022).

python -m extract.training.average RUN RUN… --out FOLDER
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch


def average(states: list[dict[str, torch.Tensor]]) -> dict[str, torch.Tensor]:
    """Return the mean of each tensor."""
    return {name: torch.stack([s[name] for s in states]).mean(dim=0) for name in states[0]}


def main() -> None:
    """Parse options, average, write `encoder.pt`."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("runs", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    saved = [torch.load(run / "encoder.pt", map_location="cpu") for run in args.runs]
    about = {**saved[0]["about"], "averaged": [s["about"].get("seed") for s in saved]}
    merged = {part: average([s[part] for s in saved]) for part in ("model", "crf")}
    args.out.mkdir(parents=True, exist_ok=True)
    torch.save({**merged, "about": about}, args.out / "encoder.pt")


if __name__ == "__main__":
    main()
