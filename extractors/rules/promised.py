"""The targets of a passage that are promised: not history, not conditions, not guidance."""

from __future__ import annotations

import re

from corpus.model.quantity import Bound
from extractors.nlp.clauses import Clauses, Stretch
from extractors.rules.deadline import DeadlineMention
from extractors.rules.history import History
from extractors.rules.not_promised import is_condition, is_definition
from extractors.rules.quantity import find_quantities
from extractors.rules.targets import TargetMention, find_targets

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
) -> list[TargetMention]:
    """Targets of a view's text that somebody promises, in order."""
    quantities = find_quantities(text)
    if not quantities:
        return []
    mentions = find_targets(text, clauses, quantities, deadlines)
    ahead = [m for m in mentions if not history.at(m.quantity.start)]
    return [m for m in ahead if _is_promised(text, clauses, m, headings)]


def _is_promised(
    text: str, clauses: Clauses, mention: TargetMention, headings: tuple[str, ...]
) -> bool:
    sentence = _words(text, clauses.sentence(mention.quantity.start))
    if is_definition(sentence):
        return False
    if is_condition(sentence, headings):
        return False
    before = text[max(0, mention.quantity.start - 4) : mention.quantity.start]
    unit = mention.quantity.quantity.unit
    if unit == "分" and before.endswith("("):
        return False
    if mention.quantity.rule == "han" and _COUNT_ONLY.match(unit) and _LISTED.search(before):
        return False
    return mention.indicator is not None or _bound_said(mention)


def _bound_said(mention: TargetMention) -> bool:
    """A bare number without an indicator counts only where something bounds or does it."""
    return mention.quantity.bound is not Bound.EXACTLY or mention.action is not None


def _words(text: str, stretch: Stretch) -> str:
    return text[stretch.start : stretch.end]
