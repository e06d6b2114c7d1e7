"""Every extractor stands in one table, is loaded when asked for, and keeps its word."""

import importlib
import inspect
import pkgutil
import subprocess
import sys

import pytest

import extractors.rules
from corpus.model.errors import UnknownExtractor
from corpus.model.finding import Label
from extractors.registry import EXTRACTORS, load
from extractors.run import find
from tests.end_to_end.plain_documents import document_of

_PLAN = """云岭省养老服务提升方案
一、主要目标
到2025年，全省护理型床位占比不低于60%，每个县（市）至少建成1所失能照护机构。
二、重点任务
（一）扩大供给。“十四五”期间新建社区食堂300个左右。（省民政厅牵头，省财政厅配合）
（二）规范管理。各市政府要在2022年6月底前制定实施细则。
序号\t工作任务\t责任单位\t完成时限
1\t培训护理员2万人次\t省民政厅、人力资源社会保障厅\t2024年底前
"""


def _written_in_rules() -> set[str]:
    """Import paths of the classes in ``extractors.rules`` that can find something."""
    found = set()
    for module in pkgutil.iter_modules(extractors.rules.__path__):
        path = f"extractors.rules.{module.name}"
        for name, member in inspect.getmembers(importlib.import_module(path), inspect.isclass):
            if member.__module__ == path and hasattr(member, "find") and hasattr(member, "finds"):
                found.add(f"{path}:{name}")
    return found


def test_registry_names_every_extractor_once() -> None:
    assert set(EXTRACTORS.values()) == _written_in_rules()
    assert len(set(EXTRACTORS.values())) == len(EXTRACTORS)


def test_registry_loads_all_under_their_own_names() -> None:
    assert [extractor.name for extractor in load()] == list(EXTRACTORS)


def test_registry_loads_those_asked_for_in_that_order() -> None:
    assert [e.name for e in load(["task_table", "due_date"])] == ["task_table", "due_date"]
    assert load([]) == []


def test_registry_lists_the_known_names_for_an_unknown_one() -> None:
    with pytest.raises(UnknownExtractor, match="due_date") as caught:
        load(["due_date", "duedate"])
    assert (caught.value.name, caught.value.known) == ("duedate", tuple(EXTRACTORS))


@pytest.mark.parametrize("name", EXTRACTORS)
def test_extractor_finds_only_what_it_declares(name: str) -> None:
    (extractor,) = load([name])
    assert extractor.finds
    assert extractor.finds <= set(Label)
    for finding in find(document_of(_PLAN, "plan"), [name]):
        assert finding.label in extractor.finds
        assert finding.extractor == name
        assert finding.rule
        assert 0 < finding.score <= 1


def test_extractors_together_find_what_a_ledger_needs() -> None:
    found = {finding.label for finding in find(document_of(_PLAN, "plan"))}
    assert {Label.QUANTITY, Label.BOUND, Label.INDICATOR, Label.ACTION} <= found
    assert {Label.PER, Label.DEADLINE, Label.UNIT} <= found


def test_registry_imports_no_heavy_library() -> None:
    code = (
        "import sys, extractors.registry as r; r.load(); "
        "sys.exit(bool({'spacy', 'jieba', 'torch'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
