"""Pictures drawn as SVG on the server: no script, no network, colours from the style sheet.

Each is decoration over a table with the same figures; the pages show both.
"""

from __future__ import annotations

from .network import network
from .timeline import timeline
from .world import Point, world

__all__ = ["Point", "network", "timeline", "world"]
