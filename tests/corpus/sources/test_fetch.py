"""One address: retries, redirects, bounds, and addresses that are never connected to."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from random import Random
from typing import Any

import pytest

from corpus.model.errors import SettingsError
from corpus.sources.fetch import Fetched, Fetcher, Validators
from corpus.sources.reasons import NotFetched
from corpus.sources.site import Site
from corpus.sources.site_file import site_of
from tests.corpus.sources.web import Answer, LocalSite, TestClock

Opened = Callable[..., Fetcher]


def _refused(fetcher: Fetcher, url: str) -> NotFetched:
    with pytest.raises(NotFetched) as caught:
        fetcher.get(url)
    return caught.value


def _get(fetcher: Opened, web: LocalSite, path: str = "/a.html") -> Fetched:
    return fetcher().get(web.url(path))


def test_error_that_passes_is_tried_again_later_each_time(web: LocalSite, fetcher: Opened) -> None:
    web.pages["/a.html"] = [Answer(b"", 500), Answer(b"", 502), Answer(b"good")]
    assert _get(fetcher, web).content == b"good"
    first, second, third = (request.at for request in web.asked())
    assert 2 <= second - first < third - second


def test_retry_after_in_seconds_is_waited_for(web: LocalSite, fetcher: Opened) -> None:
    web.pages["/a.html"] = [Answer(b"", 429, headers={"Retry-After": "120"}), Answer(b"good")]
    assert _get(fetcher, web).content == b"good"
    first, second = (request.at for request in web.asked())
    assert second - first >= 120


def test_retry_after_as_a_date_is_waited_for(
    web: LocalSite, fetcher: Opened, clock: TestClock
) -> None:
    moment = (clock.now() + timedelta(seconds=200)).strftime("%a, %d %b %Y %H:%M:%S GMT")
    web.pages["/a.html"] = [Answer(b"", 503, headers={"Retry-After": moment}), Answer(b"good")]
    _get(fetcher, web)
    assert web.asked()[1].at >= 199


def test_error_that_stays_is_given_up(web: LocalSite, fetcher: Opened) -> None:
    web.pages["/a.html"] = Answer(b"", 500)
    error = _refused(fetcher(manners={"retries": 2}), web.url("/a.html"))
    assert (error.reason, error.status, error.stops) == ("status", 500, False)
    assert len(web.asked()) == 3


def test_refusal_is_not_tried_again(web: LocalSite, fetcher: Opened) -> None:
    web.pages["/a.html"] = Answer(b"", 403)
    assert _refused(fetcher(), web.url("/a.html")).status == 403
    assert len(web.asked()) == 1


def test_page_that_is_gone_is_an_answer(web: LocalSite, fetcher: Opened) -> None:
    assert _get(fetcher, web).status == 404


def test_redirect_is_followed_and_said(web: LocalSite, fetcher: Opened) -> None:
    web.pages["/a.html"] = Answer(b"", 302, headers={"Location": "/b.html"})
    web.put("/b.html", "there")
    found = _get(fetcher, web)
    assert (found.content, found.final) == (b"there", web.url("/b.html"))


def test_endless_redirect_is_left(web: LocalSite, fetcher: Opened) -> None:
    web.pages["/a.html"] = Answer(b"", 301, headers={"Location": "/a.html"})
    assert _refused(fetcher(), web.url("/a.html")).reason == "redirects"
    assert len(web.asked()) == 6


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("http://169.254.169.254/latest/meta-data/", "host"),
        ("file:///etc/passwd", "scheme"),
        ("javascript:alert(1)", "scheme"),
        ("http://user:secret@127.0.0.1/", "scheme"),
        ("http://elsewhere.example/", "host"),
        ("", "redirects"),
    ],
)
def test_redirect_out_of_the_site_is_not_followed(
    web: LocalSite, fetcher: Opened, location: str, reason: str
) -> None:
    web.pages["/a.html"] = Answer(b"", 302, headers={"Location": location})
    assert _refused(fetcher(), web.url("/a.html")).reason == reason
    assert {request.path for request in web.asked()} == {"/a.html"}


def test_redirect_to_what_robots_forbids_is_not_followed(web: LocalSite, fetcher: Opened) -> None:
    web.put("/robots.txt", "User-agent: taizhang\nDisallow: /inner/")
    web.pages["/a.html"] = Answer(b"", 302, headers={"Location": "/inner/b.html"})
    assert _refused(fetcher(), web.url("/a.html")).reason == "robots"
    assert web.asked("/inner/b.html") == []


@pytest.mark.parametrize(("status", "allowed"), [(404, True), (403, True), (500, False)])
def test_robots_that_is_not_there_allows_and_one_in_trouble_does_not(
    web: LocalSite, fetcher: Opened, status: int, allowed: bool
) -> None:
    web.pages["/robots.txt"] = Answer(b"", status)
    web.put("/a.html", "text")
    if allowed:
        assert _get(fetcher, web).content == b"text"
    else:
        assert _refused(fetcher(), web.url("/a.html")).stops


def test_robots_that_leads_elsewhere_is_not_followed(web: LocalSite, fetcher: Opened) -> None:
    location = {"Location": "http://elsewhere.example/robots.txt"}
    web.pages["/robots.txt"] = Answer(b"", 302, headers=location)
    error = _refused(fetcher(), web.url("/a.html"))
    assert (error.reason, web.asked()) == ("robots_unread", [])


def test_slow_drip_ends_with_the_time(web: LocalSite, fetcher: Opened) -> None:
    web.pages["/a.html"] = Answer(b"x" * 500, drip=1.0)
    assert _refused(fetcher(manners={"seconds": 60}), web.url("/a.html")).reason == "too_slow"
    assert len(web.asked()) == 1


def test_slow_head_ends_with_the_time(web: LocalSite, fetcher: Opened) -> None:
    web.pages["/a.html"] = Answer(slow_head=1.0)
    assert _refused(fetcher(manners={"seconds": 60}), web.url("/a.html")).reason == "too_slow"
    assert len(web.asked()) == 1


@pytest.mark.parametrize("endless", [False, True])
def test_page_over_the_limit_is_left(web: LocalSite, fetcher: Opened, endless: bool) -> None:
    web.pages["/a.html"] = Answer(b"x" * 70_000, endless=endless)
    limited = fetcher(manners={"page_bytes": 50_000})
    assert _refused(limited, web.url("/a.html")).reason == "too_large"


def test_compressed_page_is_counted_unpacked(web: LocalSite, fetcher: Opened) -> None:
    import gzip

    bomb = gzip.compress(b"\0" * 5_000_000)
    web.pages["/a.html"] = Answer(bomb, headers={"Content-Encoding": "gzip"})
    limited = fetcher(manners={"page_bytes": 50_000})
    assert _refused(limited, web.url("/a.html")).reason == "too_large"


def test_conditions_are_sent(web: LocalSite, fetcher: Opened) -> None:
    web.pages["/a.html"] = Answer(b"text", headers={"ETag": '"v1"'})
    found = fetcher().get(web.url("/a.html"), validators=Validators('"v1"', None))
    assert (found.not_modified, found.content) == (True, b"")


def test_cookies_are_not_kept(web: LocalSite, fetcher: Opened) -> None:
    web.pages["/a.html"] = Answer(b"text", headers={"Set-Cookie": "visitor=1; Path=/"})
    opened = fetcher()
    opened.get(web.url("/a.html"))
    opened.get(web.url("/a.html"))
    assert [request.headers.get("Cookie") for request in web.asked()] == [None, None]


def test_connection_that_fails_is_said(web: LocalSite, clock: TestClock, site: Any) -> None:
    def nobody(_host: str, _port: int) -> list[str]:
        raise OSError(-2, "Name or service not known")

    with Fetcher(site(), clock, resolve=nobody, opens_loopback=True) as opened:
        assert _refused(opened, web.url("/a.html")).reason == "name"


def _named(site: Site, clock: TestClock, *answers: list[str], **more: Any) -> Fetcher:
    """A fetcher whose name server gives those answers one after the other."""
    waiting = list(answers)
    return Fetcher(
        site,
        clock,
        random=Random(1),
        resolve=lambda _host, _port: waiting.pop(0) if len(waiting) > 1 else waiting[0],
        **more,
    )


def _site_named(web: LocalSite) -> Site:
    port = web.host.rpartition(":")[2]
    return site_of(
        "named",
        {"hosts": [f"jyt.yunling.example:{port}"], "manners": {"contact": "office@x.example"}},
    )


def _url_named(web: LocalSite, path: str) -> str:
    return f"http://jyt.yunling.example:{web.host.rpartition(':')[2]}{path}"


def test_connection_goes_to_the_address_that_was_checked(web: LocalSite, clock: TestClock) -> None:
    """The name is none that the system could resolve: only the checked address leads anywhere."""
    web.put("/a.html", "text")
    with _named(_site_named(web), clock, ["127.0.0.1"], opens_loopback=True) as opened:
        assert opened.get(_url_named(web, "/a.html")).content == b"text"
    assert web.asked()[0].headers["Host"].startswith("jyt.yunling.example")


@pytest.mark.parametrize(
    "answer",
    [
        ["127.0.0.1"], ["10.0.0.8"], ["192.168.1.1"], ["172.16.5.5"], ["169.254.169.254"],
        ["::1"], ["fe80::1%eth0"], ["fc00::1"], ["::ffff:127.0.0.1"], ["64:ff9b::7f00:1"],
        ["0.0.0.0"], ["100.64.0.1"], ["224.0.0.1"], ["93.184.215.14", "127.0.0.1"],
    ],
)  # fmt: skip
def test_name_that_leads_inside_is_refused(
    web: LocalSite, clock: TestClock, answer: list[str]
) -> None:
    web.put("/a.html", "secret")
    with _named(_site_named(web), clock, answer) as opened:
        assert _refused(opened, _url_named(web, "/a.html")).reason == "address"
    assert web.log == []


def test_name_that_leads_inside_the_second_time_is_refused(
    web: LocalSite, clock: TestClock
) -> None:
    """Rebinding: every connection is made to an address checked for that connection."""
    web.pages["/robots.txt"] = Answer(b"", 404, headers={"Connection": "close"})
    web.put("/a.html", "secret")
    opened = _named(_site_named(web), clock, ["127.0.0.1"], ["10.0.0.8"], opens_loopback=True)
    with opened:
        assert _refused(opened, _url_named(web, "/a.html")).reason == "address"
    assert web.asked() == []


def test_loopback_is_closed_unless_a_test_opens_it(
    web: LocalSite, clock: TestClock, site: Any
) -> None:
    with Fetcher(site(), clock) as opened:
        assert _refused(opened, web.url("/a.html")).reason == "address"
    assert web.log == []


def test_proxies_of_the_environment_are_not_used(
    web: LocalSite, fetcher: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/")
    web.put("/a.html", "text")
    assert _get(fetcher, web).content == b"text"


@pytest.fixture
def tls(tmp_path: Path) -> Iterator[int]:
    """A TLS server with a certificate that nobody vouches for; its port."""
    x509 = pytest.importorskip("cryptography.x509")
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.oid.NameOID.COMMON_NAME, "jyt.yunling.example")])
    today = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.DNSName("jyt.yunling.example")]), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    pem = tmp_path / "server.pem"
    pem.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    server = HTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield server.server_port
    server.shutdown()
    server.server_close()
    thread.join(5)


def test_certificate_is_verified(tls: int, clock: TestClock) -> None:
    host = f"jyt.yunling.example:{tls}"
    site = site_of("x", {"hosts": [host], "manners": {"contact": "office@x.example"}})
    with _named(site, clock, ["127.0.0.1"], opens_loopback=True) as opened:
        error = _refused(opened, f"https://{host}/a.html")
    assert error.reason == "tls"


@pytest.mark.parametrize("contact", ["", "  ", "教育厅"])
def test_nobody_crawls_without_a_contact(site: Any, clock: TestClock, contact: str) -> None:
    with pytest.raises(SettingsError, match=r"manners\.contact"):
        Fetcher(site(manners={"contact": contact}), clock)
