"""Letterhead, signature and imprint: GB/T 9704 as offices print it and as copies of it come."""

from __future__ import annotations

from datetime import date

import pytest

from corpus.model.document import BlockKind, Document
from corpus.model.geometry import Span
from corpus.model.official import DocumentNumber, OfficialHeader
from corpus.parse.document import document_of
from corpus.parse.formats import read
from corpus.parse.official_header import read_header
from corpus.parse.pieces import Piece

NOTICE = """000012
机密★1年
特急
云岭省人民政府办公厅文件
云政办〔2024〕12号
云岭省人民政府办公厅关于印发
云岭省推进技能提升
三年行动方案的通知
各市、自治州人民政府，省人民政府各部门，各直属机构：
《云岭省推进技能提升三年行动方案》已经省人民政府同意，现印发给你们，请认真贯彻执行。
附件：1.重点任务分工表
2.联络员名单
云岭省人民政府办公厅
2024年3月5日
（此件公开发布）
云岭省推进技能提升三年行动方案
一、总体目标
到2026年，全省新增技能人才10万人。
抄送：省委各部门，省军区。
省人大常委会办公厅，省法院。
云岭省人民政府办公厅　2024年3月6日印发
"""


def document(text: str) -> Document:
    """Without the refusal of what is classified."""
    content = text.encode()
    return document_of(read(content, source="a.txt"), content, source="a.txt")


def header(text: str) -> OfficialHeader:
    return document(text).official


def test_notice_with_everything_is_read_whole() -> None:
    assert header(NOTICE) == OfficialHeader(
        title="云岭省人民政府办公厅关于印发云岭省推进技能提升三年行动方案的通知",
        document_number="云政办〔2024〕12号",
        issuers=("云岭省人民政府办公厅",),
        main_recipients=("各市、自治州人民政府", "省人民政府各部门", "各直属机构"),
        date_of_issue=date(2024, 3, 5),
        date_printed=date(2024, 3, 6),
        annexes=("重点任务分工表", "联络员名单"),
        copied_to=("省委各部门", "省军区", "省人大常委会办公厅", "省法院"),
        copy_number="000012",
        classification="机密",
        urgency="特急",
        printed_by="云岭省人民政府办公厅",
        disclosure="此件公开发布",
    )


def test_notice_in_a_copy_with_blank_lines_is_read_the_same() -> None:
    assert header(NOTICE.replace("\n", "\n\n")) == header(NOTICE)


def test_blocks_of_header_and_record_are_told_from_the_text() -> None:
    found = document(NOTICE)
    kinds = {found.text[b.span.start : b.span.end]: b.kind for b in found.blocks}
    assert kinds["三年行动方案的通知"] is BlockKind.HEADER_FIELD
    assert kinds["2024年3月5日"] is BlockKind.RECORD
    assert kinds["附件：1.重点任务分工表"] is BlockKind.RECORD
    assert kinds["抄送：省委各部门，省军区。"] is BlockKind.RECORD
    assert kinds["到2026年，全省新增技能人才10万人。"] is BlockKind.PARAGRAPH


@pytest.mark.parametrize(
    "written",
    [
        "云政办[2024]12号",
        "云政办(2024)12号",
        "云政办【2024】12号",
        "云政办〔2024)12号",
        "云政办〔２０２４〕 12 号",
    ],
)
def test_document_number_is_read_through_ocr(written: str) -> None:
    found = header(NOTICE.replace("云政办〔2024〕12号", written))
    assert (found.document_number, found.title) == ("云政办〔2024〕12号", header(NOTICE).title)


@pytest.mark.parametrize(
    "written", ["二〇二四年三月五日", "二○二四年三月五日", "二O二四年三月五日", "2024 年 3 月 5 日"]
)
def test_date_of_issue_is_read_in_every_writing(written: str) -> None:
    assert header(NOTICE.replace("2024年3月5日", written)).date_of_issue == date(2024, 3, 5)


def test_date_on_the_line_of_the_signature_is_read_with_it() -> None:
    text = (
        "关于开展技能竞赛的通知\n各有关单位：\n现就有关事项通知如下。\n云岭省教育厅2024年3月5日\n"
    )
    found = header(text)
    assert (found.date_of_issue, found.issuers) == (date(2024, 3, 5), ("云岭省教育厅",))


def test_date_in_brackets_below_the_title_is_the_date_of_issue() -> None:
    text = (
        "云岭省委 云岭省人民政府\n关于推进乡村发展的意见\n（2024年1月4日）\n"
        "为推进乡村发展，提出以下意见。\n"
    )
    found = header(text)
    assert found.date_of_issue == date(2024, 1, 4)
    assert found.title == "云岭省委云岭省人民政府关于推进乡村发展的意见"


def test_signature_before_the_plan_is_the_date_not_a_later_one() -> None:
    text = NOTICE.replace("一、总体目标", "2025年7月1日\n一、总体目标")
    assert header(text).date_of_issue == date(2024, 3, 5)


def test_joint_issue_names_all_from_the_title() -> None:
    text = (
        "青川市教育局 青川市财政局\n青川市人力资源和社会保障局关于做好\n校舍安全工作的通知\n"
        "青教发〔2023〕7号\n各县（区）教育局、财政局：\n现就有关事项通知如下。\n"
    )
    assert header(text).issuers == ("青川市教育局", "青川市财政局", "青川市人力资源和社会保障局")


def test_joint_issue_with_a_count_takes_the_names_of_the_signature() -> None:
    text = (
        "云岭省教育厅等3部门关于做好校舍安全工作的通知\n云教发〔2023〕7号\n各市教育局：\n"
        "现就有关事项通知如下。\n云岭省教育厅　云岭省财政厅\n云岭省住房和城乡建设厅\n2023年4月6日\n"
    )
    assert header(text).issuers == ("云岭省教育厅", "云岭省财政厅", "云岭省住房和城乡建设厅")


@pytest.mark.parametrize(
    ("line", "issuers"),
    [
        ("中共中央国务院", ("中共中央", "国务院")),
        ("中共中央办公厅国务院办公厅", ("中共中央办公厅", "国务院办公厅")),
        ("中共云岭省委云岭省人民政府", ("中共云岭省委", "云岭省人民政府")),
        ("中共云岭省委办公厅 云岭省人民政府办公厅", ("中共云岭省委办公厅", "云岭省人民政府办公厅")),
        ("云岭省发展和改革委员会", ("云岭省发展和改革委员会",)),
    ],
)
def test_party_and_government_that_issue_together_are_two(
    line: str, issuers: tuple[str, ...]
) -> None:
    assert (
        header(f"{line}\n关于推进乡村发展的意见\n为推进乡村发展，提出以下意见。\n").issuers
        == issuers
    )


def test_document_without_recipients_ends_its_header_with_the_title() -> None:
    found = document("云岭省技能提升条例\n第一章 总则\n第一条 为了提升技能，制定本条例。\n")
    assert found.official.title == "云岭省技能提升条例"
    assert found.official.main_recipients == ()
    assert [b.kind for b in found.blocks][:2] == [BlockKind.HEADER_FIELD, BlockKind.HEADING]


def test_recipients_without_colon_are_read_where_they_list_units() -> None:
    text = (
        "关于开展技能竞赛的通知\n各市教育局，各高等学校、省属中等职业学校\n"
        "为贯彻中央部署，现通知如下。\n"
    )
    assert header(text).main_recipients == ("各市教育局", "各高等学校、省属中等职业学校")


@pytest.mark.parametrize("line", ["现就有关事项通知如下：", "主要目标是：", "一、重点任务："])
def test_line_with_a_colon_is_not_always_recipients(line: str) -> None:
    found = header(f"关于开展技能竞赛的通知\n{line}\n组织省级竞赛20场。\n")
    assert (found.title, found.main_recipients) == ("关于开展技能竞赛的通知", ())


def test_title_printed_twice_is_taken_once() -> None:
    text = "关于技能提升情况的报告\n关于技能提升情况的报告\n省人大常委会：\n现将情况报告如下。\n"
    assert header(text).title == "关于技能提升情况的报告"


def test_title_ending_on_a_line_of_its_own_and_the_state_of_a_draft_belong_to_it() -> None:
    text = (
        "云岭省教育厅\n关于印发实训基地管理办法\n的通知\n（征求意见稿）\n"
        "各市教育局：\n现印发给你们。\n"
    )
    assert header(text).title == "云岭省教育厅关于印发实训基地管理办法的通知（征求意见稿）"


def test_news_agency_and_web_page_lines_are_no_part_of_the_title() -> None:
    text = (
        "新华社北京3月5日电\n云岭省人民政府关于推进发展的意见\n"
        "2024-03-05 10:48 来源：省政府办公厅\n"
        "各市人民政府：\n现提出如下意见。\n"
    )
    found = header(text)
    assert (found.title, found.issuers) == ("云岭省人民政府关于推进发展的意见", ("云岭省人民政府",))


def test_single_annex_has_no_number() -> None:
    text = (
        "关于公布名单的通知\n各市教育局：\n现予公布。\n"
        "附件：云岭省实训基地名单\n云岭省教育厅\n2024年3月5日\n"
    )
    assert header(text).annexes == ("云岭省实训基地名单",)


def test_annexes_on_one_line_are_parted() -> None:
    text = (
        "关于公布名单的通知\n各市教育局：\n现予公布。\n附件：1.实训基地名单 2.竞赛日程；3.联络表\n"
    )
    assert header(text).annexes == ("实训基地名单", "竞赛日程", "联络表")


def test_annex_named_within_a_sentence_is_no_list() -> None:
    assert (
        header("关于公布名单的通知\n各市教育局：\n附件：名单见后。请各市抓好落实。\n").annexes == ()
    )


def test_plain_text_without_letterhead_has_an_empty_header() -> None:
    assert header("为推进发展，制定本方案。\n到2027年，新增技工12万人。\n") == OfficialHeader()


def test_index_of_a_web_page_goes_before_the_text() -> None:
    text = "关于公布名单的通知"
    piece = Piece(0, text, text, document(text + "\n甲。").blocks[0].span, BlockKind.PARAGRAPH)
    index = {
        "标题": "云岭省教育厅 关于公布名单的通知",
        "发文机关": "云岭省教育厅",
        "发文字号": "云教发[2024]3号",
        "成文日期": "2024-03-05",
        "索引号": "0001/2024-3",
    }
    assert read_header([piece], index).header == OfficialHeader(
        title="云岭省教育厅关于公布名单的通知",
        document_number="云教发〔2024〕3号",
        issuers=("云岭省教育厅",),
        date_of_issue=date(2024, 3, 5),
        index_number="0001/2024-3",
    )


HEAD = """云政发〔2024〕3号　　签发人：李明华　王建国
云岭省人民政府关于节水工作的报告
国务院：
现报告如下。
"""


@pytest.mark.parametrize(
    ("text", "signers"),
    [
        (HEAD, ("李明华", "王建国")),
        (HEAD.replace("　　签发人：李明华　王建国", "\n签发人：李明华"), ("李明华",)),
        (HEAD.replace("　　签发人：李明华　王建国", ""), ()),
    ],
)
def test_signers_stand_beside_the_number(text: str, signers: tuple[str, ...]) -> None:
    found = header(text)
    assert found.signers == signers
    assert found.document_number == "云政发〔2024〕3号"
    assert found.title == "云岭省人民政府关于节水工作的报告"


@pytest.mark.parametrize(
    ("imprint", "office", "disclosure"),
    [
        ("云岭省教育厅办公室　2024年3月6日印发", "云岭省教育厅办公室", "此件公开发布"),
        ("云岭省教育厅办公室　主动公开　2024年3月6日印发", "云岭省教育厅办公室", "此件公开发布"),
        ("印发机关：云岭省教育厅办公室\n2024年3月6日印发", "云岭省教育厅办公室", "此件公开发布"),
        ("2024年3月6日印发", None, "此件公开发布"),
    ],
)
def test_imprint_names_who_printed_it(imprint: str, office: str | None, disclosure: str) -> None:
    text = NOTICE.replace("云岭省人民政府办公厅　2024年3月6日印发", imprint)
    found = header(text)
    assert (found.printed_by, found.date_printed) == (office, date(2024, 3, 6))
    assert found.disclosure == disclosure


def test_disclosure_may_stand_in_the_imprint() -> None:
    text = NOTICE.replace("（此件公开发布）\n", "").replace(
        "　2024年3月6日", "　主动公开　2024年3月6日"
    )
    assert header(text).disclosure == "主动公开"


def test_number_falls_into_code_year_and_serial() -> None:
    number = DocumentNumber.of("云政办〔2024〕12号")
    assert number == DocumentNumber("云政办", 2024, 12)
    assert str(number) == "云政办〔2024〕12号"
    assert DocumentNumber.of("国务院令第707号") is None


def test_title_of_one_word_on_its_last_line_has_the_lines_above() -> None:
    """Of two characters on a scan the size is not sure."""
    sizes = (22.0, 22.0, 26.0)
    words = ("云岭省教育厅关于印发", "《云岭省技能提升计划》的", "通知")
    found = read_header(
        [
            Piece(n, text, text, Span(20 * n, 20 * n + len(text)), BlockKind.PARAGRAPH, size=size)
            for n, (text, size) in enumerate(zip(words, sizes, strict=True))
        ],
        {},
    )
    assert found.header.title == "".join(words)
