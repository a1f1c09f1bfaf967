"""Ask a site from a test, without an event loop in every test."""

from __future__ import annotations

import asyncio
from typing import Any


def get(site: Any, address: str, **options: Any) -> Any:
    """The site's answer to a GET."""
    return asyncio.run(site.client.get(address, **options))


def post(site: Any, address: str, **options: Any) -> Any:
    """The site's answer to a POST."""
    return asyncio.run(site.client.post(address, **options))
