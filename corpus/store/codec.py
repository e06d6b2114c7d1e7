"""Any of our dataclasses as JSON and back, exactly: Decimal("0.50") stays 0.50, 2025-12-31 a date.

Works from the declared types of the fields, so a new layer of ``Document`` needs nothing here.
"""

from __future__ import annotations

import dataclasses
import enum
import json
import types
import typing
import zlib
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple, TypeVar

T = TypeVar("T")

_PLAIN = (str, int, float, bool)


class _Codec(NamedTuple):
    encode: Callable[[Any], Any]
    decode: Callable[[Any], Any]


_CODECS: dict[Any, _Codec] = {}


def pack(value: Any, declared: Any = None) -> bytes:
    """``value`` as compressed JSON; ``declared`` is its type where that is not a dataclass."""
    return zlib.compress(dumps(value, declared).encode("utf-8"), 6)


def unpack(packed: bytes, declared: type[T]) -> T:
    """What ``pack`` was given."""
    return loads(zlib.decompress(packed).decode("utf-8"), declared)


def dumps(value: Any, declared: Any = None) -> str:
    """``value`` as JSON text that every database can hold.

    A lone surrogate of a damaged text layer is written as its escape, and so is NUL.
    """
    plain = _codec(declared or type(value)).encode(value)
    text = json.dumps(plain, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def loads(text: str, declared: type[T]) -> T:
    """What ``dumps`` was given."""
    return typing.cast(T, _codec(declared).decode(json.loads(text)))


def _codec(declared: Any) -> _Codec:
    """How values of a declared type are written and read."""
    if declared not in _CODECS:
        _CODECS[declared] = _made(declared)
    return _CODECS[declared]


def _made(declared: Any) -> _Codec:
    origin = typing.get_origin(declared)
    if origin in (typing.Union, types.UnionType):
        return _optional(declared)
    if origin is tuple:
        return _tuple(declared)
    if origin is dict:
        return _dict(declared)
    if declared in _PLAIN:
        return _Codec(_same, declared if declared is float else _same)
    if declared in (date, datetime):
        return _Codec(declared.isoformat, declared.fromisoformat)
    if declared is Decimal:
        return _Codec(str, Decimal)
    if isinstance(declared, type) and issubclass(declared, enum.Enum):
        return _Codec(lambda member: member.value, declared)
    if dataclasses.is_dataclass(declared):
        return _dataclass(declared)
    raise TypeError(f"no way to store a {declared!r}")


def _same(value: Any) -> Any:
    return value


def _optional(declared: Any) -> _Codec:
    inner = [part for part in typing.get_args(declared) if part is not types.NoneType]
    if len(inner) != 1:
        raise TypeError(f"no way to tell the members of {declared!r} apart")
    encode, decode = _codec(inner[0])
    return _Codec(
        lambda value: None if value is None else encode(value),
        lambda plain: None if plain is None else decode(plain),
    )


def _tuple(declared: Any) -> _Codec:
    parts = typing.get_args(declared)
    if len(parts) == 2 and parts[1] is Ellipsis:
        encode, decode = _codec(parts[0])
        return _Codec(
            lambda value: [encode(each) for each in value],
            lambda plain: tuple([decode(each) for each in plain]),
        )
    codecs = [_codec(part) for part in parts]
    return _Codec(
        lambda value: [c.encode(each) for c, each in zip(codecs, value, strict=True)],
        lambda plain: tuple(c.decode(each) for c, each in zip(codecs, plain, strict=True)),
    )


def _dict(declared: Any) -> _Codec:
    key, value = typing.get_args(declared)
    if key is not str:
        raise TypeError(f"keys of JSON are texts, not {key!r}")
    encode, decode = _codec(value)
    return _Codec(
        lambda pairs: {name: encode(each) for name, each in pairs.items()},
        lambda plain: {name: decode(each) for name, each in plain.items()},
    )


def _dataclass(declared: Any) -> _Codec:
    """Fields by name; one that a row of an older version lacks takes its default."""
    hints = typing.get_type_hints(declared)
    codecs = {f.name: _codec(hints[f.name]) for f in dataclasses.fields(declared) if f.init}

    def encode(value: Any) -> dict[str, Any]:
        return {name: codec.encode(getattr(value, name)) for name, codec in codecs.items()}

    def decode(plain: dict[str, Any]) -> Any:
        return declared(
            **{name: codecs[name].decode(part) for name, part in plain.items() if name in codecs}
        )

    return _Codec(encode, decode)
