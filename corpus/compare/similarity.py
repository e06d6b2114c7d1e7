"""How much two commitments are the same one: 建设70所高水平中职学校, 打造60所高水平中等职业学校.

What is measured decides; action, measure word, base, task and section help; equal numbers are
only a small bonus, and where it stands in the text is never looked at. All pairs at once, as
matrices: two ledgers of 200 take a few hundredths of a second.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from corpus.compare.fold import fold, heading, is_abbreviation, letters, words
from corpus.compare.measures import same_measure
from corpus.compare.scope_words import contrast_marks, narrowing
from corpus.compare.units import identities
from corpus.model.commitment import Commitment

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Weights:
    """Shares of the parts; they add up to 1. The indicator outweighs all but everything else."""

    indicator: float = 0.50
    task: float = 0.20
    section: float = 0.08
    action: float = 0.05
    measure: float = 0.05
    per_and_base: float = 0.03
    units: float = 0.03
    value: float = 0.03
    deadline: float = 0.03


# A number on one side and none on the other: seldom the same, but it happens (一批, 20个).
_ONE_SIDED = 0.12
# 省级 against 国家级, 中职 against 高职: many letters alike, another thing meant.
_CONTRAST = 0.75
# 残疾人中职学校 against 中职学校: others are meant, though the sentence may say it is one promise.
_NARROWER = 0.9
_ABBREVIATED = 0.9


@dataclass(frozen=True, slots=True)
class Similarity:
    """``total`` of all parts; ``indicator`` and ``task`` alone. Rows are before, columns after."""

    total: Matrix
    indicator: Matrix
    task: Matrix


def similarities(
    before: Sequence[Commitment], after: Sequence[Commitment], weights: Weights | None = None
) -> Similarity:
    """Of every pair of commitments, 0 to 1; 1 where nothing differs."""
    share = weights or Weights()
    task = _overlap(before, after, lambda c: words(c.task))
    indicator = _indicators(before, after)
    total = (
        share.indicator * indicator
        + share.task * task
        + share.section * _overlap(before, after, _section)
        + share.action * _overlap(before, after, lambda c: letters(c.action or ""))
        + share.measure * _measures(before, after)
        + share.per_and_base * _overlap(before, after, _per_and_base)
        + share.units * _equal(before, after, identities)
        + share.value * _equal(before, after, _value)
        + share.deadline * _equal(before, after, _due)
    )
    numbered = _equal(before, after, lambda c: c.target is not None)
    return Similarity(np.clip(total - _ONE_SIDED * (1 - numbered), 0.0, 1.0), indicator, task)


# 职教集团（详见附件）: where more is said of it is no part of its name.
_POINTER = re.compile(r"\((?:详见|见|附|下同|以下简称|简称|含|不含)[^()]*\)")
# Names that name nothing: two documents that both ask for 工作 ask for the same thing by chance.
_NOTHING = frozenset(
    ("工作", "任务", "要求", "措施", "方案", "资金", "部门", "机制", "办法", "项目", "管理", "建设")
)


def subject(commitment: Commitment) -> str:
    """What is measured; the whole task where no indicator was found, or one that says nothing."""
    named = letters(_POINTER.sub("", fold(commitment.indicator or "")))
    return letters(commitment.task) if not named or named in _NOTHING else named


def _indicators(before: Sequence[Commitment], after: Sequence[Commitment]) -> Matrix:
    left, right = [subject(c) for c in before], [subject(c) for c in after]
    alike = names_alike(left, right)
    _cut_short(before, after, left, right, alike)
    return alike


def _cut_short(
    before: Sequence[Commitment],
    after: Sequence[Commitment],
    left: list[str],
    right: list[str],
    alike: Matrix,
) -> None:
    """省级骨干职教集团共分为20个职教集团: a name that stands whole in the sentence was only read
    in part."""
    for i, j in np.argwhere((alike >= 0.5) & (alike < _ABBREVIATED)):
        short, long, task = (
            (left[i], right[j], before[i].task)
            if len(left[i]) < len(right[j])
            else (right[j], left[i], after[j].task)
        )
        if short in long and long in letters(task):
            alike[i, j] = _ABBREVIATED


def names_alike(left: list[str], right: list[str]) -> Matrix:
    """How much two lists of names (letters only) mean the same things, every pair."""
    shared, sizes_left, sizes_right = _shared(left, right)
    alike = 2 * shared / np.maximum(sizes_left + sizes_right, 1.0)
    smaller = np.minimum(sizes_left, sizes_right)
    larger = np.maximum(np.maximum(sizes_left, sizes_right), 1.0)
    # 示范专业点 within 省级示范专业点: from two letters on, worth more the less is left out.
    within = (shared == smaller) & (smaller >= 2)
    alike = np.maximum(alike, np.where(within, 0.5 + 0.5 * smaller / larger, 0.0))
    _abbreviations(left, right, alike)
    marks = zip(
        np.array([contrast_marks(t) for t in left]).reshape(len(left), -1).T,
        np.array([contrast_marks(t) for t in right]).reshape(len(right), -1).T,
        strict=True,
    )
    conflict = np.zeros(alike.shape, dtype=bool)
    for a, b in marks:
        conflict |= (a[:, None] > 0) & (b[None, :] > 0) & (a[:, None] & b[None, :] == 0)
    alike = np.where(conflict, _CONTRAST * alike, alike)
    narrow = np.array([[narrowing(a) != narrowing(b) for b in right] for a in left])
    return np.asarray(np.where(narrow.reshape(alike.shape), _NARROWER * alike, alike))


def _abbreviations(left: list[str], right: list[str], alike: Matrix) -> None:
    """Raise pairs that abbreviate each other; only pairs with some letters alike are looked at."""
    for i, j in np.argwhere((alike > 0.2) & (alike < _ABBREVIATED)):
        if contrast_marks(left[i]) != contrast_marks(right[j]):
            continue  # 职业院校 leaves out of 职业本科院校 what makes it another thing
        if is_abbreviation(left[i], right[j]) or is_abbreviation(right[j], left[i]):
            alike[i, j] = _ABBREVIATED


def _overlap(
    before: Sequence[Commitment], after: Sequence[Commitment], read: Callable[[Commitment], str]
) -> Matrix:
    """F1 of character bigrams; two empty texts are alike."""
    shared, left, right = _shared([read(c) for c in before], [read(c) for c in after])
    total = left + right
    return np.asarray(np.where(total > 0, 2 * shared / np.maximum(total, 1.0), 1.0))


def _shared(left: list[str], right: list[str]) -> tuple[Matrix, Matrix, Matrix]:
    """Bigrams in common of every pair, and how many each side has, as column and as row."""
    known: dict[tuple[str, int], int] = {}
    a, b = _counts(left, known), _counts(right, known)
    width = max(len(known), 1)
    first, second = _matrix(a, width), _matrix(b, width)
    shared = np.asarray((first @ second.T).todense(), dtype=np.float64)
    sizes = np.array([len(x) for x in a], dtype=float), np.array([len(x) for x in b], dtype=float)
    return shared, sizes[0][:, None], sizes[1][None, :]


def _counts(texts: list[str], known: dict[tuple[str, int], int]) -> list[list[int]]:
    """Bigrams as numbers. A repeated bigram counts each time: the second 学校 is another one."""
    rows: list[list[int]] = []
    for text in texts:
        grams = [text[i : i + 2] for i in range(max(len(text) - 1, min(len(text), 1)))]
        counted = Counter(grams)
        keys = [(gram, nth) for gram, times in counted.items() for nth in range(times)]
        rows.append([known.setdefault(key, len(known)) for key in keys])
    return rows


def _matrix(rows: list[list[int]], width: int) -> sparse.csr_matrix:
    starts = np.cumsum([0, *(len(row) for row in rows)])
    columns = np.array([column for row in rows for column in row], dtype=np.int64)
    ones = np.ones(len(columns), dtype=np.float32)
    return sparse.csr_matrix((ones, columns, starts), shape=(len(rows), width))


def _equal(
    before: Sequence[Commitment], after: Sequence[Commitment], read: Callable[[Commitment], object]
) -> Matrix:
    known: dict[object, int] = {}
    left = np.array([known.setdefault(read(c), len(known)) for c in before])
    right = np.array([known.setdefault(read(c), len(known)) for c in after])
    return np.asarray(left[:, None] == right[None, :], dtype=np.float64)


def _measures(before: Sequence[Commitment], after: Sequence[Commitment]) -> Matrix:
    left = [c.target.quantity.unit if c.target else "" for c in before]
    right = [c.target.quantity.unit if c.target else "" for c in after]
    same = {(a, b): float(same_measure(a, b)) for a in set(left) for b in set(right)}
    return np.array([[same[a, b] for b in right] for a in left]).reshape(len(left), len(right))


def _section(commitment: Commitment) -> str:
    return "".join(heading(title) for title in commitment.section)


def _per_and_base(commitment: Commitment) -> str:
    target = commitment.target
    return letters((target.per or "") + (target.base or "")) if target else ""


def _value(commitment: Commitment) -> object:
    target = commitment.target
    return (
        (target.quantity.low, target.quantity.high, fold(target.quantity.unit)) if target else None
    )


def _due(commitment: Commitment) -> object:
    deadline = commitment.deadline
    return (deadline.end, deadline.period) if deadline else None
