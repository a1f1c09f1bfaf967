"""Direct quotations and who said them: `doc._.dateline_quotes`."""

from .component import Quotes, quotes

__all__ = ["Quotes", "quotes"]
