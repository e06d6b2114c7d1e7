"""机密★1年 at the head stops a file before it is kept; words about secrets don't."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from corpus.intake import take
from corpus.model.errors import UnreadableFile
from corpus.parse import parse
from corpus.parse.secrecy import check, internal, level_in, marking

TEXT = """{mark}
云岭省人民政府办公厅文件
云政办〔2024〕12号
云岭省人民政府办公厅关于加强防汛值守工作的通知
各市、自治州人民政府：
{body}
云岭省人民政府办公厅
2024年6月5日
"""
BODY = "请各地严守国家秘密，加强保密管理，做好值守工作，到2025年值守点达到100个。"
MARKS = [
    ("绝密", "绝密"),
    ("机密★1年", "机密"),
    ("秘密★长期", "秘密"),
    ("机 密 ★ 10 年", "机密"),
    ("密级：秘密", "秘密"),
    ("000012　机密★1年", "机密"),
    ("秘密★6个月　特急", "秘密"),
    ("机密☆五年", "机密"),
    ("绝密★启用前", "绝密"),
    ("机密1年", "机密"),
    ("【秘密】", "秘密"),
]
NO_MARKS = [
    "关于保守国家秘密工作的通知",
    "秘密级文件管理办法",
    "机密文件由专人保管",
    "商业秘密",
    "密级：公开",
    "保密",
    "内部资料",
]


def notice(mark: str, body: str = BODY) -> bytes:
    return TEXT.format(mark=mark, body=body).encode()


@pytest.mark.parametrize(("mark", "level"), MARKS)
def test_marked_file_is_refused(mark: str, level: str) -> None:
    for refuse in (check, parse):
        with pytest.raises(UnreadableFile) as caught:
            refuse(notice(mark), source="通知.txt")
        assert caught.value.reason == "classified"
        assert level in caught.value.zh


@pytest.mark.parametrize("mark", NO_MARKS)
def test_words_about_secrets_are_no_mark(mark: str) -> None:
    check(notice(mark), source="通知.txt")
    assert parse(notice(mark), source="通知.txt").official.classification is None


def test_table_of_levels_in_the_text_is_no_mark() -> None:
    body = f"{BODY}\n附件：涉密岗位分类表\n机密\n秘密★1年"
    check(notice("特急", body), source="通知.txt")


def test_mark_below_the_number_of_the_document_does_not_count() -> None:
    assert marking(["云岭省人民政府文件", "云政发〔2024〕3号", "机密"]) is None
    assert marking(["机密", "云岭省人民政府文件", "云政发〔2024〕3号"]) == "机密"


@pytest.mark.parametrize(
    ("line", "note"),
    [
        ("内部资料", "内部资料"),
        ("内部文件,注意保存", "内部文件,注意保存"),
        ("(此件不公开)", "此件不公开"),
        ("此件依申请公开", "此件依申请公开"),
        ("内部审计", None),
        ("此件公开发布", None),
    ],
)
def test_internal_is_noted_and_no_secret(line: str, note: str | None) -> None:
    assert internal(line) == note
    assert level_in(line) is None


@pytest.mark.parametrize("note", ["内部资料", "此件不公开", "依申请公开"])
def test_internal_document_is_read_with_its_note(note: str) -> None:
    assert parse(notice(note), source="通知.txt").official.disclosure == note


def test_marked_file_leaves_nothing_in_the_library(tmp_path: Path) -> None:
    given, home = tmp_path / "通知.txt", tmp_path / "library"
    given.write_bytes(notice("机密★1年"))
    with pytest.raises(UnreadableFile):
        take(given, home)
    assert not home.exists()


def test_marked_file_in_a_zip_is_found() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("公开.txt", notice("特急"))
        archive.writestr("附件/通知.txt", notice("秘密★1年"))
    with pytest.raises(UnreadableFile) as caught:
        check(packed.getvalue(), source="附件.zip")
    assert caught.value.reason == "classified"


def test_what_cannot_be_read_is_left_to_the_reader() -> None:
    check(b"%PDF-1.7 broken", source="坏.pdf")
    check(b"", source="空.pdf")
