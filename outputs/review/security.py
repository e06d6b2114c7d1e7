"""What every request and response goes through: size before reading, origin, headers.

Uploads and document text are hostile until proven otherwise: no page loads or runs anything that
is not ours, nothing may frame it, and no other site can post to it.
"""

from __future__ import annotations

import json
import logging
from urllib.parse import quote, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from outputs.review.access import COOKIE
from outputs.review.site import SiteOptions

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
}
UPLOAD_PATHS = frozenset({"/upload", "/api/uploads"})
_log = logging.getLogger(__name__)


class TooBigError(Exception):
    """More bytes than a request may have."""


class Guard:
    """Stands before the application."""

    def __init__(self, app: ASGIApp, options: SiteOptions) -> None:
        self._app = app
        self._options = options

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        scope.setdefault("state", {})
        answer = _Answer(scope, send)
        if scope["method"] not in _SAFE and not _same_site(headers):
            await answer.refuse(
                403, "请求来自其他网站，已拒绝 | refused: it came from another site"
            )
            return
        most = self._options.upload if scope["path"] in UPLOAD_PATHS else self._options.body
        if _declared(headers) > most:
            await answer.refuse(413, _too_big(most))
            return
        try:
            await self._app(scope, _limited(receive, most), answer.send)
        except TooBigError:
            if answer.started:
                raise
            await answer.refuse(413, _too_big(most))
        except Exception:
            # A fault of ours: it goes to the log whole, and no part of it to the page.
            _log.exception("%s %s", scope["method"], scope["path"])
            if answer.started:
                raise
            await answer.refuse(500, "程序出错，已记入日志，请稍后再试 | an internal error, logged")


class _Answer:
    """Adds our headers to whatever is answered."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self._scope = scope
        self._send = send
        self.started = False

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.started = True
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers.setdefault(name, value)
            headers.setdefault("Cache-Control", "no-store")
            secure = self._scope["scheme"] == "https"
            if secure:
                headers["Strict-Transport-Security"] = "max-age=31536000"
            token = self._scope["state"].get("new_token")
            if token:
                headers.append("Set-Cookie", cookie(COOKIE, token, secure=secure))
        await self._send(message)

    async def refuse(self, status: int, text: str) -> None:
        """A short answer in plain text; in JSON to a program."""
        body, kind = text.encode("utf-8"), b"text/plain; charset=utf-8"
        if self._scope["path"].startswith("/api/"):
            zh, _, en = text.partition(" | ")
            error = {"code": "refused", "zh": zh, "en": en, "fields": []}
            body, kind = json.dumps({"error": error}).encode("ascii"), b"application/json"
        headers = [
            (b"content-type", kind),
            (b"content-length", str(len(body)).encode()),
            (b"connection", b"close"),
        ]
        await self.send({"type": "http.response.start", "status": status, "headers": headers})
        await self.send({"type": "http.response.body", "body": body})


def cookie(name: str, value: str, *, secure: bool) -> str:
    """A cookie that no script reads and no other site's form sends."""
    return f"{name}={value}; Path=/; HttpOnly; SameSite=Lax{'; Secure' if secure else ''}"


def attachment(name: str) -> str:
    """Content-Disposition for a download: what people call it, for old browsers without Chinese."""
    kept = "".join(c for c in name if c.isprintable() and c not in '/\\:*?"<>|') or "download"
    plain = "".join(c if c.isascii() and c not in "%;'" else "_" for c in kept)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(kept, safe='')}"


def _same_site(headers: Headers) -> bool:
    """Browsers say where a request comes from; what says nothing is no browser and has only its
    form token to show."""
    fetch_site = headers.get("sec-fetch-site")
    if fetch_site is not None:
        return fetch_site in ("same-origin", "none")
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc == headers.get("host")


def _declared(headers: Headers) -> int:
    length = headers.get("content-length", "0")
    return int(length) if length.isdigit() else 0


def _limited(receive: Receive, most: int) -> Receive:
    """Counts what comes in, for requests that don't say how long they are or don't tell true."""
    got = 0

    async def receive_some() -> Message:
        nonlocal got
        message = await receive()
        got += len(message.get("body", b""))
        if got > most:
            raise TooBigError()
        return message

    return receive_some


def _too_big(most: int) -> str:
    size = f"{most // 1_000_000} MB"
    return f"内容过大，上限为 {size} | too big: at most {size}"
