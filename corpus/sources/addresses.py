"""Addresses: how one is written, and whether it may be asked for. http://169.254.169.254/ and
file:/etc/passwd never are, wherever a page or a redirect points.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Iterable, Sequence
from urllib.parse import parse_qsl, quote, urlencode, urljoin, urlsplit, urlunsplit

from corpus.sources.reasons import NotFetched

# Host and port to the addresses they stand for, as ``socket.getaddrinfo`` knows them.
Resolve = Callable[[str, int], Sequence[str]]

_PORTS = {"http": 80, "https": 443}
# IPv6 prefixes with an IPv4 address inside: NAT64, 6to4.
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_SAFE = "/%:=&?~#+!$,;'@()*[]"


def normal(url: str, base: str = "") -> str:
    """The address in full and in one way of writing: no fragment, no default port, host in small
    letters. 通知.pdf is percent-encoded; NotFetched for what is no address of the web."""
    try:
        parts = urlsplit(urljoin(base, url.strip()))
        port = parts.port
        host = (parts.hostname or "").rstrip(".").encode("idna").decode("ascii")
    except (ValueError, UnicodeError) as error:
        raise NotFetched(url, "scheme", note=type(error).__name__) from error
    if parts.scheme not in _PORTS or not host or parts.username is not None:
        raise NotFetched(url, "scheme")
    host = f"[{host}]" if ":" in host else host
    place = host if port in (None, _PORTS[parts.scheme]) else f"{host}:{port}"
    path = quote(parts.path or "/", safe=_SAFE)
    return urlunsplit((parts.scheme, place, path, quote(parts.query, safe=_SAFE), ""))


def with_query(url: str, name: str, value: str) -> str:
    """The address with that one parameter set: list.html?page=2."""
    parts = urlsplit(url)
    pairs = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if pair[0] != name]
    return urlunsplit(parts._replace(query=urlencode([*pairs, (name, value)])))


def host_of(url: str) -> str:
    """Host, and port where it isn't the usual one, as allowed hosts are written."""
    return urlsplit(url).netloc


def check_host(url: str, hosts: Iterable[str]) -> None:
    """NotFetched where the address is of none of the allowed hosts."""
    if host_of(url) not in hosts:
        raise NotFetched(url, "host", note=host_of(url))


def resolve(host: str, port: int) -> list[str]:
    """The addresses of a host, by the system's resolver."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(each[4][0]) for each in found))


def check_addresses(
    host: str, port: int, *, resolve: Resolve, opens_loopback: bool = False
) -> list[str]:
    """Where a host may be connected to; NotFetched if any of its addresses is not public.

    One bad address is enough: a name that leads inside and outside by turns is an attack.
    """
    try:
        found = list(resolve(host, port))
    except OSError as error:
        raise NotFetched(host, "name", note=error.strerror or type(error).__name__) from error
    if not found:
        raise NotFetched(host, "name")
    for address in found:
        if not is_public(address, opens_loopback=opens_loopback):
            raise NotFetched(host, "address", note=address)
    return found


def is_public(address: str, *, opens_loopback: bool = False) -> bool:
    """True for an address of the open internet."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        inner = _inside(found)
        if inner is not None:
            return is_public(str(inner))
    if opens_loopback and found.is_loopback:
        return True
    return found.is_global and not found.is_multicast and not found.is_reserved


def _inside(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address that an IPv6 address only wraps."""
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    if address.teredo is not None:
        return address.teredo[1]
    return address.sixtofour
