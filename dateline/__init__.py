"""Dateline: a news and press-release knowledge base in one SQLite file.

The command line and the entry points; it may import every stage.
"""

__version__ = "0.1.0"
