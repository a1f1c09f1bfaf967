"""Fetching from a server that misbehaves. Loopback is allowed by name, as a user would have to."""

from __future__ import annotations

import asyncio
import shutil
import ssl
import subprocess
import time
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ingest.errors import FetchError, HttpStatus
from ingest.fetch import Fetcher, is_public, retry_after, user_agent
from ingest.limits import Limits

from .server import ETAG, PAGE, Server

LIMITS = Limits(document_bytes=1_000_000, fetch_seconds=20.0)
IMPATIENT = Limits(document_bytes=1_000_000, fetch_seconds=1.0)


class Naps(list[float]):
    """Stands in for time.sleep: records, and lets no time pass."""

    def __call__(self, seconds: float) -> None:
        self.append(seconds)


def fetcher(**options: object) -> Fetcher:
    settings: dict[str, object] = {
        "limits": LIMITS,
        "allow_hosts": ["127.0.0.1"],
        "delay": 0.0,
        "sleep": Naps(),
    }
    return Fetcher(**{**settings, **options})  # type: ignore[arg-type]


def test_a_page_comes_with_what_the_next_request_needs(server: Server) -> None:
    page = fetcher().get(server.url("/page"))
    assert (page.content, page.media_type, page.etag) == (PAGE, "text/html", ETAG)
    assert page.last_modified == "Tue, 04 Nov 2025 08:00:00 GMT"
    assert fetcher().get(server.url("/page"), etag=page.etag).not_modified


def test_it_says_who_it_is(server: Server) -> None:
    fetcher().get(server.url("/page"))
    for _, headers in server.requests:
        assert headers["User-Agent"] == user_agent()
        assert headers["Host"] == f"127.0.0.1:{server.port}"
    assert user_agent().startswith("dateline/")
    assert "Mozilla" not in user_agent()


@pytest.mark.parametrize(
    ("path", "code", "says"),
    [
        ("/slow-headers", "fetch-too-slow", "limit 1 seconds"),
        ("/slow-body", "fetch-too-slow", "limit 1 seconds"),
        ("/endless", "fetch-too-large", "larger than 1 MB"),
        ("/gzip-bomb", "fetch-too-large", "larger than 1 MB"),
        ("/bad-gzip", "fetch-failed", "connection"),
        ("/huge-stated", "fetch-too-large", "larger than 1 MB"),
        ("/too-short", "fetch-failed", "Try again later"),
        ("/no-http", "fetch-failed", "Try again later"),
        ("/redirect-private", "fetch-refused", "10.0.0.1, inside a private network"),
        ("/redirect-metadata", "fetch-refused", "169.254.169.254"),
        ("/redirect-localhost", "fetch-refused", "--allow-host localhost"),
        ("/redirect-file", "fetch-refused", "only http and https"),
        ("/redirect-loop", "fetch-failed", "more than 5 times"),
        ("/busy", "http-status", "wait 7 seconds"),
        ("/busy-for-long", "http-status", "wait 86,400 seconds"),
        ("/broken", "http-status", "answered 500"),
        ("/missing", "http-status", "no such page"),
    ],
)
def test_each_misbehaviour_is_one_clear_problem(
    server: Server, path: str, code: str, says: str
) -> None:
    begun = time.monotonic()
    limits = IMPATIENT if path.startswith("/slow") else LIMITS
    with pytest.raises(FetchError) as caught:
        fetcher(attempts=1, limits=limits).get(server.url(path))
    assert time.monotonic() - begun < 10, "the slow ones would take 20 seconds"
    problem = caught.value.problem(server.url(path))
    assert (problem.stage, problem.code) == ("fetch", code)
    assert says in problem.message
    assert "\n" not in problem.message


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:1/",
        "http://localhost/",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://127.1/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[64:ff9b::a00:1]/",
        "http://0.0.0.0/",
        "http://10.1.2.3/",
        "http://192.168.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[fd00::1]/",
        "http://[fe80::1]/",
        "file:///etc/passwd",
        "ftp://halden.example/",
        "gopher://127.0.0.1:70/",
        "http:///nothing",
        "http://user:secret@127.0.0.1/",
        "https://",
    ],
)
def test_private_addresses_are_refused_unless_allowed_by_name(url: str) -> None:
    with pytest.raises(FetchError) as caught:
        Fetcher(limits=LIMITS, attempts=1, delay=0).get(url)
    assert caught.value.code == "fetch-refused"


def test_one_private_address_among_public_ones_refuses_the_host(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def answers(self: object, host: str, port: int, **_: object) -> list[object]:
        return [(2, 1, 6, "", ("93.184.215.14", port)), (2, 1, 6, "", ("10.0.0.1", port))]

    monkeypatch.setattr(asyncio.base_events.BaseEventLoop, "getaddrinfo", answers)
    with pytest.raises(FetchError, match=r"10\.0\.0\.1"):
        Fetcher(limits=LIMITS, attempts=1, delay=0).get("http://halden.example/")


def test_the_connection_goes_to_the_address_that_was_checked(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that answers differently the second time (rebinding) is asked only once."""
    asked = []

    async def answers(self: object, host: str, port: int, **_: object) -> list[object]:
        asked.append(host)
        return [(2, 1, 6, "", ("127.0.0.1" if len(asked) % 2 else "10.0.0.1", port))]

    monkeypatch.setattr(asyncio.base_events.BaseEventLoop, "getaddrinfo", answers)
    one = fetcher(allow_hosts=["halden.example"])
    one._robots[f"http://halden.example:{server.port}"] = (float("inf"), _Everything())
    page = one.get(f"http://halden.example:{server.port}/page")
    assert page.content == PAGE
    assert asked == ["halden.example"]
    assert server.requests[-1][1]["Host"] == f"halden.example:{server.port}"


class _Everything:
    def can_fetch(self, url: str, agent: str) -> bool:
        return True

    def crawl_delay(self, agent: str) -> None:
        return None


def test_a_redirect_within_the_host_is_followed(server: Server) -> None:
    page = fetcher().get(server.url("/redirect-ok"))
    assert (page.url, page.content) == (server.url("/page"), PAGE)


@pytest.mark.parametrize(
    ("path", "naps", "asked"),
    [
        pytest.param("/busy-once", [3.0], 2, id="waits as asked, then gets it"),
        pytest.param("/busy", [7.0, 7.0], 3, id="gives up after three"),
        pytest.param("/busy-for-long", [], 1, id="a day is too long for a run"),
        pytest.param("/broken", [1.0, 2.0], 3, id="backs off"),
        pytest.param("/missing", [], 1, id="missing stays missing"),
    ],
)
def test_waiting_and_trying_again(server: Server, path: str, naps: list[float], asked: int) -> None:
    slept = Naps()
    with suppress(HttpStatus):
        fetcher(sleep=slept).get(server.url(path))
    assert slept == naps
    assert server.paths() == [path] * asked


def test_robots_txt_is_asked_once_and_kept_to(server: Server) -> None:
    server.pages["/robots.txt"] = b"User-agent: *\nDisallow: /private/\nCrawl-delay: 5\n"
    slept = Naps()
    one = fetcher(sleep=slept, clock=lambda: 0.0)
    one.get(server.url("/page"))
    assert slept[-1] == 5.0, "the site's own delay"
    with pytest.raises(FetchError, match=r"robots\.txt") as caught:
        one.get(server.url("/private/plan"))
    assert caught.value.code == "robots-disallow"
    assert [path for path, _ in server.requests] == ["/robots.txt", "/page"]


def test_a_delay_is_kept_per_host(server: Server) -> None:
    slept = Naps()
    one = fetcher(delay=2.0, sleep=slept, clock=lambda: 100.0)
    one.get(server.url("/page"))
    one.get(server.url("/page"))
    assert slept == [2.0, 2.0], "robots.txt, page, page"


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.215.14", True),
        ("2606:2800:21f:cb07:6820:80da:af6b:8b2c", True),
        ("100.64.0.1", False),
        ("172.16.5.4", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::", False),
        ("::ffff:169.254.169.254", False),
        ("2002:7f00:1::", False),
        ("64:ff9b::7f00:1", False),
        ("fe80::1%eth0", False),
        ("not an address", False),
    ],
)
def test_is_public(address: str, public: bool) -> None:
    assert is_public(address) is public


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("0", 0.0),
        ("120", 120.0),
        ("Tue, 04 Nov 2025 08:01:00 GMT", 60.0),
        ("Tue, 04 Nov 2025 07:00:00 GMT", 0.0),
        ("soon", None),
        ("", None),
        (None, None),
    ],
)
def test_retry_after(value: str | None, seconds: float | None) -> None:
    assert retry_after(value, datetime(2025, 11, 4, 8, 0, tzinfo=UTC)) == seconds


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for halden.example and its key, in one file."""
    if shutil.which("openssl") is None:
        pytest.skip("needs openssl to make a certificate")
    folder = tmp_path_factory.mktemp("tls")
    key, path = folder / "key.pem", folder / "halden.pem"
    command = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=halden.example -addext"
    subprocess.run(
        [*command.split(), "subjectAltName=DNS:halden.example", "-keyout", key, "-out", path],
        check=True,
        capture_output=True,
    )
    path.write_bytes(path.read_bytes() + key.read_bytes())
    return path


@pytest.mark.parametrize(
    ("host", "trusted", "ok"),
    [
        ("halden.example", True, True),
        pytest.param("halden.example", False, False, id="unknown authority"),
        pytest.param("varnholm.example", True, False, id="another host's certificate"),
    ],
)
def test_tls_is_checked_against_the_name_though_the_address_is_connected_to(
    server: Server,
    certificate: Path,
    monkeypatch: pytest.MonkeyPatch,
    host: str,
    trusted: bool,
    ok: bool,
) -> None:
    async def answers(self: object, name: str, port: int, **_: object) -> list[object]:
        return [(2, 1, 6, "", ("127.0.0.1", port))]

    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate)
    server.socket = tls.wrap_socket(server.socket, server_side=True)
    monkeypatch.setattr(asyncio.base_events.BaseEventLoop, "getaddrinfo", answers)
    one = fetcher(allow_hosts=[host], attempts=1)
    if trusted:
        one._tls = ssl.create_default_context(cafile=str(certificate))
    url = f"https://{host}:{server.port}/page"
    if ok:
        assert one.get(url).content == PAGE
    else:
        with pytest.raises(FetchError, match="CERTIFICATE_VERIFY_FAILED"):
            one.get(url)
