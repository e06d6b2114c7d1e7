"""The labels of the model, character by character: 建 is B-action, 设 I-action, the 7 of 70所
B-quantity. A unit's label holds its role (B-unit-lead)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from corpus.model.finding import Label
from corpus.model.organisation import Role

if TYPE_CHECKING:
    import numpy as np

KINDS = (
    "quantity", "bound", "indicator", "action", "per", "base", "deadline",
    "unit-lead", "unit-resp", "unit-coop",
)  # fmt: skip
OUTSIDE = "O"
NAMES: tuple[str, ...] = (OUTSIDE, *(f"{sign}-{kind}" for kind in KINDS for sign in "BI"))

_ROLE_WORDS = {"lead": Role.LEAD, "resp": Role.RESPONSIBLE, "coop": Role.COOPERATING}
_WORD_OF_ROLE = {role: word for word, role in _ROLE_WORDS.items()}


@dataclass(frozen=True, slots=True, order=True)
class LabelledSpan:
    """``text[start:end]`` of a view is of that kind; ``score`` is the model's mean belief."""

    start: int
    end: int
    kind: str
    score: float = 1.0

    @property
    def label(self) -> Label:
        """The label of findings that the kind stands for."""
        return Label(self.kind.partition("-")[0])

    @property
    def role(self) -> Role | None:
        """The role of a unit, None for everything else."""
        return _ROLE_WORDS.get(self.kind.partition("-")[2])


def kind_of(label: Label, role: Role | None = None) -> str:
    """The kind that the label, and a unit's role, is read as."""
    return f"{label.value}-{_WORD_OF_ROLE[role]}" if role is not None else label.value


def tag(length: int, spans: Iterable[LabelledSpan]) -> list[int]:
    """The number of a name for each of ``length`` characters; spans may not overlap."""
    tags = [0] * length
    for span in spans:
        if any(tags[span.start : span.end]) or not 0 <= span.start < span.end <= length:
            raise ValueError(f"{span} overlaps another or lies outside of {length} characters")
        first = 1 + 2 * KINDS.index(span.kind)
        tags[span.start : span.end] = [first, *([first + 1] * (span.end - span.start - 1))]
    return tags


def spans_of(tags: Sequence[int]) -> list[LabelledSpan]:
    """The stretches that the names mark; an I that continues nothing begins one."""
    starts = [at for at, name in enumerate(tags) if name and _begins(tags, at)]
    found = []
    for start, limit in pairwise([*starts, len(tags)]):
        inside = tags[start] + tags[start] % 2
        end = start + 1
        while end < limit and tags[end] == inside:
            end += 1
        found.append(LabelledSpan(start, end, KINDS[(tags[start] - 1) // 2]))
    return found


def _begins(tags: Sequence[int], at: int) -> bool:
    name = tags[at]
    return name % 2 == 1 or at == 0 or tags[at - 1] not in (name, name - 1)


def decode(probabilities: np.ndarray) -> list[LabelledSpan]:
    """The likeliest spans: Viterbi over the names, I only behind its own B or I."""
    import numpy as np

    if not len(probabilities):
        return []
    scores = np.log(probabilities.astype(np.float64) + 1e-9)
    allowed = _allowed()
    best = scores[0] + allowed[0]
    came = np.zeros(scores.shape, dtype=np.int16)
    for at in range(1, len(scores)):
        ways = best[:, None] + allowed
        came[at] = ways.argmax(axis=0)
        best = ways.max(axis=0) + scores[at]
    tags = [int(best.argmax())]
    for at in range(len(scores) - 1, 0, -1):
        tags.append(int(came[at, tags[-1]]))
    tags.reverse()
    return [_scored(span, probabilities) for span in spans_of(tags)]


def _scored(span: LabelledSpan, probabilities: np.ndarray) -> LabelledSpan:
    belief = support(probabilities, span.start, span.end, span.kind)
    return LabelledSpan(span.start, span.end, span.kind, round(belief, 4))


def support(probabilities: np.ndarray, start: int, end: int, kind: str) -> float:
    """How much the model believes that the characters are of that kind, whatever its edges."""
    first = 1 + 2 * KINDS.index(kind)
    return float(probabilities[start:end, first : first + 2].sum(axis=1).mean())


def _allowed() -> np.ndarray:
    """0 where a name may follow another, minus infinity where not; row 0 is O, also the start."""
    import numpy as np

    follows = np.zeros((len(NAMES), len(NAMES)))
    for inside in range(2, len(NAMES), 2):
        follows[:, inside] = -np.inf
        follows[[inside - 1, inside], inside] = 0.0
    return follows
