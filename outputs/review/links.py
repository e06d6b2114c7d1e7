"""Addresses with filters in them: /changes?unit=云岭省民政厅&label=lowered."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit


def link(path: str, pairs: Iterable[tuple[str, Any]] = (), **more: Any) -> str:
    """An address; what is empty is left out."""
    found = [(name, value) for name, value in (*pairs, *more.items()) if value not in (None, "")]
    return f"{path}?{urlencode(found)}" if found else path


def changed(address: str, **values: Any) -> str:
    """The address with some of its filters set anew, on the first page of the list."""
    path, _, query = address.partition("?")
    kept = [(n, v) for n, v in parse_qsl(query) if n not in values and n != "page"]
    return link(path, [*kept, *values.items()])


def local(address: str) -> str:
    """Where to go after signing in: a path of ours, never another site's address."""
    parts = urlsplit(address)
    hostile = parts.scheme or parts.netloc or not address.startswith("/")
    if hostile or address.startswith(("//", "/\\")) or any(c in address for c in "\r\n\\"):
        return "/"
    return address
