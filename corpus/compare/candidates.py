"""Which commitments of a library could be the same as one: found by rare pairs of letters, so that
the cost of a look-up does not grow with the library.

高水平中等职业学校 is looked up by 高水, 水平, 平中 …; pairs that half the library has (建设, 服务)
are only counted where rarer ones lead.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from math import log

from corpus.compare.similarity import subject
from corpus.model.commitment import Commitment


@dataclass(frozen=True, slots=True)
class CandidateOptions:
    """At most ``postings`` entries are looked at for one commitment and ``most`` kept. Of 400
    commitments among 1,500 of yearly reports these found every counterpart that comparing with all
    of them finds (2,107)."""

    postings: int = 20_000
    most: int = 64


class Candidates:
    """Commitments by the pairs of letters of what they are about."""

    def __init__(
        self, commitments: Iterable[Commitment], options: CandidateOptions | None = None
    ) -> None:
        self.commitments = list(commitments)
        self._options = options or CandidateOptions()
        self._places: dict[str, set[int]] = defaultdict(set)
        self._named: dict[str, list[int]] = defaultdict(list)
        self._sizes: list[int] = []
        for place, commitment in enumerate(self.commitments):
            name = subject(commitment)
            pairs = _pairs(name)
            self._named[name].append(place)
            self._sizes.append(len(pairs))
            for pair in pairs:
                self._places[pair].add(place)

    def near(self, commitment: Commitment) -> list[Commitment]:
        """The likeliest first: those of the same name, then those that share its rarest pairs."""
        name = subject(commitment)
        same = self._named.get(name, [])[: self._options.most]
        worth = self._worth([pair for pair in _pairs(name) if pair in self._places])
        ranked = sorted(worth, key=lambda at: (-worth[at] / (1 + self._sizes[at]) ** 0.5, at))
        places = list(dict.fromkeys((*same, *ranked)))
        return [self.commitments[place] for place in places[: self._options.most]]

    def _worth(self, pairs: list[str]) -> dict[int, float]:
        """By place the weight of what is shared; a pair that too many have ranks only what rarer
        ones led to."""
        worth: dict[int, float] = defaultdict(float)
        left = self._options.postings
        for pair in sorted(pairs, key=lambda pair: (len(self._places[pair]), pair)):
            places = self._places[pair]
            weight = log(1 + len(self.commitments) / len(places))
            if len(places) <= left:
                left -= len(places)
                found: Iterable[int] = places
            elif worth:
                found = [place for place in worth if place in places]
            else:
                found = islice(places, left)
            for place in found:
                worth[place] += weight
        return worth


def _pairs(text: str) -> set[str]:
    return {text[i : i + 2] for i in range(len(text) - 1)} or {text}
