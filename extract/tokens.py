"""The tokenizer of every pipeline here: spaCy's English one, with the joints that releases need.

Releases glue words together ("Doe(555", "/24-7PressRelease/", "AUSTIN–(BUSINESS WIRE)–Acme",
"U.S.-based", "DetailsJane"). A name can only be found where a token begins and ends, so the
tokenizer also splits there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language

PREFIXES = (r"--", r"/(?=\w)", r"@(?=\w)", r"[\u200b\ufeff]")
SUFFIXES = (r"--", r"(?<=[A-Za-z])/", r"(?<=\w)-", r"[\u200b\ufeff]", r"[!?\"”“]+")
INFIXES = (
    r"(?<=[A-Za-z])[()](?=\w)",  # Doe(555) 010-0100, (WSOC)The
    r"(?<=\w)[)”\"!][:!]?(?=[A-Z])",  # “now”!Houston
    r"(?<=[\w)])\((?=\w)",
    r"\)[–—-]+",  # (BUSINESS WIRE)–Acme
    r"[–—]+\(?",  # DENVER–(BUSINESS
    r"(?<=[A-Za-z])“(?=\w)",
    r"(?<=\w\.)-(?=[A-Za-z])",  # U.S.-based
    r"(?<=[A-Z]{2})\.(?=[A-Z][a-z]{2})",  # NYSE.About
    r"(?<=[a-z]{4})(?=[A-Z][a-z]{3})",  # DetailsJane; also BlockchainWire, still one name
    r"(?<=[A-Z]{3})(?=[A-Z][a-z]{3})",  # LLCContent
    r"(?<=[a-z]\.)(?=\d{3}|https?:)",  # Inc.310, Corp.https://
)


def add_joints(nlp: Language) -> None:
    """Teach the tokenizer of `nlp` (any language that uses spaCy's own) the joints above."""
    from spacy.tokenizer import Tokenizer
    from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex

    defaults, tokenizer = nlp.Defaults, nlp.tokenizer
    if not isinstance(tokenizer, Tokenizer):
        return  # a tokenizer of another kind (Chinese, Japanese): nothing to add
    prefixes = [*(defaults.prefixes or ()), *PREFIXES]
    suffixes = [*(defaults.suffixes or ()), *SUFFIXES]
    infixes = [*(defaults.infixes or ()), *INFIXES]
    tokenizer.prefix_search = compile_prefix_regex(prefixes).search
    tokenizer.suffix_search = compile_suffix_regex(suffixes).search
    tokenizer.infix_finditer = compile_infix_regex(infixes).finditer
