"""The imprint at the foot of an official document (版记) and its list of annexes (附件说明):
抄送：省委各部门 … 云岭省人民政府办公厅　2024年3月6日印发."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from corpus.parse.marks import read_date
from corpus.parse.pieces import Piece

_PRINTED = re.compile(r"(?P<day>\d{4}年\d{1,2}月\d{1,2}日)印发$")
_RECORD = re.compile(r"^(?:抄送|抄报|分送|主送|主办|督办|主题词|印发机关|承办):")
_COPIED = re.compile(r"^(?:抄送|抄报):(?P<to>.+)$")
_PRINTED_BY = re.compile(
    r"(?:印发机关:)?(?P<who>[\u4e00-\u9fff()]{3,40}?)(?P<open>主动公开|依申请公开|不予?公开)?"
)
_ANNEX_LIST = re.compile(r"^-?附件:?(?:(?=\d{1,2}[.、])|(?<=:))(?P<name>.+)$")
_NUMBERED = re.compile(r"^\d{1,2}[.、](?!\d)(?P<name>.{2,80})$")


@dataclass(frozen=True, slots=True)
class Record:
    """What the imprint says, and the pieces it stands in."""

    date_printed: date | None = None
    printed_by: str | None = None
    copied_to: tuple[str, ...] = ()
    disclosure: str | None = None
    pieces: tuple[Piece, ...] = ()


def read_record(body: Sequence[Piece]) -> Record:
    """The imprint at the end: 抄送, and who printed it when."""
    start = next((i for i, piece in enumerate(body) if _RECORD.match(piece.text)), len(body))
    marked = [i for i, piece in enumerate(body) if _PRINTED.search(piece.text)]
    if marked:
        start = min(start, marked[0])
    # What follows an imprint is another file bound to it; a long text after it is no imprint.
    record = tuple([p for p in body[start:] if len(p.text) < 200][:12])
    for place, piece in enumerate(record):
        printed = _PRINTED.search(piece.text)
        if printed:
            who, how = _printed_by(piece.text[: printed.start()], record[:place])
            copied = tuple(_copied(record))
            return Record(read_date(printed["day"]), who, copied, how, record)
    return Record(None, _printed_by("", record)[0], tuple(_copied(record)), None, record)


def _printed_by(before: str, above: Sequence[Piece]) -> tuple[str | None, str | None]:
    """The office named before the date, or on a line of its own, and who may read it (主动公开)."""
    match = _PRINTED_BY.fullmatch(before)
    if match:
        return match["who"], match["open"]
    for piece in above:
        if piece.text.startswith("印发机关:"):
            return piece.text.removeprefix("印发机关:") or None, None
    return None, None


def _copied(record: Sequence[Piece]) -> Iterator[str]:
    """抄送 and the lines below it: party, congress, courts each have a line of their own."""
    copying = False
    for piece in record:
        match = _COPIED.match(piece.text)
        other = _RECORD.match(piece.text) or _PRINTED.search(piece.text)
        copying = bool(match) or (copying and not other)
        if copying:
            yield from _parts(match["to"] if match else piece.text)


def _parts(listed: str) -> list[str]:
    return [part for part in re.split(r"[,;。]", listed) if part]


def read_annexes(body: Sequence[Piece]) -> tuple[tuple[str, ...], list[Piece]]:
    """附件：1.… and the numbered lines below it."""
    for place, piece in enumerate(body):
        first = _ANNEX_LIST.match(piece.text)
        if first is None or len(piece.text) > 400 or "。" in piece.text:
            continue
        names = [n for n in re.split(r"(?:^|(?<=[^\d.]))\d{1,2}[.、](?!\d)", first["name"]) if n]
        listed = [piece]
        for below in body[place + 1 : place + 40]:
            match = _NUMBERED.match(below.text)
            if match is None or "。" in below.text:
                break
            names.append(match["name"])
            listed.append(below)
        return tuple(name.rstrip(";,") for name in names), listed
    return (), []
