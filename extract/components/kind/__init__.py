"""The kind of a release, with the reason."""

from .component import Kind, kind

__all__ = ["Kind", "kind"]
