"""Who leads, who helps: 市教育局牵头，市财政局配合; 牵头单位：甲；责任单位：乙、丙；配合单位：丁.

Cuts a list of units into runs that have one role each; the names inside are not looked at here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.model.organisation import Role


@dataclass(frozen=True, slots=True)
class Run:
    """``text[start:end]`` lists units of one role. ``said`` where the text names the role."""

    start: int
    end: int
    role: Role
    said: bool


# 责任单位：, 牵头考核单位：, 配合部门： and, where the blank or colon was lost, 责任单位市教育局.
LABEL = re.compile(
    r"(?P<lead>牵头|主办|主责|首责|总牵头)?(?P<resp>责任|负责|落实|承办|实施|主管|承担|考核|组织|主体|推进)*"
    r"(?P<coop>配合|协办|参与|参加|协助|协同|会办)?(?P<watch>督办|督导|督查|监督|监管)?"
    r"(?:和|及|或|、)?(?:责任|负责|配合)?(?:单位|部门|主体|机构|处室|科室|股室)"
    r"(?:\([^()]*\))?(?P<colon>:)?"
)
_BARE_LABEL = re.compile(
    r"(?:(?P<lead>牵头)|(?P<resp>责任|负责)|(?P<coop>配合|参与)|(?P<watch>督查))(?P<colon>:)"
)
# 完成时限：2023年底；责任人：… open stretches that list no units.
OTHER_LABEL = re.compile(r"[^,;:。、()]{2,8}:")
# Those that follow a unit with nothing but a blank between: 责任单位：市教育局 联系人：…
_ASIDE = re.compile(
    r"(?:(?:计划|办理|整改|推进)?(?:完成|办结)?(?:时限|时间|期限|节点)|(?:责任|负责|联系|经办)人(?:员)?"
    r"|(?:责任|牵头|分管|督办|包联|联系)领导|(?:联系)?(?:电话|方式)|备注|适用范围):"
)
_TWO_WORDS = frozenset(("责任", "牵头", "配合", "主办", "协办", "参与", "参加", "督办", "承办"))
_END = r"(?=[,;。、:)\]]|$|同时)"
_MANNER = (
    r"(?:等)?(?:按照?|依据?|根据)?(?:各自)?(?:职责|职能|责任|任务)?(?:分工)?(?:要求)?"
    r"(?:具体|共同|分别|协同|联合|各自|分头|积极|密切|全力|主要|统一|统筹|全面|为主|做好|抓好)*"
)
# 市财政局|配合做好资金保障, 市水利局|负责河道、堤防管护: a unit, a verb and what it does.
_AFTER_UNIT = r"(?<=[局厅委办部署院府会社行司门位区县市])"
# 工作专班牵头单位 is a name.
_NAMED = r"(?!单位|部门|学校|企业|院校|高校|机构|人|建设|帮扶|处室|实施单位|集团)"
_VERB = re.compile(
    rf"(?<!\()(?:(?P<lead>(?:共同|分别|联合|具体|总)?(?:牵头{_NAMED}|主办{_END}|主责{_END}|负总责{_END}|抓总{_END})"
    r"(?:(?:具体|组织|统筹|抓总)*(?:负责|落实|实施|推进|抓总|协调|组织))*(?:落实)?)"
    rf"|(?P<coop>{_MANNER}(?:(?:配合|参与|参加|协助|协办|协同)(?:做好|落实|实施|推进|支持)?(?:相关|有关)?(?:工作)?|支持){_END}"
    rf"|{_AFTER_UNIT}(?:积极|密切|全力)?(?:配合|协助)[^,;。、()]{{1,20}}{_END})"
    rf"|(?P<watch>{_MANNER}(?:督办|督导|督查|督促|监督|督促落实|监督指导){_END})"
    rf"|(?P<resp>{_MANNER}(?:负责|落实|指导|实施|承担|推进|推动|组织|承办|执行|统筹|抓)"
    rf"(?:组织|实施|落实|推进|推动|抓好|牵头|具体|指导|相关|有关|工作|统筹|协调)*{_END}"
    rf"|{_AFTER_UNIT}(?:具体|主要|分别)?负责(?![,;。、:)])[^,;。()]{{1,24}}(?=[,;。)]|$)))"
)
_WITH = re.compile(r"会同|会商|(?<=[局委厅办部府院门])(?:商(?!务)|联合(?![会体办采总社国]))")
_FIRST_LEADS = re.compile(r"[列排](?:名|序)?在?(?:第一|首)位(?:者|的)?[^,;。]{0,6}为牵头")


def runs(text: str, *, default: Role = Role.RESPONSIBLE) -> Iterator[Run]:
    """The runs of ``text`` in order; ``default`` where no role is said."""
    for start, end, role in _labelled(text, default):
        yield from _by_verbs(text, start, end, role, said=role is not default)


def first_leads(text: str) -> bool:
    """True where the text says 列第一位者为牵头单位."""
    return _FIRST_LEADS.search(text) is not None


def label_at(text: str, position: int) -> tuple[Role, int] | None:
    """Role and end of the label (责任单位：) that begins at ``position``."""
    match = _BARE_LABEL.match(text, position) or LABEL.match(text, position)
    if match is None or not any(match[name] for name in ("lead", "resp", "coop", "watch")):
        return None
    return _role(match), match.end()


def first_label(text: str) -> int:
    """Where the first label of ``text`` begins; 0 where there is none."""
    starts = (i for i in range(len(text)) if _label(text, i) is not None)
    return next(starts, 0)


def _role(match: re.Match[str]) -> Role:
    if match["lead"]:
        return Role.LEAD
    if match["coop"]:
        return Role.COOPERATING
    if match["watch"]:
        return Role.SUPERVISING
    return Role.RESPONSIBLE


def _labelled(text: str, default: Role) -> Iterator[tuple[int, int, Role]]:
    """Stretches between labels. What follows 完成时限： or 责任人： is left out."""
    start, role, listing = 0, default, True
    position = 0
    while position < len(text):
        label = _label(text, position)
        other = _other_label(text, position) if label is None else None
        if label is None and other is None:
            position += 1
            continue
        if listing and start < position:
            yield start, position, role
        if label is not None:
            role, position = label
            listing = True
        elif other is not None:
            position, listing = other, False
        start = position
    if listing and start < len(text):
        yield start, len(text), role


def _opens(text: str, position: int) -> bool:
    """True behind a sign, and behind the numeral of 1.责任单位：甲；2.完成时限：…."""
    before = text[position - 1 : position]
    return position == 0 or before in ",;。、)(" or (before == "." and text[position - 2].isdigit())


def _label(text: str, position: int) -> tuple[Role, int] | None:
    """A label that begins there. With its colon it needs no sign before it, for the blank of
    责任单位：市教育局 配合单位：… is gone from the view."""
    found = label_at(text, position)
    if found is None or _opens(text, position):
        return found
    joined = text[position : position + 2] in _TWO_WORDS and text[found[1] - 1] == ":"
    return found if joined else None


def _other_label(text: str, position: int) -> int | None:
    """End of 完成时限： or the like at ``position``: a label that lists no units."""
    match = _ASIDE.match(text, position)
    if match is None and _opens(text, position):
        match = OTHER_LABEL.match(text, position)
        inside = range(position + 1, match.end() if match else 0)
        if any(_label(text, i) is not None or _ASIDE.match(text, i) for i in inside):
            return None
    return match.end() if match else None


def _by_verbs(text: str, start: int, end: int, role: Role, *, said: bool) -> Iterator[Run]:
    """市教育局会同市财政局负责，市人社局配合: each verb gives its role to the names before it."""
    done = start
    while done < end:
        verb = _verb(text, done, end)
        stop = verb.start() if verb else end
        given, known = _role(verb) if verb else role, said or verb is not None
        partner = _WITH.search(text, done, stop)
        if partner is None:
            yield Run(done, stop, given, known)
        else:
            last = _last_partner(text, partner.end(), stop)
            yield Run(done, partner.start(), given, known)
            yield Run(partner.end(), last, Role.COOPERATING, True)
            yield Run(last, stop, given, known)
        done = verb.end() if verb else end


def _last_partner(text: str, start: int, stop: int) -> int:
    """Where the partners end in 甲会同乙、丙，各市政府负责: at the comma, if 、 parts them."""
    comma = text.find(",", start, stop)
    partners = text[start:comma]
    return comma if comma > 0 and ("、" in partners or "等" in partners) else stop


def _verb(text: str, start: int, end: int) -> re.Match[str] | None:
    """The next verb that is not part of a name: 教学指导委员会, 督查和绩效办 have none."""
    for match in _VERB.finditer(text, start, end):
        if match.end() > match.start():
            return match
    return None


def says_role(text: str) -> bool:
    """True where a verb gives a role: 市教育局负责, 市教育局牵头，市财政局配合."""
    return _verb(text, 0, len(text)) is not None


_TIME_LABEL = re.compile(r"(?:时限|时间|期限|节点|日期|进度)[^,;:。()]{0,4}:")
_TIME_FIRST = re.compile(r"^[^,;:。()]*(?:\d|年|月|季度|持续|长期|底)[^,;:。()]*(?=[,;])")


def deadline_in(text: str) -> tuple[int, int] | None:
    """The stretch that says until when: after 完成时限：, or 6月底完成 before the units."""
    label = _TIME_LABEL.search(text)
    if label is not None:
        end = re.compile(r"[;。]|,(?=[^,;:。]{2,8}:)|$").search(text, label.end())
        return (label.end(), end.start()) if end and end.start() > label.end() else None
    first = _TIME_FIRST.match(text)
    if first is None or label_at(text, 0) is not None or _verb(text, *first.span()) is not None:
        return None
    return first.span()
