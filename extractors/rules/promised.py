"""The targets of a passage that are promised: not history, not conditions, not guidance."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.model.quantity import Bound
from extractors.nlp.clauses import Clauses, Stretch
from extractors.rules.deadline import DeadlineMention
from extractors.rules.history import History
from extractors.rules.not_promised import is_condition, is_definition, is_preamble
from extractors.rules.quantity import find_quantities
from extractors.rules.target_mention import TargetMention
from extractors.rules.targets import find_targets

# Shares of a mark sheet, of a schedule, of a count of what is listed: 共20条, （3分）.
_COUNT_ONLY = re.compile(r"^(?:条|款|项|部分|方面|类|章|节|页|份|分|字|题)$")
_LISTED = re.compile(r"(?:以下|下列|如下|上述|以上|共|这|其|前|后|包括|分为|涉及)$")


def promised_targets(
    text: str,
    clauses: Clauses,
    deadlines: list[DeadlineMention],
    *,
    history: History,
    headings: tuple[str, ...] = (),
    aside: Sequence[Stretch] = (),
) -> list[TargetMention]:
    """Targets of a view's text that somebody promises, in order; what stands in the stretches
    ``aside`` (brackets that list units) counts nothing."""
    quantities = [
        q for q in find_quantities(text) if not any(s.start <= q.start < s.end for s in aside)
    ]
    if not quantities:
        return []
    mentions = find_targets(text, clauses, quantities, deadlines)
    ahead = [m for m in mentions if not history.at(m.quantity.start)]
    return [m for m in ahead if _is_promised(text, clauses, m, headings)]


def _is_promised(
    text: str, clauses: Clauses, mention: TargetMention, headings: tuple[str, ...]
) -> bool:
    part = _words(text, clauses.part(mention.quantity.start))
    if is_definition(part) or is_condition(part, headings):
        return False
    if is_preamble(_words(text, clauses.sentence(mention.quantity.start))):
        return False
    if mention.quantity.rule == "han" and mention.action is None and _or_more(text, mention):
        return False
    if _describes(text, clauses, mention):
        return False
    before = text[max(0, mention.quantity.start - 4) : mention.quantity.start]
    unit = mention.quantity.quantity.unit
    if unit == "分" and before.endswith("("):
        return False
    if mention.quantity.rule == "han" and _COUNT_ONLY.match(unit) and _LISTED.search(before):
        return False
    if mention.quantity.rule == "han" and not _is_counted(text, mention):
        return False
    return mention.indicator is not None or _bound_said(mention)


# 两个市场, 八项主张, 抓好三件事: words that count parts of something known; only what is made
# (新建|三所), and how often something is done (召开|两次), is counted to be reached.
_PARTS = re.compile(r"^(?:个|项|件|种|类|条|大|家)$")
_MAKES = re.compile(
    r"(?:新建|建设|建成|创建|打造|培育|培养|组建|成立|设立|增设|新设|新增|开设|开办|举办|引进|引育|遴选|认定"
    r"|评选|推出|制定|编制|编写|开发|研发|研制|布局|扶持|改造|配备|配置|选派|签约|落地|开工|新开工|投产|建立|开通)$"
)


def _is_counted(text: str, mention: TargetMention) -> bool:
    unit = mention.quantity.quantity.unit
    verb = text[slice(*mention.action)] if mention.action else ""
    if unit == "次":
        return bool(verb) or mention.per is not None
    bounded = mention.quantity.bound is not Bound.EXACTLY
    return _PARTS.match(unit) is None or bounded or _MAKES.search(verb) is not None


# 投资超过1亿元|的项目, 人数30人以上|的企业: the number tells which ones, it is not to be reached.
_OF_WHICH = re.compile(
    r"^(?:及?以[上下内]|左右|\(不?含\)|至[\d.]+[万亿]*元|/年)*的"
    # 5%|的增速: the number is that of the noun.
    r"(?![^,。;给予]{0,8}(?:比例|标准|目标|要求|规模|速度|增速|幅度|额度|补[助贴]|奖[励补]|资金|价格"
    r"|水平|基础|期限|时间))(?P<noun>[^,。;:的\d]{1,20})"
)
_ENDS_WITH_OF = re.compile(r"^(?:[^,。;:]{0,24})的[,;:。]")
_GIVES = re.compile(r"^[^。;]{0,40}(?:给予|予以|可|奖励|补[助贴]|一次性|最高|按|不得|应|由|要|须)")


def _describes(text: str, clauses: Clauses, mention: TargetMention) -> bool:
    """True for a number that says which things are meant: those of 年营业收入超过5000万元的企业,
    and those of a case, 种植土厚度不小于0.3米的，…."""
    end = mention.quantity.whole[1]
    clause = clauses.clause(mention.quantity.start)
    sentence = clauses.sentence(mention.quantity.start)
    behind = text[end : sentence.end]
    if _ENDS_WITH_OF.match(behind) and _GIVES.match(text[clause.end : sentence.end]):
        return True
    which = _OF_WHICH.match(behind)
    if which is None:
        return False
    if mention.rule == "number_first" and mention.indicator is not None:
        # 新增|5个|的示范区 counts what follows; 超过|5000万元|的企业, 床位|100张以上|的机构 do not.
        return (
            mention.quantity.quantity.unit.startswith("元")
            or _measures_noun(text, mention)
            or _is_case(text, clause, mention)
        )
    return True


def _measures_noun(text: str, mention: TargetMention) -> bool:
    """支持|床位|100张以上|的机构: between the verb and its number stands what the number counts;
    not so in 95%以上|的学生, 打造|20个以上|的示范区."""
    said = mention.quantity.bound_span
    if said is None or said[0] < mention.quantity.end or mention.action is None:
        return False
    between = text[mention.action[1] : mention.quantity.start]
    is_share = mention.quantity.quantity.unit in ("%", "‰")
    return not is_share and re.search(r"[\u4e00-\u9fff]{2}$", between) is not None


def _or_more(text: str, mention: TargetMention) -> bool:
    """涉及|两个以上|部门: tells of which kind, promises nothing."""
    return text[mention.quantity.end : mention.quantity.end + 2] == "以上"


def _is_case(text: str, clause: Stretch, mention: TargetMention) -> bool:
    """对…达到1亿元的企业，给予…: the clause names a case."""
    return bool(
        re.match(r"^(?:对|凡|如|若)", text[clause.start : clause.end])
        and mention.quantity.bound is not Bound.EXACTLY
    )


def _bound_said(mention: TargetMention) -> bool:
    """A bare number without an indicator counts only where something bounds or does it."""
    return mention.quantity.bound is not Bound.EXACTLY or mention.action is not None


def _words(text: str, stretch: Stretch) -> str:
    return text[stretch.start : stretch.end]
