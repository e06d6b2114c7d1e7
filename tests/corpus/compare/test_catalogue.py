"""Which document a name means: number first, title second, misread characters with a doubt."""

import pytest

from corpus.compare.catalogue import Catalogue, read_number
from tests.corpus.compare.ledgers import document

PLAN = document(
    "plan",
    title="云岭省人民政府关于深化养老服务改革推进幸福社区建设的意见",
    number="云政〔2021〕2号",
)
OLD = document("old", title="云岭省“十三五”养老服务体系建设规划", number="云政〔2016〕8号")
NEXT = document("next", title="云岭省“十四五”养老服务体系建设规划", number="云政〔2021〕8号")
BARE = document("bare", title="云岭省老年助餐服务管理办法")
CATALOGUE = Catalogue([PLAN, OLD, NEXT, BARE])
TITLE = PLAN.official.title


@pytest.mark.parametrize(
    ("title", "number", "expected"),
    [
        (None, "云政〔2021〕2号", ("plan", "number")),
        (None, "云政[2021]02号", ("plan", "number")),
        (None, "云政（2021J2号", ("plan", "number")),
        (None, "文件云政〔2021〕2号", ("plan", "number")),
        (TITLE, "云政〔2027〕2号", ("plan", "title")),
        (
            "关于深化养老服务改革推进幸福社区建设的意见",
            "云政〔2027〕2号",
            ("plan", "number_misread"),
        ),
        (TITLE, None, ("plan", "title")),
        (TITLE.replace("改革", ""), None, ("plan", "title_misread")),
        ("关于印发《云岭省老年助餐服务管理办法（试行）》的通知", None, ("bare", "title")),
        ("云岭省“十三五”养老服务体系建设规划", None, ("old", "title")),
    ],
)
def test_a_name_finds_its_document(title, number, expected):
    (found,) = CATALOGUE.find(title, number)
    assert (found.document_id, found.resolved.value) == expected


@pytest.mark.parametrize(
    ("title", "number"),
    [
        (None, "云政〔2021〕3号"),
        (None, "云政办〔2021〕2号"),
        ("云岭省“十二五”养老服务体系建设规划", None),
        ("云岭省“十三五”养老服务体系建设规划", "云民〔2014〕77号"),
        ("通知", None),
        ("青禾市城市更新专项规划编制导则", None),
        (None, None),
    ],
)
def test_what_the_library_does_not_have_is_not_found(title, number):
    assert CATALOGUE.find(title, number) == ()


def test_what_was_misread_says_so_and_an_equal_number_under_another_title_too():
    (misread,) = CATALOGUE.find(TITLE.replace("改革", ""), None)
    assert "不完全相同" in (misread.doubt or "")
    (other,) = CATALOGUE.find("青禾市城市更新专项规划编制导则", "云政〔2021〕2号")
    assert other.doubt == "文号相同而标题不同，请核对"


def test_a_misread_number_that_may_be_either_of_two_is_neither():
    twins = [document(f"t{n}", title=TITLE, number=f"云政〔2021〕{n}号") for n in (12, 13)]
    assert Catalogue(twins).find("关于深化养老服务改革推进幸福社区建设", "云政〔2021〕18号") == ()


@pytest.mark.parametrize(
    "text", ["云政〔2021〕2号", "云政【２０２１】2号", "云政(2021〕第2号", "云政2021〕2号"]
)
def test_a_number_is_read_whatever_its_brackets(text):
    assert str(read_number(text)) == "云政〔2021〕2号"
