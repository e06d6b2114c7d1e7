"""Duties without a number: who must do what (各省级骨干职教集团|应|完成|申请工作), and outcomes
that can be checked (多方协同合作机制|基本|建立).

What 可 or 鼓励 merely permits is nobody's duty; 更加完善, 明显增强 can't be checked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from corpus.model.view import View
from extractors.nlp.clauses import Clauses, Stretch
from extractors.nlp.lexicon import action_at_start
from extractors.nlp.tokens import first_verb
from extractors.nlp.unit_kinds import UnitKind, is_registered, unit_kind
from extractors.rules.unit_list import UnitSpan, read_units

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class DutyMention:
    """``action`` and ``object`` are ranges of the view; ``start``–``end`` the clause that says it.
    ``units`` are its grammatical subject, empty for outcomes."""

    start: int
    end: int
    action: Range | None
    object: Range | None
    units: tuple[UnitSpan, ...]
    rule: str


@dataclass(frozen=True, slots=True)
class Subject:
    """Units that stand as the subject of what follows, up to ``scope_end``."""

    start: int
    end: int
    units: tuple[UnitSpan, ...]
    predicate: int
    scope_end: int
    topic: Range | None = None  # 具体办法|由市财政局制定: what stands before 由


_SUBJECT_END = re.compile(
    r"(?P<group>等(?:有关|相关)?(?:部门|单位|方面|部门和单位)?)?"
    r"(?:也|均|都|还)?(?P<modal>是(?=[^,。;]{2,40}责任人)|为(?=[^,。;]{2,40}责任人)|作为(?=[^,。;]{2,14}$)|需要?(?=[^,。;]{2,40}的$)|要(?![求素点])|应当|应(?![用急对])|务必|必须|须|负责(?!同志|人)|会同|牵头(?!学校|单位|建设学校|企业|部门|高校|院校|机构)|"
    r"(?:不得|严禁)|将(?![军近])|(?:具体|统一|共同|联合|分别|定期|及时|切实|认真|严格|积极|主动|依法|按照|根据|结合|参照|按规定|按|"
    r"统筹|每年|每半年|每季度|每月|对|于|在|以(?=[^,。;]{2,16}为)))"
)
_PERMITS = re.compile(r"^(?:可(?!持续|靠|控)|可以|鼓励|有权|允许|原则上可|可根据|可按)")
# 政府|统筹、行业参与…的机制: a verb in a row of them inside a noun phrase.
_NOMINAL = re.compile(r"^[\u4e00-\u9fff]{2}、[\u4e00-\u9fff]{2,6}(?:、|和|,|的)")
# 教育部|主要负责同志担任组长: persons, not the unit.
_PERSON = re.compile(r"^(?:的)?(?:主要|分管|有关|相关|党政)*(?:负责同志|负责人|领导|同志|分管)")
_STRONG = re.compile(r"要|应当|应|须|必须|务必|负责(?!同志|人)|会同|牵头(?!学校|单位|建设学校|企业|部门|高校|院校|机构)|不得|严禁")
# Exhortations that open a duty sentence; the duty itself comes after them.
_EXHORTS = re.compile(
    r"^(?:要|应当|应|须)?(?:切实|进一步|充分|牢固|不断)?(?:高度重视|充分认识|提高(?:政治)?(?:站位|认识)|统一思想|深刻认识|增强.{0,8}(?:意识|感)|"
    r"牢固树立|(?:把|将)思想|统一到|坚持(?!开展)|强化.{0,6}意识|树立|把.{0,16}(?:摆在|作为|放在)|以.{2,30}为|按照|根据|结合|围绕|立足|依托|依据|聚焦|着眼|在.{2,20}(?:中|上|下|内|前|后|基础上)$|通过|参照|遵循|本着|发挥.{0,12}作用)"
)
_CHECKABLE = (
    r"建立|形成|建成|建立健全|健全|实现|完成|解决|达到|达标|落实|消除|覆盖|到位|贯通|打通|破解|"
    r"自给|消灭|启用|运行|开通|完工|竣工|投产|位居|进入|跻身|构建|确立|全覆盖|取消|免除"
)
_OUTCOME = re.compile(
    rf"^(?P<what>[^,。;]{{3,60}}?)(?P<how>基本|初步|全面|全部|普遍|总体|率先|如期|按期|均|力争|要|将)*"
    rf"(?P<verb>{_CHECKABLE})(?P<rest>[^,。;]{{0,16}})$"
)
# Without 基本 or 全部, only what can be ticked off: 实现全覆盖, 达到国家标准, 完成任务.
_STATE = re.compile(r"全覆盖|(?:国家|规定|省定|建设)标准$|清零|达标|^完成|^位居|^进入.{0,6}(?:前|行列)|全程|互认|贯通")
_NO_CHECK = re.compile(
    r"更加|更为|明显|显著|不断|进一步|持续|逐步|大幅|稳步|日益|有效|充分|得到|较大|新的?(?:突破|成效|进展|台阶)"
)


def find_subjects(view: View, clauses: Clauses) -> list[Subject]:
    """Units that open a clause as the subject of a duty, in order."""
    found: list[Subject] = []
    for part in clauses.parts:
        for clause in _clauses_in(clauses, part):
            subject = _subject(view, clause, part)
            if subject is not None and (not found or subject.start >= found[-1].predicate):
                found.append(subject)
    return [
        _until(subject, later, clauses)
        for subject, later in zip(found, [*found[1:], None], strict=False)
    ]


def _until(subject: Subject, later: Subject | None, clauses: Clauses) -> Subject:
    end = clauses.sentence(subject.start).end
    if later is not None:
        end = min(end, later.start)
    return replace(subject, scope_end=end)


def _clauses_in(clauses: Clauses, part: Stretch) -> Iterator[Stretch]:
    return (c for c in clauses.clauses if part.start <= c.start < part.end)


_LEAD_IN = re.compile(
    r"^(?:[—\-]+|\d+[.、]|\([一二三四五六七八九十\d]+\)|(?:.{0,12}第[一二三四五六七八九十百\d]+[章节].{0,12})?"
    r"第[一二三四五六七八九十百\d]+条|[一二三四五六七八九十]+[、是]|同时|其中|此外|原则上|由|请|(?![临同])[\u4e00-\u9fff]{2}时"
    r"(?=[\u4e00-\u9fff]{2,12}应))+"
)
# 具体办法|由|市财政局、市教育局|另行制定: the subject stands behind 由.
_BY_WHOM = re.compile(r"^(?P<topic>[^,。;由]{2,24})由(?=[^,。;]{4,})")


def _subject(view: View, clause: Stretch, part: Stretch) -> Subject | None:
    text = view.text
    lead = _LEAD_IN.match(text[clause.start : clause.end])
    start = clause.start + (lead.end() if lead else 0)
    by_whom = _BY_WHOM.match(text[start : clause.end])
    start += by_whom.end() if by_whom else 0
    words = text[start : clause.end].rstrip(",;:。")
    ends = [
        (m.start(), m.end("group") if m["group"] else m.start(), m["modal"])
        for m in _SUBJECT_END.finditer(words)
    ]
    verbs = [(m, m, "") for m in _verb_starts(words)]
    for end, predicate, modal in sorted([*ends, *verbs]):
        if not 2 <= end <= 90 or _PERMITS.match(words[predicate:]):
            continue
        if _NOMINAL.match(words[predicate:]) or _PERSON.match(words[end:]):
            continue
        units = _units_only(view, start, start + end, modal=bool(modal and _STRONG.match(modal)))
        if units:
            topic = clause.start + (lead.end() if lead else 0)
            spoken = (topic, topic + len(by_whom["topic"])) if by_whom else None
            return Subject(start, start + end, units, start + predicate, part.end, spoken)
    return None


def _verb_starts(words: str) -> Iterator[int]:
    """Where a verb may begin right after a noun: 中央财政|安排, 试点城市政府|印发."""
    for position in range(2, min(len(words), 40)):
        # 省|发展改革委: a verb that begins behind a level word is part of a name.
        if re.search(r"(?:^|[、,])[省市县区州国]$", words[:position]):
            continue
        if action_at_start(words[position:]) is not None:
            yield position


# 学校自主确定… tells what they may do; with 要 or 应 it is a duty.
_GENERIC = re.compile(r"^(?:部门|单位|企业|学校|院校|高校|职业院校|机构|地方|政府|公司|医院|银行|社区|个人)$")


def _units_only(view: View, start: int, end: int, *, modal: bool) -> tuple[UnitSpan, ...]:
    """The units in the range if it holds nothing else; without a modal only offices, governments
    and open groups count (学校自主确定… is no duty)."""
    words = view.text[start:end]
    if re.search(r"[。;:《》“”]|\d{3}", words) or words.endswith(("的", "和", "、", "与", "对")):
        return ()
    units = read_units(view, start, end)
    if not units or units[0].start != start:
        return ()
    if any(_begins_otherwise(unit.raw) for unit in units):
        return ()
    covered = sum(unit.end - unit.start for unit in units)
    if covered < len(words) - 4 - 2 * len(units):
        return ()
    for unit in units:
        kind = unit_kind(unit.raw)
        if kind is None or (kind is UnitKind.FUNCTION and not modal):
            return ()
        if not modal and (
            kind not in (UnitKind.OFFICE, UnitKind.GOVERNMENT, UnitKind.GROUP)
            or _GENERIC.match(unit.raw)
        ):
            return ()
    return tuple(units)


_NO_NAME = re.compile(
    r"^(?:充分|更好|更加|切实|着力|大力|深入|积极|广泛|继续|持续|努力|稳步|加快|全面(?!深)|依托|鼓励|引导|需要?|应当?|要|经|按照?|根据|向|对|在|以|把|将|使|让|与|同|被|为|从|当|如|每|凡|可|不|进一步|"
    r"不断|符合|支持|要求|具体|是|有(?!关)|并|且|或者?|者|及时)|行政执法是|.是[^局厅委]"
)


def _begins_otherwise(name: str) -> bool:
    """True where a verb or preposition stands before the name: 加强|基层供销社, 依托|…总队."""
    if is_registered(name):
        return False
    if _NO_NAME.search(name):
        return True
    verb = action_at_start(name)
    rest = name[verb[1] :] if verb else ""
    return len(rest) > 2 and unit_kind(rest) not in (None, UnitKind.FUNCTION)


def subject_duty(view: View, clauses: Clauses, subject: Subject) -> DutyMention | None:
    """The first concrete duty of a subject; None where nothing but exhortation follows."""
    text = view.text
    first: DutyMention | None = None
    position = subject.predicate
    while position < subject.scope_end:
        clause = clauses.clause(position)
        end = clause.start + len(text[clause.start : clause.end].rstrip(",;:。!?"))
        words = text[position:end]
        # 部门需要使用数据的, 应当…: the clause that ends with 的 names the case.
        duty = None if words.endswith("的") else _read_duty(text, position, end)
        if duty is not None:
            what = duty[1] or subject.topic
            mention = DutyMention(subject.start, end, duty[0], what, subject.units, "subject")
            if not _EXHORTS.match(words):
                return mention
            first = first or mention
        position = max(clause.end, position + 1)
    return first


_INTO = re.compile(
    r"(?:将|把)(?P<what>[^,。;]{2,60}?)(?P<verb>纳入|列入|融入|贯穿|作为|摆在|转化|计入|划入)"
)
_DISPOSAL = re.compile(
    r"(?:将|把|对|就|按)(?P<what>[^,。;]{2,45}?)(?:进行|予以|给予|作出|实施|开展|加以|(?:认真|全面|逐一|定期|统一|一并|及时|切实)*)"
    r"(?P<verb>纳入|列入|作为|上报|报送|报|告知|公布|公示|通报|整改|清理|核查|检查|评估|监测|考核|指导|监督|管理|审核|审查|备案|"
    r"宣传|奖励|扶持|支持|倾斜|通知|移交|转化|贯穿|融入|摆在|抓好|落实|督导|推荐|分解|细化)"
)
_ANSWERS_FOR = re.compile(r"^对(?P<what>[^。;]{3,60}?)(?P<verb>负责|负总责|负主体责任)")
_RESPONSIBLE_FOR = re.compile(
    r"^(?:是|为)(?P<verb>推动落实|落实|推进|组织)(?P<what>[^,。;]{3,40})的(?:第一|直接|主要)?责任人"
)
_CONCERNING = re.compile(
    r"^(?P<verb>加强|强化|做好|开展|加大|抓好|完善)(?:对)(?P<what>[^,。;]{3,40})"
)


def _read_duty(text: str, start: int, end: int) -> tuple[Range, Range | None] | None:
    """Action and object in ``text[start:end]``: 将X纳入Y, 加强对X的Y, 完成X."""
    words = text[start:end]
    lead = re.match(
        r"(?:要|应当|应|须|必须|务必|需要?|将(?=[^,。;]{0,6}(?:遴选|开展|支持|加大|研究|组织|制定))|负责|会同[^,。;]{2,20}?(?=研究|制定|开展|组织|做好|推进|对)"
        r"|牵头|具体|切实|认真|共同|联合|统一|抓紧|尽快|及时|进一步|积极|主动|严格|不断|深入|大力|定期|每年|按规定|依法|坚持)+",
        words,
    )
    for pattern in (_ANSWERS_FOR, _RESPONSIBLE_FOR):
        match = pattern.match(words)
        if match:
            what, verb = (_shift(match.span(name), start) for name in ("what", "verb"))
            return verb, what
    responsible = re.match(r"负责(?P<what>[^,。;]{3,40})", words)
    if responsible and action_at_start(responsible["what"]) is None:
        return (start, start + 2), (start + 2, start + responsible.end())
    offset = lead.end() if lead else 0
    rest = words[offset:]
    for pattern in (_CONCERNING, _INTO, _DISPOSAL):
        match = pattern.match(rest) if pattern is _CONCERNING else pattern.search(rest)
        if match and match.start() <= 12:
            base = start + offset
            return (
                (base + match.start("verb"), base + match.end("verb")),
                (base + match.start("what"), base + match.end("what")),
            )
    span = action_at_start(rest) or first_verb(rest)
    if span is None:
        return None
    base = start + offset
    if rest[span[1] : span[1] + 1] == "的":
        # 省级部门核发|的批准文件…: what they did tells which document is meant.
        return None
    return (base + span[0], base + span[1]), object_range(text, base + span[1], end)


def _shift(span: Range, by: int) -> Range:
    return span[0] + by, span[1] + by


def object_range(text: str, start: int, end: int) -> Range | None:
    """The head noun phrase of an object, not longer than 25 characters where it can be cut."""
    words = text[start:end]
    lead = re.match(r"(?:好|了|出|到|对|与|和|一批|若干个?|一系列|有关|相应的?)?", words)
    offset = lead.end() if lead else 0
    words = words[offset:].rstrip("、,和及等 ")
    bracket = words.find("(")
    if bracket > 2:
        words = words[:bracket]
    if len(words) > 25 and "的" in words[-24:-2]:
        cut = len(words) - 24 + words[-24:].index("的") + 1
        offset, words = offset + cut, words[cut:]
    if len(words) > 30:
        words = re.split(r"、|和|并", words)[0][:30]
    return (start + offset, start + offset + len(words)) if len(words) > 1 else None


def outcome_duty(text: str, start: int, end: int) -> DutyMention | None:
    """An outcome that can be checked in the clause ``text[start:end]``: X基本建立."""
    words = text[start:end].rstrip(",;。:!?")
    match = _OUTCOME.match(words)
    if (
        match is None
        or _NO_CHECK.search(words[match.end("what") - 4 :])
        or _NO_CHECK.search(match["rest"])
    ):
        return None
    if match["rest"] and not match["how"] and not _STATE.search(match["verb"] + match["rest"]):
        return None
    what = (start + match.start("what"), start + match.end("what"))
    verb = (start + match.start("verb"), start + match.end("verb"))
    return DutyMention(start, start + len(words), verb, what, (), "outcome")


def main_duty(
    text: str, start: int, end: int, clauses: Clauses, *, own_first: bool = False
) -> DutyMention | None:
    """The first duty that ``text[start:end]`` states, for a row or a paragraph with units;
    ``own_first`` puts 研究制定… before 鼓励银行…."""
    others: DutyMention | None = None
    position = start
    while position < end:
        clause = clauses.clause(position)
        stop = min(end, clause.start + len(text[clause.start : clause.end].rstrip(",;:。!?")))
        words = text[position:stop]
        if len(words) > 3 and not _BACKGROUND.match(words):
            duty = _read_duty(text, position, stop)
            if duty is not None:
                found = DutyMention(position, stop, duty[0], duty[1], (), "main_duty")
                if not own_first or not _OTHERS_DO.match(words):
                    return found
                others = others or found
        position = max(clause.end, position + 1)
    return others


# 推动企业…, 支持高校…: what others are to do; a duty of one's own goes before it.
_OTHERS_DO = re.compile(r"^(?:积极|大力)?(?:鼓励|支持|引导|推动|促进)")
_BACKGROUND = re.compile(
    r"^(?:为|以.{2,30}为|按照|根据|依据|结合|围绕|依托|立足|聚焦|面向|通过|针对|在.{2,30}(?:中|上|下|基础上|方面)$|"
    r"鼓励|允许|坚持)"
)
