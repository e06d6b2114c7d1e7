"""What a document says of others, read from the words around their names."""

from dataclasses import replace

import pytest

from corpus.compare.naming import namings
from corpus.model.document import Document, Provenance
from corpus.model.official import OfficialHeader


def paper(text: str, title: str | None = None, number: str | None = None) -> Document:
    made = Document("d", text, Provenance("d.txt", "d", "text/plain"), ())
    return replace(made, official=OfficialHeader(title=title, document_number=number))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "根据《云岭省养老服务规划》（云政〔2019〕23号），制定本方案。",
            [("based_on", "云岭省养老服务规划")],
        ),
        (
            "为贯彻落实《甲省养老条例》《乙市助餐办法》精神",
            [("implements", "甲省养老条例"), ("implements", "乙市助餐办法")],
        ),
        (
            "按照《甲省养老条例》、《乙市助餐办法》等文件要求",
            [("based_on", "甲省养老条例"), ("based_on", "乙市助餐办法")],
        ),
        (
            "本办法自印发之日起施行，《云岭省助餐办法》（云民〔2016〕3号）同时废止。",
            [("supersedes", "云岭省助餐办法")],
        ),
        ("决定废止《云岭省助餐办法》。", [("repeals", "云岭省助餐办法")]),
        ("现将《云岭省助餐办法》印发给你们，请认真执行。", [("issues", "云岭省助餐办法")]),
        ("《云岭省助餐办法》第三条修改为：每县一处。", [("amends", "云岭省助餐办法")]),
        ("《云岭省助餐办法》附件2有误，现予更正。", [("corrects", "云岭省助餐办法")]),
        ("企业按《云岭省助餐办法》认定的标准申报。", [("cites", "云岭省助餐办法")]),
        # A task to revise something is not what this document does.
        ("修订《云岭省助餐办法》，完善补贴标准。", [("cites", "云岭省助餐办法")]),
        # Though: a line break within, full width, a bracket misread.
        (
            "根据《云岭省养老\n服务规划》（云政［２０１９Ｊ２３号）",
            [("based_on", "云岭省养老服务规划")],
        ),
    ],
)
def test_a_relation_is_read_from_the_words_around_the_name(text, expected):
    assert [(each.kind.value, each.title) for each in namings(paper(text))] == expected


def test_a_number_without_a_title_is_read_without_the_words_before_it():
    (naming,) = namings(paper("原见云政办〔2016〕3号的规定同时废止。"))
    assert (naming.kind.value, naming.document_number) == ("supersedes", "云政办〔2016〕3号")


@pytest.mark.parametrize(
    ("title", "kind", "named"),
    [
        ("关于印发《云岭省养老规划》的通知", "issues", "云岭省养老规划"),
        ("云岭省人民政府关于印发云岭省养老规划的通知", "issues", "云岭省养老规划"),
        (
            "青禾市人民政府转发云岭省民政厅关于养老助餐的通知",
            "forwards",
            "云岭省民政厅关于养老助餐的通知",
        ),
        ("关于修改《云岭省养老规划》的决定", "amends", "云岭省养老规划"),
        ("关于废止《云岭省养老规划》的决定", "repeals", "云岭省养老规划"),
        ("关于贯彻落实《云岭省养老规划》的实施意见", "implements", "云岭省养老规划"),
        ("关于《云岭省养老规划》的说明", None, None),
    ],
)
def test_a_title_says_what_the_document_does(title, kind, named):
    found = [
        each
        for each in namings(paper(f"{title}\n各市人民政府：", title))
        if each.kind.value != "cites"
    ]
    assert [(each.kind.value, each.title) for each in found] == ([(kind, named)] if kind else [])


def test_evidence_quotes_the_name_with_the_words_that_say_it():
    (naming,) = namings(paper("一、总则。根据《云岭省养老服务规划》制定。"))
    assert naming.evidence.quote == "根据《云岭省养老服务规划》"


@pytest.mark.parametrize("text", ["依照《章程》选举", "坚持“四个自信”", "建设2021年20号楼"])
def test_what_names_no_document_is_left_alone(text):
    assert namings(paper(text)) == ()
