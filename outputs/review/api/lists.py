"""What all lists of the API share: filters in the address, and a cursor to read on with."""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Callable
from datetime import date
from typing import Annotated, Generic, TypeVar

from fastapi import Depends, Query
from pydantic import BaseModel, Field

from corpus.store.paging import Place
from outputs.review.api.problems import BadCursorError

T = TypeVar("T")
Fits = Callable[[object], bool]
# No database holds NUL in a text.
NO_NUL = r"^[^\u0000]*$"
Words = Annotated[str, Query(max_length=200, pattern=NO_NUL, description="每个词都须出现 | words")]
Part = Annotated[str, Query(max_length=100, pattern=NO_NUL)]
_NUMBERS = 2**63
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Listed(BaseModel, Generic[T]):
    """一页 | one page of a list; ``next`` goes into ``cursor`` for the following one."""

    items: list[T]
    next: str | None = Field(description="下一页的 cursor，没有则为 null | cursor of the next page")


class Turned:
    """Which page is asked for."""

    def __init__(
        self,
        limit: Annotated[int, Query(ge=1, le=200, description="每页条数 | items of a page")] = 50,
        cursor: Annotated[
            str, Query(max_length=300, description="上一页的 next | next of the page before")
        ] = "",
    ) -> None:
        self.size = limit
        self._cursor = cursor

    def after(self, *kinds: Fits) -> Place | None:
        """Where the page before ended, of values of these kinds."""
        if not self._cursor:
            return None
        try:
            found = json.loads(base64.urlsafe_b64decode(self._cursor.encode("ascii")))
        except (ValueError, binascii.Error, RecursionError):
            raise BadCursorError() from None
        if not isinstance(found, list) or len(found) != len(kinds):
            raise BadCursorError()
        if not all(fits(value) for value, fits in zip(found, kinds, strict=True)):
            raise BadCursorError()
        return tuple(found)


def number(value: object) -> bool:
    """A number that a database holds."""
    return type(value) is int and abs(value) < _NUMBERS


def text(value: object) -> bool:
    """A text that a database holds."""
    return isinstance(value, str) and "\0" not in value and _whole(value)


def day(value: object) -> bool:
    """A day, or none."""
    return value is None or is_day(value)


def written_day(value: object) -> object:
    """A day as it is written, 2025-12-31; seconds since 1970 are none."""
    if isinstance(value, str) and not _DAY.fullmatch(value):
        raise ValueError("YYYY-MM-DD")
    return value


def is_day(value: object) -> bool:
    """2025-12-31."""
    try:
        return isinstance(value, str) and bool(date.fromisoformat(value))
    except ValueError:
        return False


def _whole(text: str) -> bool:
    """False for half a surrogate pair."""
    return text.encode("utf-8", "replace").decode() == text


def cursor(place: Place | None) -> str | None:
    """A place as it stands in an address."""
    if place is None:
        return None
    return base64.urlsafe_b64encode(json.dumps(place).encode()).decode("ascii")


Page = Annotated[Turned, Depends()]
