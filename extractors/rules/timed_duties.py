"""What a time governs that has no number: the outcomes of its sentence (到2025年，多方合作机制基本
建立), or else the duty in its own clause (2023年底前|出台|实施细则; 平台于2024年6月底前|建成)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extractors.nlp.clauses import Clauses, Stretch
from extractors.nlp.lexicon import action_at_start
from extractors.rules.deadline import DeadlineMention
from extractors.rules.duty import DutyMention, main_duty
from extractors.rules.duty_subject import Subject
from extractors.rules.history import History
from extractors.rules.not_promised import is_condition
from extractors.rules.outcome import outcome_duty
from extractors.rules.target_mention import TargetMention

# A time this near to the beginning opens the paragraph: (一)主要目标。到2025年，….
_OPENING = 24
_BY_DEGREES = r"更加|更为|更趋|明显|显著|不断|日益|大幅|稳步"
_VAGUE = re.compile(rf"{_BY_DEGREES}|进一步$|持续$")
# 服务|能力明显增强: a noun that begins like a verb, and what is said of it.
_VAGUE_END = re.compile(rf"(?:{_BY_DEGREES}|进一步|持续)[\u4e00-\u9fff]{{2,3}}$")
# 全省统一的平台|于2024年6月底前|建成: what is to be done by then stands before the time.
_BEFORE_TIME = re.compile(
    r"^(?P<what>[^,。;]{3,40}?)(?:应|要|须|必须|争取|力争|确保|务必|计划)?(?:于|在)?$"
)


# 实施方案|自印发之日起30日内|报|省教育厅备案.
_FILED = re.compile(
    r"^(?:统一|一并|及时|正式)?(?P<verb>报送|上报|报)[^,。;]{2,24}?(?:备案|审批|批准|审核|审定|核准)?$"
)


@dataclass(frozen=True, slots=True)
class Setting:
    """What is known of a passage before its times are read."""

    text: str
    clauses: Clauses
    targets: list[TargetMention]
    history: History
    subjects: Sequence[Subject] = ()


def timed_duties(setting: Setting, deadlines: list[DeadlineMention]) -> list[DutyMention]:
    """The duties without a number that one of ``deadlines`` governs, none overlapping."""
    found: list[DutyMention] = []
    for deadline in deadlines:
        if _is_idle(setting, deadline):
            continue
        for duty in _governed(setting, deadline, deadlines):
            if not any(duty.overlaps(other) for other in found):
                found.append(duty)
    return found


def _is_idle(setting: Setting, deadline: DeadlineMention) -> bool:
    """True for a time of what was, of a condition, of a subject's duty, or of the list that stands
    below (到2025年，实现以下目标:)."""
    sentence = setting.clauses.sentence(deadline.start)
    return (
        setting.history.at(deadline.start)
        or (sentence.end == len(setting.text) and setting.text.endswith(":"))
        or is_condition(setting.text[sentence.start : sentence.end])
        or any(_has_subject(deadline, subject, sentence) for subject in setting.subjects)
    )


def _has_subject(deadline: DeadlineMention, subject: Subject, sentence: Stretch) -> bool:
    """True inside a subject's duty, and right before a subject: 2023年底前,|各县(市)要完成…."""
    if subject.start <= deadline.start < subject.scope_end:
        return True
    return deadline.end <= subject.start < min(sentence.end, deadline.end + 24)


def _governed(
    setting: Setting, deadline: DeadlineMention, deadlines: list[DeadlineMention]
) -> Iterator[DutyMention]:
    outcomes = list(_outcomes(setting, deadline, _reach(setting, deadline, deadlines)))
    if outcomes:
        yield from outcomes
        return
    sentence = setting.clauses.sentence(deadline.start)
    if any(sentence.start <= t.quantity.start < sentence.end for t in setting.targets):
        return
    text, clauses = setting.text, setting.clauses
    duty = _completed(setting, deadline) or main_duty(
        text, *_own_clause(setting, deadline), clauses
    )
    if duty and not _is_vague(text, duty):
        yield replace(duty, rule="deadline_duty")


def _reach(setting: Setting, deadline: DeadlineMention, deadlines: list[DeadlineMention]) -> int:
    """Up to where a time governs: one that opens the paragraph is that of later sentences, too, and
    so are those that take turns with it (到2025年，…。…。到2027年，…。…。)."""
    opens = deadline is deadlines[0] or _opens_sentence(setting, deadline)
    if deadlines[0].start <= _OPENING and opens:
        return min([len(setting.text), *(d.start for d in deadlines if d.start > deadline.start)])
    return setting.clauses.sentence(deadline.start).end


def _opens_sentence(setting: Setting, deadline: DeadlineMention) -> bool:
    return deadline.start == setting.clauses.sentence(deadline.start).start


def _outcomes(setting: Setting, deadline: DeadlineMention, until: int) -> Iterator[DutyMention]:
    """Outcomes that can be checked, from behind the deadline up to ``until``."""
    if deadline.rule in ("every", "every_by"):
        return
    for clause in setting.clauses.clauses:
        if not deadline.end < clause.end <= until:
            continue
        if any(clause.start <= t.quantity.start < clause.end for t in setting.targets):
            continue
        start = max(clause.start, deadline.end)
        words = setting.text[start : clause.end]
        start += len(words) - len(words.lstrip(",、 "))
        outcome = outcome_duty(setting.text, start, clause.end)
        if outcome:
            yield outcome


def _completed(setting: Setting, deadline: DeadlineMention) -> DutyMention | None:
    """平台|于2024年6月底前|建成: the verb stands alone behind the time."""
    text, clause = setting.text, setting.clauses.clause(deadline.start)
    before = _BEFORE_TIME.match(text[clause.start : deadline.start])
    words = text[deadline.end : clause.end].rstrip(",。;:").removeprefix("前")
    at = text.find(words, deadline.end) if words else -1
    filed = _FILED.match(words)
    verb = filed.span("verb") if filed else action_at_start(words)
    if before is None or verb is None:
        return None
    if not filed and (len(words) - verb[1] > 1 or len(words) > 8):
        return None
    what = (clause.start + before.start("what"), clause.start + before.end("what"))
    action = (at + verb[0], at + verb[1])
    return DutyMention(clause.start, at + len(words), action, what, (), "deadline_duty")


def _own_clause(setting: Setting, deadline: DeadlineMention) -> tuple[int, int]:
    """From behind the deadline to the end of its part, or what stands before it in its clause."""
    text, part = setting.text, setting.clauses.part(deadline.start)
    behind = text[deadline.end : part.end]
    start = deadline.end + len(behind) - len(behind.lstrip(",、起内 "))
    if len(text[start : part.end].strip("。;,)")) < 4:
        return setting.clauses.clause(deadline.start).start, deadline.start
    return start, part.end


def _is_vague(text: str, duty: DutyMention) -> bool:
    """True for 办学特色更加|突出, 服务|能力明显增强: nobody can check it."""
    at = duty.action[0] if duty.action else duty.start
    if _VAGUE.search(text[max(duty.start, at - 4) : at]):
        return True
    return duty.object is not None and _VAGUE_END.search(text[slice(*duty.object)]) is not None
