"""How likely a commitment is right, all of its row: what its findings were scored, and what is
known from annotated documents of ones like it (with units of its own, a number in a work report).

The weights are fitted by ``extractors.training.calibrate`` on documents that are held out from
everything else, one set for the rules alone and one for rules and model together; of a hundred
commitments with 0.9, about ninety should be right (the model card says how near that is). A doubt
that is written on a commitment lowers it further: annotated paragraphs have no scanner's errors.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from corpus.model.document import Document
from corpus.model.finding import Finding, Label
from extractors.statement import Statement

RULES, BOTH = "rules", "both"
WEIGHTS = Path(__file__).parent / "models" / "confidence.toml"
_LEAST, _MOST = 0.05, 0.99
_EACH_DOUBT = 0.8
# What plans of work are called, and what tells of the year behind before it promises.
_PLAN = re.compile("规划|纲要|计划|方案|意见|措施|要点|任务|行动|通知")
_REPORT = re.compile("报告|公报|通报|复函|函$|批复")

# The order of the weights; a new fact goes last.
FACTS = (
    "weakest", "number", "target", "indicator_missing", "number_first", "duty", "outcome",
    "own_time", "inherited_time", "own_units", "inherited_units", "table", "bound",
    "plan", "report", "long", "governed",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Weights:
    """A logistic model: ``bias`` and one weight for each of ``FACTS``."""

    bias: float
    weights: tuple[float, ...]

    def __call__(self, facts: Sequence[float], *, doubts: int = 0) -> float:
        """The chance, never quite certain either way."""
        total = self.bias + sum(w * fact for w, fact in zip(self.weights, facts, strict=True))
        chance = _EACH_DOUBT**doubts / (1 + math.exp(-total))
        return round(min(_MOST, max(_LEAST, chance)), 3)


def governed(statements: Sequence[Statement]) -> float:
    """The share of a document's statements that have a time or units: most of a plan, few of what
    only tells or explains."""
    held = sum(1 for each in statements if each.deadline is not None or each.units)
    return (held + 1) / (len(statements) + 2)


def facts_of(
    document: Document, statement: Statement, used: Sequence[Finding], *, share: float
) -> tuple[float, ...]:
    """What is known of a commitment before anybody has looked at it, in the order of ``FACTS``;
    ``share`` of its document's statements are governed."""
    number = statement.first(Label.QUANTITY)
    title = document.official.title or ""
    rules = {finding.rule for finding in statement.findings}
    own_time = statement.deadline is not None and not statement.deadline_inherited
    found: Mapping[str, float] = {
        "weakest": _odds(min(f.score for f in used)),
        "number": _odds(number.score) if number is not None else 0.0,
        "target": float(number is not None),
        "indicator_missing": float(statement.first(Label.INDICATOR) is None),
        "number_first": float("number_first" in rules),
        "duty": float(bool(rules & {"subject", "main_duty", "deadline_duty"})),
        "outcome": float("outcome" in rules),
        "own_time": float(own_time),
        "inherited_time": float(statement.deadline is not None and not own_time),
        "own_units": float(bool(statement.units) and not statement.units_inherited),
        "inherited_units": float(bool(statement.units) and statement.units_inherited),
        "table": float(statement.passage.row is not None),
        "bound": float(statement.first(Label.BOUND) is not None),
        "plan": float(_PLAN.search(title) is not None),
        "report": float(_REPORT.search(title) is not None),
        "long": min(len(statement.passage.view.text), 600) / 600,
        "governed": share,
    }
    return tuple(found[name] for name in FACTS)


@cache
def weights(way: str, path: Path = WEIGHTS) -> Weights:
    """Those of ``rules`` or of ``both``."""
    table = tomllib.loads(path.read_text(encoding="utf-8"))[way]
    return Weights(float(table["bias"]), tuple(float(table[name]) for name in FACTS))


def _odds(score: float) -> float:
    kept = min(max(score, 0.02), 0.98)
    return math.log(kept / (1 - kept))
