"""Where one unit's name ends and the next begins: 文化和旅游厅 is one, 教育厅和财政厅 are two."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.nlp.register_tables import form_key, functions
from extractors.nlp.unit_kinds import UnitKind, is_registered, unit_kind


@dataclass(frozen=True, slots=True)
class Name:
    """``text[start:end]``; ``parted`` is the sign that stands before it (、 , 和 等 …)."""

    start: int
    end: int
    parted: str


_LEADING = re.compile(
    r"^(?:由|请|以及|及其|分别由|主要由|会同|同时|其中|并由|并|和|及|与|或|\d{1,2}[.、)]|[:。,、;·—/\s])+"
)
_TRAILING = re.compile(r"(?:等|[:。,、;·\s]|\((?:牵头|主办|配合|协办|责任|负责)(?:单位|部门)?\))+$")
_SEPARATOR = re.compile(r"[、,;。/|\t+]")
_ET_CETERA = re.compile(r"(?<![高中初同平上下优对均])等(?!级|次|同|学校|职业|教育|院校|高)")
_JOINT = re.compile(r"以及|及其|[和与及或]")
_COUNT = re.compile(r"^(?:\d+|[一二三四五六七八九十]+)(?:个|家|所)?")
# Says nothing without the words before it: 各部门和单位, 各级党委和政府.
_BARE = re.compile(
    r"^(?:部门|单位|机构|机关|企业|院校|学校|个人|方面|政府|人民政府|干部|主体|团体|组织|市|县|省|区|地)$"
)
_OPENED = re.compile(
    r"^(?:各|有关|相关|其他|所有|市?县?两?级|基层|地方|[省市县区州]级|[省市县区][直属])|有关|相关"
)
_LEVELS = re.compile(r"^(?:各|有关|相关)?(?:(?:省|市|县|区|州|镇|乡|旗|盟|地|县区|国家)级?)$")
_LEVEL_FIRST = re.compile(r"^(?:[(省市县区州镇乡旗盟]|自治县|街道|村)")
_DEPARTMENTS = re.compile(r"(?:主管|行政|管理)*(?:部门|机关)$")
# 各级融资担保、再担保机构: what has begun so and names no unit yet goes on.
_UNFINISHED = re.compile(r"^(?:各|有关|相关|具有|具备|承担|从事|开展)")
_AREA = r"[\u4e00-\u9fff]{2,}?(?:示范区|开发区|新区|实验区|园区|市|县|区|州|旗)(?:\([^()]*\))?"
_AREA_OFFICE = re.compile(
    rf"^(?!市|省(?!直管|辖)|县|区|各|有关|相关|其他){_AREA}"
    r"(?:人民政府|政府|[\u4e00-\u9fff]{2,12}(?:局|委|厅|部|办|部门))$"
)
# 省委、省政府有关部门 are the departments of both.
_COMMITTEE = re.compile(r"^(?:[省市县区州]委|自治区党委|党委)$")
_OF_GOVERNMENT = re.compile(r"^(?:[省市县区州]|自治区)?(?:人民)?政府.+")
_RANK = re.compile(r"^(?:同级|各级|各地|有关|相关|[省市县区州地]级|[省市县区州]|国家|自治区)")


def names(text: str, start: int, end: int, *, breaks: frozenset[int] = frozenset()) -> list[Name]:
    """The names listed in ``text[start:end]``.

    ``breaks`` are positions where a blank or line break stood: one unit a line needs no comma.
    """
    pieces = list(_pieces(text, start, end, breaks))
    return [name for name in _joined(text, pieces) if name.end > name.start]


def _pieces(text: str, start: int, end: int, breaks: frozenset[int]) -> Iterator[Name]:
    for first, last, sign in _cuts(text, start, end, _SEPARATOR):
        parts = _et_cetera(text, first, last, sign)
        for part in parts:
            for piece in _by_joints(text, part):
                yield from _unglued(text, _stripped(text, piece), breaks)


def _cuts(text: str, start: int, end: int, sign: re.Pattern[str]) -> Iterator[tuple[int, int, str]]:
    """``text[start:end]`` cut at signs that stand outside of brackets."""
    depth, first, before = 0, start, ""
    position = start
    while position < end:
        depth += {"(": 1, ")": -1}.get(text[position], 0)
        match = sign.match(text, position, end) if depth <= 0 else None
        if match is None:
            position += 1
            continue
        yield first, position, before
        first, before = match.end(), match[0]
        position = match.end()
    yield first, end, before


def _et_cetera(text: str, start: int, end: int, sign: str) -> list[Name]:
    """省教育厅等省直有关部门 is two; the tail of 教育、财政等部门 and 等5个单位 is nobody."""
    found = [
        Name(first, last, mark or sign) for first, last, mark in _cuts(text, start, end, _ET_CETERA)
    ]
    if len(found) == 1:
        return found
    head = _stripped(text, found[0])
    tails = []
    for tail in found[1:]:
        words = _COUNT.sub("", text[tail.start : tail.end])
        functional = _is_function(text[head.start : head.end])
        if not words or _BARE.match(words) or (functional and words.endswith(("部门", "单位"))):
            continue
        tails.append(tail)
    return [found[0], *tails]


def _by_joints(text: str, piece: Name) -> Iterator[Name]:
    """Cut at 和, 与, 及 where both sides name units: never inside 工业和信息化厅."""
    depth, first, sign = 0, piece.start, piece.parted
    for match in re.finditer(rf"[()]|{_JOINT.pattern}", text[piece.start : piece.end]):
        depth += {"(": 1, ")": -1}.get(match[0], 0)
        at, after = piece.start + match.start(), piece.start + match.end()
        if depth or match[0] in "()":
            continue
        if at == first:
            continue
        if _parts(text[first:at], match[0], text[after : piece.end]):
            yield Name(first, at, sign)
            first, sign = after, match[0]
    yield Name(first, piece.end, sign)


def _parts(left: str, joint: str, right: str) -> bool:
    if joint == "以及":
        return True
    left, right = _LEADING.sub("", left), _TRAILING.sub("", right)
    kind = unit_kind(left)
    if kind is None or not right or unit_kind(left + right) is UnitKind.FUNCTION:
        return False
    if _BARE.match(right):
        return joint != "或" and (kind is UnitKind.PLACE or _OPENED.search(left) is None)
    if kind is UnitKind.FUNCTION:
        return unit_kind(right) is UnitKind.FUNCTION
    if kind is UnitKind.PLACE:
        return _OPENED.match(right) is not None or unit_kind(right) is UnitKind.PLACE
    return True


def _stripped(text: str, name: Name) -> Name:
    """Without 由, 和, 等 and signs at its ends."""
    start, end = name.start, name.end
    leading = _LEADING.match(text[start:end])
    start += leading.end() if leading else 0
    trailing = _TRAILING.search(text[start:end])
    end = start + trailing.start() if trailing else end
    return Name(start, end, name.parted)


_UNSPLIT = re.compile(r"^(?:场|容|直机关|直属|民政|辖)")
_NEXT = re.compile(r"省|市|县|自治区|各|有关")


def _unglued(text: str, name: Name, breaks: frozenset[int]) -> Iterator[Name]:
    """市教育局市财政局, 各地区各部门 and units on lines of their own are parted without a sign."""
    words = text[name.start : name.end]
    if is_registered(words):
        yield name
        return
    first, sign = name.start, name.parted
    for position in range(name.start + 2, name.end - 1):
        left, right = text[first:position], text[position : name.end]
        if _is_glued(left, right, at_break=position in breaks):
            yield Name(first, position, sign)
            first, sign = position, ","
    yield Name(first, name.end, sign)


def _is_glued(left: str, right: str, *, at_break: bool) -> bool:
    opening = _NEXT.match(right)
    if opening is None:
        return at_break and is_registered(left) and _begins_registered(right)
    if opening[0] in ("各", "有关"):
        return (
            left.startswith("各") and unit_kind(left) is not None and unit_kind(right) is not None
        )
    if _UNSPLIT.match(right[len(opening[0]) :]):
        return False
    return is_registered(left) and _begins_registered(right)


def _begins_registered(words: str) -> bool:
    return any(is_registered(words[:length]) for length in range(2, min(len(words), 20) + 1))


def _is_function(words: str) -> bool:
    return form_key(words) in functions() or form_key(_RANK.sub("", words)) in functions()


def _joined(text: str, pieces: Sequence[Name]) -> Iterator[Name]:
    """Names again, where a piece names no unit without the one that follows."""
    index = 0
    while index < len(pieces):
        last = index
        while last + 1 < len(pieces) and _joins(text, pieces, index, last):
            last += 1
        yield Name(pieces[index].start, pieces[last].end, pieces[index].parted)
        index = last + 1


def _joins(text: str, pieces: Sequence[Name], first: int, last: int) -> bool:
    """True where the piece ``last`` goes on in the next one."""
    following = pieces[last + 1]
    left = text[pieces[last].start : pieces[last].end]
    right = text[following.start : following.end]
    if following.parted in (",", ";", "。", "\t") or not left or not right:
        return False
    whole = text[pieces[first].start : pieces[last].end]
    if _LEVELS.match(left):
        return _LEVEL_FIRST.match(right) is not None
    if _COMMITTEE.match(left):
        return _OF_GOVERNMENT.match(right) is not None
    if _BARE.match(right):
        kinds = (UnitKind.FUNCTION, UnitKind.PLACE)
        return _OPENED.search(whole) is not None and unit_kind(left) not in kinds
    if unit_kind(left) is UnitKind.PLACE:
        return _place_joins(text, pieces, last)
    if following.parted == "等":
        return False
    if _is_function(left):
        stem = _DEPARTMENTS.sub("", right)
        return stem != right and not _is_function(stem) and not _OPENED.match(right)
    unfinished = _UNFINISHED.match(left) is not None and unit_kind(left) is None
    return unfinished and unit_kind(right) is not None


def _place_joins(text: str, pieces: Sequence[Name], last: int) -> bool:
    """各省辖市、济源示范区教育局 is one; 各省辖市、济源示范区管委会 are two."""
    for following in pieces[last + 1 :]:
        right = text[following.start : following.end]
        if following.parted in (",", ";"):
            return False
        if following.parted == "等":
            return bool(_OPENED.match(right)) and right.endswith("政府")
        if unit_kind(right) is not UnitKind.PLACE:
            return _AREA_OFFICE.match(right) is not None
    return False
