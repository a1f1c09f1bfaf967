"""What the pages and the command line ask of a database: read-only, plain rows, no state.

Each module answers one page. Every function takes an open `sqlite3.Connection` first and returns
rows as dictionaries, ready for a template or for JSON.
"""
