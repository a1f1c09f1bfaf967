"""The only module that opens a connection: one address in, its bytes out, politely and safely.

    Fetcher().get("https://halden.example/news/41")  ->  Fetched

Only http and https. A host's addresses are looked up once, every one of them checked, and the
connection is made to a checked address, so that a second look-up cannot point elsewhere; the same
for every redirect. robots.txt, a delay per host, Retry-After and back-off are kept to.
"""

from __future__ import annotations

import asyncio
import email.utils
import ipaddress
import re
import socket
import ssl
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from typing import Any
from urllib.parse import urlsplit

import httpx

from .errors import (
    FetchError,
    FetchRefused,
    FetchTooLarge,
    FetchTooSlow,
    HttpStatus,
    RobotsDisallow,
)
from .limits import DEFAULT_LIMITS, Limits, megabytes

#: Seconds between two requests to one host, unless its robots.txt asks for more.
DELAY = 1.0
#: Seconds a run waits for one host; asked for more, it gives up and says so.
MAX_WAIT = 60.0
ATTEMPTS = 3
#: For one connect or read; `Limits.fetch_seconds` bounds all of them together.
OPERATION_SECONDS = 10.0
ROBOTS_BYTES = 500_000
ROBOTS_SECONDS = 24 * 3600.0
REDIRECTS = (301, 302, 303, 307, 308)
NAT64 = ipaddress.ip_network("64:ff9b::/96")
ACCEPT = "text/html,application/xhtml+xml,application/xml,application/json,*/*;q=0.5"


def user_agent() -> str:
    """Who asks, honestly: no browser's name in it."""
    try:
        return f"dateline/{version('dateline')} (press release reader)"
    except PackageNotFoundError:
        return "dateline (press release reader)"


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer. `url` is the address after redirects; `not_modified` ones have no content."""

    url: str
    content: bytes
    media_type: str | None
    etag: str | None
    last_modified: str | None
    fetched_at: datetime
    not_modified: bool = False


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    headers: httpx.Headers
    content: bytes


class Fetcher:
    """Fetches one address at a time. `allow_hosts` names hosts of private networks to allow."""

    def __init__(
        self,
        *,
        limits: Limits = DEFAULT_LIMITS,
        allow_hosts: Sequence[str] = (),
        delay: float = DELAY,
        attempts: int = ATTEMPTS,
        agent: str | None = None,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.limits = limits
        self.allow_hosts = frozenset(host.lower().strip("[]") for host in allow_hosts)
        self.delay = delay
        self.attempts = attempts
        self.agent = agent or user_agent()
        self.sleep = sleep
        self.clock = clock
        self._last_request: dict[str, float] = {}
        self._robots: dict[str, tuple[float, Any]] = {}
        self._tls: ssl.SSLContext | None = None

    def get(
        self, url: str, *, etag: str | None = None, last_modified: str | None = None
    ) -> Fetched:
        """The document at `url`. Raises FetchError; transient failures are tried again.

        With `etag` or `last_modified` of an earlier answer, an unchanged document comes back as
        `not_modified`.
        """
        conditions = {}
        if etag:
            conditions["If-None-Match"] = etag
        if last_modified:
            conditions["If-Modified-Since"] = last_modified
        for attempt in range(1, self.attempts + 1):
            try:
                return self._follow(url, conditions, robots=True)
            except FetchError as error:
                wait = error.retry_after or float(2 ** (attempt - 1))
                if not error.transient or attempt == self.attempts or wait > MAX_WAIT:
                    raise
                self.sleep(wait)
        raise AssertionError("unreachable: the last attempt returns or raises")

    def _follow(self, url: str, conditions: dict[str, str], *, robots: bool) -> Fetched:
        """One attempt, redirects included."""
        for _ in range(self.limits.redirects + 1):
            target = _checked_url(url)
            if robots:
                self._ask_robots(target)
            self._wait_turn(target.host)
            answer = self._request(target, conditions)
            if answer.status in REDIRECTS and (location := answer.headers.get("location")):
                try:
                    url = str(target.join(location))
                except (httpx.InvalidURL, ValueError) as error:
                    raise FetchError(
                        f"redirects to no valid address ({location!r}). Open it in a browser and "
                        "ingest the address it ends at."
                    ) from error
                continue
            return _fetched(target, answer)
        raise FetchError(
            f"redirects more than {self.limits.redirects} times. Open it in a browser and ingest "
            "the address it ends at."
        )

    def _ask_robots(self, url: httpx.URL) -> None:
        rules = self._rules(url)
        if not rules.can_fetch(str(url), self.agent):
            raise RobotsDisallow(
                "the site's robots.txt asks programs not to fetch this page. Save it by hand and "
                "ingest the file."
            )

    def _rules(self, url: httpx.URL) -> Any:
        """The host's robots.txt: absent means everything is allowed, unreachable nothing."""
        from protego import Protego

        origin = f"{url.scheme}://{url.netloc.decode('ascii')}"
        known = self._robots.get(origin)
        if known and known[0] > self.clock():
            return known[1]
        try:
            text = self._follow(f"{origin}/robots.txt", {}, robots=False).content[:ROBOTS_BYTES]
        except HttpStatus as error:
            if error.transient:
                raise
            text = b""
        except FetchTooLarge:
            text = b""
        rules = Protego.parse(text.decode("utf-8", "replace"))
        self._robots[origin] = (self.clock() + ROBOTS_SECONDS, rules)
        return rules

    def _wait_turn(self, host: str) -> None:
        if host in self._last_request:
            delay = max(self.delay, self._crawl_delay(host))
            wait = self._last_request[host] + delay - self.clock()
            if wait > 0:
                self.sleep(wait)
        self._last_request[host] = self.clock()

    def _crawl_delay(self, host: str) -> float:
        delays = (
            rules.crawl_delay(self.agent) or 0.0
            for origin, (_, rules) in self._robots.items()
            if urlsplit(origin).hostname == host
        )
        return min(max(map(float, delays), default=0.0), MAX_WAIT)

    def _request(self, url: httpx.URL, conditions: dict[str, str]) -> _Answer:
        seconds = self.limits.fetch_seconds
        try:
            return asyncio.run(asyncio.wait_for(self._exchange(url, conditions), seconds))
        except (TimeoutError, httpx.TimeoutException) as error:
            raise FetchTooSlow(
                f"{url.host} took too long to answer (limit {seconds:g} seconds). Try again later."
            ) from error
        except socket.gaierror as error:
            raise FetchError(
                f"{url.host} is not a known host. Check the address and the connection."
            ) from error
        except httpx.InvalidURL as error:
            raise FetchRefused(f"is no valid address ({error}). Check the spelling.") from error
        except (httpx.HTTPError, OSError, UnicodeError) as error:
            raise FetchError(
                f"the connection to {url.host} failed ({_reason(error)}). Try again later.",
                transient=isinstance(error, (httpx.TransportError, OSError)),
            ) from error

    async def _exchange(self, url: httpx.URL, conditions: dict[str, str]) -> _Answer:
        address = await self._address(url)
        headers = {
            "Host": url.netloc.decode("ascii"),
            "User-Agent": self.agent,
            "Accept": ACCEPT,
            "Accept-Encoding": "gzip",
            **conditions,
        }
        if self._tls is None:
            self._tls = httpx.create_ssl_context()
        # No connection is kept: one made for a host must not serve another on the same address.
        pool = httpx.Limits(max_keepalive_connections=0)
        async with httpx.AsyncClient(
            verify=self._tls, trust_env=False, timeout=OPERATION_SECONDS, limits=pool
        ) as client:
            request = client.build_request(
                "GET",
                url.copy_with(host=address),
                headers=headers,
                extensions={"sni_hostname": url.host},
            )
            response = await client.send(request, stream=True)
            try:
                return _Answer(response.status_code, response.headers, await self._body(response))
            finally:
                await response.aclose()

    async def _body(self, response: httpx.Response) -> bytes:
        if response.status_code != 200:
            return b""
        limit = self.limits.document_bytes
        too_large = FetchTooLarge(
            f"is larger than {megabytes(limit)}. Download it and ingest the file."
        )
        stated = response.headers.get("content-length", "")
        if re.fullmatch(r"[0-9]+", stated) and int(stated[:20]) > limit:
            raise too_large
        pieces, size = [], 0
        async for piece in response.aiter_bytes():
            size += len(piece)
            if size > limit:
                raise too_large
            pieces.append(piece)
        return b"".join(pieces)

    async def _address(self, url: httpx.URL) -> str:
        """One address of the host, all of them checked. Raises FetchRefused."""
        loop = asyncio.get_running_loop()
        port = url.port or (443 if url.scheme == "https" else 80)
        found = await loop.getaddrinfo(url.host, port, type=socket.SOCK_STREAM)
        addresses = [str(entry[4][0]) for entry in found]
        if url.host.lower() not in self.allow_hosts:
            for address in addresses:
                if not is_public(address):
                    raise FetchRefused(
                        f"{url.host} is at {address}, inside a private network or this machine. "
                        f"Allow it by name if you mean it (--allow-host {url.host})."
                    )
        return addresses[0]


def is_public(address: str) -> bool:
    """Whether anyone on the internet could reach it; addresses that embed another are opened.

    >>> is_public("93.184.215.14"), is_public("169.254.169.254"), is_public("::ffff:10.0.0.1")
    (True, False, False)
    """
    try:
        ip = ipaddress.ip_address(address.split("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        if ip in NAT64:
            return is_public(str(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)))
        embedded = ip.ipv4_mapped or ip.sixtofour
        if embedded:
            return is_public(str(embedded))
        if ip.teredo:
            return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def retry_after(value: str | None, now: datetime | None = None) -> float | None:
    """Seconds a `Retry-After` header asks for, from a number or a date; None when it says nothing.

    >>> retry_after("120"), retry_after("soon")
    (120.0, None)
    """
    if not value:
        return None
    # `\s` and `float` disagree on what is space, so only the digits are read.
    if seconds := re.fullmatch(r"\s*([0-9]{1,9})\s*", value):
        return float(seconds[1])
    try:
        moment = email.utils.parsedate_to_datetime(value)
    except (ValueError, TypeError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - (now or datetime.now(UTC))).total_seconds())


def _checked_url(url: str) -> httpx.URL:
    try:
        parsed = httpx.URL(url)
        netloc = parsed.netloc.decode("ascii")
    except (httpx.InvalidURL, ValueError, TypeError) as error:
        raise FetchRefused(f"is no valid address ({error}). Check the spelling.") from error
    if parsed.scheme not in ("http", "https"):
        raise FetchRefused(
            f"{parsed.scheme}: addresses are not fetched, only http and https. "
            "Give a file as its path: dateline ingest FILE"
        )
    if not parsed.host or not netloc:
        raise FetchRefused("is no valid address: it names no host. Check the spelling.")
    # Names and passwords in an address would be sent on; a redirect could carry them anywhere.
    return parsed.copy_with(username=None, password=None, fragment=None)


def _fetched(url: httpx.URL, answer: _Answer) -> Fetched:
    if answer.status not in (200, 304):
        wait = retry_after(answer.headers.get("retry-after"))
        when = f" It asks to wait {wait:,.0f} seconds." if wait else ""
        raise HttpStatus(
            f"the server answered {answer.status} ({_meaning(answer.status)}).{when}",
            retry_after=wait,
            transient=answer.status == 429 or answer.status >= 500,
        )
    return Fetched(
        url=str(url),
        content=answer.content,
        media_type=answer.headers.get("content-type"),
        etag=answer.headers.get("etag"),
        last_modified=answer.headers.get("last-modified"),
        fetched_at=datetime.now(UTC),
        not_modified=answer.status == 304,
    )


def _meaning(status: int) -> str:
    known = {
        401: "it wants a password: save the page by hand",
        403: "it does not serve programs: save the page by hand",
        404: "there is no such page: check the address",
        410: "the page is gone: remove the address",
        429: "too many requests: try again later",
    }
    fallback = "a fault of the server: try again later" if status >= 500 else "not a page"
    return known.get(status, fallback)


def _reason(error: Exception) -> str:
    return f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
