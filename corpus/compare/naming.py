"""What a document says of others: 根据《甲》, 贯彻落实《乙》, 《丙》（云政〔2016〕3号）同时废止.

The relation is read from the words right before the first title of a list and right behind its
last one, in the same sentence; where they say nothing of the kind, the document is only cited.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.model.document import Document
from corpus.model.lineage import Naming, RelationKind
from corpus.model.view import View, tidy

_NUMBER = (
    r"[\u4e00-\u9fffA-Za-z]{1,8}[\[(〔{〈]?[^\w\u4e00-\u9fff]?(?:19|20)\d\d"
    r"[^\d\u4e00-\u9fff,。;]{1,2}第?\d{1,4}号"
)
_NAMED = re.compile(
    rf"《(?P<title>[^《》]{{2,200}}(?:《[^《》]{{1,120}}》[^《》]{{0,120}}){{0,4}})》"
    rf"(?:\((?P<behind>[^()]{{4,40}}?号)\)|[〔\[](?P<odd>[^《》]{{4,40}}?号)[\])])?"
    rf"|(?P<bare>{_NUMBER})"
)
_NOT_OF_A_CODE = re.compile(r"[的了以见据照按件和与及、]|通知|有关|文(?=[\u4e00-\u9fff])")
# 《章程》, 《宪法》 without more: no document of a library is meant.
_SHORTEST = 4
_SENTENCE = re.compile(r"[。!?;\t]|(?<=[^0-9])\.(?=[^0-9])")
# 等文件, 、 and 和 between two titles; what may stand between a verb and the title it governs.
_BETWEEN = re.compile(
    r"^(?:等|、|,|和|及|与|以及|暨|并|的|文件|通知|精神|有关|要求|规定|部署|\s)*$"
)


def _before(*words: tuple[RelationKind, str]) -> tuple[tuple[RelationKind, re.Pattern[str]], ...]:
    return tuple((kind, re.compile(rf"(?:{each})[^,。;:》]{{0,24}}$")) for kind, each in words)


_IN_TEXT = _before(
    (RelationKind.REPEALS, "(?:决定|宣布|现|同时|一并|予以)废止"),
    (RelationKind.IMPLEMENTS, "贯彻|落实|实施|执行|细化"),
    (RelationKind.BASED_ON, "根据|依据|按照|依照|遵照|遵循|对照"),
)
# 修订《…办法》 in a text is a task for somebody; in a title it is what the document does.
_IN_TITLE = (
    *_before(
        (RelationKind.REPEALS, "废止|停止执行|失效"),
        (RelationKind.AMENDS, "修改|修订|修正|补充|调整"),
        (RelationKind.CORRECTS, "更正|勘误"),
        (RelationKind.FORWARDS, "转发"),
        (RelationKind.ISSUES, "印发|发布|颁发|下发|公布"),
    ),
    *_IN_TEXT,
)
_BEHIND: tuple[tuple[RelationKind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(words))
    for kind, words in (
        (RelationKind.REPEALS, r"^.{0,12}?(?:废止|停止执行|失效|不再执行)"),
        (RelationKind.CORRECTS, r"^.{0,30}?(?:更正为|更正如下|有误)"),
        (RelationKind.AMENDS, r"^.{0,30}?(?:修改为|修订为|作如下修改|予以修改|作出修改)"),
        (RelationKind.ISSUES, r"^.{0,12}?(?:印发给|予以印发|现印发|予以发布)"),
        (RelationKind.FORWARDS, r"^.{0,12}?转发给"),
    )
)
# 自印发之日起施行, …同时废止: the new text takes the place of the old one.
_INSTEAD = re.compile(r"同时废止|起(?:施行|实施|执行)|代替|替代|取代")
# Titles within a title often go without 《》: 转发教育部关于…的通知, 印发云岭省…规划的通知.
_BARE = re.compile(
    r"转发(?P<forwarded>(?!《)[^《》]{4,80}?的(?:通知|意见|决定|函|报告|公告))(?:的通知)?$"
    r"|印发(?P<issued>(?!《)[^《》]{4,80}?)的(?:通知|函|公告)$"
)


@dataclass(frozen=True, slots=True)
class _Name:
    """A title or number in the view; ``end`` is behind the bracket with the number."""

    start: int
    end: int
    title: str | None
    number: str | None


def namings(document: Document) -> tuple[Naming, ...]:
    """Every document that this one names; each once, under the weightiest of its relations."""
    found: dict[tuple[str | None, str | None], Naming] = {}
    for naming in (*_in_title(document), *_in_text(document)):
        key = _key(naming)
        known = found.get(key)
        if known is None or _weight(naming.kind) < _weight(known.kind):
            found[key] = naming
    return tuple(found.values())


def _key(naming: Naming) -> tuple[str | None, str | None]:
    return (naming.title, None) if naming.title else (None, naming.document_number)


def _weight(kind: RelationKind) -> int:
    return tuple(RelationKind).index(kind)


def _in_title(document: Document) -> Iterator[Naming]:
    """关于印发《…》的通知, 关于废止《…》的决定: the title stands in the text, too, as a rule."""
    title = document.official.title
    if not title:
        return
    view = tidy(document.text)
    wanted = tidy(title).text
    at = view.text.find(wanted)
    if at < 0:
        return
    part = view.narrow(at, at + len(wanted))
    names = list(_names(part.text))
    bare = _BARE.search(part.text)
    if bare is not None and bare.lastgroup is not None:
        names.append(_Name(*bare.span(bare.lastgroup), bare[bare.lastgroup], None))
    for name in names:
        kind = _kind(part.text, [name], name, _IN_TITLE)
        if kind is not RelationKind.CITES:
            yield _naming(document, part, name, kind)


def _in_text(document: Document) -> Iterator[Naming]:
    view = tidy(document.text)
    own = tidy(document.official.title or "").text
    start = 0
    for stop in [*(m.start() for m in _SENTENCE.finditer(view.text)), len(view.text)]:
        if stop > start:
            part = view.narrow(start, stop)
            names = list(_names(part.text))
            for name in names:
                if name.title is None or name.title != own:
                    kind = _kind(part.text, names, name, _IN_TEXT)
                    yield _naming(document, part, name, kind)
        start = stop + 1


def _names(text: str) -> Iterator[_Name]:
    for match in _NAMED.finditer(text):
        number, start = match["behind"] or match["odd"], match.start()
        if match["bare"]:
            # 见豫政〔2016〕3号: an issuer's code has none of these.
            number = _NOT_OF_A_CODE.split(match["bare"])[-1]
            start = match.end() - len(number)
        if number or len(match["title"]) >= _SHORTEST:
            yield _Name(start, match.end(), match["title"], number)


def _kind(
    text: str,
    names: list[_Name],
    name: _Name,
    kinds: tuple[tuple[RelationKind, re.Pattern[str]], ...],
) -> RelationKind:
    first = last = names.index(name)
    while first and _BETWEEN.match(text[names[first - 1].end : names[first].start]):
        first -= 1
    while last + 1 < len(names) and _BETWEEN.match(text[names[last].end : names[last + 1].start]):
        last += 1
    behind = text[names[last].end :]
    for kind, pattern in _BEHIND:
        if pattern.search(behind):
            return _replaced(kind, text)
    before = text[: names[first].start]
    for kind, pattern in kinds:
        if pattern.search(before):
            return _replaced(kind, text)
    return RelationKind.CITES


def _replaced(kind: RelationKind, text: str) -> RelationKind:
    instead = kind is RelationKind.REPEALS and _INSTEAD.search(text)
    return RelationKind.SUPERSEDES if instead else kind


def _naming(document: Document, view: View, name: _Name, kind: RelationKind) -> Naming:
    """Evidence is the name with the words that say the relation, at most a line of them."""
    start = max(0, name.start - 20) if kind is not RelationKind.CITES else name.start
    cut = max((view.text.rfind(sign, start, name.start) for sign in ",。;:\t"), default=-1)
    end = min(len(view.text), name.end + (12 if kind in _ENDS else 0))
    span = view.locate(max(start, cut + 1), end)
    return Naming(kind, name.title, name.number, document.cite(span))


_ENDS = frozenset(
    {
        RelationKind.SUPERSEDES,
        RelationKind.REPEALS,
        RelationKind.AMENDS,
        RelationKind.CORRECTS,
    }
)
