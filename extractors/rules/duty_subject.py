"""Who must do what: units that stand as the subject of a duty (各省级骨干职教集团|应|完成|申请工作;
具体办法由|市财政局|制定).

What 可 or 鼓励 merely permits is nobody's duty; 要提高认识 is an exhortation, and the concrete duty
comes after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from corpus.model.organisation import Role
from corpus.model.view import View
from extractors.nlp.clauses import Clauses, Stretch
from extractors.nlp.lexicon import action_at_start
from extractors.nlp.register_tables import form_key, functions
from extractors.nlp.tokens import first_verb
from extractors.nlp.unit_kinds import UnitKind, begins_otherwise, is_registered, unit_kind
from extractors.rules.duty import DutyMention, read_duty
from extractors.rules.indicator import Range
from extractors.rules.unit_list import UnitSpan, read_units


@dataclass(frozen=True, slots=True)
class Subject:
    """Units that stand as the subject of what follows, up to ``scope_end``. ``topic`` is what
    stands before 由: 具体办法|由市财政局制定."""

    start: int
    end: int
    units: tuple[UnitSpan, ...]
    predicate: int
    scope_end: int
    topic: Range | None = None


# 牵头学校, 牵头企业 name a kind of school or firm; 牵头 alone is what a unit does.
_LEADS = r"牵头(?!学校|单位|建设学校|企业|部门|高校|院校|机构)"
_GROUP = r"(?P<group>等(?:[^,。;、]{0,10}?(?:部门和单位|部门|单位|方面))?)?"
_DEPARTMENTS = re.compile(r"等[^,。;、]{0,10}?部门")
_NAMED_AS = (
    r"是(?=[^,。;]{2,40}责任人)|为(?=[^,。;]{2,40}责任人)|作为(?=[^,。;]{2,14}$)"
    r"|需要?(?=[^,。;]{2,40}的$)"
)
_MODAL = r"要(?![求素点])|应当|应(?![用急对])|务必|必须|须|负责(?!同志|人)|会同|" + _LEADS
_MANNER = (
    r"原则上|具体|另行|统一|共同|联合|分别|定期|及时|切实|认真|严格|积极|主动|依法|按照|根据|结合|参照|按规定|按|"
    r"统筹|每年|每半年|每季度|每月|对|于|在|以(?=[^,。;]{2,16}(?:为|形式|方式))"
)
# What stands right behind a subject, in the order of its strength.
_SUBJECT_END = re.compile(
    rf"{_GROUP}(?:也|均|都|还)?"
    rf"(?P<modal>{_NAMED_AS}|{_MODAL}|(?:不得|严禁)|将(?![军近])|(?:{_MANNER}))"
)
_STRONG = re.compile(rf"要|应当|应|须|必须|务必|负责(?!同志|人)|会同|{_LEADS}|不得|严禁")
_PERMITS = re.compile(r"^(?:可(?!持续|靠|控)|可以|鼓励|有权|允许|原则上可|可根据|可按)")
# 政府|统筹、行业参与…的机制: a verb in a row of them inside a noun phrase.
_NOMINAL = re.compile(r"^[\u4e00-\u9fff]{2}、[\u4e00-\u9fff]{2,6}(?:、|和|,|的)")
# 教育部|主要负责同志担任组长: persons, not the unit.
_PERSON = re.compile(r"^(?:的)?(?:主要|分管|有关|相关|党政)*(?:负责同志|负责人|领导|同志|分管)")
# 第五条, 二是, 同时, 由: what may open a clause before its subject.
_LEAD_IN = re.compile(
    r"^(?:[—\-]+|\d+(?:\.\d+)+\.?|\d+[.、]|\([一二三四五六七八九十\d]+\)"
    r"|(?:.{0,12}第[一二三四五六七八九十百\d]+[章节].{0,12})?第[一二三四五六七八九十百\d]+条"
    r"|(?:到|至)?\d{4}年(?:\d{1,2}月)?(?:\d{1,2}日)?[上中下]?旬?[底末]?以?前?"
    r"|[一二三四五六七八九十]+[、是]|同时|其中|此外|原则上|由|请"
    r"|(?![临同])[\u4e00-\u9fff]{2}时(?=[\u4e00-\u9fff]{2,12}应))+"
)
# 具体办法|由|市财政局、市教育局|另行制定: the subject stands behind 由.
_BY_WHOM = re.compile(r"^(?P<topic>[^,。;由]{2,24})由(?=[^,。;]{4,})")
_LONGEST = 90


def find_subjects(view: View, clauses: Clauses) -> list[Subject]:
    """Units that open a clause as the subject of a duty, in order."""
    found: list[Subject] = []
    for part in clauses.parts:
        for clause in _clauses_in(clauses, part):
            subject = _subject(view, clause, clauses, part) or _before_duty(
                view, clause, clauses, part
            )
            if subject is not None and (not found or subject.start >= found[-1].predicate):
                found.append(subject)
    return [
        _with_partners(view, _until(subject, later, clauses))
        for subject, later in zip(found, [*found[1:], None], strict=False)
    ]


# 省教育厅要|会同|有关部门|制定…; 加强统筹,|会同|各有关部门|共同推进: who helps.
_TOGETHER = re.compile(
    r"(?:^|(?<=[,要应当将须后]))(?:积极|主动)?(?:会同|联合(?![国体会社办营盟]))(?P<who>[^;。:]{2,60})"
)


def _with_partners(view: View, subject: Subject) -> Subject:
    """The subject with those with whom its duty is to be done, as cooperating units."""
    found = _TOGETHER.search(view.text[subject.end : subject.scope_end])
    if found is None:
        return subject
    start, words = subject.end + found.start("who"), found["who"]
    for end in range(2, min(len(words), _LONGEST_NAME * 2) + 1):
        rest = words[end:]
        if rest and rest[0] not in ",)" and not _GOES_ON.match(rest) and not action_at_start(rest):
            continue
        partners = _units_only(view, start, start + end, modal=True)
        if partners:
            helping = (replace(unit, role=Role.COOPERATING) for unit in partners)
            return replace(subject, units=(*subject.units, *helping))
    return subject


_GOES_ON = re.compile(rf"等?(?:{_MANNER}|制定|研究|确定|对)")


def _until(subject: Subject, later: Subject | None, clauses: Clauses) -> Subject:
    end = clauses.sentence(subject.start).end
    if later is not None:
        end = min(end, later.start)
    return replace(subject, scope_end=end)


def _clauses_in(clauses: Clauses, part: Stretch) -> Iterator[Stretch]:
    return (c for c in clauses.clauses if part.start <= c.start < part.end)


def _subject(view: View, clause: Stretch, clauses: Clauses, part: Stretch) -> Subject | None:
    text = view.text
    lead = _LEAD_IN.match(text[clause.start : clause.end])
    opening = clause.start + (lead.end() if lead else 0)
    by_whom = _BY_WHOM.match(text[opening : clause.end])
    if by_whom:
        found = _subject_at(view, opening + by_whom.end(), clause, part)
        if found is not None:
            return replace(found, topic=(opening, opening + len(by_whom["topic"])))
    found = _subject_at(view, opening, clause, part)
    before = clauses.before(clause)
    if found is None or before is None or not lead or not lead[0].endswith("由"):
        return found
    # 申报表的式样,|由市税务局统一制定。
    topic = (before.start, before.start + len(text[before.start : before.end].rstrip(",")))
    return replace(found, topic=topic) if topic[1] - topic[0] <= _LONGEST_NAME else found


# 税务机关发现…的,|应当…; 县级路长办公室:|承担…: the duty stands in the next clause.
_IN_A_CASE = re.compile(r"的,$")
_MUST = re.compile(r"(?:应当?(?![急届用])|必须|须|要(?![求素点])|不得|依法|及时)")
_IN_CHARGE = re.compile(r"(?:主要)?(?:负责|承担|牵头|组织|协助|配合)(?!人|同志)")
_LONGEST_NAME = 24


def _before_duty(view: View, clause: Stretch, clauses: Clauses, part: Stretch) -> Subject | None:
    """A unit that a clause of its own puts before its duty: with the case that it has to deal with
    (…的，应当…), or as a heading in a list of who does what (…：负责…)."""
    text = view.text
    duty = text[clause.end : part.end]
    lead = _LEAD_IN.match(text[clause.start : clause.end])
    start = clause.start + (lead.end() if lead else 0)
    if text[clause.end - 1 : clause.end] == ":" and _IN_CHARGE.match(duty):
        ends = [clause.end - 1]
    elif _IN_A_CASE.search(text[start : clause.end]) and _MUST.match(duty):
        stop = min(clause.end - 2, start + _LONGEST_NAME)
        ends = [at for at in range(start + 2, stop) if _opens_with_verb(text[at : clause.end])]
    else:
        return None
    for end in ends:
        units = _units_only(view, start, end, modal=True)
        if units and not _PERSON.match(text[end : clause.end]):
            return Subject(start, end, units, clause.end, part.end)
    return None


def _subject_at(view: View, start: int, clause: Stretch, part: Stretch) -> Subject | None:
    words = view.text[start : clause.end].rstrip(",;:。")
    for end, predicate, modal in _predicates(words):
        units = _units_only(view, start, start + end, modal=bool(_STRONG.match(modal)))
        if units:
            return Subject(start, start + end, units, start + predicate, part.end)
    return None


def _opens_with_verb(words: str) -> bool:
    if action_at_start(words) is not None:
        return True
    verb = first_verb(words[:8])
    return verb is not None and verb[0] == 0


def _predicates(words: str) -> Iterator[tuple[int, int, str]]:
    """Where a subject may end, its predicate begin, and the modal or adverb that says so."""
    ends = [
        (m.start(), m.end("group") if m["group"] else m.start(), m["modal"])
        for m in _SUBJECT_END.finditer(words)
    ]
    verbs = [(at, at, "") for at in _verb_starts(words)]
    for end, predicate, modal in sorted([*ends, *verbs]):
        behind = words[predicate:]
        if not 2 <= end <= _LONGEST or _PERMITS.match(behind) or _NOMINAL.match(behind):
            continue
        if not _PERSON.match(words[end:]) and not _is_cut_short(words, end):
            yield end, predicate, modal


def _is_cut_short(words: str, end: int) -> bool:
    """True in the middle of a registered name: 市委|宣传部."""
    return words[end - 1] == "委" and any(
        is_registered(words[:longer]) for longer in range(end + 2, min(end + 8, len(words)) + 1)
    )


def _verb_starts(words: str) -> Iterator[int]:
    """Where a verb may begin right after a noun: 中央财政|安排, 试点城市政府|印发."""
    for position in range(2, min(len(words), 40)):
        # 省|发展改革委: a verb that begins behind a level word is part of a name.
        if re.search(r"(?:^|[、,])[省市县区州国]$", words[:position]):
            continue
        verb = action_at_start(words[position:])
        # 国务院|印发|的《…》要求: what they did tells which paper is meant.
        if verb is not None and words[position + verb[1] : position + verb[1] + 1] != "的":
            yield position


# 学校自主确定… tells what they may do; with 要 or 应 it is a duty.
_GENERIC = re.compile(
    r"^(?:部门|单位|企业|学校|院校|高校|职业院校|机构|地方|政府|公司|医院|银行|社区|个人)$"
)


# 网络运营者, 合作各方: bound by what they do, where a law says 应当 of them.
_BY_TRADE = re.compile(
    r"^[\u4e00-\u9fff]{2,14}(?:提供者|经营者|运营者|管理者|使用者|开办者|所有者|生产者|各方)$"
)


# What no list of units holds; a bracket that is left open parts it from what is said before, as in
# 完成改造20所(县教育局|牵头.
_NO_UNITS = re.compile(r"[。;:《》“”]|\d{3}|\([^()]*$")


def _units_only(view: View, start: int, end: int, *, modal: bool) -> tuple[UnitSpan, ...]:
    """The units in the range if it holds nothing else; without a modal only offices, governments
    and open groups count (学校自主确定… is no duty)."""
    words = view.text[start:end]
    if _NO_UNITS.search(words) or words.endswith(("的", "和", "、", "与", "对")):
        return ()
    units = read_units(view, start, end)
    if not units or units[0].start != start:
        return ()
    if any(begins_otherwise(u.raw) or _begins_with_verb(u.raw) for u in units):
        return ()
    # Signs and 和 between the units, and 等 behind them, are no further words.
    covered = sum(unit.end - unit.start for unit in units)
    if covered < len(words) - 4 - 2 * len(units):
        return ()
    departments = units[-1].raw.endswith("部门") or _DEPARTMENTS.match(view.text, end)
    bound = (
        _may_be_bound(unit.raw, modal=modal)
        # 财政、|教育部门, 卫生、|民政|等部门
        or (bool(departments) and unit_kind(unit.raw) is UnitKind.FUNCTION)
        for unit in units
    )
    return tuple(units) if all(bound) else ()


def _may_be_bound(name: str, *, modal: bool) -> bool:
    kind = unit_kind(name)
    if modal:
        return kind is not None or _BY_TRADE.match(name) is not None
    official = kind in (UnitKind.OFFICE, UnitKind.GOVERNMENT, UnitKind.GROUP)
    # 各省份|建立…; 郑州市|建立… may tell what is.
    official = official or (kind is UnitKind.PLACE and name.startswith(("各", "所有")))
    return (official or name.endswith("部门")) and _GENERIC.match(name) is None


def _begins_with_verb(name: str) -> bool:
    """True where a verb stands before a name of its own: 推动构建|政府, 整治|基层供销社. A verb
    before one word is a name: 建设|单位, 服务|中心."""
    function = form_key(name.removesuffix("部门")) in functions()
    if function or is_registered(name):
        return False
    verb = action_at_start(name)
    rest = name[verb[1] :] if verb else ""
    chained = verb is not None and verb[1] - verb[0] > 2
    long = len(rest) > (1 if chained or rest == "政府" else 2)
    return long and unit_kind(rest) not in (None, UnitKind.FUNCTION)


# Exhortations that open a duty sentence; the duty itself comes after them.
_EXHORTS = re.compile(
    r"^(?:要|应当|应|须)?(?:切实|进一步|充分|牢固|不断)?"
    r"(?:高度重视|充分认识|提高(?:政治)?(?:站位|认识)|统一思想|深刻认识|增强.{0,8}(?:意识|感)|"
    r"牢固树立|(?:把|将)思想|统一到|坚持(?!开展)|强化.{0,6}意识|树立"
    r"|把.{0,16}(?:摆在|作为|放在)|以.{2,30}为"
    r"|按照|根据|结合|围绕|立足|依托|依据|聚焦|着眼|在.{2,20}(?:中|上|下|内|前|后|基础上)$"
    r"|通过|参照|遵循|本着|发挥.{0,12}作用)"
)


# 认真进行|了|研究, 目前|已|搬迁: what they did.
_TOLD = re.compile(
    r"(?<![为除到])了(?!解)|(?<![早而])已(?:经|将|对|按|在|完成|建|成)|正(?:在|按|抓紧)|曾经?"
)


def subject_duty(view: View, clauses: Clauses, subject: Subject) -> DutyMention | None:
    """The first concrete duty of a subject; an exhortation where nothing else follows."""
    text = view.text
    first: DutyMention | None = None
    position = subject.predicate
    while position < subject.scope_end:
        clause = clauses.clause(position)
        end = clause.start + len(text[clause.start : clause.end].rstrip(",;:。!?"))
        words = text[position:end]
        # 部门需要使用数据的, 应当…: the clause that ends with 的 names the case.
        told = words.endswith("的") or _TOLD.search(words)
        duty = None if told else read_duty(text, position, end)
        if duty is not None:
            what = duty[1] or subject.topic
            mention = DutyMention(subject.start, end, duty[0], what, subject.units, "subject")
            if not _EXHORTS.match(words):
                return mention
            first = first or mention
        position = max(clause.end, position + 1)
    return first
