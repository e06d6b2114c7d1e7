"""From findings to commitments: one quantity, one commitment, with the deadline and the units that
govern it by sentence, bracket, table row or section. What is inherited is marked inherited."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from corpus.model.commitment import Commitment
from corpus.model.document import Document
from corpus.model.finding import Finding, Label, UnitMention
from corpus.model.geometry import Span
from corpus.model.ids import short_id
from corpus.model.organisation import Jurisdiction, ResponsibleUnit, Role
from corpus.model.period import Deadline
from corpus.model.quantity import Bound, Quantity, Target
from extractors.basis import basis_of
from extractors.confidence import RULES, Weights, facts_of, governed, weights
from extractors.inheritance import inherit
from extractors.nlp.clauses import Clauses, cut
from extractors.nlp.jurisdiction import jurisdiction_of
from extractors.nlp.passages import Passage, passages
from extractors.rules.unit_list import UnitSpan, restore
from extractors.scope import Placed, govern_deadlines, govern_units
from extractors.statement import Statement


def assemble(
    document: Document, findings: list[Finding], *, way: str = RULES
) -> tuple[Commitment, ...]:
    """Commitments in the order of the text; ``way`` says who found: the rules, or both."""
    return tuple(each.commitment for each in assembled(document, findings, way=way))


@dataclass(frozen=True, slots=True)
class Assembled:
    """A commitment, and the facts that its confidence was made of."""

    commitment: Commitment
    facts: tuple[float, ...]


def assembled(document: Document, findings: list[Finding], *, way: str = RULES) -> list[Assembled]:
    """The same with the facts, for whoever weighs them."""
    statements: list[Statement] = []
    placed: list[Placed] = []
    groups = _groups(findings)
    for passage in passages(document):
        here = [f for f in findings if f.evidence.span in passage.span]
        if not here:
            continue
        clauses = cut(passage.view.text)
        own = list(_statements(passage, clauses, groups))
        loose = [f for f in here if _is_loose(f, groups)]
        bare = _bare_subjects(here, groups, {s.group for s in own})
        placed.append(Placed(passage, clauses, own, loose, bare))
        statements += own
    for place in placed:
        govern_deadlines(place)
        govern_units(place, placed)
    inherit(document, placed)
    jurisdiction = jurisdiction_of(document)
    weigh, share = weights(way), governed(statements)
    made = [
        _commitment(document, statement, jurisdiction, weigh=weigh, share=share)
        for statement in statements
        if statement.has_quantity or statement.deadline or statement.units
    ]
    made.sort(key=lambda each: each.commitment.evidence.span)
    numbered = _numbered(document, [each.commitment for each in made])
    return [replace(each, commitment=c) for each, c in zip(made, numbered, strict=True)]


def _groups(findings: list[Finding]) -> dict[str, list[Finding]]:
    groups: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.group:
            groups.setdefault(finding.group, []).append(finding)
    return groups


def _statements(
    passage: Passage, clauses: Clauses, groups: dict[str, list[Finding]]
) -> Iterator[Statement]:
    """A statement stands in the passage of its number, else of its first finding."""
    for group, members in groups.items():
        if not any(f.label in (Label.QUANTITY, Label.ACTION, Label.INDICATOR) for f in members):
            continue
        anchor = next((f for f in members if f.label is Label.QUANTITY), members[0])
        if anchor.evidence.span not in passage.span:
            continue
        apart = (Label.UNIT, Label.DEADLINE)
        statement = Statement(passage, clauses, group, [f for f in members if f.label not in apart])
        statement.units = [f for f in members if f.label is Label.UNIT]
        statement.deadline = next((f for f in members if f.label is Label.DEADLINE), None)
        yield statement


def _is_loose(finding: Finding, groups: dict[str, list[Finding]]) -> bool:
    """Deadlines, and units of brackets and columns: they govern by where they stand. A unit that
    was found with what it has to do governs nothing else."""
    if finding.label is Label.UNIT:
        stated = any(f.label is not Label.UNIT for f in groups.get(finding.group, ()))
        return finding.rule != "subject" and not stated
    return not finding.group


def _bare_subjects(
    here: list[Finding], groups: dict[str, list[Finding]], stated: set[str]
) -> list[list[Finding]]:
    """Subjects whose duty is a target: units in a group without an action of its own."""
    found: dict[str, list[Finding]] = {}
    for finding in here:
        bare = finding.label is Label.UNIT and not _is_loose(finding, groups)
        if bare and finding.group not in stated:
            found.setdefault(finding.group, []).append(finding)
    return list(found.values())


def _commitment(
    document: Document,
    statement: Statement,
    jurisdiction: Jurisdiction,
    *,
    weigh: Weights,
    share: float,
) -> Assembled:
    target = _target(statement)
    deadline = _deadline(statement)
    units = _units(statement, jurisdiction)
    indicator, action = statement.first(Label.INDICATOR), statement.first(Label.ACTION)
    used = [*statement.findings, *statement.units]
    if statement.deadline is not None:
        used.append(statement.deadline)
    doubts = (*_doubts(statement, deadline, units), *_misread(document, used))
    facts = facts_of(document, statement, used, share=share)
    commitment = Commitment(
        id="",
        section=document.section_path(statement.span),
        task=_task(document, statement),
        action=_joined(action),
        indicator=_joined(indicator),
        target=target,
        deadline=deadline,
        responsible_units=units,
        evidence=document.cite(_extent(statement)),
        confidence=weigh(facts, doubts=len(doubts)),
        rules=tuple(dict.fromkeys(f"{f.extractor}/{f.rule}" for f in used)),
        doubts=doubts,
    )
    return Assembled(commitment, facts)


def _extent(statement: Statement) -> Span:
    """From the first to the last span that the commitment was read from, in its own passage or
    row; what is inherited stands elsewhere."""
    span = statement.span
    for finding in [statement.deadline, *statement.units]:
        if finding is None:
            continue
        near = statement.passage.span
        row = statement.passage.row
        if row is not None:
            for _, cell in row.cells:
                near = near.cover(cell)
        if finding.evidence.span in near:
            span = span.cover(finding.evidence.span)
    return _closed(statement.passage, span)


def _closed(passage: Passage, span: Span) -> Span:
    """Up to the bracket that closes behind it: （省民政厅牵头，省财政厅|配合）."""
    view = passage.view
    if span not in passage.span:
        return span
    stop = next((i for i, o in enumerate(view.origin) if o >= span.end), len(view.text))
    start = next(i for i, o in enumerate(view.origin) if o >= span.start)
    close = view.text.find(")", stop)
    said, behind = view.text[start:stop], view.text[stop : close + 1]
    if close < 0 or "。" in behind[:-1] or "(" in behind or said.count("(") <= said.count(")"):
        return span
    return Span(span.start, view.locate(close, close + 1).end)


def _joined(finding: Finding | None) -> str | None:
    """As the view reads it: without the line breaks of the page."""
    return None if finding is None else str(finding.value)


def _target(statement: Statement) -> Target | None:
    quantity, bound = statement.first(Label.QUANTITY), statement.first(Label.BOUND)
    if quantity is None or not isinstance(quantity.value, Quantity):
        return None
    per, base = statement.first(Label.PER), statement.first(Label.BASE)
    action = statement.first(Label.ACTION)
    spans = [quantity.evidence.span] + ([bound.evidence.span] if bound else [])
    spans.sort()
    view = statement.passage.view
    raw = "".join(_folded(view.text, view.origin, span) for span in dict.fromkeys(spans))
    low, high = quantity.value.low, quantity.value.high
    said = bound.value if bound and isinstance(bound.value, Bound) else None
    return Target(
        raw=raw,
        quantity=quantity.value,
        bound=said or (Bound.EXACTLY if low == high else Bound.RANGE),
        basis=basis_of(
            str(action.value) if action else "", _sentence(statement), str(per.value) if per else ""
        ),
        per=_joined(per),
        base=_joined(base),
    )


def _folded(text: str, origin: tuple[int, ...], span: Span) -> str:
    return "".join(
        character for character, at in zip(text, origin, strict=True) if span.start <= at < span.end
    )


def _deadline(statement: Statement) -> Deadline | None:
    if statement.deadline is None or not isinstance(statement.deadline.value, Deadline):
        return None
    return replace(statement.deadline.value, inherited=statement.deadline_inherited)


def _units(statement: Statement, jurisdiction: Jurisdiction) -> tuple[ResponsibleUnit, ...]:
    mentions = [f.value for f in statement.units if isinstance(f.value, UnitMention)]
    listed = restore((UnitSpan(0, 0, m.raw, m.role) for m in mentions), jurisdiction)
    found: dict[tuple[str, Role], ResponsibleUnit] = {}
    for unit in listed:
        found.setdefault((unit.raw, unit.role), replace(unit, inherited=statement.units_inherited))
    return tuple(found.values())


def _task(document: Document, statement: Statement) -> str:
    """The part of the passage, between 。 and ;, that states it, without line breaks; the cell of
    the indicator where the value has a cell of its own."""
    first = min(f.evidence.span for f in statement.findings)
    if first not in statement.passage.span:
        return _printed(document.text[first.start : first.end]).strip()
    view = statement.passage.view
    at = next(i for i, o in enumerate(view.origin) if o >= statement.span.start)
    part = statement.clauses.part(at)
    stop = max(part.end, part.start + 1)
    span = view.locate(part.start, stop)
    words = _printed(document.text[span.start : span.end])
    return words.strip().rstrip("。;；")


def _printed(quote: str) -> str:
    """A quotation on one line: breaks dropped, blanks between Chinese characters too."""
    kept: list[str] = []
    for index, character in enumerate(quote):
        if character.isspace():
            before = quote[index - 1] if index else ""
            after = quote[index + 1 : index + 2]
            if not (before.isascii() and before.isalnum() and after.isascii() and after.isalnum()):
                continue
            character = " "
        kept.append(character)
    return "".join(kept)


def _sentence(statement: Statement) -> str:
    view = statement.passage.view
    at = next(i for i, o in enumerate(view.origin) if o >= statement.span.start)
    clause = statement.clauses.clause(at)
    return view.text[clause.start : clause.end]


def _doubts(
    statement: Statement, deadline: Deadline | None, units: tuple[ResponsibleUnit, ...]
) -> Iterator[str]:
    if deadline is not None and deadline.doubt:
        yield f"完成时限：{deadline.doubt}"
    if statement.has_quantity and statement.first(Label.INDICATOR) is None:
        yield "未能确定指标名称"
    leads = [unit for unit in units if unit.role is Role.LEAD]
    if len(leads) > 2:
        yield "同一任务有多个牵头单位"


def _misread(document: Document, used: list[Finding]) -> Iterator[str]:
    """What optical recognition read in two ways, where the commitment was read from it."""
    doubts = {doubt: None for f in used for doubt in document.doubts_in(f.evidence.span)}
    for doubt in doubts:
        shown = document.text[doubt.span.start : doubt.span.end]
        others = "、".join(f"“{reading}”" for reading in doubt.readings if reading != shown)
        yield f"识别存疑：“{shown}”又读作{others}" if others else f"识别存疑：“{shown}”"


def _numbered(document: Document, commitments: list[Commitment]) -> Iterator[Commitment]:
    """Ids from what is said and how often it was said before, not from where it stands."""
    seen: dict[str, int] = {}
    for commitment in commitments:
        target = commitment.target
        words = "|".join(
            [commitment.task, commitment.indicator or "", target.raw if target else ""]
        )
        seen[words] = seen.get(words, 0) + 1
        yield replace(commitment, id=short_id("c", document.id, words, str(seen[words])))
