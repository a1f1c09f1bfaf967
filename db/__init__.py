"""One SQLite file: store, resolve, query."""
