"""A plan of an invented province and its successor, made by hand, with every kind of change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from corpus.model.change import (
    Change,
    ChangedField,
    ChangeKind,
    Comparison,
    Direction,
    Flag,
)
from corpus.model.commitment import Commitment, Ledger
from corpus.model.document import Document, Evidence, Page, Provenance, TextSource
from corpus.model.geometry import Box, Span
from corpus.model.official import CitedDocument, OfficialHeader
from corpus.model.organisation import ResponsibleUnit, Role
from corpus.model.period import Deadline, DeadlineKind
from corpus.model.quantity import Basis, Bound, Quantity, Target

Make = Callable[..., Any]

_HR = "云岭省人力资源和社会保障厅"
_SECTION = ("三、主要任务", "（二）完善公共服务")


def _target(raw: str, amount: str, unit: str, bound: Bound, **more: Any) -> Target:
    low, _, high = amount.partition("-")
    return Target(raw, Quantity(Decimal(low), Decimal(high or low), unit), bound, **more)


def _by(raw: str, year: int, month: int = 12, day: int = 31, **more: Any) -> Deadline:
    return Deadline(raw, DeadlineKind.BY, None, date(year, month, day), **more)


def _unit(name: str, role: Role = Role.RESPONSIBLE, *, inherited: bool = False) -> ResponsibleUnit:
    return ResponsibleUnit(name.removeprefix("云岭省"), name, role, inherited, True)


def _commitment(
    quote: str, *, document: str = "d-prior", page: int = 4, **fields: Any
) -> Commitment:
    boxes = (Box(page, 90.0, 120.0, 500.0, 134.0), Box(page, 72.0, 142.0, 310.0, 156.0))
    given: dict[str, Any] = {
        "id": f"c-{abs(hash(quote)) % 10**8}",
        "section": _SECTION,
        "task": quote,
        "action": None,
        "indicator": None,
        "target": None,
        "deadline": None,
        "responsible_units": (),
        "evidence": Evidence(document, Span(100, 100 + len(quote)), quote, boxes if page else ()),
        "confidence": 0.93,
        "rules": ("numeric_target/statement",),
    }
    return Commitment(**(given | fields))


def _document(key: str, header: OfficialHeader, source: str) -> Document:
    return Document(
        id=key,
        text="　" * 400,
        provenance=Provenance(source, "9f" * 32, "application/pdf"),
        pages=(Page(1, 595, 842), Page(2, 595, 842, TextSource.OCR), Page(3, failure="blurred")),
        official=header,
        cited_documents=(CitedDocument("云岭省养老服务条例", None),),
    )


@pytest.fixture
def commitment() -> Make:
    return _commitment


@pytest.fixture
def prior_document() -> Document:
    header = OfficialHeader(
        title="云岭省人民政府关于推进养老服务体系建设的实施意见",
        document_number="云政〔2021〕18号",
        issuers=("云岭省人民政府",),
        main_recipients=("各市、州人民政府", "省政府各部门"),
        date_of_issue=date(2021, 5, 12),
        date_printed=date(2021, 5, 14),
        annexes=("重点任务分工表",),
    )
    return _document("d-prior", header, "云政2021-18.pdf")


@pytest.fixture
def new_document() -> Document:
    header = OfficialHeader(
        title="云岭省人民政府关于进一步推进养老服务体系建设的实施意见",
        document_number="云政〔2024〕7号",
        issuers=("云岭省人民政府",),
        date_of_issue=date(2024, 3, 1),
    )
    return _document("d-new", header, "https://www.example.cn/zhengce/2024-7.html")


_BEDS = _commitment(
    "到2025年，全省新建社区养老服务中心70所\n左右，由省民政厅牵头，省财政厅配合",
    task="到2025年，全省新建社区养老服务中心70所左右，由省民政厅牵头，省财政厅配合",
    action="新建",
    indicator="社区养老服务中心",
    target=_target("70所左右", "70", "所", Bound.ABOUT, basis=Basis.INCREMENT),
    deadline=_by("到2025年", 2025),
    responsible_units=(_unit("云岭省民政厅", Role.LEAD), _unit("云岭省财政厅", Role.COOPERATING)),
)
_NURSES = _commitment(
    "每个县（市、区）培训养老护理员不少于1.2万人次，2025年6月底前完成",
    action="培训",
    indicator="养老护理员",
    target=_target("不少于1.2万人次", "12000", "人次", Bound.AT_LEAST, per="每个县（市、区）"),
    deadline=_by("2025年6月底前", 2025, 6, 30),
    responsible_units=(
        _unit(_HR),
        _unit("云岭省财政厅", inherited=True),
    ),
    page=5,
)
_SHARE = _commitment(
    "护理型床位占比不低于养老床位总数的55%",
    indicator="护理型床位占比",
    target=_target("不低于55%", "55", "%", Bound.AT_LEAST, base="养老床位总数"),
    deadline=_by("“十四五”末", 2025, inherited=True),
    page=5,
)
_MEALS = _commitment(
    "省商务厅要在2022年底前出台老年助餐服务管理办法",
    action="出台",
    indicator="老年助餐服务管理办法",
    deadline=_by("2022年底前", 2022),
    responsible_units=(_unit("云岭省商务厅"),),
    page=6,
)
_CHECKS = _commitment(
    "为65岁以上老年人每年免费体检1次",
    indicator="免费体检",
    action="体检",
    target=_target("1次", "1", "次", Bound.EXACTLY, per="每年", basis=Basis.ANNUAL),
    page=6,
)
_BUS = _commitment(
    "2023年起城市公交适老化改造率达到30—40%",
    indicator="城市公交适老化改造率",
    target=_target("30—40%", "30-40", "%", Bound.RANGE),
    deadline=Deadline("2023年起", DeadlineKind.DURING, date(2023, 1, 1), None),
    confidence=0.52,
    doubts=("完成时限：只有起始时间",),
    page=7,
)


def _on_new_side(commitment: Commitment, quote: str, page: int, **fields: Any) -> Commitment:
    made = _commitment(quote, document="d-new", page=page)
    kept = replace(commitment, id=made.id, task=made.task, evidence=made.evidence)
    return replace(kept, **fields)


def _flag(field: ChangedField, direction: Direction, before: Any, after: Any) -> Flag:
    return Flag(field, direction, before, after)


def _changed(prior: Commitment, new: Commitment, *flags: Flag) -> Change:
    return Change(ChangeKind.CHANGED, flags, prior, new, 0.91, "d-prior")


def _changes() -> tuple[Change, ...]:
    beds = _on_new_side(
        _BEDS,
        "到2025年，全省新建社区养老服务中心80所左右，由省民政厅牵头，省财政厅配合",
        3,
        target=_target("80所左右", "80", "所", Bound.ABOUT, basis=Basis.INCREMENT),
    )
    nurses = _on_new_side(
        _NURSES,
        "每个县（市、区）培训养老护理员不少于1万人次，2026年底前完成",
        4,
        target=_target("不少于1万人次", "10000", "人次", Bound.AT_LEAST, per="每个县（市、区）"),
        deadline=_by("2026年底前", 2026),
        responsible_units=(_unit(_HR),),
    )
    share = _on_new_side(
        _SHARE,
        "护理型床位占养老床位总数的比例达到55%左右",
        4,
        target=_target("55%左右", "55", "%", Bound.ABOUT, base="养老床位总数"),
        doubts=("未能确定指标名称",),
        confidence=0.61,
    )
    added = _commitment(
        "2024年9月底前建成全省统一的养老服务信息平台（省大数据局负责）",
        document="d-new",
        page=6,
        action="建成",
        indicator="养老服务信息平台",
        deadline=_by("2024年9月底前", 2024, 9, 30),
        responsible_units=(_unit("云岭省大数据局"),),
    )
    checks = _on_new_side(_CHECKS, "每年为65岁及以上老年人免费体检１次", 7)
    bus = _on_new_side(_BUS, "2023年起城市公交适老化改造率达到30—40%", 8)
    field, way = ChangedField, Direction
    return (
        _changed(beds_prior := _BEDS, beds, _flag(field.VALUE, way.RAISED, "70所", "80所")),
        _changed(
            _NURSES,
            nurses,
            _flag(field.VALUE, way.LOWERED, "12000人次", "10000人次"),
            _flag(field.DEADLINE, way.POSTPONED, "2025年6月底前", "2026年底前"),
            _flag(field.UNITS, way.REMOVED, f"{_HR}、云岭省财政厅", _HR),
        ),
        _changed(_SHARE, share, _flag(field.BOUND, way.LOOSENED, "不低于55%", "55%左右")),
        Change(ChangeKind.DROPPED, (), _MEALS, None, None, beds_prior.evidence.document_id),
        Change(ChangeKind.ADDED, (), None, added),
        Change(ChangeKind.CARRIED_OVER, (), _CHECKS, checks, 0.97, "d-prior"),
        Change(ChangeKind.CARRIED_OVER, (), _BUS, bus, 1.0, "d-prior"),
    )


@pytest.fixture
def ledger(prior_document: Document) -> Ledger:
    return Ledger(prior_document, (_BEDS, _NURSES, _SHARE, _MEALS, _CHECKS, _BUS))


@pytest.fixture
def comparison(prior_document: Document, new_document: Document) -> Comparison:
    return Comparison((prior_document,), new_document, _changes())


# Put where any text of a document can stand; nothing of it may run or mark up.
HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(2)>\"'{{7*7}}[bold]&"


@pytest.fixture
def hostile() -> str:
    return HOSTILE


@pytest.fixture
def hostile_comparison(hostile: str) -> Comparison:
    """The same text in every field that comes from a document."""

    def side(document: str, amount: int) -> Commitment:
        return _commitment(
            f"{hostile}{amount}",
            document=document,
            section=(hostile, hostile),
            task=f"{hostile}任务",
            action=hostile,
            indicator=hostile,
            target=_target(
                hostile, str(amount), hostile, Bound.ABOUT, per=f"{hostile}p", base="b<i>"
            ),
            deadline=_by(hostile, 2025, inherited=True),
            responsible_units=(ResponsibleUnit(hostile, hostile, Role.LEAD),),
            doubts=(hostile,),
        )

    def paper(key: str) -> Document:
        header = OfficialHeader(title=hostile, document_number=hostile, issuers=(hostile,))
        return _document(key, header, hostile)

    prior, new = side("d-prior", 1), side("d-new", 2)
    flags = tuple(Flag(field, Direction.REPLACED, hostile, f"{hostile}2") for field in ChangedField)
    return Comparison(
        (paper("d-prior"), paper("d-other")),
        paper("d-new"),
        (
            Change(ChangeKind.CHANGED, flags, prior, new, 0.5, "d-prior"),
            Change(ChangeKind.DROPPED, (), prior, None, None, "d-prior"),
            Change(ChangeKind.ADDED, (), None, new),
        ),
    )


@pytest.fixture
def hostile_ledger(hostile_comparison: Comparison) -> Ledger:
    first = hostile_comparison.changes[0].prior
    return Ledger(hostile_comparison.priors[0], (first,) if first else ())
