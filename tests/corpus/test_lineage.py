"""Who is the prior of whom, and that copies of one work stand against the same thing once."""

from __future__ import annotations

from datetime import date

import pytest

from corpus.lineage import Pairing, Related, pair, relate
from corpus.model.change import Relation
from corpus.model.commitment import Ledger
from corpus.model.document import Block, BlockKind, Document, Page, Provenance
from corpus.model.geometry import Span
from corpus.model.official import CitedDocument, OfficialHeader

_TITLE = "云岭省社区养老服务规划"
_TEXT = "到2025年，全省新建社区食堂七十所，改造养老院二十所，由省民政厅牵头，省财政厅配合。"


def _ledger(name: str, issued: date | None = None, *, text: str = _TEXT, **header: str) -> Ledger:
    cited = header.pop("cites", None)
    return Ledger(
        Document(
            name,
            text,
            Provenance(name, name, "text/plain"),
            (Page(1),),
            blocks=(Block(BlockKind.PARAGRAPH, Span(0, len(text))),),
            official=OfficialHeader(date_of_issue=issued, **header),  # type: ignore[arg-type]
            cited_documents=(CitedDocument(cited),) if cited else (),
        ),
        (),
    )


def test_later_date_is_the_new_one_whichever_came_first() -> None:
    old = _ledger("old", date(2021, 1, 1), title=_TITLE)
    new = _ledger("new", date(2022, 1, 1), title=_TITLE)
    for first, second in ((old, new), (new, old)):
        found = relate(first, second)
        assert found is not None
        assert found.relation == Relation("new", "old", "same_title", found.relation.score)
        assert not found.same_work


def test_without_dates_the_first_to_come_is_the_prior_one() -> None:
    found = relate(_ledger("a", title=_TITLE), _ledger("b", title=_TITLE))
    assert found is not None
    assert (found.relation.document_id, found.relation.prior_id) == ("b", "a")
    assert found.same_work


def test_without_dates_the_one_that_cites_is_the_new_one() -> None:
    citing = _ledger("a", title="云岭省养老服务实施细则", cites=_TITLE)
    cited = _ledger("b", title=_TITLE, text="另一份文件的正文，说的是别的事情。")
    found = relate(citing, cited)
    assert found is not None
    assert (found.relation.document_id, found.relation.rule) == ("a", "cited")


def test_strangers_are_not_related() -> None:
    assert relate(_ledger("a", title=_TITLE), _ledger("b", title="松山市防汛应急预案")) is None


@pytest.mark.parametrize(
    ("text", "same"),
    [
        (_TEXT.replace("，", "，\n"), True),
        (_TEXT + "特此通知。", True),
        ("完全不同的另一份文件，讲的是防汛抗旱和河道清淤，与养老无关，由省水利厅负责。", False),
    ],
)
def test_copies_of_one_work_have_much_the_same_text(text: str, same: bool) -> None:
    found = relate(_ledger("a", title=_TITLE), _ledger("b", title=_TITLE, text=text))
    assert found is not None
    assert found.same_work is same


def _related(
    document: str, prior: str, rule: str = "earlier_plan", *, same: bool = False
) -> Related:
    return Related(Relation(document, prior, rule, 0.9), same)


def test_copy_stands_only_against_the_first_of_its_work() -> None:
    family = {
        "third": [
            _related("third", "second", "same_number", same=True),
            _related("third", "first", "same_number", same=True),
            _related("third", "old"),
        ],
        "second": [_related("second", "first", "same_number", same=True)],
        "first": [_related("first", "old")],
    }
    assert pair("third", family) == Pairing((family["third"][1].relation,), copies=True)
    assert pair("first", family) == Pairing((family["first"][0].relation,), copies=False)


def test_of_priors_that_are_copies_one_is_enough() -> None:
    family = {
        "new": [
            _related("new", "old"),
            _related("new", "old-copy"),
            _related("new", "law", "cited"),
        ],
        "old-copy": [_related("old-copy", "old", "same_number", same=True)],
        "old": [],
        "law": [],
    }
    found = pair("new", family)
    assert found is not None
    assert [relation.prior_id for relation in found.relations] == ["old", "law"]


def test_document_without_priors_stands_alone() -> None:
    assert pair("new", {"new": []}) is None
