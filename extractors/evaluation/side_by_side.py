"""One annotated document extracted in several ways (rules, model, both), figure beside figure: by
field and row, by label with exact and overlapping spans, and how far confidence can be believed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.model.commitment import Ledger
from corpus.model.document import Document
from extractors.assemble import assemble
from extractors.confidence import BOTH, RULES
from extractors.evaluation.gold import read_paragraphs
from extractors.evaluation.misses import Miss, MissKind, misses
from extractors.evaluation.placing import Placed, place, spans_of
from extractors.evaluation.reliability import Judged
from extractors.evaluation.score import Figures, evaluate, total
from extractors.evaluation.spans import SpanScores, score_spans
from extractors.evaluation.stated import stated
from extractors.evaluation.ways import Way

# The types of documents (文种) that a title may end in; the last one named is what it is.
_TYPES = re.compile(
    "规划|纲要|计划|方案|意见|办法|细则|规定|条例|决定|决议|命令|公报|公告|通告|通报|通知|报告|批复|函|纪要"
)
OTHER = "其他"


@dataclass(frozen=True, slots=True)
class Scored:
    """What one way made of one document."""

    figures: Mapping[str, Figures]
    spans: SpanScores
    judged: tuple[Judged, ...]
    misses: tuple[Miss, ...]


@dataclass(frozen=True, slots=True)
class Evaluated:
    """One document in every way; ``lost`` are annotated paragraphs that have no place in it, which
    the figures of spans therefore leave out."""

    source: str
    type: str
    lost: tuple[str, ...]
    ways: Mapping[str, Scored]


def evaluated(gold: Path, document: Document, ways: Mapping[str, Way]) -> Evaluated:
    """Extract the document in every way and score each against the annotation."""
    placed = place(read_paragraphs(gold), document)
    scored = {name: _scored(gold, document, name, way, placed) for name, way in ways.items()}
    return Evaluated(document.provenance.source, type_of(document), placed.lost, scored)


def together(documents: Sequence[Evaluated], way: str) -> Scored:
    """What one way made of all of them, counted together (micro average)."""
    scored = [each.ways[way] for each in documents]
    return Scored(
        total(each.figures for each in scored),
        _sum(each.spans for each in scored),
        tuple(judged for each in scored for judged in each.judged),
        tuple(miss for each in scored for miss in each.misses),
    )


def type_of(document: Document) -> str:
    """规划, 意见, 报告 …, by the title; 其他 where it names none."""
    named = _TYPES.findall(document.official.title or "")
    return named[-1] if named else OTHER


def _scored(gold: Path, document: Document, name: str, way: Way, placed: Placed) -> Scored:
    findings = list(way(document))
    weighed = BOTH if name == BOTH else RULES
    ledger = Ledger(document, assemble(document, findings, way=weighed))
    found = misses(gold, ledger)
    wrong = {m.predicted.id for m in found if m.predicted and m.kind is not MissKind.ROLES}
    said = spans_of(stated(findings, ledger.commitments), placed)
    return Scored(
        evaluate(gold, ledger),
        score_spans([placed.spans], [said]),
        tuple(Judged(c.confidence, c.id not in wrong) for c in ledger.commitments),
        tuple(found),
    )


def _sum(scores: Iterable[SpanScores]) -> SpanScores:
    whole: SpanScores = {}
    for each in scores:
        for name, score in each.items():
            whole[name] = whole[name] + score if name in whole else score
    return whole
