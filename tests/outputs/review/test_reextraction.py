"""200 corrections over a new extraction with other rules: none lost, conflicts listed.

A plan is read without the rule of units in brackets and reviewed; then its file is read anew
(lines break elsewhere, some figures come out otherwise) without the rule of duties and with that of
brackets: rows vanish, move, and say other things.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from corpus.model.commitment import Commitment
from corpus.model.document import Document
from corpus.model.ids import fingerprint
from corpus.model.review import Decision, ReviewedField, Verdict
from corpus.parse import parse
from corpus.review import ConflictKind, Review, only, present, values_of
from corpus.store.records import Stage, StageRecord, StoredFile
from extractors.run import extract
from outputs.review import deciding, fields
from outputs.review.library import Library

Staged = Callable[..., StageRecord]
_FIELD = ReviewedField
_WANTED = 200
_BEFORE = ("numeric_target", "due_date", "duty")
_AFTER = ("numeric_target", "due_date", "unit_brackets")
_KINDS = ("养老服务中心", "幼儿园", "卫生院", "文化站", "充电站", "水库", "粮仓", "敬老院")
_OFFICES = ("民政厅", "教育厅", "卫生健康委", "文化和旅游厅", "交通运输厅", "水利厅", "商务厅")
_HEAD = "云岭省人民政府关于印发公共设施建设规划的通知\n\n云政发〔2024〕33号\n\n"


def _sentences() -> list[str]:
    """120 promises: a unit in the sentence itself, in brackets, or none."""
    made = []
    for number in range(120):
        kind, office = _KINDS[number % len(_KINDS)], _OFFICES[number % len(_OFFICES)]
        year, amount = 2025 + number % 6, 20 + 3 * number
        made.append(
            (
                f"省{office}要在{year}年底前出台第{number}号{kind}管理办法。",
                f"到{year}年，新建第{number}片区{kind}{amount}所（省{office}牵头）。",
                f"到{year}年，第{number}片区{kind}达到{amount}所以上。",
            )[number % 3]
        )
    return made


def _read_otherwise(number: int, sentence: str) -> str:
    """As another reading of the same page has it."""
    if number % 11 == 2:
        return sentence.replace("到20", "到二〇").replace("所以上", "处以上")
    if number % 4 == 1:
        return f"{sentence[:9]}\n{sentence[9:]}"
    return sentence


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    made = Library(f"sqlite:///{tmp_path / 'taizhang.db'}", tmp_path)
    yield made
    made.close()


@pytest.fixture
def read(library: Library, staged: Staged) -> Callable[[str, Sequence[str], str], Document]:
    """Puts a reading of the one file and its extraction into the library."""
    sha256 = fingerprint(b"plan")
    library.store.save_file(StoredFile(sha256, "plan.txt", 4))

    def save(text: str, rules: Sequence[str], version: str) -> Document:
        found = parse(text.encode(), source="plan.txt")
        provenance = replace(found.provenance, sha256=sha256)
        document = replace(found, id="d-plan", provenance=provenance)
        library.store.save_document(document, staged(sha256, Stage.PARSE, version))
        ledger = extract(document, rules)
        library.store.save_ledger(ledger, staged(sha256, Stage.EXTRACT, version))
        library.refresh(now=True)
        return document

    return save


def _typed(field: _FIELD, commitment: Commitment) -> dict[str, str]:
    """What a reviewer types instead of what is there."""
    form = fields.typed(field, commitment)
    if field is _FIELD.TARGET:
        return form | {"raw": "", "low": str(Decimal(form["low"]) + 1)}
    if field is _FIELD.DEADLINE:
        return form | {"raw": "", "kind": "by", "end": "2031-06-30"}
    if field is _FIELD.UNITS:
        return {"value": "云岭省发展和改革委员会（牵头）"}
    return {"value": f"{form['value']}更正"}


def _review(library: Library) -> list[Decision]:
    """A reviewer goes through all rows and columns; of ten, seven are corrected."""
    made: list[Decision] = []
    for position, row in enumerate(library.review("d-plan").rows):
        columns = dict.fromkeys((*present(row.commitment), _FIELD.UNITS))
        for number, field in enumerate(columns):
            turn = (position + 3 * number) % 10
            verdict = (
                Verdict.CORRECT if turn < 7 else Verdict.ACCEPT if turn < 9 else Verdict.REJECT
            )
            form = _typed(field, row.commitment)
            made.append(
                deciding.decide(
                    library, row, who="张敏", verdict=verdict, field=field, number=number, form=form
                )
            )
        if position % 20 == 7:
            made.append(
                deciding.decide(
                    library, row, who="李伟", verdict=Verdict.REJECT, field=_FIELD.ROW,
                    number=len(columns), form={"reason": "不是任务"},
                )
            )  # fmt: skip
    return made


def _where(review: Review) -> Counter[int]:
    """How often each decision is found again: at a row, or among those whose row is gone."""
    at_rows = (each.id for row in review.rows for each in row.decisions)
    return Counter([*at_rows, *(each.decision.id for each in review.lost)])


def test_corrections_survive_another_extraction_or_are_listed(
    library: Library,
    read: Callable[[str, Sequence[str], str], Document],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sentences = _sentences()
    before = _HEAD + "\n".join(sentences)
    read(before, _BEFORE, "1")
    # Only kept, not shown on every page after each of them: that is tested elsewhere.
    monkeypatch.setattr(library, "decide", library.decisions.append)
    made = _review(library)
    monkeypatch.undo()
    assert sum(each.verdict is Verdict.CORRECT for each in made) >= _WANTED
    reviewed = library.review("d-plan")
    assert not reviewed.lost
    assert not [row for row in reviewed.rows if row.conflicts]

    after = _HEAD + "总体要求：立足实际，注重实效。\n"
    after += "\n".join(_read_otherwise(n, each) for n, each in enumerate(sentences))
    read(after, _AFTER, "2")
    found = library.review("d-plan")

    # None is lost: each is at one row, or told as one whose row is gone.
    assert _where(found) == Counter(each.id for each in made)
    assert library.decisions.of_document("d-plan") == made
    corrected = 0
    for row in found.rows:
        told = {each.field: each for each in row.conflicts}
        for decision in row.decisions:
            if decision.field is _FIELD.ROW or decision.seen is None or row.machine is None:
                continue
            field = decision.field
            now = only(values_of(row.machine), field)
            # Where the ground moved the conflict is listed, and nowhere else.
            agrees = now in (only(values_of(decision.seen), field), decision.after)
            assert (field in told) is not agrees
            if decision.verdict is Verdict.CORRECT:
                assert only(values_of(row.commitment), field) == decision.after
                corrected += 1
    lost = [each for each in found.lost if each.decision.verdict is Verdict.CORRECT]
    assert corrected + len(lost) == sum(each.verdict is Verdict.CORRECT for each in made)
    assert corrected > 50
    assert len(lost) > 50
    assert {each.kind for each in found.lost} == {ConflictKind.LOST}
    assert {each.kind for row in found.rows for each in row.conflicts} == {ConflictKind.MOVED}
    paper = library.desk.paper("d-plan")
    assert paper is not None
    assert paper.conflicts == len(found.lost) + sum(bool(row.conflicts) for row in found.rows)
    # What others read is what stands here.
    assert library.store.corrected.ledger("d-plan").commitments == found.commitments

    # The rules of before bring everything back.
    read(before, _BEFORE, "3")
    assert library.review("d-plan") == reviewed
