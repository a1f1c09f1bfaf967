"""From `Release` to `Extraction`, with spaCy."""
