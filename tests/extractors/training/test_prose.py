"""Prose for pretraining holds nothing of the held-out documents."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

from extractors.training.prose import HeldOut, Prose, read_prose, unseen

_SEEN = "到2027年，全县新建社区托育园40所，培训保育员900名，建成县级指导中心。"
_OTHER = "到2030年，治理中小河流1200公里，新增高效节水灌溉面积80万亩，完成水库除险加固。"


def _held_out() -> HeldOut:
    return HeldOut.of(["托育规划"], [_SEEN])


def test_prose_is_read_as_views(tmp_path: Path) -> None:
    path = tmp_path / "policies.jsonl.gz"
    with gzip.open(path, "wt", encoding="utf-8") as out:
        out.write(json.dumps({"title": "规划", "text": "新建４０所。\n\n（一）目标"}) + "\n")
    (found,) = read_prose(path)
    assert found == Prose("规划", ("新建40所。", "(一)目标"))


def test_document_of_a_held_out_title_is_dropped() -> None:
    assert list(unseen([Prose("托育规划", (_OTHER,))], _held_out())) == []


def test_document_that_holds_held_out_paragraphs_is_dropped() -> None:
    view = _SEEN.replace("，", ",")
    assert list(unseen([Prose("汇编", (view, view, view, _OTHER))], _held_out())) == []


def test_paragraph_that_repeats_a_held_out_one_is_dropped() -> None:
    view = _SEEN.replace("，", ",")
    (kept,) = unseen([Prose("水利规划", (_OTHER, view))], _held_out())
    assert kept.paragraphs == (_OTHER,)


def test_other_documents_stay_whole() -> None:
    document = Prose("水利规划", (_OTHER, "新建托育园40所。"))
    assert list(unseen([document], _held_out())) == [document]
