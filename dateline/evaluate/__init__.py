"""Precision, recall and F1 of a database against releases annotated by hand.

    gold/ID.json  +  releases, mentions, dates, roles, quotes, events, contacts  ->  Report

The measures are defined in `docs/accuracy.md`.
"""

from .report import lines
from .score import Mistake, Report, evaluate

__all__ = ["Mistake", "Report", "evaluate", "lines"]
