"""A site on this machine for tests: it answers as it is told, and writes down every request with
the time of the tests' own clock."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

_START = datetime(2026, 6, 8, 17, 0, tzinfo=UTC)  # 01:00 in China


class TestClock:
    """Time that passes only when somebody waits for it."""

    __test__ = False

    def __init__(self, start: datetime = _START) -> None:
        self._lock = threading.Lock()
        self._start = start
        self._passed = 0.0

    def now(self) -> datetime:
        with self._lock:
            return self._start + timedelta(seconds=self._passed)

    def monotonic(self) -> float:
        with self._lock:
            return self._passed

    def sleep(self, seconds: float) -> None:
        with self._lock:
            self._passed += seconds

    def next_day(self) -> None:
        """The same hour of the next day."""
        self.sleep(24 * 3600)


@dataclass(frozen=True)
class Request:
    """One request as it came in."""

    path: str
    at: float
    headers: dict[str, str]
    beside: int  # how many others were being answered


@dataclass
class Answer:
    """What to say. ``drip`` is how many seconds of the clock pass before each piece of the body."""

    body: bytes = b""
    status: int = 200
    kind: str = "text/html; charset=utf-8"
    headers: dict[str, str] = field(default_factory=dict)
    drip: float = 0.0
    endless: bool = False
    slow_head: float = 0.0


Handler = Callable[[Request], Answer]


class LocalSite:
    """A web server whose pages a test sets."""

    def __init__(self, clock: TestClock) -> None:
        self.clock = clock
        self.log: list[Request] = []
        self.pages: dict[str, Answer | Handler | list[Answer]] = {}
        self._busy = 0
        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.host = f"127.0.0.1:{self._server.server_port}"

    def url(self, path: str) -> str:
        return f"http://{self.host}{path}"

    def put(self, path: str, body: str | bytes, **more: object) -> None:
        """A page at a path; text goes out as UTF-8."""
        content = body.encode("utf-8") if isinstance(body, str) else body
        self.pages[path] = Answer(content, **more)  # type: ignore[arg-type]

    def asked(self, path: str | None = None) -> list[Request]:
        """Requests for one path, or all but those for robots.txt."""
        if path is not None:
            return [each for each in self.log if each.path == path]
        return [each for each in self.log if each.path != "/robots.txt"]

    @contextmanager
    def running(self) -> Iterator[LocalSite]:
        thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield self
        finally:
            self._server.shutdown()
            self._server.server_close()
            thread.join(5)

    def answer(self, request: Request) -> Answer:
        """What is set for the path; lists of answers are used up, the last one stays."""
        set_ = self.pages.get(request.path, Answer(b"nothing here", 404))
        if isinstance(set_, list):
            set_ = set_.pop(0) if len(set_) > 1 else set_[0]
        found = set_(request) if callable(set_) else set_
        etag = found.headers.get("ETag")
        if etag and request.headers.get("If-None-Match") == etag and found.status == 200:
            return Answer(b"", 304, headers={"ETag": etag})
        since = found.headers.get("Last-Modified")
        if since and request.headers.get("If-Modified-Since") == since and found.status == 200:
            return Answer(b"", 304)
        return found

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        site = self

        class _Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            timeout = 5
            disable_nagle_algorithm = True

            def do_GET(self) -> None:
                with site._lock:
                    headers = dict(self.headers.items())
                    request = Request(self.path, site.clock.monotonic(), headers, site._busy)
                    site.log.append(request)
                    site._busy += 1
                    answer = site.answer(request)
                try:
                    self._send(answer)
                finally:
                    with site._lock:
                        site._busy -= 1

            def _send(self, answer: Answer) -> None:
                if answer.slow_head:
                    head = b"HTTP/1.1 200 OK\r\nX-Slow: " + b"x" * 500 + b"\r\n\r\n"
                    self._drip(Answer(head, drip=answer.slow_head))
                    self.close_connection = True
                    return
                self.send_response(answer.status)
                for name, value in answer.headers.items():
                    self.send_header(name, value)
                if answer.kind:
                    self.send_header("Content-Type", answer.kind)
                if answer.drip or answer.endless:
                    self.send_header("Connection", "close")
                    self.end_headers()
                    self._drip(answer)
                    return
                if answer.status != 304:
                    self.send_header("Content-Length", str(len(answer.body)))
                self.end_headers()
                self.wfile.write(answer.body)

            def _drip(self, answer: Answer) -> None:
                """Bounded: whoever reads must have given up long before."""
                pieces = 2000 if answer.endless else len(answer.body)
                try:
                    for place in range(pieces):
                        site.clock.sleep(answer.drip)
                        piece = answer.body if answer.endless else answer.body[place : place + 1]
                        self.wfile.write(piece)
                        self.wfile.flush()
                except OSError:
                    self.close_connection = True

            def log_message(self, *_args: object) -> None:
                """Nothing on standard error."""

        return _Handler


def article(
    title: str,
    body: str = "请各市州教育行政部门认真组织实施，于2026年年底前建成实训基地12个并报送总结。",
    *,
    number: str = "云教职〔2026〕3号",
    issued: str = "2026年5月20日",
    extra: str = "",
    chrome: str = "",
) -> str:
    """An article with an index table, as many government systems lay it out."""
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}_云岭省教育厅</title>
</head><body><div class="nav"><a href="/">首页</a> <a href="/tzgg/">通知公告</a></div>
<div class="counter">今天是2026年6月9日 {chrome}</div>
<table class="xxgk"><tr><td>索引号：</td><td>YL0123/2026-00017</td><td>发文机关：</td>
<td>云岭省教育厅</td></tr><tr><td>发文字号：</td><td>{number}</td><td>成文日期：</td>
<td>{issued}</td></tr><tr><td>标题：</td><td>{title}</td><td>发布日期：</td>
<td>2026年5月28日</td></tr></table>
<div class="TRS_Editor"><p>各市、州教育局：</p><p>{body}</p>
<p>各地要加强领导，明确分工，把任务落实到具体单位和具体责任人。</p>{extra}</div></body></html>"""


def listing(*entries: tuple[str, str, str], more: str = "") -> str:
    """A list: (address, title, date)."""
    rows = "".join(
        f'<li><a href="{url}" title="{title}">{title[:12]}…</a><span>{day}</span></li>'
        for url, title, day in entries
    )
    return f"""<html><head><meta charset="utf-8"></head><body>
<div class="nav"><a href="/about.html">关于本厅网站建设情况</a></div>
<ul class="list">{rows}</ul>{more}</body></html>"""
