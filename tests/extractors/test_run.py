"""The whole of extraction: all rules, or those that are named."""

import pytest

from corpus.model.errors import UnknownExtractor
from extractors.learned.link import by_distance
from extractors.learned.ner import Ner
from extractors.registry import EXTRACTORS
from extractors.run import VERSION, extract, find
from tests.end_to_end.plain_documents import document_of
from tests.extractors.learned.test_ner import PhraseTagger

_TEXT = "到2025年，新建社区食堂300个。（省民政厅负责）\n截至2020年底，已建成机构3300家。"


def test_extract_keeps_the_document_and_the_order_of_its_text() -> None:
    document = document_of(f"{_TEXT}\n培训护理员2万人次。", "d")
    ledger = extract(document)
    assert ledger.document is document
    assert [c.indicator for c in ledger.commitments] == ["社区食堂", "护理员"]


def test_extract_of_nothing_is_an_empty_ledger() -> None:
    assert extract(document_of("", "d")).commitments == ()


def test_find_says_which_extractor_and_rule_found_what() -> None:
    findings = find(document_of(_TEXT, "d"))
    assert {f.extractor for f in findings} == {"numeric_target", "due_date", "unit_brackets"}
    assert all(f.rule and 0 < f.score <= 1 for f in findings)


@pytest.mark.parametrize("name", sorted(EXTRACTORS))
def test_find_asks_only_the_extractors_named(name: str) -> None:
    assert {f.extractor for f in find(document_of(_TEXT, "d"), [name])} <= {name}


def test_extract_with_some_rules_reads_only_what_they_find() -> None:
    (commitment,) = extract(document_of(_TEXT, "d"), ["numeric_target"]).commitments
    assert (commitment.indicator, commitment.deadline, commitment.responsible_units) == (
        "社区食堂",
        None,
        (),
    )


def test_extract_with_a_model_drops_the_number_that_it_rejects() -> None:
    ner = Ner(PhraseTagger({}), by_distance)
    assert extract(document_of(_TEXT, "d")).commitments
    assert extract(document_of(_TEXT, "d"), ner=ner).commitments == ()


def test_extract_refuses_a_name_that_is_not_registered() -> None:
    with pytest.raises(UnknownExtractor):
        extract(document_of(_TEXT, "d"), ["no_such_rule"])


def test_version_names_the_kind_and_its_number() -> None:
    kind, _, number = VERSION.partition("-")
    assert (kind, number.isdigit()) == ("rules", True)
