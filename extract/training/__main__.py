"""Train both recognisers and write what the package ships.

    python -m extract.training GOLD [--out FOLDER] [--without-dev]      (`make train`)

GOLD holds `train/` and `dev/`. Steps, each a module of this package that also runs alone:

1. `train` on `train/` with two seeds, `average` of the two: the encoder that is measured on `dev/`
2. `export`, then `calibrate` on `dev/`
3. `train` two epochs more on `train/` and `dev/`, `average` with the former, `export`: what ships
4. `fast` on `train/`

`--without-dev` leaves out step 3, to repeat the figures of docs/accuracy.md.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path

from ..recogniser.encoder import WEIGHTS
from .train import base_files

SEEDS = ("1", "2")
EPOCHS = "5"
FURTHER = ("--epochs", "2", "--rate", "1e-4", "--seed", "3")


def run(step: str, *args: object) -> None:
    """Run one step in a process of its own, so that a crash cannot leave half a model behind."""
    command = [sys.executable, "-m", f"extract.training.{step}", *map(str, args)]
    print("$", " ".join(command[1:]), flush=True)
    subprocess.run(command, check=True)


def main() -> None:
    """Parse options, run the steps."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("gold", type=Path)
    parser.add_argument("--work", type=Path, default=Path("build/training"))
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    parser.add_argument("--without-dev", action="store_true")
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1)
    args = parser.parse_args()
    train, dev, work = args.gold / "train", args.gold / "dev", args.work
    threads = ("--threads", args.threads)
    args.out.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(base_files().tokenizer, args.out / "tokenizer.json")
    seeds = [work / f"seed{seed}" for seed in SEEDS]
    for seed, folder in zip(SEEDS, seeds, strict=True):
        run("train", train, "--out", folder, "--seed", seed, "--epochs", EPOCHS, *threads)
    measured = work / "measured"
    run("average", *seeds, "--out", measured)
    run("export", measured, "--out", args.out)
    if args.out == WEIGHTS:
        run("calibrate", dev)
    if not args.without_dev:
        start = measured / "encoder.pt"
        run("train", train, dev, "--start", start, "--out", work / "further", *FURTHER, *threads)
        run("average", measured, work / "further", "--out", work / "shipped")
        run("export", work / "shipped", "--out", args.out)
    run("fast", train, "--out", args.out)


if __name__ == "__main__":
    main()
