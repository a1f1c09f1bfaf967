"""What can go wrong before a page is served."""

from __future__ import annotations


class PublishError(Exception):
    """The site cannot start. The message is one line that says what to do next."""


class PortBusy(PublishError):
    """Another program listens on the address."""
