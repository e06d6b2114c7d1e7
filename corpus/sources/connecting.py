"""Connections to checked addresses only. The name is resolved, every address checked, and the
connection made to that very address, so that no second answer of a name server can lead inside
(DNS rebinding). TLS is verified against the name, and no request outlives its time.
"""

from __future__ import annotations

import ssl
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import httpcore
import httpx

from corpus.sources.addresses import Resolve, check_addresses
from corpus.sources.clock import Clock

# httpcore's own word for each trouble, and httpx's.
_TROUBLES: tuple[tuple[type[Exception], type[httpx.TransportError]], ...] = (
    (httpcore.ConnectTimeout, httpx.ConnectTimeout),
    (httpcore.TimeoutException, httpx.ReadTimeout),
    (httpcore.ConnectError, httpx.ConnectError),
    (httpcore.NetworkError, httpx.ReadError),
    (httpcore.ProtocolError, httpx.RemoteProtocolError),
    (httpcore.UnsupportedProtocol, httpx.UnsupportedProtocol),
)


class Deadline:
    """By when the request under way must be done."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._until: float | None = None

    def set(self, seconds: float) -> None:
        """The next request has so long."""
        self._until = self._clock.monotonic() + seconds

    @property
    def over(self) -> bool:
        """True where the time is up."""
        return self._until is not None and self._clock.monotonic() >= self._until

    def left(self, timeout: float | None) -> float | None:
        """What a single wait may take of it; ReadTimeout where nothing is left."""
        if self._until is None:
            return timeout
        left = self._until - self._clock.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("the time for this request is over")
        return left if timeout is None else min(left, timeout)


class CheckedBackend(httpcore.NetworkBackend):
    """Opens sockets to addresses that have been checked."""

    def __init__(self, deadline: Deadline, *, resolve: Resolve, opens_loopback: bool) -> None:
        self._deadline = deadline
        self._resolve = resolve
        self._opens_loopback = opens_loopback
        self._sockets = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first address that answers."""
        found = check_addresses(
            host, port, resolve=self._resolve, opens_loopback=self._opens_loopback
        )
        refused: httpcore.ConnectError | httpcore.ConnectTimeout | None = None
        for address in found:
            try:
                left = self._deadline.left(timeout)
                stream = self._sockets.connect_tcp(
                    address, port, left, local_address, socket_options
                )
                return _Bounded(stream, self._deadline)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                refused = error
        raise refused or httpcore.ConnectError(f"{host} has no address")


class _Bounded(httpcore.NetworkStream):
    """A stream whose every wait ends with the request's time."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        left = self._deadline.left(timeout)
        return _Bounded(self._stream.start_tls(ssl_context, server_hostname, left), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


@cache
def _verifying() -> ssl.SSLContext:
    """Certificates are always checked; reading those of all authorities takes a while."""
    return httpx.create_ssl_context()


class CheckedTransport(httpx.BaseTransport):
    """httpx over a pool of such connections, one at a time for each host."""

    def __init__(self, backend: CheckedBackend) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=_verifying(),
            max_connections=4,
            max_keepalive_connections=2,
            keepalive_expiry=30,
            network_backend=backend,
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send the request; what comes back is not read yet."""
        url = request.url
        asked = httpcore.Request(
            method=request.method,
            url=httpcore.URL(
                scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
            ),
            headers=request.headers.raw,
            content=request.stream,
            extensions=request.extensions,
        )
        with _httpx_errors(request):
            answer = self._pool.handle_request(asked)
        return httpx.Response(
            status_code=answer.status,
            headers=answer.headers,
            stream=_Body(answer, request),
            extensions=answer.extensions,
        )

    def close(self) -> None:
        """Let go of all connections."""
        self._pool.close()


class _Body(httpx.SyncByteStream):
    """The answer's bytes as they come in."""

    def __init__(self, answer: httpcore.Response, request: httpx.Request) -> None:
        self._answer = answer
        self._request = request

    def __iter__(self) -> Iterator[bytes]:
        with _httpx_errors(self._request):
            yield from self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()


@contextmanager
def _httpx_errors(request: httpx.Request) -> Iterator[None]:
    try:
        yield
    except Exception as error:
        for theirs, ours in _TROUBLES:
            if isinstance(error, theirs):
                raise ours(str(error), request=request) from error
        raise
