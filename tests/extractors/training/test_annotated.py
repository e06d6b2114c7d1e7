"""Annotated paragraphs by document; families of documents stay on one side."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpus.model.errors import GoldError
from extractors.training.annotated import families, read_annotated, read_held_out, split

_PLAN = "到2027年，全县新建社区托育园40所，培训保育员900名，建成区县两级指导中心。"


def _file(tmp_path: Path, documents: dict[str, str]) -> Path:
    path = tmp_path / "paragraphs.jsonl"
    lines = [
        json.dumps({"id": str(n), "doc": title, "tagged": text}, ensure_ascii=False)
        for n, (title, text) in enumerate(documents.items())
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_paragraph_comes_with_the_title_of_its_document(tmp_path: Path) -> None:
    path = _file(tmp_path, {"甲规划": '新建<v c="1">40所</v>托育园'})
    (found,) = read_annotated(path)
    assert found.document == "甲规划"
    assert found.paragraph.tags[0].words == "40所"


@pytest.mark.parametrize(
    "line", [{"id": "1", "tagged": "文"}, {"id": "1", "doc": "", "tagged": "文"}]
)
def test_paragraph_without_document_is_refused(tmp_path: Path, line: dict[str, str]) -> None:
    path = tmp_path / "paragraphs.jsonl"
    path.write_text(json.dumps(line), encoding="utf-8")
    with pytest.raises(GoldError, match="no doc"):
        read_annotated(path)


def test_editions_of_one_text_are_one_family(tmp_path: Path) -> None:
    path = _file(
        tmp_path,
        {
            "托育方案（第一版）": _PLAN,
            "托育方案（第二版）": _PLAN + "另建示范园6所。",
            "水利规划": "到2030年，治理中小河流1200公里，新增高效节水灌溉面积80万亩。",
        },
    )
    assert families(read_annotated(path)) == [
        ["托育方案（第一版）", "托育方案（第二版）"],
        ["水利规划"],
    ]


def test_split_parts_no_family_and_is_the_same_every_time(tmp_path: Path) -> None:
    tagged = '<a c="1">新建</a><v c="1">{}所</v>第{}种园舍并投入使用'
    documents = {f"方案{n}": tagged.format(n, n) * (1 + n % 3) for n in range(40)}
    documents |= {f"版本{n}": '新建<v c="1">40所</v>' + _PLAN for n in range(4)}
    annotated = read_annotated(_file(tmp_path, documents))
    part = split(annotated)
    assert part == split(list(reversed(annotated)))
    assert len({part[f"版本{n}"] for n in range(4)}) == 1
    assert set(part.values()) == {"train", "dev", "test"}


def test_held_out_titles_are_pinned_in_a_file() -> None:
    titles = read_held_out()
    assert len(titles) > 20
    assert all(title == title.strip() for title in titles)


def test_held_out_file_is_the_test_part_of_the_shared_paragraphs() -> None:
    path = Path(__file__).parents[4] / "shared" / "data" / "annotated" / "paragraphs.jsonl"
    if not path.is_file():
        pytest.skip("shared/data/annotated is not here")
    part = split(read_annotated(path))
    assert {title for title, name in part.items() if name == "test"} == read_held_out()
