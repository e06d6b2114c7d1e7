"""An upload that is marked as classified is refused, and no copy of it stays."""

from __future__ import annotations

from outputs.review.intake import look
from outputs.review.library import Library

MARKED = """机密★1年
云岭省教育厅文件
云教〔2024〕9号
云岭省教育厅关于做好考务工作的通知
各市教育局：
"""


def test_marked_upload_is_refused_and_not_kept(library: Library) -> None:
    before = sorted(library.home.rglob("*"))
    looked = look(library, "考务.txt", MARKED.encode(), most=1_000_000)
    assert looked.upload is None
    assert "密级“机密”" in looked.zh
    assert "classified" in looked.en
    assert sorted(library.home.rglob("*")) == before


def test_upload_that_speaks_of_secrets_is_taken(library: Library) -> None:
    plain = MARKED.replace("机密★1年", "特急") + "请严守国家秘密，做好保密工作。\n"
    looked = look(library, "考务.txt", plain.encode(), most=1_000_000)
    assert looked.upload is not None
    assert looked.upload.path.exists()
