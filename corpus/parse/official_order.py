"""Orders (令), which have their number on a line of its own and their title in the sentence below:
云岭省人民政府令 / 第88号 / 《云岭省节约用水办法》已经…通过，现予公布."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.parse.marks import is_title_end
from corpus.parse.pieces import Piece

_FIRST = 10
_SIGN = r"第(?P<serial>\d{1,5}|[一二三四五六七八九十百〇零]{1,6})号"
_ISSUER = r"(?:中华人民共和国)?(?P<issuer>[\u4e00-\u9fff]{2,30})令"
_WHOLE = re.compile(rf"{_ISSUER}\(?{_SIGN}\)?")
_HEAD = re.compile(_ISSUER)
_NUMBER = re.compile(rf"\(?{_SIGN}\)?")
_PROMULGATED = re.compile(
    r"现(?:予以?|将)?(?:公布|发布)《(?P<after>[^《》]{4,80})》"
    r"|《(?P<before>[^《》]{4,80})》[^。]{0,120}?(?:公布|发布|施行)"
)
_JOINT = re.compile(r"(?<=[委厅局部署院行])(?=[\u4e00-\u9fff]{2,12}[委厅局部署院行])")
# Between the number and the text stand a date and a remark at most.
_TEXT = 6


@dataclass(frozen=True, slots=True)
class Order:
    """Number as it is cited, who gave it, what it promulgates, and the pieces that say so."""

    number: str
    issuers: tuple[str, ...]
    title: str | None
    pieces: tuple[Piece, ...]


def read_order(pieces: Sequence[Piece]) -> Order | None:
    """The order that the document is; None for any other."""
    prose = [piece for piece in pieces if piece.is_prose]
    for place, piece in enumerate(prose[:_FIRST]):
        if "。" in piece.text:
            return None
        whole = _WHOLE.fullmatch(piece.text)
        if whole is not None:
            return _order(whole["issuer"], whole["serial"], prose, place + 1)
        head = _HEAD.fullmatch(piece.text)
        below = prose[place + 1] if place + 1 < len(prose) else None
        number = _NUMBER.fullmatch(below.text) if head is not None and below is not None else None
        if head is not None and number is not None:
            return _order(head["issuer"], number["serial"], prose, place + 2)
    return None


def _order(issuer: str, serial: str, prose: Sequence[Piece], end: int) -> Order:
    title = _title(prose[end : end + _TEXT])
    issuers = tuple(_JOINT.split(issuer))
    return Order(f"{issuer}令第{serial}号", issuers, title, tuple(prose[:end]))


def _title(below: Sequence[Piece]) -> str | None:
    """What is promulgated, by the sentence that does so, else by the line that is its title."""
    for piece in below:
        match = _PROMULGATED.search(piece.text)
        if match is not None:
            return match["after"] or match["before"]
    bare = (p.text for p in below if "。" not in p.text and len(p.text) > 6)
    return next((text for text in bare if is_title_end(text)), None)
