"""Where a passage is cut: 。 ends a sentence, ; a part, , a clause."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.model.view import tidy
from extractors.nlp.clauses import Stretch, cut


def _words(text: str, stretches: tuple[Stretch, ...]) -> list[str]:
    return [text[s.start : s.end] for s in stretches]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("新建5所。改建3所。", ["新建5所。", "改建3所。"]),
        ("新建5所；改建3所。", ["新建5所;改建3所。"]),
        ("落实了没有？要检查！", ["落实了没有?", "要检查!"]),
        ("他强调：“要建5所。”随后部署。", ["他强调:“要建5所。”", "随后部署。"]),
        ("新建5所。（市教育局负责）", ["新建5所。", "(市教育局负责)"]),
        ("印发《规划。纲要》的通知。", ["印发《规划。纲要》的通知。"]),
        ("任务\t市教育局", ["任务\t", "市教育局"]),
        ("没有句号", ["没有句号"]),
        ("", [""]),
    ],
)
def test_sentences_end_with_a_full_stop(text: str, sentences: list[str]) -> None:
    view = tidy(text)
    assert _words(view.text, cut(view.text).sentences) == sentences


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("新建5所；改建3所。扩建2所。", ["新建5所;", "改建3所。", "扩建2所。"]),
        ("新建5所，改建3所；扩建2所", ["新建5所,改建3所;", "扩建2所"]),
        ("印发《规划；纲要》。", ["印发《规划;纲要》。"]),
    ],
)
def test_parts_end_with_a_semicolon_too(text: str, parts: list[str]) -> None:
    view = tidy(text)
    assert _words(view.text, cut(view.text).parts) == parts


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("到2025年，新建5所；改建3所。", ["到2025年,", "新建5所;", "改建3所。"]),
        ("目标：新建5所", ["目标:", "新建5所"]),
        ("——扩大规模，新建5所", ["——", "扩大规模,", "新建5所"]),
        ("增长5%—6%，稳定在3—5年", ["增长5%—6%,", "稳定在3—5年"]),
        ("每个县（市，区）建1所，共10所", ["每个县(市,区)建1所,", "共10所"]),
        ("按《促进就业，提升技能》执行，完成", ["按《促进就业,提升技能》执行,", "完成"]),
        ("补助1，200万元，限期拨付", ["补助1,200万元,", "限期拨付"]),
        ("每日8：30前报送，逐级汇总", ["每日8:30前报送,", "逐级汇总"]),
        ("完成50%，300家企业达标", ["完成50%,", "300家企业达标"]),
    ],
)
def test_clauses_end_with_a_comma_outside_brackets(text: str, clauses: list[str]) -> None:
    view = tidy(text)
    assert _words(view.text, cut(view.text).clauses) == clauses


def test_a_bracket_that_is_never_closed_hides_nothing() -> None:
    text = "建设基地(含改建,新建5所。扩建3所。"
    assert _words(text, cut(text).sentences) == ["建设基地(含改建,新建5所。", "扩建3所。"]
    assert _words(text, cut(text).clauses)[:2] == ["建设基地(含改建,", "新建5所。"]


def test_what_holds_a_position() -> None:
    text = "到2025年,新建5所;改建3所。市教育局负责,限期完成。"
    clauses = cut(text)
    at = text.index("改建")
    assert _words(text, (clauses.sentence(at),)) == ["到2025年,新建5所;改建3所。"]
    assert _words(text, (clauses.part(at),)) == ["改建3所。"]
    assert _words(text, (clauses.clause(at),)) == ["改建3所。"]
    assert _words(text, (clauses.clause(len(text) - 1),)) == ["限期完成。"]


def test_the_clause_before_stays_in_the_sentence() -> None:
    text = "新建5所。到2025年,改建3所"
    clauses = cut(text)
    last = clauses.clause(text.index("改建"))
    before = clauses.before(last)
    assert before is not None
    assert _words(text, (before,)) == ["到2025年,"]
    assert clauses.before(before) is None
    assert clauses.before(clauses.clause(0)) is None


@given(st.text(alphabet="建5所%—,;:。!?()《》“”\t年 ", max_size=40))
def test_every_cut_covers_the_text_once(text: str) -> None:
    clauses = cut(text)
    for stretches in (clauses.sentences, clauses.parts, clauses.clauses):
        assert (stretches[0].start, stretches[-1].end) == (0, len(text))
        assert all(a.end == b.start for a, b in pairwise(stretches))
