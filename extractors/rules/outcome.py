"""Outcomes without a number that can be checked: 多方协同合作机制|基本|建立, 实现|全覆盖.

更加完善, 明显增强, 取得新成效 can't be ticked off and are nothing promised.
"""

from __future__ import annotations

import re

from extractors.rules.duty import DutyMention, object_range

_CHECKABLE = (
    r"建立|形成|建成|建立健全|健全|实现|完成|解决|达到|达标|落实|消除|覆盖|到位|贯通|打通|破解|"
    r"自给|消灭|启用|运行|开通|完工|竣工|投产|位居|进入|跻身|构建|确立|全覆盖|取消|免除"
)
_OUTCOME = re.compile(
    r"^(?P<what>[^,。;]{3,60}?)"
    r"(?P<how>基本|初步|全面|全部|普遍|总体|率先|如期|按期|均|力争|要|将)*"
    rf"(?P<verb>{_CHECKABLE})(?P<rest>[^,。;]{{0,16}})$"
)
# Without 基本 or 全部, only what can be ticked off: 实现全覆盖, 达到国家标准, 完成任务.
_STATE = re.compile(
    r"全覆盖|(?:国家|规定|省定|建设)标准$|清零|达标|^完成|^位居|^进入.{0,6}(?:前|行列)|全程|互认|贯通"
)
# 基本形成…的产业体系, 构建…格局, 培育|一批领军企业: what is to be there, verb first.
_MAKES = re.compile(
    r"^(?:基本|初步|全面|总体|率先|逐步)*(?P<verb>形成|建立健全|建立完善|建立|构建|建成|建设|培育|打造|健全)"
    r"(?:起|了)?(?P<what>[^。;]{2,60})$"
)
_MADE = re.compile(r"(?:格局|体系|机制|模式|制度|局面|网络|框架)$")
_SOME = re.compile(r"^(?:一批|若干)")
_NO_CHECK = re.compile(
    r"更加|更为|明显|显著|不断|进一步|持续|逐步|大幅|稳步|日益|有效|充分|得到|较大"
    r"|新的?(?:突破|成效|进展|台阶)"
)


def outcome_duty(text: str, start: int, end: int) -> DutyMention | None:
    """An outcome that can be checked in the clause ``text[start:end]``: X基本建立."""
    words = text[start:end].rstrip(",;。:!?")
    made = _MAKES.match(words)
    if made and (_MADE.search(made["what"]) or _SOME.match(made["what"])):
        if _NO_CHECK.search(words[: made.end("verb")]):
            return None
        verb = (start + made.start("verb"), start + made.end("verb"))
        what = object_range(text, verb[1], start + len(words))
        return DutyMention(start, start + len(words), verb, what, (), "outcome")
    match = _OUTCOME.match(words)
    if match is None or _NO_CHECK.search(words[max(0, match.end("what") - 4) :]):
        return None
    if match["rest"] and not match["how"] and not _STATE.search(match["verb"] + match["rest"]):
        return None
    what = (start + match.start("what"), start + match.end("what"))
    verb = (start + match.start("verb"), start + match.end("verb"))
    return DutyMention(start, start + len(words), verb, what, (), "outcome")
