"""Which characters differ between two quotations: 建设[70]所 against 建设[80]所.

Compared by characters, but numbers and Latin words are whole: 70 against 75 marks 70, not 0. What
only looks different (７０ and 70, a line break) is not marked.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

# A number with its decimals and thousands, a run of Chinese numerals, a Latin word, else one
# character.
_TOKEN = re.compile(
    r"[0-9０-９]+(?:[.,．，][0-9０-９]+)*|[〇零一二三四五六七八九十百千]{2,}|[A-Za-zＡ-Ｚａ-ｚ]+|.",
    re.DOTALL,
)
# Two marks with so few common characters between them read better as one.
_ISLAND = 2
# A number that both sides have is never taken in: that it is the same is what matters.
_NUMBER = re.compile(r"[0-9０-９]")


@dataclass(frozen=True, slots=True)
class Piece:
    """Part of a quotation; ``differs`` where the other side has something else."""

    text: str
    differs: bool


Pieces = tuple[Piece, ...]


def plain(text: str) -> Pieces:
    """A quotation that stands alone."""
    return (Piece(text, False),) if text else ()


def mark(before: str, after: str) -> tuple[Pieces, Pieces]:
    """Both quotations cut at what differs; joined again they are the same texts."""
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    matcher = SequenceMatcher(None, [_key(t) for t in old], [_key(t) for t in new], autojunk=False)
    left: list[Piece] = []
    right: list[Piece] = []
    for differs, i1, i2, j1, j2 in _without_islands(matcher.get_opcodes(), old):
        left.append(Piece("".join(old[i1:i2]), differs))
        right.append(Piece("".join(new[j1:j2]), differs))
    return _joined(left), _joined(right)


_Stretch = tuple[bool, int, int, int, int]


def _without_islands(
    codes: Sequence[tuple[str, int, int, int, int]], old: Sequence[str]
) -> Iterator[_Stretch]:
    """Opcodes as stretches that differ or not, short common ones between two marks taken in."""
    for index, (tag, i1, i2, j1, j2) in enumerate(codes):
        inner = 0 < index < len(codes) - 1
        island = tag == "equal" and inner and i2 - i1 <= _island(codes, index)
        island = island and not _NUMBER.search("".join(old[i1:i2]))
        yield tag != "equal" or island, i1, i2, j1, j2


def _island(codes: Sequence[tuple[str, int, int, int, int]], index: int) -> int:
    """How long a common stretch may be to be taken in: never longer than the marks beside it."""
    sizes = [max(c[2] - c[1], c[4] - c[3]) for c in (codes[index - 1], codes[index + 1])]
    return min(_ISLAND, *sizes)


def _joined(pieces: list[Piece]) -> Pieces:
    joined: list[Piece] = []
    for piece in pieces:
        if not piece.text:
            continue
        if joined and joined[-1].differs == piece.differs:
            joined[-1] = Piece(joined[-1].text + piece.text, piece.differs)
        else:
            joined.append(piece)
    return tuple(joined)


def _key(token: str) -> str:
    """What a token is compared by: width and letter case of a sign are not its meaning."""
    return unicodedata.normalize("NFKC", token).replace(",", "") or token
