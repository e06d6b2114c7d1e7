"""Where a commitment stands in two documents: （七）加强培训 is （九）加强培训 renumbered; what
went from the body into the task table has moved. Neither is a change."""

from __future__ import annotations

from corpus.compare.fold import fold, heading
from corpus.model.change import Place

# Below this share of letter pairs in common two headings are not two wordings of one.
_OTHER_HEADING = 0.4


def place(before: tuple[str, ...], after: tuple[str, ...]) -> Place:
    """From the two heading paths."""
    left, right = [heading(title) for title in before], [heading(title) for title in after]
    if left == right:
        renumbered = [fold(title) for title in before] != [fold(title) for title in after]
        return Place.RENUMBERED if renumbered else Place.SAME
    return Place.MOVED if _shared("".join(left), "".join(right)) < _OTHER_HEADING else Place.SAME


def _shared(left: str, right: str) -> float:
    a, b = ({text[i : i + 2] for i in range(len(text) - 1)} for text in (left, right))
    return len(a & b) / max(min(len(a), len(b)), 1)
