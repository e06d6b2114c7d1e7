"""Later editions of made-up documents: figures go up or down, days move, units change, tasks come
and go, and it is known which."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from corpus.model.change import (
    Change,
    ChangedField,
    ChangeKind,
    Direction,
    Effect,
    Flag,
    Severity,
)
from corpus.model.commitment import Commitment, Ledger
from corpus.model.document import Block, BlockKind, Document
from corpus.model.geometry import Span
from corpus.model.ids import fingerprint, short_id

_DOUBTS = ("时限所指年份不明确", "单位与数值之间隔有其他数字", "责任单位由上文推断")


@dataclass(frozen=True, slots=True)
class Edition:
    """A later edition of a document, with what changed."""

    prior: str
    ledger: Ledger
    changes: tuple[Change, ...]


class Editor:
    """Writes later editions; the same ones for the same seed."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)

    def doubted(self, ledger: Ledger) -> Ledger:
        """Some rows are not sure, and paragraphs are blocks."""
        chance = self._chance
        rows = tuple(
            replace(row, doubts=(chance.choice(_DOUBTS),)) if chance.random() < 0.08 else row
            for row in ledger.commitments
        )
        blocks = tuple(Block(BlockKind.PARAGRAPH, row.evidence.span) for row in rows)
        title = Block(BlockKind.HEADER_FIELD, Span(0, len(ledger.document.official.title or "")))
        document = replace(ledger.document, blocks=(title, *blocks))
        return Ledger(document, rows)

    def edition(self, ledger: Ledger) -> Edition:
        """The document as it was issued anew a year or two later."""
        chance, prior = self._chance, ledger.document
        altered = [(row, self._altered(row)) for row in ledger.commitments]
        kept = [(old, new) for old, new in altered if new is not None]
        added = [self._altered(chance.choice(ledger.commitments), sure=True) for _ in altered[::12]]
        tasks = [(old, new) for old, new in kept] + [(None, new) for new in added if new]
        document, spans = _written(prior, [new for _, new in tasks])
        rows = tuple(
            replace(
                new,
                id=short_id("c", document.id, str(number)),
                evidence=document.cite(span),
            )
            for number, ((_, new), span) in enumerate(zip(tasks, spans, strict=True))
        )
        changes = [_change(prior.id, old, row) for (old, _), row in zip(tasks, rows, strict=True)]
        changes += [_change(prior.id, old, None) for old, new in altered if new is None]
        return Edition(prior.id, Ledger(document, rows), tuple(changes))

    def _altered(self, row: Commitment, *, sure: bool = False) -> Commitment | None:
        chance, kind = self._chance, self._chance.random()
        if kind < 0.08 and not sure:
            return None
        if kind < 0.35 and row.target:
            factor = chance.choice((2, 3))
            low = row.target.quantity.low * factor if chance.random() < 0.6 else row.target.low
            quantity = replace(row.target.quantity, low=low or 1, high=low or 1)
            raw = f"达到{quantity.low}{quantity.unit}"
            target = replace(row.target, raw=raw, quantity=quantity)
            return replace(row, target=target, task=row.task.replace(row.target.raw, raw))
        if kind < 0.55 and row.deadline and row.deadline.end:
            end = row.deadline.end.replace(year=row.deadline.end.year + chance.choice((-1, 1, 2)))
            raw = f"到{end.year}年"
            return replace(
                row,
                deadline=replace(row.deadline, raw=raw, end=end),
                task=row.task.replace(row.deadline.raw, raw),
            )
        if kind < 0.65 and row.responsible_units:
            return replace(row, responsible_units=row.responsible_units[1:])
        return row


def _written(prior: Document, rows: Sequence[Commitment]) -> tuple[Document, list[Span]]:
    """The text of an edition, and where its tasks stand."""
    header = prior.official
    day = (header.date_of_issue or date(2020, 1, 1)) + timedelta(days=400)
    title = f"{header.title}（修订版）"
    spans, at = [], len(title) + 1
    for row in rows:
        spans.append(Span(at, at + len(row.task)))
        at += len(row.task) + 1
    text = "\n".join((title, *(row.task for row in rows)))
    digest = fingerprint(f"{prior.id}\n{text}".encode())
    document = replace(
        prior,
        id=short_id("d", digest),
        text=text,
        provenance=replace(prior.provenance, source=f"{digest[:12]}.txt", sha256=digest),
        blocks=(
            Block(BlockKind.HEADER_FIELD, Span(0, len(title))),
            *(Block(BlockKind.PARAGRAPH, span) for span in spans),
        ),
        official=replace(header, title=title, date_of_issue=day),
    )
    return document, spans


def _change(prior: str, old: Commitment | None, new: Commitment | None) -> Change:
    if old is None or new is None:
        kind = ChangeKind.ADDED if old is None else ChangeKind.DROPPED
        severity = Severity.MODERATE if old is None else Severity.GRAVE
        return Change(kind, (), old, new, prior_document=prior, severity=severity)
    flags = tuple(_flags(old, new))
    if not flags:
        return Change(ChangeKind.CARRIED_OVER, (), old, new, 1.0, prior)
    weaker = any(flag.effect is Effect.WEAKER for flag in flags)
    severity = Severity.GRAVE if weaker else Severity.SERIOUS
    return Change(ChangeKind.CHANGED, flags, old, new, 0.9, prior, severity=severity)


def _flags(old: Commitment, new: Commitment) -> Iterator[Flag]:
    if old.target and new.target and old.target != new.target:
        up = new.target.quantity.low > old.target.quantity.low
        yield Flag(
            ChangedField.VALUE,
            Direction.RAISED if up else Direction.LOWERED,
            old.target.raw,
            new.target.raw,
            effect=Effect.STRICTER if up else Effect.WEAKER,
        )
    before, after = old.deadline, new.deadline
    if before and after and before.end and after.end and before.end != after.end:
        later = after.end > before.end
        yield Flag(
            ChangedField.DEADLINE,
            Direction.POSTPONED if later else Direction.BROUGHT_FORWARD,
            before.raw,
            after.raw,
            effect=Effect.WEAKER if later else Effect.STRICTER,
        )
    if old.responsible_units != new.responsible_units:
        names = ["、".join(u.name for u in each.responsible_units) for each in (old, new)]
        yield Flag(ChangedField.UNITS, Direction.REMOVED, names[0], names[1] or None)
