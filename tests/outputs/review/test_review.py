"""审核: accept, correct, reject, undo, add; two reviewers at once; refusals in words."""

from __future__ import annotations

import html
import io
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from corpus.model.commitment import Commitment, Ledger
from corpus.model.quantity import Bound, Quantity
from corpus.model.review import RefusedError, ReviewedField, RowState, Values
from corpus.store.records import Stage
from outputs.review import fields
from outputs.review.library import Library
from outputs.review.site import Site

_TARGET = {
    "raw": "80所左右",
    "bound": "about",
    "low": "80",
    "high": "",
    "unit": "所",
    "basis": "level",
    "per": "",
    "base": "",
}


@pytest.fixture
def row(library: Library, plan: str) -> Commitment:
    """A row that has a target and a deadline."""
    rows = library.review(plan).rows
    return next(r.commitment for r in rows if r.commitment.target and r.commitment.deadline)


@pytest.fixture
def address(plan: str, row: Commitment) -> str:
    return f"/documents/{plan}/rows/{row.id}"


def _now(library: Library, plan: str, row: Commitment) -> tuple[RowState, Commitment]:
    found = next(r for r in library.review(plan).rows if r.commitment.id == row.id)
    return found.state, found.commitment


def test_accepting_a_row_takes_it_out_of_the_queue(
    browser: Callable, library: Library, plan: str, row: Commitment, address: str
) -> None:
    reviewer = browser("张敏")
    assert row.id in reviewer.see("/queue")
    reviewer.submit(address, do="accept:row", number=0)
    assert _now(library, plan, row)[0] is RowState.ACCEPTED
    assert row.id not in reviewer.see("/queue")
    text = reviewer.see(address)
    assert "张敏" in text
    assert "采纳" in text


def test_correction_is_shown_searched_exported_and_remembered(
    browser: Callable, library: Library, plan: str, row: Commitment, address: str
) -> None:
    reviewer = browser("张敏")
    reviewer.submit(address, do="correct:target", number=0, reason="第3页写的是80所", **_TARGET)
    target = _now(library, plan, row)[1].target
    assert target is not None
    assert (target.quantity, target.bound) == (
        Quantity(Decimal(80), Decimal(80), "所"),
        Bound.ABOUT,
    )
    text = html.unescape(reviewer.see(address))
    assert "第3页写的是80所" in text
    assert "<ins>80所左右</ins>" in text
    sheet = load_workbook(io.BytesIO(reviewer.get(f"/documents/{plan}/ledger.xlsx").content)).active
    assert "80所左右" in {cell.value for line in sheet.iter_rows() for cell in line}


def test_rejected_row_needs_a_reason_and_leaves_the_export(
    browser: Callable, library: Library, plan: str, row: Commitment, address: str
) -> None:
    reviewer = browser("张敏")
    text = reviewer.submit(address, status=422, do="reject:row", number=0)
    assert "驳回整条请写明理由" in text
    assert _now(library, plan, row)[0] is RowState.OPEN
    reviewer.submit(address, do="reject:row", number=0, reason="是现状，不是目标")
    assert _now(library, plan, row)[0] is RowState.REJECTED
    assert row.id not in {c.id for c in library.reviewed_ledger(plan).commitments}


def test_undo_brings_back_what_was_there_and_keeps_both_steps(
    browser: Callable, library: Library, plan: str, row: Commitment, address: str
) -> None:
    reviewer = browser("张敏")
    reviewer.submit(address, do="correct:target", number=0, **_TARGET)
    reviewer.submit(address, do="undo:row", number=1)
    assert _now(library, plan, row) == (RowState.OPEN, row)
    assert len(library.decisions.of_subject(plan, row.id)) == 2
    assert "没有可撤销的意见" in reviewer.submit(address, status=422, do="undo:row", number=2)


def test_second_reviewer_sees_what_the_first_did_and_keeps_what_was_typed(
    browser: Callable, library: Library, plan: str, row: Commitment, address: str
) -> None:
    first, second = browser("张敏"), browser("李伟")
    first.submit(address, do="correct:target", number=0, **_TARGET)
    theirs = {**_TARGET, "raw": "75所左右", "low": "75"}
    text = html.unescape(
        second.submit(address, status=409, do="correct:target", number=0, **theirs)
    )
    assert "“张敏”已于" in text
    assert "您的修改尚未保存" in text
    assert "80所左右" in text
    assert 'value="75所左右"' in text
    target = _now(library, plan, row)[1].target
    assert target is not None
    assert target.raw == "80所左右"
    second.submit(address, do="correct:target", number=1, **theirs)
    assert [d.reviewer for d in library.decisions.of_subject(plan, row.id)] == ["张敏", "李伟"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"low": "八十"}, "不是数字"),
        ({"low": "NaN"}, "不是数字"),
        ({"low": "1e99"}, "不是数字"),
        ({"high": "90"}, "界限为“区间”时须填上限"),
        ({"bound": "range"}, "界限为“区间”时须填上限"),
        ({"bound": "range", "high": "70"}, "上限小于下限"),
        ({"bound": "most"}, "选项不正确"),
        ({"raw": "长" * 301}, "不能超过 300 个字"),
    ],
)
def test_target_that_makes_no_sense_is_refused_in_words(
    browser: Callable, address: str, change: dict[str, str], words: str
) -> None:
    given = {**_TARGET, **change}
    text = browser("张敏").submit(address, status=422, do="correct:target", number=0, **given)
    assert words in html.unescape(text)


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"kind": "by", "raw": "尽快"}, "须填截止日期"),
        ({"kind": "by", "end": "2025-13-01"}, "不是日期"),
        ({"kind": "during", "start": "2025-02-01", "end": "2025-01-01"}, "早于起始日期"),
        ({"kind": "every", "period": "三年"}, "不是时长"),
        ({"kind": "every", "period": "P"}, "不是时长"),
    ],
)
def test_deadline_that_makes_no_sense_is_refused_in_words(
    row: Commitment, form: dict[str, str], words: str
) -> None:
    with pytest.raises(RefusedError, match=words):
        fields.read(ReviewedField.DEADLINE, form, row)


@pytest.mark.parametrize("field", [f for f in ReviewedField if f is not ReviewedField.ROW])
def test_form_that_was_not_touched_reads_as_the_column(
    library: Library, field: ReviewedField
) -> None:
    for ledger in library.store.ledgers():
        for commitment in ledger.commitments:
            form = fields.typed(field, commitment)
            again = fields.typed(field, replace_with(commitment, field, form))
            assert again == form


def replace_with(commitment: Commitment, field: ReviewedField, form: fields.Typed) -> Commitment:
    from corpus.review import with_value

    return with_value(commitment, field, fields.read(field, form, commitment))


def test_units_are_read_line_by_line_with_their_roles(row: Commitment) -> None:
    text = (
        "云岭省民政厅（牵头）\n各县（市、区）人民政府\n  云岭省财政厅(配合)\n云岭省民政厅（牵头）"
    )
    units = fields.read(ReviewedField.UNITS, {"value": text}, row).responsible_units
    assert [(unit.name, unit.role.value) for unit in units] == [
        ("云岭省民政厅", "lead"),
        ("各县（市、区）人民政府", "responsible"),
        ("云岭省财政厅", "cooperating"),
    ]


_TYPED = {
    "indicator.value": "养老护理员",
    "target.raw": "5万名以上",
    "target.bound": "at_least",
    "target.basis": "level",
    "target.low": "50000",
    "target.unit": "名",
    "deadline.kind": "by",
    "units.value": "云岭省民政厅（牵头）",
}


def test_missed_row_is_added_with_all_its_columns_and_taken_back_in_one_step(
    browser: Callable, library: Library, plan: str
) -> None:
    text = library.store.document(plan, lines=False).text
    start = text.index("坚持实事求是")
    reviewer = browser("张敏")
    where = reviewer.submit(f"/documents/{plan}/rows", start=start, end=start + 6, **_TYPED)
    row_id = where.partition("row=")[2]
    shown = html.unescape(reviewer.see(where))
    assert "坚持实事求是" in shown
    assert "补录" in shown
    added = next(c for c in library.review(plan).commitments if c.id == row_id)
    assert (added.indicator, added.evidence.quote) == ("养老护理员", "坚持实事求是")
    assert added.target is not None
    assert added.target.low == 50_000
    assert [unit.role.value for unit in added.responsible_units] == ["lead"]
    assert added.evidence.boxes != ()
    reviewer.submit(f"/documents/{plan}/rows/{row_id}", do="undo:row", number=1)
    assert row_id not in {c.id for c in library.review(plan).commitments}


def test_form_of_a_missed_row_keeps_what_was_typed_and_says_what_is_wrong(
    browser: Callable, library: Library, plan: str
) -> None:
    before = len(library.review(plan).rows)
    reviewer = browser("张敏")
    typed = {**_TYPED, "target.low": "五万"}
    shown = reviewer.submit(f"/documents/{plan}/rows", 422, start=0, end=6, **typed)
    assert "不是数字" in shown
    assert 'value="养老护理员"' in shown
    assert 'value="五万"' in shown
    bare = reviewer.submit(f"/documents/{plan}/rows", 422, start=0, end=6)
    assert "指标和措施至少填写一项" in bare
    assert len(library.review(plan).rows) == before


def test_form_of_a_missed_row_begins_with_what_the_rules_read(
    browser: Callable, library: Library, plan: str, site: Site
) -> None:
    site.suggest = lambda document, span: Values(indicator=document.text[span.start : span.end])
    reviewer = browser("张敏")
    shown = reviewer.see(f"/documents/{plan}/add?quote=坚持实事求是、尽力而为")
    assert 'name="indicator.value" value="坚持实事求是、尽力而为"' in shown
    missing = reviewer.get(f"/documents/{plan}/add?quote=没有这句话")
    assert missing.status_code == 422
    assert "原文中找不到“没有这句话”" in missing.text
    assert 'name="quote"' in reviewer.see(f"/documents/{plan}/add")


def test_lines_of_a_page_lead_to_the_characters_of_the_text(
    browser: Callable, library: Library, plan: str
) -> None:
    document = library.store.document(plan)
    lines = browser("张敏").get(f"/documents/{plan}/pages/2/lines.json").json()
    printed = {line.span.start: line for line in document.lines if line.box.page == 2}
    assert len(lines) > 10
    for start, top, bottom, _slope, *edges in lines:
        line = printed[start]
        assert len(edges) == len(line.span) + 1
        assert top == pytest.approx(line.box.top, abs=0.1)
        assert top < bottom
    assert not any("— 2 —" in document.text[each[0] : each[0] + 9] for each in lines)


@pytest.mark.parametrize(
    "span", [("0", "0"), ("5", "2"), ("a", "b"), ("0", "99999999"), ("-1", "5"), ("0", "4000")]
)
def test_row_without_words_of_the_text_is_not_added(
    browser: Callable, library: Library, plan: str, span: tuple[str, str]
) -> None:
    before = len(library.review(plan).rows)
    reviewer = browser("张敏")
    reviewer.submit(f"/documents/{plan}/rows", status=400, start=span[0], end=span[1])
    assert len(library.review(plan).rows) == before


def test_row_and_its_line_come_back_as_parts_for_htmx(
    browser: Callable, row: Commitment, address: str
) -> None:
    reviewer = browser("张敏")
    answer = reviewer.post(
        address,
        data={"do": "accept:row", "number": "0"},
        headers={"HX-Request": "true", "X-CSRF-Token": reviewer.csrf},
    )
    assert answer.status_code == 200
    assert f'<tr id="row-{row.id}" hx-swap-oob="true" class="accepted' in answer.text
    assert "<html" not in answer.text


def test_queue_goes_on_with_the_next_row_and_ends_at_the_list(
    browser: Callable, library: Library, site: Site
) -> None:
    reviewer = browser("张敏")
    order = [e.commitment.id for e in library.desk.queue(site.today(), limit=1000)]
    first = reviewer.get("/queue/next", follow_redirects=False).headers["location"]
    assert first.endswith(order[0])
    second = reviewer.get(f"/queue/next?after={order[0]}", follow_redirects=False)
    assert second.headers["location"].endswith(order[1])
    last = reviewer.get(f"/queue/next?after={order[-1]}", follow_redirects=False)
    assert last.headers["location"] == "/queue"


def test_corrections_survive_extraction_and_conflicts_are_told(
    browser: Callable,
    library: Library,
    plan: str,
    row: Commitment,
    address: str,
    staged: Callable,
) -> None:
    reviewer = browser("张敏")
    reviewer.submit(address, do="correct:target", number=0, **_TARGET)
    ledger = library.store.ledger(plan)
    other = ledger.commitments[-1]
    reviewer.submit(f"/documents/{plan}/rows/{other.id}", do="accept:row", number=0)
    assert row.target is not None
    moved = replace(row, target=replace(row.target, raw="79所左右"))
    again = tuple(moved if c.id == row.id else c for c in ledger.commitments if c.id != other.id)
    sha256 = ledger.document.provenance.sha256
    library.store.save_ledger(Ledger(ledger.document, again), staged(sha256, Stage.EXTRACT, "2"))
    library.refresh(now=True)
    target = _now(library, plan, row)[1].target
    assert target is not None
    assert target.raw == "80所左右"
    text = html.unescape(reviewer.see(f"/documents/{plan}"))
    assert "重新抽取后找不到对应任务的审核意见（1）" in text
    assert "抽取结果已变，请重新核对" in html.unescape(reviewer.see(address))
    paper = library.desk.paper(plan)
    assert paper is not None
    assert paper.conflicts == 2
