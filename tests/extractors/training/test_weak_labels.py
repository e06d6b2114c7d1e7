"""Weak labels: what the rules read and used, nothing else."""

from __future__ import annotations

from extractors.assemble import assemble
from extractors.run import find
from extractors.training.examples import Example
from extractors.training.weak_labels import RULES, weak_examples
from tests.end_to_end.plain_documents import document_of

_TEXT = (
    "到2027年，全县新建社区托育园40所。（县民政局牵头，县财政局配合）\n\n"
    "依据2019年印发的办法，持续做好各项服务工作，不断增强群众的获得感。"
)


def _examples() -> list[Example]:
    document = document_of(_TEXT, "d")
    findings = find(document, RULES)
    return list(weak_examples(document, findings, assemble(document, findings), "规划"))


def _words(example: Example) -> dict[str, str]:
    return {e.span.kind: example.text[e.span.start : e.span.end] for e in example.spans}


def test_what_ended_in_a_commitment_is_labelled() -> None:
    first = _words(_examples()[0])
    assert first["quantity"] == "40所"
    assert first["deadline"] == "到2027年"
    assert first["unit-lead"] == "县民政局"
    assert first["unit-coop"] == "县财政局"


def test_time_that_governs_nothing_is_no_label() -> None:
    last = _examples()[-1]
    assert "2019年" in last.text
    assert last.spans == ()


def test_spans_never_overlap() -> None:
    for example in _examples():
        ends = [e.span.end for e in example.spans]
        starts = [e.span.start for e in example.spans]
        assert all(end <= start for end, start in zip(ends, starts[1:], strict=False))
