"""Headers on every answer, and the doors that public mode closes.

Wraps the whole application, so that Datasette's own pages and those of plugins are included.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from .metadata import CLOSED_TABLES, DATABASE
from .site import Site

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Any]]
Send = Callable[[Any], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

#: Scripts come from files of this site only: none stands in a page, none is evaluated from a
#: string. Styles may stand in a page: Vega, Leaflet and Datasette's templates set some.
CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: https://*.tile.openstreetmap.org",
        "connect-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    )
)
SECURITY = (
    (b"content-security-policy", CONTENT_SECURITY_POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"strict-origin-when-cross-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
)
#: A public answer may be kept for a minute, and shown for ten more while a new one is fetched.
PUBLIC_CACHE = b"public, max-age=60, stale-while-revalidate=600"
#: Every answer is asked for again, which the ETag makes cheap.
LOCAL_CACHE = b"no-cache"
#: Static files carry a fingerprint of their content in the address.
STATIC_CACHE = b"public, max-age=31536000, immutable"

#: Pages of Datasette that tell strangers about the machine, or take a login.
CLOSED = (
    "/-/actor", "/-/allow-debug", "/-/auth-token", "/-/databases", "/-/logout", "/-/messages",
    "/-/metadata", "/-/patterns", "/-/permissions", "/-/plugins", "/-/settings", "/-/threads",
    "/-/versions", "/review",
    # Datasette closes these itself; what a plugin writes about them (`.md`) it does not.
    *(f"/{DATABASE}/{table}" for table in CLOSED_TABLES),
)  # fmt: skip
#: The one address that takes POST in public mode: agents ask their questions there.
MCP = "/-/mcp"


def wrapped(app: App, site: Site | None) -> App:
    """Return `app` with the headers; unchanged when no site is configured."""
    if site is None:
        return app

    async def run(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return

        async def send_with_headers(message: Any) -> None:
            if message["type"] == "http.response.start":
                message = dict(message, headers=_headers(message, scope, site))
            await send(message)

        refusal = _refusal(scope) if site.public else None
        if refusal:
            await _plain(send_with_headers, *refusal)
        else:
            await app(scope, receive, send_with_headers)

    return run


def _refusal(scope: Scope) -> tuple[int, str] | None:
    """Status and words for what public mode does not do."""
    path = scope["path"]
    if scope["method"] not in ("GET", "HEAD", "OPTIONS") and path != MCP:
        return 405, "This site is read-only."
    if any(path == door or path.startswith((door + ".", door + "/")) for door in CLOSED):
        return 404, "There is no such page."
    return None


async def _plain(send: Send, status: int, words: str) -> None:
    await send(
        {
            "type": "http.response.start",
            "status": status,
            "headers": [(b"content-type", b"text/plain; charset=utf-8")],
        }
    )
    await send({"type": "http.response.body", "body": words.encode()})


def _headers(message: Any, scope: Scope, site: Site) -> list[tuple[bytes, bytes]]:
    path = scope["path"]
    given = list(message.get("headers", []))
    names = {name.lower() for name, _ in given}
    private = any(n.lower() == b"cache-control" and b"private" in v for n, v in given)
    if not private:
        given = [(name, value) for name, value in given if name.lower() != b"cache-control"]
        if message["status"] >= 400:
            given.append((b"cache-control", LOCAL_CACHE))
        elif _is_static(path, scope):
            given.append((b"cache-control", STATIC_CACHE))
        else:
            given.append((b"cache-control", PUBLIC_CACHE if site.public else LOCAL_CACHE))
    # Cookies are never sent along with an answer to "*", so open data is all that this opens.
    if b"access-control-allow-origin" not in names:
        given.append((b"access-control-allow-origin", b"*"))
    return given + [(name, value) for name, value in SECURITY if name not in names]


def _is_static(path: str, scope: Scope) -> bool:
    if path.startswith(("/-/static-plugins/", "/-/static/", "/-/script/")):
        return True
    return path.startswith("/static/") and scope.get("query_string", b"").startswith(b"v=")
