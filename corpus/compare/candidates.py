"""Which commitments of a library could be the same as one: found by rare pairs of letters, so that
the cost of a look-up does not grow with the library.

高水平中等职业学校 is looked up by 高水, 水平, 平中 …; pairs that half the library has (建设, 服务)
are only counted where rarer ones lead.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from math import log

from corpus.compare.similarity import subject
from corpus.model.commitment import Commitment


@dataclass(frozen=True, slots=True)
class CandidateOptions:
    """At most ``postings`` entries are looked at for one commitment and ``most`` kept. Twice as
    many changed none of the alignments of 1,500 commitments of yearly reports."""

    postings: int = 20_000
    most: int = 64


class Candidates:
    """Commitments by the pairs of letters of what they are about."""

    def __init__(
        self, commitments: Iterable[Commitment], options: CandidateOptions | None = None
    ) -> None:
        self.commitments = list(commitments)
        self._options = options or CandidateOptions()
        self._places: dict[str, list[int]] = defaultdict(list)
        self._sizes: list[int] = []
        for place, commitment in enumerate(self.commitments):
            pairs = _pairs(subject(commitment))
            self._sizes.append(len(pairs))
            for pair in pairs:
                self._places[pair].append(place)

    def near(self, commitment: Commitment) -> list[Commitment]:
        """The likeliest first."""
        total = len(self.commitments)
        pairs = [pair for pair in _pairs(subject(commitment)) if pair in self._places]
        pairs.sort(key=lambda pair: (len(self._places[pair]), pair))
        worth: Counter[int] = Counter()
        looked_at = 0
        for pair in pairs:
            places = self._places[pair]
            weight = log(1 + total / len(places))
            if looked_at + len(places) <= self._options.postings:
                looked_at += len(places)
                for place in places:
                    worth[place] += weight  # type: ignore[assignment]
            else:
                # Too many have it: it only ranks those that are there already.
                for place in worth.keys() & set(places) if len(worth) < len(places) else ():
                    worth[place] += weight  # type: ignore[assignment]
        ranked = sorted(
            worth, key=lambda place: (-worth[place] / (1 + self._sizes[place]) ** 0.5, place)
        )
        return [self.commitments[place] for place in ranked[: self._options.most]]


def _pairs(text: str) -> set[str]:
    return {text[i : i + 2] for i in range(len(text) - 1)} or {text}
