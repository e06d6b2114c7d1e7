"""市 in 郑政办〔2022〕8号 is 郑州市."""

import pytest

from corpus.model.document import Document, Provenance
from corpus.model.official import OfficialHeader
from corpus.model.organisation import Jurisdiction
from extractors.nlp.jurisdiction import jurisdiction_of


def _document(text: str = "", header: OfficialHeader | None = None) -> Document:
    return Document(
        "doc", text, Provenance("x.txt", "", "text/plain"), (), official=header or OfficialHeader()
    )


@pytest.mark.parametrize(
    ("header", "province", "city"),
    [
        (OfficialHeader(issuers=("教育部", "河南省人民政府")), "河南省", None),
        (OfficialHeader(issuers=("洛阳市人民政府办公室",)), "河南省", "洛阳市"),
        (OfficialHeader(title="湖南省教育厅等4部门关于印发方案的通知"), "湖南省", None),
        (OfficialHeader(title="吉林省人民政府关于支持吉林市振兴的意见"), "吉林省", None),
        (OfficialHeader(document_number="豫政〔2021〕2号"), "河南省", None),
        (OfficialHeader(document_number="郑政办〔2022〕8号"), "河南省", "郑州市"),
        (OfficialHeader(document_number="宁政办发〔2020〕6号"), "宁夏回族自治区", None),
        (OfficialHeader(issuers=("重庆市人民政府办公厅",)), "重庆市", None),
        (OfficialHeader(issuers=("延边州人民政府",)), "吉林省", "延边朝鲜族自治州"),
        (OfficialHeader(issuers=("义乌市人民政府办公室",)), None, "义乌市"),
        (OfficialHeader(issuers=("天津市市场监督管理委员会",)), "天津市", None),
        (OfficialHeader(title="国务院关于支持云南省加快发展的意见"), None, None),
        (OfficialHeader(document_number="国办发〔2019〕3号"), None, None),
        (OfficialHeader(issuers=("云岭省人民政府",), document_number="云政发〔2021〕1号"),
         "云岭省", None),
        (OfficialHeader(title="云岭省教育厅等部门关于印发分工表的通知"), "云岭省", None),
        (OfficialHeader(issuers=("教育部", "云岭省人民政府")), "云岭省", None),
        (OfficialHeader(issuers=("云岭省青禾市人民政府",)), "云岭省", "青禾市"),
        (OfficialHeader(document_number="云政发〔2021〕12号"), "云南省", None),
        (
            OfficialHeader(title="关于印发《云岭省规划》的通知", document_number="云政〔2021〕1号"),
            "云岭省", None,
        ),
        (OfficialHeader(title="关于印发《上海市规划》的通知"), "上海市", None),
        (OfficialHeader(main_recipients=("湖北省各市、州、神农架林区教育局",)), "湖北省", None),
        (OfficialHeader(main_recipients=("洛阳市各县区人民政府",)), "河南省", "洛阳市"),
        (OfficialHeader(issuers=("财政部",), main_recipients=("各省、自治区财政厅",)), None, None),
    ],
)  # fmt: skip
def test_jurisdiction_of_a_header(
    header: OfficialHeader, province: str | None, city: str | None
) -> None:
    assert jurisdiction_of(_document(header=header)) == Jurisdiction(province, city)


def test_jurisdiction_of_the_first_lines_where_no_header_was_read() -> None:
    text = "新乡市人民政府\n办公室关于发展数字 经济的意见\n各县区："
    assert jurisdiction_of(_document(text)) == Jurisdiction("河南省", "新乡市")


def test_jurisdiction_of_a_text_that_names_one_province_often() -> None:
    text = "推进湖北制造。湖北省要先行。依据鄂政发〔2020〕3号，湖北省各地落实。"
    assert jurisdiction_of(_document(text)) == Jurisdiction("湖北省")


def test_jurisdiction_is_unknown_where_places_are_only_mentioned() -> None:
    assert jurisdiction_of(_document("赴广东省学习。")) == Jurisdiction()


def test_jurisdiction_named_in_the_text_goes_before_the_letter_of_the_number() -> None:
    header = OfficialHeader(document_number="云政发〔2021〕12号")
    text = "省政府各部门：“云岭省民政厅”要抓好落实。"
    assert jurisdiction_of(_document(text, header)) == Jurisdiction("云岭省")
    assert jurisdiction_of(_document("云南各地要落实。" + text, header)) == Jurisdiction("云南省")


def test_jurisdiction_of_an_unlisted_city_has_the_province_of_the_text() -> None:
    header = OfficialHeader(issuers=("义乌市人民政府",))
    text = "按照浙江省要求，浙江省政府和浙江省教育厅已作部署。"
    assert jurisdiction_of(_document(text, header)) == Jurisdiction("浙江省", "义乌市")
