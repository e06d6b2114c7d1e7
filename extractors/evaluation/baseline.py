"""The baseline that everything is measured against: patterns for numbers, years and units, and the
nouns and verbs around them by jieba's part-of-speech tags (建设/v 70所 示范/vn 学校/n)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from corpus.model.document import Document
from corpus.model.finding import Finding, FindingValue, Label, UnitMention
from corpus.model.organisation import Role
from corpus.model.period import Deadline, DeadlineKind
from corpus.model.quantity import Quantity
from extractors.nlp.passages import Passage, passages
from extractors.nlp.tokens import pipeline

_NUMBER = re.compile(
    r"(?P<number>\d+(?:\.\d+)?)(?P<scale>[万亿]?)"
    r"(?P<unit>个百分点|平方米|公里|公顷|人次|名|所|个|家|项|门|种|套|件|台|辆|座|条|亩|吨|元|人|户|次|%)"
)
_SCALES = {"": 1, "万": 10_000, "亿": 100_000_000}
_YEAR = re.compile(r"到?(?P<year>20\d\d)年(?:底前|底)?")
_UNIT = re.compile(r"[\u4e00-\u9fff]{1,8}(?:厅|局|委|部|政府)(?=[、,。)牵负等应要])")
_NOUNS = ("n", "vn", "nz", "nt", "ns", "an", "j", "l", "b", "a", "x")


@dataclass(frozen=True, slots=True)
class _Word:
    start: int
    end: int
    tag: str


class Baseline:
    """Every number, year and unit there is."""

    name: ClassVar[str] = "baseline"
    finds: ClassVar[frozenset[Label]] = frozenset(
        {Label.QUANTITY, Label.INDICATOR, Label.ACTION, Label.DEADLINE, Label.UNIT}
    )

    def find(self, document: Document) -> Iterator[Finding]:
        """Findings passage by passage."""
        for passage in passages(document):
            text = passage.view.text
            words = list(_words(text))
            for match in _NUMBER.finditer(text):
                yield from self._statement(document, passage, match, words)
            for match in _YEAR.finditer(text):
                due = Deadline(match[0], DeadlineKind.BY, end=date(int(match["year"]), 12, 31))
                yield self._found(document, passage, Label.DEADLINE, due, match.span(), "")
            for match in _UNIT.finditer(text):
                unit = UnitMention(match[0], Role.RESPONSIBLE)
                yield self._found(document, passage, Label.UNIT, unit, match.span(), "")

    def _statement(
        self, document: Document, passage: Passage, match: re.Match[str], words: list[_Word]
    ) -> Iterator[Finding]:
        group = f"{self.name}:{passage.view.origin[match.start()]}"
        amount = Decimal(match["number"]) * _SCALES[match["scale"]]
        quantity = Quantity(amount, amount, match["unit"])
        yield self._found(document, passage, Label.QUANTITY, quantity, match.span(), group)
        text = passage.view.text
        span = _nouns_behind(text, words, match.end()) or _nouns_before(text, words, match.start())
        if span:
            yield self._found(document, passage, Label.INDICATOR, text[slice(*span)], span, group)
        verbs = [w for w in words if w.end <= match.start() and w.tag == "v"]
        if verbs and "。" not in text[verbs[-1].end : match.start()]:
            span = (verbs[-1].start, verbs[-1].end)
            yield self._found(document, passage, Label.ACTION, text[slice(*span)], span, group)

    def _found(
        self,
        document: Document,
        passage: Passage,
        label: Label,
        value: FindingValue,
        span: tuple[int, int],
        group: str,
    ) -> Finding:
        evidence = document.cite(passage.view.locate(*span))
        return Finding(label, value, evidence, self.name, "pattern", 0.5, group)


def _nouns_behind(text: str, words: list[_Word], start: int) -> tuple[int, int] | None:
    """The run of nouns that the measure word counts: 70所|示范性学校."""
    end = start
    for word in words:
        if word.start == end and _is_noun(text, word):
            end = word.end
    return (start, end) if end > start else None


def _nouns_before(text: str, words: list[_Word], stop: int) -> tuple[int, int] | None:
    """The last run of nouns in the clause before: 森林覆盖率|达到45%."""
    end = start = -1
    for word in reversed(words):
        if word.end > stop:
            continue
        if text[word.start] in ",。;" or (end >= 0 and not _is_noun(text, word)):
            break
        if _is_noun(text, word):
            end, start = max(end, word.end), word.start
    return (start, end) if end >= 0 else None


def _is_noun(text: str, word: _Word) -> bool:
    return word.tag.startswith(_NOUNS) and text[word.start].isalnum()


def _words(text: str) -> Iterator[_Word]:
    at = 0
    for token in pipeline()(text):
        yield _Word(at, at + len(token.text), token.tag_)
        at += len(token.text)
