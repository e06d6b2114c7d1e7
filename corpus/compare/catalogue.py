"""Which document of the library is meant by a name: number first, title second.

豫政〔2021〕2号, 豫政[2021J2号 and 豫政(2027)2号 may be one number, the last two badly read; a title
may have lost a character on the way (关于深化职业教育推进…的意见). What was not found as it is
written comes with a doubt.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from corpus.compare.fold import fold, letters
from corpus.compare.scope_words import contrasts
from corpus.compare.titles import own_title, plan_name
from corpus.model.document import Document
from corpus.model.lineage import Resolved
from corpus.model.official import DocumentNumber

_NUMBER = re.compile(
    r"(?P<code>[\u4e00-\u9fff]{1,14})[^\d\u4e00-\u9fff]{0,2}(?P<year>(?:19|20)\d\d)"
    r"[^\d\u4e00-\u9fff]{1,2}第?0*(?P<serial>\d{1,4})号?"
)
_DIGITS = re.compile(r"\d+|[一二三四五六七八九十]+(?=五|个五年|期|批|版|轮)")
# Shorter titles (通知, 工作方案) name nothing.
_SHORTEST = 6


@dataclass(frozen=True, slots=True)
class CatalogueOptions:
    """``near`` is how much of two titles' pairs of letters must agree where they are not equal:
    one character in ten may be lost or misread; ``with_number`` where the number agrees but for a
    digit, too."""

    near: float = 0.85
    with_number: float = 0.6


@dataclass(frozen=True, slots=True)
class Found:
    """The document that a name means."""

    document_id: str
    resolved: Resolved
    doubt: str | None = None


@dataclass(frozen=True, slots=True)
class _Entry:
    document_id: str
    number: DocumentNumber | None
    title: str
    name: str
    period: int | None


class Catalogue:
    """Numbers and titles of a library; a look-up touches only what shares rare letters."""

    def __init__(
        self, documents: Iterable[Document], options: CatalogueOptions | None = None
    ) -> None:
        self._options = options or CatalogueOptions()
        self._entries: dict[str, _Entry] = {}
        self._by_number: dict[DocumentNumber, list[str]] = defaultdict(list)
        self._by_code: dict[str, list[str]] = defaultdict(list)
        self._by_serial: dict[tuple[int, int], list[str]] = defaultdict(list)
        self._by_title: dict[str, list[str]] = defaultdict(list)
        self._by_pair: dict[str, list[str]] = defaultdict(list)
        for document in documents:
            self._add(document)

    def _add(self, document: Document) -> None:
        number = read_number(document.official.document_number)
        title = document.official.title or ""
        entry = _Entry(document.id, number, letters(own_title(title)), fold(title),
                       plan_name(title).period)  # fmt: skip
        self._entries[document.id] = entry
        if number is not None:
            self._by_number[number].append(document.id)
            self._by_code[number.issuer_code].append(document.id)
            self._by_serial[number.year, number.serial].append(document.id)
        if len(entry.title) >= _SHORTEST:
            self._by_title[entry.title].append(document.id)
            for pair in _pairs(entry.title):
                self._by_pair[pair].append(document.id)

    def find(self, title: str | None, number: str | None) -> tuple[Found, ...]:
        """All copies of the one work that is meant; empty where none is, or where it could be
        either of two."""
        wanted, name = read_number(number), letters(own_title(title or ""))
        numbered = self._numbered(wanted)
        if numbered:
            return tuple(self._of_number(each, name) for each in numbered)
        if len(name) >= _SHORTEST and name in self._by_title:
            same = [e for e in self._by_title[name] if not self._other_number(e, wanted)]
            if same:
                return tuple(Found(each, Resolved.TITLE) for each in same)
        return self._misread_number(wanted, name) or self._misread_title(wanted, title, name)

    def _numbered(self, wanted: DocumentNumber | None) -> list[str]:
        """By the whole number; a number read out of a sentence may have words before its code."""
        if wanted is None:
            return []
        if wanted in self._by_number:
            return self._by_number[wanted]
        found = self._by_serial.get((wanted.year, wanted.serial), [])
        ends = [each for each in found if wanted.issuer_code.endswith(self._code(each))]
        longest = max((len(self._code(each)) for each in ends), default=0)
        return [each for each in ends if len(self._code(each)) == longest > 1]

    def _code(self, document_id: str) -> str:
        number = self._entries[document_id].number
        return number.issuer_code if number else ""

    def _of_number(self, document_id: str, name: str) -> Found:
        known = self._entries[document_id].title
        differs = len(name) >= _SHORTEST and len(known) >= _SHORTEST and _alike(name, known) < 0.5
        doubt = "文号相同而标题不同，请核对" if differs else None
        return Found(document_id, Resolved.NUMBER, doubt)

    def _other_number(self, document_id: str, wanted: DocumentNumber | None) -> bool:
        """True where both numbers are known and differ by more than a misread digit."""
        known = self._entries[document_id].number
        return known is not None and wanted is not None and not _misread(known, wanted)

    def _misread_number(self, wanted: DocumentNumber | None, name: str) -> tuple[Found, ...]:
        if wanted is None or len(name) < _SHORTEST:
            return ()
        found = [
            each
            for each in self._by_code.get(wanted.issuer_code, ())
            if (known := self._entries[each].number) is not None
            and _misread(known, wanted)
            and _alike(name, self._entries[each].title) >= self._options.with_number
        ]
        known_numbers = {self._entries[each].number for each in found}
        if len(known_numbers) != 1:
            return ()
        doubt = f"引用的文号为{wanted}，库中为{next(iter(known_numbers))}，疑有一字误读"
        return tuple(Found(each, Resolved.NUMBER_MISREAD, doubt) for each in found)

    def _misread_title(
        self, wanted: DocumentNumber | None, title: str | None, name: str
    ) -> tuple[Found, ...]:
        if title is None or len(name) < 2 * _SHORTEST:
            return ()
        shared = Counter(e for pair in _pairs(name) for e in self._by_pair.get(pair, ()))
        near = [
            entry
            for document_id, _ in shared.most_common(20)
            if self._is_near(entry := self._entries[document_id], title, name)
            and not self._other_number(document_id, wanted)
        ]
        if len({entry.title for entry in near}) != 1:
            return ()
        doubt = f"引用的标题与库中标题不完全相同（库中：{near[0].name}）"
        return tuple(Found(entry.document_id, Resolved.TITLE_MISREAD, doubt) for entry in near)

    def _is_near(self, entry: _Entry, title: str, name: str) -> bool:
        if _DIGITS.findall(entry.title) != _DIGITS.findall(name) or contrasts(entry.title, name):
            return False
        if entry.period != plan_name(title).period:
            return False
        return _alike(entry.title, name) >= self._options.near


def read_number(text: str | None) -> DocumentNumber | None:
    """Issuer code, year and serial, whatever its brackets were read as."""
    match = _NUMBER.search(fold(text or ""))
    if match is None:
        return None
    return DocumentNumber(match["code"], int(match["year"]), int(match["serial"]))


def _misread(one: DocumentNumber, other: DocumentNumber) -> bool:
    """True where they are equal but for one digit of year or serial."""
    if one.issuer_code != other.issuer_code:
        return False
    left, right = (f"{n.year}/{n.serial}" for n in (one, other))
    return len(left) == len(right) and sum(a != b for a, b in zip(left, right, strict=True)) <= 1


def _pairs(text: str) -> set[str]:
    return {text[i : i + 2] for i in range(len(text) - 1)}


def _alike(left: str, right: str) -> float:
    """F1 of the pairs of letters."""
    a, b = _pairs(left), _pairs(right)
    return 2 * len(a & b) / max(len(a) + len(b), 1)
