"""Words and their kinds: hints for where a verb stands, never a new text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.nlp.tokens import first_verb, pipeline


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("研究制定实施细则", "制定"),
        ("为企业提供服务", "提供"),
        ("对重点领域开展排查", "开展"),
        ("组织实施技能提升行动", "组织"),
        ("在全省范围内推广典型经验", "推广"),
    ],
)
def test_first_verb_is_found(text: str, verb: str) -> None:
    span = first_verb(text)
    assert span is not None
    assert text[slice(*span)] == verb


@pytest.mark.parametrize(
    "text",
    ["", "2023年", "各类职业学校毕业生", "进一步", "是重要任务", "人数最多的专业", "有30个乡镇"],
)
def test_first_verb_ignores(text: str) -> None:
    assert first_verb(text) is None


@pytest.mark.parametrize(
    "text", ["（为企业提供服务）", "\n为企业提供服务\n", "为２０家企业提供服务"]
)
def test_first_verb_is_found_though(text: str) -> None:
    span = first_verb(text)
    assert span is not None
    assert text[slice(*span)] == "提供"


@pytest.mark.parametrize("word", ["产教融合", "双师型", "实训基地", "省辖市", "牵头单位"])
def test_words_of_the_dictionary_stay_whole(word: str) -> None:
    assert word in [token.text for token in pipeline()(f"建设{word}示范项目")]


@settings(max_examples=50, deadline=None)
@given(st.text(alphabet="推进产教融合省教育厅负责5所—，。（）\t\n 12%ab", max_size=30))
def test_tokens_keep_every_character(text: str) -> None:
    doc = pipeline()(text)
    assert "".join(token.text for token in doc) == text
    assert all(text[t.idx : t.idx + len(t.text)] == t.text for t in doc)


def test_pipeline_is_made_once() -> None:
    assert pipeline() is pipeline()
