"""Build the spaCy pipeline that reads releases, and run it.

    load(model, fast)          ->  Language
    extract(releases, nlp)     ->  one Extraction per Release, in the same order

English releases are read by the pipeline given; a release in another language by that language's
own spaCy pipeline when one is installed, else it gets a Problem that says what to install.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.types import Problem, Release

from . import languages
from .errors import ModelMissing
from .extensions import register
from .identity import version
from .types import Extraction

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

CONFIG = Path(__file__).with_name("pipeline.cfg")
BATCH_SIZE = 32  # releases read together
#: What a pipeline of another model is loaded without: nothing here needs tags or parses.
UNUSED = ("tagger", "parser", "senter", "morphologizer", "attribute_ruler", "lemmatizer")
#: Components that also serve a language other than English.
ANY_LANGUAGE = ("dateline_sentences", "dateline_names", "dateline_contacts")


def load(model: str | None = None, fast: bool = False) -> Language:
    """Return the pipeline: the encoder, or with `fast` the small one, or any installed `model`.

    Raises ModelMissing when `model` is not installed or finds no names.
    """
    import spacy

    from .tokens import add_joints

    register()
    if model is not None:
        nlp = _installed(model)
    elif fast:
        nlp = _fast()
    else:
        nlp = spacy.blank("en")
    add_joints(nlp)
    _add_components(nlp, nlp.lang or languages.ENGLISH)
    if model is None and not fast:
        _import_factory("dateline_encoder", "extract.recogniser.component")
        nlp.add_pipe("dateline_encoder", after="dateline_sentences")
    elif nlp.lang == languages.ENGLISH:
        # A cased model; other languages capitalise by rules that this does not know.
        _import_factory("dateline_truecase", "extract.components.truecase")
        nlp.add_pipe("dateline_truecase", before="dateline_names")
    nlp.meta["dateline"] = version(model, fast)
    return nlp


@lru_cache(maxsize=8)
def load_for(language: str) -> Language | None:
    """Return the pipeline for a language other than English, or None when none is installed."""
    name = languages.installed_pipeline(language)
    return load(name) if name else None


def _installed(model: str) -> Language:
    import spacy

    name = model
    if not languages.is_installed(name) and not Path(name).exists():
        name = languages.ALIASES.get(model, model)
    try:
        nlp = spacy.load(name, exclude=list(UNUSED))
    except OSError as error:
        raise ModelMissing(
            model, f"it is not installed; try: python -m spacy download {model}"
        ) from error
    if "ner" not in nlp.pipe_names and "entity_ruler" not in nlp.pipe_names:
        raise ModelMissing(
            model, "it has no component that finds names (ner); take one that has: en_core_web_md"
        )
    return nlp


def _fast() -> Language:
    from .recogniser.fast import load_fast

    return load_fast()


def _add_components(nlp: Language, language: str) -> None:
    """Add the components of pipeline.cfg; the first one goes before any recogniser."""
    from spacy import util

    config = util.load_config(CONFIG)
    for name in config["nlp"]["pipeline"]:
        if language != languages.ENGLISH and name not in ANY_LANGUAGE:
            continue
        block = dict(config["components"][name])
        factory = block.pop("factory")
        if not _import_factory(factory, f"extract.components.{factory.removeprefix('dateline_')}"):
            continue
        before = 0 if name == "dateline_sentences" and nlp.pipe_names else None
        nlp.add_pipe(factory, name=name, config=block, before=before)


def _import_factory(factory: str, module: str) -> bool:
    """Register a factory by importing its module; works without installed entry points."""
    if find_spec(module) is None:
        return False
    import_module(module)
    return True


def extract(
    releases: Iterable[Release], nlp: Language, batch_size: int = BATCH_SIZE
) -> Iterator[Extraction]:
    """Read releases, in the order given. A bad one gives an Extraction with a Problem."""
    stream = iter(releases)
    while batch := list(islice(stream, batch_size)):
        results: dict[int, Extraction] = {}
        groups: dict[str, list[int]] = {}
        for i, release in enumerate(batch):
            groups.setdefault(release.language or languages.ENGLISH, []).append(i)
        for language, members in groups.items():
            chosen = [batch[i] for i in members]
            results.update(zip(members, _read(chosen, language, nlp), strict=True))
        for i in range(len(batch)):
            yield results[i]


def _read(releases: list[Release], language: str, nlp: Language) -> list[Extraction]:
    """Read releases of one language."""
    own = nlp if language in (nlp.lang, languages.ENGLISH) else load_for(language)
    extractor = nlp.meta["dateline"]
    if own is not nlp:
        extractor += f"+{own.meta['dateline'] if own else 'none'}"
    if own is None:
        message = f"no pipeline reads the language {language!r}: {languages.advice(language)}"
        problem = Problem("extract", "language-unreadable", message)
        return [Extraction(r.uid, extractor, problems=(problem,)) for r in releases]
    try:
        docs = [_doc(own, release) for release in releases]
        return [
            _extraction(doc, release, extractor, ())
            for doc, release in zip(own.pipe(docs), releases, strict=True)
        ]
    except Exception:  # one bad document must not lose its neighbours: read them one by one
        return [_read_alone(release, own, extractor) for release in releases]


def _read_alone(release: Release, nlp: Language, extractor: str) -> Extraction:
    """Read one release, leaving out the components that fail on it."""
    problems = []
    try:
        doc = _doc(nlp, release)
    except Exception as error:
        problem = Problem("extract", "unreadable", f"could not be read: {error}", None, release.uri)
        return Extraction(release.uid, extractor, problems=(problem,))
    for name, component in nlp.pipeline:
        try:
            doc = component(doc)
        except Exception as error:
            message = f"{name} failed and was left out: {type(error).__name__}: {error}"
            problems.append(Problem("extract", "component-failed", message, None, release.uri))
    return _extraction(doc, release, extractor, tuple(problems))


def _doc(nlp: Language, release: Release) -> Doc:
    doc = nlp.make_doc(release.text)
    doc._.dateline_release = release
    return doc


def _extraction(
    doc: Doc, release: Release, extractor: str, problems: tuple[Problem, ...]
) -> Extraction:
    kind, reason = doc._.dateline_kind
    return Extraction(
        release.uid,
        extractor,
        doc._.dateline_mentions,
        doc._.dateline_dates,
        doc._.dateline_roles,
        doc._.dateline_quotes,
        doc._.dateline_events,
        doc._.dateline_contacts,
        doc._.dateline_figures,
        problems,
        doc._.dateline_issuer,
        kind,
        reason,
    )
