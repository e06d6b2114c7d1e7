"""What a name is looked up by in an index: 高水平中职学校 by 高水平, 水平中, 平中职 …

Three letters in a row are rare enough that even a large library has few names with them. Names of
up to four letters are also found by two (中央投资 by 中央 and 投资), and any name by its first and
last two: 中央预算内投资 is 中央…投资, as its abbreviation is. Of 4,707 pairs that alignment accepts
between yearly reports, 4,703 share one of these.
"""

from __future__ import annotations

from collections.abc import Callable
from zlib import crc32

from corpus.compare.fold import is_abbreviation

_SHORT = 4
# Half of the seven pairs of eight letters are four, which stand in at most three places: two of
# them next to each other, and those are three letters in a row; the other has a second one, or
# is so short that its pairs are tokens.
_LONG = 8
# A whole sentence as a name: looked up by some of its tokens, the same ones wherever it stands.
_ASKED = 32


def indexed(name: str) -> list[str]:
    """The tokens under which a name (letters only) is filed."""
    found = _threes(name) | _ends(name)
    return sorted(found | _twos(name) if len(name) <= _SHORT else found)


def asked(name: str) -> list[str]:
    """The tokens by which names near this one are looked for."""
    found = _threes(name) | _ends(name) | _twos(name)
    if len(found) <= _ASKED:
        return sorted(found)
    return sorted(found, key=lambda token: crc32(token.encode("utf-8")))[:_ASKED]


def likeness(one: str) -> Callable[[str], float]:
    """A quick look at how much other names are like this one, never far below what alignment says;
    0 where it couldn't accept them whatever else agrees."""
    own = _twos(one)

    def look(other: str) -> float:
        twos = _twos(other)
        shared, size = len(own & twos), len(own) + len(twos)
        alike = 2 * shared / size
        smaller = min(len(own), len(twos))
        if shared == smaller >= 2:
            alike = max(alike, 0.5 + 0.5 * smaller / (size - smaller))
        if (
            0.2 < alike < 0.9
            and one[-1:] == other[-1:]
            and (is_abbreviation(one, other) or is_abbreviation(other, one))
        ):
            return 0.9
        return alike if alike >= 0.3 else 0.0

    return look


def fewest(name: str) -> int:
    """How many tokens any name shares with this one that is half like it: of a long name one is
    not enough."""
    return 2 if len(name) >= _LONG else 1


def _threes(name: str) -> set[str]:
    return {name[i : i + 3] for i in range(len(name) - 2)}


def _twos(name: str) -> set[str]:
    return {name[i : i + 2] for i in range(len(name) - 1)} or {name}


def _ends(name: str) -> set[str]:
    """Four letters or more: no token of another kind is as long."""
    return {name[:2] + name[-2:]} if len(name) >= _SHORT else set()
