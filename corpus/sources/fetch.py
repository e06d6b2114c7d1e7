"""Fetching one address as a polite program does: robots.txt first, one request after the other, a
name and a contact, every redirect checked anew, bounds on size and time while the bytes come in.
"""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from datetime import datetime
from random import Random
from types import TracebackType
from urllib.parse import urlsplit

import httpx

from corpus.model.errors import SettingsError
from corpus.sources import addresses
from corpus.sources.addresses import Resolve, check_host, normal
from corpus.sources.charset import charset_in
from corpus.sources.clock import Clock, SystemClock
from corpus.sources.connecting import CheckedBackend, CheckedTransport, Deadline
from corpus.sources.pace import Pace
from corpus.sources.reasons import NotFetched
from corpus.sources.retry import AGAIN, wait_for
from corpus.sources.robots import AGENT, Rules, rules_of
from corpus.sources.site import Site

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_ROBOTS_BYTES = 512_000
_SOCKET_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a server answered. ``content`` is empty for 304; ``final`` is where redirects led."""

    url: str
    final: str
    status: int
    content: bytes
    media_type: str
    charset: str | None
    etag: str | None
    last_modified: str | None
    started: datetime
    finished: datetime

    @property
    def not_modified(self) -> bool:
        """True where what is known is still so."""
        return self.status == httpx.codes.NOT_MODIFIED


@dataclass(frozen=True, slots=True)
class Validators:
    """What makes a request conditional (ETag, Last-Modified)."""

    etag: str | None = None
    last_modified: str | None = None

    def headers(self) -> dict[str, str]:
        """As request headers."""
        found = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in found.items() if value}


class Fetcher:
    """Asks one site, one request at a time. ``opens_loopback`` is for tests alone."""

    def __init__(
        self,
        site: Site,
        clock: Clock,
        *,
        random: Random | None = None,
        resolve: Resolve = addresses.resolve,
        opens_loopback: bool = False,
    ) -> None:
        self._site = site
        self._clock = clock
        self._random = random or Random()
        self._pace = Pace(site.manners, clock, self._random)
        self._deadline = Deadline(clock)
        self._robots: dict[str, Rules] = {}
        backend = CheckedBackend(self._deadline, resolve=resolve, opens_loopback=opens_loopback)
        # The bare transport: a client would read redirects and cookies before they are checked.
        self._transport = CheckedTransport(backend)
        self._headers = {
            "User-Agent": user_agent(site),
            "Accept": "*/*",
            "Accept-Language": "zh-CN,zh;q=0.9",
            "Accept-Encoding": "gzip, deflate",
        }

    def __enter__(self) -> Fetcher:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._transport.close()

    @property
    def requests(self) -> int:
        """How many requests were made."""
        return self._pace.asked

    def get(
        self, url: str, *, validators: Validators | None = None, most: int | None = None
    ) -> Fetched:
        """The answer for an address; NotFetched where there is none, or none may be asked for.

        Statuses 404 and 410 are answers, other errors are not. ``most`` bounds the bytes.
        """
        self._allowed(url)
        limit = most or self._site.manners.page_bytes
        return self._followed(url, validators or Validators(), limit, robots=True)

    def _followed(self, url: str, validators: Validators, limit: int, *, robots: bool) -> Fetched:
        started, at = self._clock.now(), url
        for _ in range(self._site.manners.redirects + 1):
            answer, content = self._tried(at, validators, limit, robots=robots)
            if answer.status_code not in _REDIRECTS:
                return self._fetched(url, at, answer, content, started)
            at = normal(answer.headers.get("Location", ""), at)
            check_host(at, self._site.hosts)
            if robots:
                self._allowed(at)
        raise NotFetched(url, "redirects", note=str(self._site.manners.redirects))

    def _allowed(self, url: str) -> None:
        """Of an allowed host and by robots.txt; asks for the latter where it isn't known."""
        check_host(url, self._site.hosts)
        rules = self._rules(url)
        if rules.unread:
            raise NotFetched(url, "robots_unread")
        if not rules.allow(url):
            raise NotFetched(url, "robots")

    def _rules(self, url: str) -> Rules:
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._robots:
            self._robots[origin] = self._read_rules(f"{origin}/robots.txt")
        return self._robots[origin]

    def _read_rules(self, url: str) -> Rules:
        try:
            found = self._followed(url, Validators(), _ROBOTS_BYTES, robots=False)
        except NotFetched as error:
            if error.reason in ("hours", "budget", "address", "name", "tls"):
                raise
            # RFC 9309: a file that is refused (403) forbids nothing, one that can't be reached all.
            refused = error.status is not None and 400 <= error.status < 500
            return Rules(unread=not refused or error.status == 429)
        return rules_of(found.status, found.content)

    def _tried(
        self, url: str, validators: Validators, limit: int, *, robots: bool
    ) -> tuple[httpx.Response, bytes]:
        """The first answer that is none of trouble, however often it takes within reason."""
        manners = self._site.manners
        for attempt in range(manners.retries + 1):
            retry_after: str | None = None
            try:
                answer, content = self._asked(url, validators, limit, robots=robots)
                if answer.status_code not in AGAIN:
                    return answer, content
                retry_after = answer.headers.get("Retry-After")
                trouble = self._trouble(url, answer.status_code)
            except httpx.RequestError as error:
                trouble = self._failure(url, error)
                if trouble.reason != "network":
                    raise trouble from error
            wait = wait_for(attempt, retry_after, now=self._clock.now(), random=self._random)
            if wait > manners.patience:
                raise NotFetched(url, "busy", status=trouble.status, note=f"{wait:.0f} s")
            if attempt < manners.retries:
                self._clock.sleep(wait)
        raise trouble

    def _trouble(self, url: str, status: int) -> NotFetched:
        return NotFetched(url, "busy" if status == 429 else "status", status=status,
                          note=str(status))  # fmt: skip

    def _failure(self, url: str, error: httpx.RequestError) -> NotFetched:
        """What a broken connection was: the time was over, the certificate is wrong, or trouble."""
        cause: BaseException | None = error
        while cause is not None:
            if isinstance(cause, ssl.SSLCertVerificationError):
                return NotFetched(url, "tls", note=cause.verify_message)
            cause = cause.__cause__ or cause.__context__
        if self._deadline.over:
            return NotFetched(url, "too_slow", note=f"{self._site.manners.seconds:.0f} s")
        return NotFetched(url, "network", note=type(error).__name__)

    def _asked(
        self, url: str, validators: Validators, limit: int, *, robots: bool
    ) -> tuple[httpx.Response, bytes]:
        """One request, and as much of its answer as may be."""
        delay = self._rules(url).delay if robots else 0.0
        self._pace.wait(url, delay=delay)
        self._deadline.set(self._site.manners.seconds)
        request = self._request(url, validators)
        answer = self._transport.handle_request(request)
        answer.request = request
        try:
            wanted = answer.status_code == httpx.codes.OK
            return answer, self._read(url, answer, limit) if wanted else b""
        finally:
            answer.close()

    def _request(self, url: str, validators: Validators) -> httpx.Request:
        timeout = httpx.Timeout(_SOCKET_SECONDS).as_dict()
        try:
            return httpx.Request(
                "GET",
                url,
                headers=self._headers | validators.headers(),
                extensions={"timeout": timeout},
            )
        except (httpx.InvalidURL, UnicodeError) as error:
            raise NotFetched(url, "scheme", note=type(error).__name__) from error

    def _read(self, url: str, answer: httpx.Response, limit: int) -> bytes:
        declared = answer.headers.get("Content-Length", "")
        if declared.isascii() and declared.isdigit() and int(declared) > limit:
            raise NotFetched(url, "too_large", note=f"{declared} > {limit}")
        content = bytearray()
        for piece in answer.iter_bytes():
            content += piece
            if len(content) > limit:
                raise NotFetched(url, "too_large", note=f"> {limit}")
        return bytes(content)

    def _fetched(
        self, url: str, final: str, answer: httpx.Response, content: bytes, started: datetime
    ) -> Fetched:
        status = answer.status_code
        gone = status in (httpx.codes.NOT_FOUND, httpx.codes.GONE)
        if status not in (httpx.codes.OK, httpx.codes.NOT_MODIFIED) and not gone:
            raise NotFetched(url, "status", status=status, note=str(status))
        kind = answer.headers.get("Content-Type", "")
        return Fetched(
            url=url,
            final=final,
            status=status,
            content=content,
            media_type=kind.partition(";")[0].strip().lower(),
            charset=charset_in(kind),
            etag=answer.headers.get("ETag"),
            last_modified=answer.headers.get("Last-Modified"),
            started=started,
            finished=self._clock.now(),
        )


def tools(site: Site) -> tuple[Fetcher, Clock]:
    """What meets the world: the network and the time."""
    clock = SystemClock()
    return Fetcher(site, clock), clock


def user_agent(site: Site) -> str:
    """Who asks, and whom to turn to; SettingsError where nobody is named."""
    from importlib.metadata import version

    contact = site.manners.contact.strip()
    if not contact or not contact.isascii() or not contact.isprintable():
        raise SettingsError(
            f"站点 {site.name} 未设置 manners.contact（邮箱、电话或网址，只用 ASCII 字符），"
            "网站管理员须能联系到抓取的人",
            f"site {site.name} has no manners.contact (a mailbox, telephone or address, in "
            "ASCII); whoever runs the site must be able to reach whoever crawls it",
        )
    return f"{AGENT}/{version('taizhang')} (+{contact})"
