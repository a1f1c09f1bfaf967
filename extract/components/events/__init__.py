"""Announced occasions with their days, venue and parties: `doc._.dateline_events`."""

from .component import Events, events

__all__ = ["Events", "events"]
