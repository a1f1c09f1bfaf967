"""Dates: a grammar over the text's pieces, resolved to first and last day.

    lexemes -> grammar (days, periods, relative) -> Form -> calendar -> DateMention

`component.dates` is the pure function, `dateline_dates` the spaCy factory.
"""

from .component import Dates, dates, reference_day

__all__ = ["Dates", "dates", "reference_day"]
