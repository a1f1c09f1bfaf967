"""From bytes to `Release`: sources, formats and the anatomy of a press release.

First stage of the flow ingest -> extract -> db -> publish.
"""
