"""Train the fast recogniser: the `ner` of en_core_web_sm, further on annotated releases.

    python -m extract.training.fast GOLD [GOLD…] --out extract/recogniser/weights

Writes `fast.bin` (the component's bytes). What is not known (see gold.py) is a missing value.
"""

from __future__ import annotations

import argparse
import random
import time
from pathlib import Path

import spacy
from spacy.tokens import Doc
from spacy.training import Example
from spacy.util import filter_spans, fix_random_seed, minibatch

from ..components.sentences import Sentences
from ..recogniser.fast import BASE, UNUSED
from ..tokens import add_joints
from .gold import annotation_spans, gold_files

DROPOUT = 0.2


def reference(nlp, mark: Sentences, ann: dict, shout: bool, rng: random.Random) -> Doc:
    """Return the annotated Doc of a release, its title in capitals when `shout`."""
    doc = nlp.make_doc(ann["text"])
    title = ann["text"].find("\n") if shout else 0
    if title > 0:
        words = [t.text.upper() if t.idx < title else t.text for t in doc]
        spaces = [bool(t.whitespace_) for t in doc]
        doc = Doc(nlp.vocab, words=words, spaces=spaces)
    mark(doc)
    names, unknown = [], []
    for start, end, labels in annotation_spans(ann):
        label = next((x for x in sorted(labels) if x), "")
        if len(labels) > 1:
            label = rng.choice(sorted(labels))
        if ann["text"][start : start + 4].lower() == "the ":
            start += 4
        span = doc.char_span(start, end, label=label)
        # spaCy's recogniser keeps names inside sentences, so one that is not cannot be learnt
        whole = span is not None and not any(t.is_sent_start for t in span[1:])
        if whole and label and not (span[0].is_space or span[-1].is_space):
            names.append(span)
        elif (wide := doc.char_span(start, end, alignment_mode="expand")) is not None:
            unknown.append(wide)
    names = filter_spans(names)
    taken = {i for s in names for i in range(s.start, s.end)}
    unknown = [
        s for s in filter_spans(unknown) if not any(i in taken for i in range(s.start, s.end))
    ]
    doc.set_ents(names, missing=unknown)
    return doc


def main() -> None:
    """Parse options, train, write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--rate", type=float, default=0.001)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    fix_random_seed(args.seed)
    rng = random.Random(args.seed)  # noqa: S311  not for secrets
    nlp = spacy.load(BASE, exclude=list(UNUSED))
    add_joints(nlp)
    mark = Sentences(nlp, "dateline_sentences")
    anns = [ann for folder in args.gold for _, ann in gold_files(folder)]
    optimizer = nlp.resume_training()
    optimizer.learn_rate = args.rate
    began = time.time()
    for epoch in range(args.epochs):
        rng.shuffle(anns)
        losses: dict[str, float] = {}
        optimizer.learn_rate = args.rate * (1 - epoch / args.epochs)
        examples = []
        for ann in anns:
            doc = reference(nlp, mark, ann, rng.random() < 0.2, rng)
            plain = Doc(
                nlp.vocab, words=[t.text for t in doc], spaces=[bool(t.whitespace_) for t in doc]
            )
            examples.append(Example(mark(plain), doc))
        for batch in minibatch(examples, 4):
            nlp.update(batch, sgd=optimizer, drop=DROPOUT, losses=losses)
        print(f"epoch {epoch + 1}: {losses} {time.time() - began:.0f} s", flush=True)
    args.out.mkdir(parents=True, exist_ok=True)
    with nlp.use_params(optimizer.averages):
        (args.out / "fast.bin").write_bytes(nlp.get_pipe("ner").to_bytes())


if __name__ == "__main__":
    main()
