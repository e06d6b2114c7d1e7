"""Duties without a number: what must be done (完成|申请工作), to what (将|养老服务|纳入|规划), and
which of the duties of a paragraph is the main one.

``duty_subject`` reads who must do it, ``outcome`` what is to be the case (机制|基本|建立).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors.nlp.clauses import Clauses
from extractors.nlp.lexicon import action_at_start, maker_at_start
from extractors.nlp.tokens import first_verb
from extractors.rules.indicator import Range
from extractors.rules.unit_list import UnitSpan


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

    def overlaps(self, other: DutyMention) -> bool:
        """True where at least one character lies in both."""
        return self.start < other.end and other.start < self.end


# What stands before the verb of a duty: modals, adverbs, 会同 with its partners.
_LEAD = re.compile(
    r"(?:要|应当|应|须|必须|务必|需要?"
    r"|将(?=[^,。;]{0,6}(?:遴选|开展|支持|加大|研究|组织|制定))"
    r"|负责|会同[^,。;]{2,20}?(?=研究|制定|开展|组织|做好|推进|对)"
    r"|牵头|具体|另行|切实|认真|共同|联合|统一|抓紧|尽快|及时|进一步|积极|主动|严格|不断|深入|大力"
    r"|定期|每年|按规定|依法|坚持)+"
)
# 于每年三月底前|向市政府|报告, 按程序|做好, 以纪要形式|明确: when, to whom, by what.
_ADVERBIAL = re.compile(
    r"(?:于|在)[^,。;]{2,14}?(?:以?前|日内|期间)"
    r"|向[^,。;]{2,16}?(?=报告|报送|上报|提交|提出|公布|公开|通报|反馈|备案|申请|作出|提供)"
    r"|(?:按照?|依照)[^,。;的]{0,14}?(?:程序|要求|规定|原则|职责|分工|时限|步骤)"
    r"|(?:以|通过|采取)[^,。;]{2,12}?(?:形式|方式|渠道|途径)"
    r"|在[^,。;]{2,10}?(?:场所|网站|范围内|平台上)(?=公布|公开|公示|开展|发布)"
)
# 对本地区食品安全|负总责, 是|推进|改革的第一责任人: what somebody answers for.
_ANSWERS_FOR = re.compile(r"^对(?P<what>[^。;]{3,60}?)(?P<verb>负责|负总责|负主体责任)")
_RESPONSIBLE_FOR = re.compile(
    r"^(?:是|为)(?P<verb>推动落实|落实|推进|组织)(?P<what>[^,。;]{3,40})"
    r"的(?:第一|直接|主要)?责任人"
)
_IN_CHARGE_OF = re.compile(r"(?P<verb>负责)(?P<what>[^,。;]{3,40})")
# 加强对|…的监管, 将|…|纳入, 对|…进行|评估: the object stands elsewhere than behind its verb.
_CONCERNING = re.compile(
    r"^(?P<verb>加强|强化|做好|开展|加大|抓好|完善)(?:对)(?P<what>[^,。;]{3,40})"
)
_INTO = re.compile(
    r"(?:将|把)(?P<what>[^,。;]{2,60}?)"
    r"(?P<verb>纳入|列入|融入|贯穿|作为|摆在|转化|计入|划入)"
)
_DISPOSAL = re.compile(
    r"(?:将|把|对|就|按)(?P<what>[^,。;]{2,45}?)"
    r"(?:进行|予以|给予|作出|实施|开展|加以|(?:认真|全面|逐一|定期|统一|一并|及时|切实)*)"
    r"(?P<verb>纳入|列入|作为|上报|报送|报|告知|公布|公示|通报|整改|清理|核查|检查|评估|监测|考核"
    r"|指导|监督|管理|审核|审查|备案|"
    r"宣传|奖励|扶持|支持|倾斜|通知|移交|转化|贯穿|融入|摆在|抓好|落实|督导|推荐|分解|细化)"
    # 将安全|检查结果|告知用户: what begins like a verb and goes on as a noun.
    r"(?!结果|工作|情况|信息|报告|制度|机制|办法|标准|体系|内容|意见|方案|计划|指标|项目|事项|人员|部门|机构|单位|清单)"
)
# 具体办法由市财政局另行|规定。
_SAYS = re.compile(r"^(?:规定|明确|确定|公布|通知)$")
# Further from the beginning of the clause, such a pattern belongs to another verb.
_NEAR = 12
_OBJECT_LEAD = re.compile(r"(?:好|了|出|到|对|与|和|一批|若干个?|一系列|有关|相应的?)?")
_LONGEST_OBJECT, _LONGEST_LIST = 25, 30


def read_duty(text: str, start: int, end: int) -> tuple[Range, Range | None] | None:
    """Action and object in ``text[start:end]``: 将X纳入Y, 加强对X的Y, 完成X."""
    words = text[start:end]
    answered = _answered_for(words)
    if answered:
        return _shifted(answered, start)
    offset = _lead(words)
    disposed = _disposed(words[offset:])
    if disposed:
        return _shifted(disposed, start + offset)
    rest = words[offset:]
    said = (0, len(rest)) if _SAYS.match(rest) else None
    span = said or maker_at_start(rest) or action_at_start(rest) or first_verb(rest)
    if span is None or rest[span[1] : span[1] + 1] == "的":
        # 省级部门核发|的批准文件…: what they did tells which document is meant.
        return None
    verb = (start + offset + span[0], start + offset + span[1])
    return verb, object_range(text, verb[1], end)


def _lead(words: str) -> int:
    """How long what stands before the verb is, modals and adverbials in any order."""
    at = 0
    while match := _LEAD.match(words, at) or _ADVERBIAL.match(words, at):
        at = match.end()
    return at


def _answered_for(words: str) -> re.Match[str] | None:
    match = _ANSWERS_FOR.match(words) or _RESPONSIBLE_FOR.match(words)
    if match:
        return match
    charge = _IN_CHARGE_OF.match(words)
    # 负责|制定办法: its object is a duty of its own.
    return charge if charge and action_at_start(charge["what"]) is None else None


def _disposed(words: str) -> re.Match[str] | None:
    found = (pattern.search(words) for pattern in (_CONCERNING, _INTO, _DISPOSAL))
    return next((match for match in found if match and match.start() <= _NEAR), None)


def _shifted(match: re.Match[str], by: int) -> tuple[Range, Range]:
    verb, what = match.span("verb"), match.span("what")
    return (verb[0] + by, verb[1] + by), (what[0] + by, what[1] + by)


def object_range(text: str, start: int, end: int) -> Range | None:
    """The head noun phrase of an object, not longer than 25 characters where it can be cut."""
    words = text[start:end]
    lead = _OBJECT_LEAD.match(words)
    offset = lead.end() if lead else 0
    words = words[offset:].rstrip("、,和及等 ")
    bracket = words.find("(")
    if bracket > 2:
        words = words[:bracket]
    tail = words[1 - _LONGEST_OBJECT :]
    if len(words) > _LONGEST_OBJECT and "的" in tail[:-2]:
        cut = len(words) - len(tail) + tail.index("的") + 1
        offset, words = offset + cut, words[cut:]
    if len(words) > _LONGEST_LIST:
        words = re.split(r"、|和|并", words)[0][:_LONGEST_LIST]
    return (start + offset, start + offset + len(words)) if len(words) > 1 else None


# 推动企业…, 支持高校…: what others are to do; a duty of one's own goes before it.
_OTHERS_DO = re.compile(r"^(?:积极|大力)?(?:鼓励|支持|引导|推动|促进)")
# 按照…, 围绕…, 鼓励…: says why, by what or who may; not what must be done.
_BACKGROUND = re.compile(
    r"^(?:为|以.{2,30}为|按照|根据|依据|结合|围绕|依托|立足|聚焦|面向|通过|针对"
    r"|在.{2,30}(?:中|上|下|基础上|方面)$|"
    r"鼓励|允许|坚持)"
)


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
            duty = read_duty(text, position, stop)
            if duty is not None:
                found = DutyMention(position, stop, duty[0], duty[1], (), "main_duty")
                if not own_first or not _OTHERS_DO.match(words):
                    return found
                others = others or found
        position = max(clause.end, position + 1)
    return others
