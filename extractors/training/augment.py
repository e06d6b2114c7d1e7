"""Other wordings of an annotated paragraph whose labels stay true: 到2025年建设70所 becomes
到2028年建设45所, units change places, digits are written wide or in Chinese.

What the model is to learn is the frame of a promise, not the figures that happened to fill it.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from extractors.learned.labels import LabelledSpan
from extractors.training.examples import Example, Linked

_DIGITS = re.compile(r"\d+")
_YEAR = re.compile(r"(?:19|20)\d\d")
_SWAPPED = ("unit-lead", "unit-resp", "unit-coop", "deadline", "indicator")
# What a scanner takes for one another.
_CONFUSED = {
    "未": "末", "末": "未", "己": "已", "已": "己", "入": "人", "人": "入", "日": "曰", "0": "O",
    "1": "l", "大": "太", "土": "士", "干": "千", "千": "干", "于": "干",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Edit:
    """``text[start:end]`` is to be replaced by ``words``."""

    start: int
    end: int
    words: str


def rewrite(example: Example, edits: Sequence[Edit]) -> Example:
    """The example with the edits made and its spans moved along. An edit lies within one span or
    outside of all."""
    text, at, shifts = "", 0, []
    for edit in sorted(edits, key=lambda edit: edit.start):
        text += example.text[at : edit.start] + edit.words
        shifts.append((edit.end, len(edit.words) - (edit.end - edit.start)))
        at = edit.end
    text += example.text[at:]

    def moved(position: int) -> int:
        return position + sum(by for end, by in shifts if end <= position)

    def place(span: LabelledSpan) -> LabelledSpan:
        return replace(span, start=moved(span.start), end=moved(span.end))

    spans = tuple(replace(each, span=place(each.span)) for each in example.spans)
    return replace(example, text=text, spans=spans)


def numbers(example: Example, generator: random.Random) -> Example:
    """Every figure another of its length; a year another year, the same one everywhere."""
    shift = generator.randint(-8, 8)

    def other(match: re.Match[str]) -> str:
        words = match[0]
        if _YEAR.fullmatch(words):
            return str(int(words) + shift)
        first = str(generator.randint(1, 9)) if words[0] != "0" else "0"
        return first + "".join(str(generator.randint(0, 9)) for _ in words[1:])

    edits = [Edit(m.start(), m.end(), other(m)) for m in _DIGITS.finditer(example.text)]
    return rewrite(example, edits)


def swapped(
    example: Example, generator: random.Random, *, phrases: Mapping[str, Sequence[str]]
) -> Example:
    """Some units, times and indicators replaced by others that were annotated as the same."""
    edits = [
        Edit(each.span.start, each.span.end, generator.choice(phrases[each.span.kind]))
        for each in example.spans
        if each.span.kind in _SWAPPED and phrases.get(each.span.kind) and generator.random() < 0.3
    ]
    return rewrite(example, edits)


def scanned(example: Example, generator: random.Random) -> Example:
    """A few characters misread; nothing moves."""
    read = [
        _CONFUSED[sign] if sign in _CONFUSED and generator.random() < 0.04 else sign
        for sign in example.text
    ]
    return replace(example, text="".join(read))


def unpointed(example: Example, generator: random.Random) -> Example:
    """A comma or a stop lost between two lines."""
    edits = [
        Edit(at, at + 1, "")
        for at, sign in enumerate(example.text)
        if sign in ",。;、" and generator.random() < 0.03 and not _inside(example.spans, at)
    ]
    return rewrite(example, edits)


def _inside(spans: Sequence[Linked], at: int) -> bool:
    return any(each.span.start <= at < each.span.end for each in spans)


def excerpt(example: Example, generator: random.Random) -> Example:
    """Some of the sentences, as a paragraph of its own."""
    cuts = [0, *(m.end() for m in re.finditer("。", example.text)), len(example.text)]
    cuts = sorted({cut for cut in cuts if not _cuts(example.spans, cut)})
    if len(cuts) < 3:
        return example
    first = generator.randrange(len(cuts) - 1)
    last = generator.randrange(first + 1, len(cuts))
    start, end = cuts[first], cuts[last]
    kept = tuple(
        Linked(shifted(each.span, -start), each.commitments)
        for each in example.spans
        if start <= each.span.start and each.span.end <= end
    )
    return replace(example, text=example.text[start:end], spans=kept)


def _cuts(spans: Sequence[Linked], at: int) -> bool:
    return any(each.span.start < at < each.span.end for each in spans)


def shifted(span: LabelledSpan, by: int) -> LabelledSpan:
    """The span, that many characters further on."""
    return replace(span, start=span.start + by, end=span.end + by)


def phrases_of(examples: Sequence[Example]) -> dict[str, list[str]]:
    """What was annotated as each kind, for ``swapped``."""
    found: dict[str, list[str]] = {}
    for example in examples:
        for each in example.spans:
            words = example.text[each.span.start : each.span.end]
            found.setdefault(each.span.kind, []).append(words)
    return found


def augmented(
    example: Example, generator: random.Random, *, phrases: Mapping[str, Sequence[str]]
) -> Example:
    """One of many likenesses of the example, sometimes the example itself."""
    changes: tuple[tuple[float, Callable[[Example, random.Random], Example]], ...] = (
        (0.6, numbers),
        (0.4, lambda e, g: swapped(e, g, phrases=phrases)),
        (0.1, scanned),
        (0.15, unpointed),
    )
    for chance, change in changes:
        if generator.random() < chance:
            example = change(example, generator)
    return example
