"""Annotated documents, as people say what is promised:

    {"id": "3", "tagged": "<d c=\\"1\\">到2025年</d>，<a c=\\"1\\">建成</a><v c=\\"1\\">20所</v>…"}

One file is one document, one line a paragraph; the tags are those of the annotation guidelines:
v quantity, q comparator, i indicator, a action, p per what, b base, d deadline, u unit.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.model.errors import GoldError
from corpus.model.finding import UnitMention
from corpus.model.geometry import Span
from corpus.model.organisation import Role
from corpus.model.period import Deadline
from corpus.model.quantity import Target
from extractors.evaluation.gold_dates import named_year, read_deadline
from extractors.evaluation.gold_values import read_bound, read_quantity

# “温度<5℃” is text; whatever has a letter after its < is meant as a tag.
_LIKE_A_TAG = re.compile(r"</?[A-Za-z][^<>]*>?")
_OPENING = re.compile(r"<(?P<letter>[vqiapbdu])(?P<attributes>(?:\s+\w+=\"[^\"]*\")*)\s*>")
_CLOSING = re.compile(r"</(?P<letter>[vqiapbdu])>")
_ROLES = {"lead": Role.LEAD, "coop": Role.COOPERATING, "resp": Role.RESPONSIBLE}
_SENTENCE_ENDS = "。；;\t"


@dataclass(frozen=True, slots=True)
class Tag:
    """One tagged stretch of a paragraph; ``commitments`` are the numbers it belongs to."""

    letter: str
    span: Span
    words: str
    commitments: tuple[int, ...]
    role: Role | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of an annotated file, its tags taken out."""

    id: str
    text: str
    tags: tuple[Tag, ...]


@dataclass(frozen=True, slots=True)
class AnnotatedCommitment:
    """What people say one commitment is. ``sentence`` is the one that states it."""

    paragraph: str
    number: int
    sentence: str
    action: str | None
    indicator: str | None
    target: Target | None
    deadline: Deadline | None
    units: tuple[UnitMention, ...]


def read_gold(path: Path) -> tuple[AnnotatedCommitment, ...]:
    """The commitments of one annotated document; GoldError, with the line, where it is broken."""
    return tuple(_commitments(read_paragraphs(path)))


def read_paragraphs(path: Path) -> tuple[Paragraph, ...]:
    """The paragraphs of one annotated document, in order."""
    try:
        content = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        zh, en = f"没有标注文件 {path}，请检查路径", f"no annotated file {path}; check the path"
        raise GoldError(zh, en) from error
    except (OSError, UnicodeDecodeError) as error:
        zh, en = f"无法读取标注文件 {path}，应为 UTF-8 文本", f"can't read {path}; it must be UTF-8"
        raise GoldError(zh, en) from error
    # Not splitlines(): a paragraph may hold U+2028, which JSON allows inside a string.
    lines = [(n, line) for n, line in enumerate(content.split("\n"), 1) if line.strip()]
    if not lines:
        raise GoldError(f"标注文件 {path} 是空的", f"{path} is empty")
    return tuple(_paragraph(line, _Place(path.name, number)) for number, line in lines)


@dataclass(frozen=True, slots=True)
class _Place:
    file: str
    line: int

    def error(self, zh: str, en: str) -> GoldError:
        return GoldError(
            f"{self.file} 第{self.line}行：{zh}", f"{self.file}, line {self.line}: {en}"
        )


def _paragraph(line: str, place: _Place) -> Paragraph:
    try:
        fields = json.loads(line)
    except json.JSONDecodeError as error:
        raise place.error("不是 JSON", "not JSON") from error
    if not isinstance(fields, dict) or not {"id", "tagged"} <= fields.keys():
        raise place.error("应有 id 和 tagged 两项", "must have id and tagged")
    tagged = fields["tagged"]
    if not isinstance(tagged, str) or not isinstance(fields.get("text", ""), str):
        raise place.error("tagged 和 text 应为文字", "tagged and text must be strings")
    text, tags = _untag(tagged, place)
    if "text" in fields and fields["text"] != text:
        raise place.error(
            f"去掉标签后与 text 不同：{_difference(text, fields['text'])}",
            "without its tags it differs from text",
        )
    _check_commitments(tags, place)
    return Paragraph(str(fields["id"]), text, tags)


def _untag(tagged: str, place: _Place) -> tuple[str, tuple[Tag, ...]]:
    text, at = "", 0
    tags: list[Tag] = []
    opened: tuple[re.Match[str], int] | None = None
    for found in _LIKE_A_TAG.finditer(tagged):
        text += tagged[at : found.start()]
        at = found.end()
        opening, closing = _OPENING.fullmatch(found[0]), _CLOSING.fullmatch(found[0])
        if opening and opened is None:
            opened = opening, len(text)
        elif closing and opened and opened[0]["letter"] == closing["letter"]:
            tags.append(_tag(opened[0], Span(opened[1], len(text)), text, place))
            opened = None
        else:
            raise _misplaced(found[0], opened, known=bool(opening or closing), place=place)
    if opened:
        raise place.error(f"标签 {opened[0][0]} 没有结束", f"{opened[0][0]} is never closed")
    return text + tagged[at:], tuple(tags)


def _misplaced(
    sign: str, opened: tuple[re.Match[str], int] | None, *, known: bool, place: _Place
) -> GoldError:
    if not known:
        return place.error(f"不认识的标签 {sign}", f"no such tag: {sign}")
    if opened is None:
        return place.error(f"{sign} 前没有开始标签", f"{sign} closes nothing")
    inside = opened[0][0]
    return place.error(f"{sign} 出现在 {inside} 之内", f"{sign} stands inside {inside}")


def _tag(opening: re.Match[str], span: Span, text: str, place: _Place) -> Tag:
    attributes = dict(re.findall(r"(\w+)=\"([^\"]*)\"", opening["attributes"]))
    letter, sign = opening["letter"], opening[0]
    if not re.fullmatch(r"[1-9]\d*(?:,[1-9]\d*)*", attributes.get("c", "")):
        raise place.error(f'{sign} 缺少编号，应如 c="1" 或 c="1,2"', f'{sign} lacks c="1"')
    role = _ROLES.get(attributes.get("r", ""))
    if (role is not None) != (letter == "u") or attributes.keys() - {"c", "r"}:
        raise place.error(
            f"{sign} 的 r 应为 lead、coop、resp 之一，且只用于 u",
            f"{sign}: r is lead, coop or resp, on u and only there",
        )
    if not span:
        raise place.error(f"{sign} 内没有文字", f"{sign} is empty")
    numbers = tuple(int(number) for number in attributes["c"].split(","))
    return Tag(letter, span, text[span.start : span.end], numbers, role)


def _check_commitments(tags: Sequence[Tag], place: _Place) -> None:
    """What has no quantity, deadline or unit is no commitment."""
    for number in sorted({number for tag in tags for number in tag.commitments}):
        letters = {tag.letter for tag in tags if number in tag.commitments}
        if not letters & set("vdu"):
            raise place.error(
                f"承诺{number}没有数量、时限或责任单位",
                f"commitment {number} has no quantity, deadline or unit",
            )


def _difference(one: str, other: str) -> str:
    same = next(
        (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
        min(len(one), len(other)),
    )
    start = max(0, same - 6)
    return f"“{one[start : same + 6]}”—“{other[start : same + 6]}”"


def _commitments(paragraphs: Iterable[Paragraph]) -> Iterator[AnnotatedCommitment]:
    year: int | None = None
    for paragraph in paragraphs:
        for number in sorted({n for tag in paragraph.tags for n in tag.commitments}):
            tags = [tag for tag in paragraph.tags if number in tag.commitments]
            commitment = _commitment(paragraph, number, tags, year)
            if commitment.deadline:
                year = named_year(commitment.deadline.raw) or year
            yield commitment


def _commitment(
    paragraph: Paragraph, number: int, tags: Sequence[Tag], year: int | None
) -> AnnotatedCommitment:
    due = next((tag.words for tag in tags if tag.letter == "d"), None)
    return AnnotatedCommitment(
        paragraph=paragraph.id,
        number=number,
        sentence=_sentence(paragraph.text, tags),
        action=_words(tags, "a", between="、"),
        indicator=_words(tags, "i"),
        target=_target(tags),
        deadline=None if due is None else read_deadline(due, year=year),
        units=tuple(UnitMention(tag.words, tag.role) for tag in tags if tag.role),
    )


def _target(tags: Sequence[Tag]) -> Target | None:
    raw = _words(tags, "v")
    quantity = read_quantity(raw) if raw else None
    if raw is None or quantity is None:
        return None
    bound = read_bound(_words(tags, "q") or "", raw, quantity)
    whole = "".join(tag.words for tag in tags if tag.letter in "vq")
    return Target(whole, quantity, bound, per=_words(tags, "p"), base=_words(tags, "b"))


def _words(tags: Sequence[Tag], letter: str, *, between: str = "") -> str | None:
    return between.join(tag.words for tag in tags if tag.letter == letter) or None


def _sentence(text: str, tags: Sequence[Tag]) -> str:
    """The sentence or table cell in which the commitment itself, not who is to do it, begins."""
    itself = [tag.span.start for tag in tags if tag.letter in "vida"]
    first = min(itself or [tag.span.start for tag in tags])
    start = max(text.rfind(sign, 0, first) for sign in _SENTENCE_ENDS) + 1
    ends = (text.find(sign, first) for sign in _SENTENCE_ENDS)
    return text[start : min((end for end in ends if end >= 0), default=len(text))]
