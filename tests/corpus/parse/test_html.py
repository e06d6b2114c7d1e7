"""Web pages read from bytes; the pages are written here, as government sites write theirs."""

from __future__ import annotations

import pytest

from corpus.model.errors import UnreadableFile
from corpus.parse.flow import FlowLine
from corpus.parse.html import read
from tests.corpus.parse.web_pages import NOTICE, PROSE, grid, page, paragraphs, table_of, texts


def test_notice_is_its_title_its_number_and_its_body() -> None:
    flow = read(NOTICE.encode(), source="notice.html")
    assert texts(flow) == [
        "云岭省教育厅关于建设便民服务中心的通知",
        "云教〔2024〕9号",
        "各市教育局：",
        PROSE,
        "一、主要任务",
        "到2027年建成20个以上，由\xa0省财政厅配合。",
        "附　件",
        "任务分工表",
        "云岭省教育厅",
        "2024年3月1日",
    ]
    assert len(flow.pages) == 1


def test_notice_keeps_the_rest_of_the_page_as_furniture_at_the_end() -> None:
    flow = read(NOTICE.encode(), source="notice.html")
    kinds = [item.furniture for item in flow.items if isinstance(item, FlowLine)]
    assert kinds == sorted(kinds)
    furniture = "\n".join(texts(flow, furniture=True))
    for words in ("政务公开", "正文", "分享到", "字体：", "又一个通知", "版权所有", "索 引 号："):
        assert furniture.count(words) >= 1
    assert "不是正文" not in furniture + "".join(texts(flow))


def test_notice_index_is_metadata_as_written_and_meta_elements_fill_what_it_lacks() -> None:
    assert read(NOTICE.encode(), source="notice.html").metadata == {
        "索引号": "YL0001/2024-00012",
        "主题分类": "教育\\综合",
        "发文机关": "云岭省教育厅",
        "成文日期": "2024年3月1日",
        "标题": "云岭省教育厅关于建设便民服务中心的通知",
        "发文字号": "云教〔2024〕9号",
        "发布日期": "2024-03-05 10:20",
        "来源": "厅办公室",
    }


def test_notice_headings_and_centred_lines_are_marked() -> None:
    flow = read(NOTICE.encode(), source="notice.html")
    own = [i for i in flow.items if isinstance(i, FlowLine) and not i.furniture]
    lines = {line.text: line for line in own}
    assert lines["云岭省教育厅关于建设便民服务中心的通知"].heading == 1
    assert lines["一、主要任务"].heading == 2
    assert lines["附　件"].centred
    assert not lines[PROSE].centred
    assert lines[PROSE].heading == 0


@pytest.mark.parametrize(
    "index",
    [
        "<ul><li>索引号：A-1</li><li>发布机构：云岭省教育厅</li>"
        "<li>文 号：云教〔2024〕9号</li></ul>",
        "<dl><dt>索引号</dt><dd>A-1</dd><dt>发布机构</dt><dd>云岭省教育厅</dd>"
        "<dt>文号</dt><dd>云教〔2024〕9号</dd></dl>",
        "<div><span>【索引号】</span><span>A-1</span> <span>【发布机构】</span>"
        "<span>云岭省教育厅</span> <span>【文号】</span><span>云教〔2024〕9号</span></div>",
        "<table><tr><th>索引号</th><td><p>A-1</p></td></tr><tr><th>发布机构</th>"
        "<td><p>云岭省教育厅</p></td></tr><tr><th>文号</th><td><p>云教〔2024〕9号</p></td></tr></table>",
    ],
)
@pytest.mark.parametrize("inside", [True, False])
def test_index_is_read_in_every_form_inside_or_outside_of_the_body(
    index: str, inside: bool
) -> None:
    box = "<div class='box'>{}<p>{}</p><p>{}</p></div>"
    code = box.format(index, PROSE, PROSE) if inside else index + box.format("", PROSE, PROSE)
    flow = read(f"<html><body>{code}</body></html>".encode(), source="page.html")
    assert flow.metadata == {
        "索引号": "A-1",
        "发文机关": "云岭省教育厅",
        "发文字号": "云教〔2024〕9号",
    }
    assert texts(flow) == [PROSE, PROSE]


def test_index_words_in_a_table_of_the_document_stay_in_the_document() -> None:
    rows = "<tr><td>甲办法</td><td>云教〔2019〕1号</td><td>2019年1月2日</td></tr>"
    flow = page(
        f"<table><tr><td>文件名称</td><td>文号</td><td>发布日期</td></tr>{rows}{rows}</table>"
    )
    assert [cell.text for cell in table_of(flow).cells][:4] == [
        "文件名称",
        "文号",
        "发布日期",
        "甲办法",
    ]
    assert flow.metadata == {}


def test_title_comes_from_the_heading_or_the_title_element_without_the_site() -> None:
    body = f"<div id='zoom'><p>{PROSE}</p></div>"
    title = "<title>关于建设服务中心的通知-云岭省教育厅</title>"
    named = read(f"<html><head>{title}</head><body>{body}</body></html>".encode(), source="a")
    assert named.metadata["标题"] == "关于建设服务中心的通知"
    head = "<div><h1>云岭省人民政府</h1></div><h2>关于建设服务中心的通知</h2>"
    found = read(f"<html><head>{title}</head><body>{head}{body}</body></html>".encode(), source="a")
    assert texts(found) == ["关于建设服务中心的通知", PROSE]
    assert texts(found, furniture=True) == ["云岭省人民政府"]


def test_title_in_the_body_over_two_lines_is_not_repeated() -> None:
    code = (
        "<html><body><h1>云岭省关于建设服务中心的通知</h1><div id='zoom'>"
        f"<p>云岭省关于建设</p><p>服务中心的通知</p><p>{PROSE}</p></div></body></html>"
    )
    flow = read(code.encode(), source="a")
    assert texts(flow) == ["云岭省关于建设", "服务中心的通知", PROSE]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("云岭省人民政府<br>关于服务中心的意见", [["云岭省人民政府", "关于服务中心的意见"]]),
        ("　　第一段，<br>　　第二段，", [["第一段，"], ["第二段，"]]),
        ("&nbsp;&nbsp;&nbsp;&nbsp;第一段<br>&emsp;&emsp;第二段", [["第一段"], ["第二段"]]),
        ("第一段。<br/><br/>第二段。", [["第一段。"], ["第二段。"]]),
        ("一、总体要求<br>（一）目标。建成20个。<br>二、任务",
         [["一、总体要求"], ["（一）目标。建成20个。"], ["二、任务"]]),
        ("投入达到<br>1.5亿元", [["投入达到", "1.5亿元"]]),
        ("云岭省教育厅<br>2024年3月1日", [["云岭省教育厅"], ["2024年3月1日"]]),
        ("国 务 院\n  令", [["国 务 院令"]]),
        ("Level\n2 证书", [["Level 2 证书"]]),
        ("<span>达到<b>4</b>5</span><font>%</font>", [["达到45%"]]),
        ("a&lt;b &amp;sp; &#20013;", [["a<b &sp; 中"]]),
    ],
)  # fmt: skip
def test_breaks_make_lines_and_set_in_lines_make_paragraphs(
    code: str, expected: list[list[str]]
) -> None:
    assert paragraphs(page(f"<p>{code}</p>"))[1:] == expected


def test_body_of_one_block_with_breaks_only_is_read_as_paragraphs() -> None:
    code = f"<td>　　{PROSE}<br>　　一、建设中心。<br>\n　　二、加强领导，抓好落实。<br></td>"
    flow = read(f"<table><tr>{code}<td><a href=1>首页</a></td></tr></table>".encode(), source="a")
    assert paragraphs(flow) == [[PROSE], ["一、建设中心。"], ["二、加强领导，抓好落实。"]]


def test_preformatted_text_keeps_its_lines() -> None:
    assert paragraphs(page("<pre>　　第一行，\n第二行。\n　　第三行。</pre>"))[1:] == [
        ["第一行，", "第二行。"],
        ["第三行。"],
    ]


def test_table_cells_beside_several_rows_keep_their_place() -> None:
    table = table_of(
        page(
            "<table><tr><td rowspan=2>任务</td><td colspan=2>责任单位</td></tr>"
            "<tr><td>牵头</td><td>配合</td></tr>"
            "<tr><td>建成20个中心。</td><td rowspan='2'>省教育厅<br>省财政厅</td>"
            "<td>各市政府</td></tr>"
            "<tr><td>培训1万人。</td><td>省人社厅</td></tr></table>"
        )
    )
    assert grid(table) == [
        ("任务", 0, 0, 2, 1),
        ("责任单位", 0, 1, 1, 2),
        ("牵头", 1, 1, 1, 1),
        ("配合", 1, 2, 1, 1),
        ("建成20个中心。", 2, 0, 1, 1),
        ("省教育厅省财政厅", 2, 1, 2, 1),
        ("各市政府", 2, 2, 1, 1),
        ("培训1万人。", 3, 0, 1, 1),
        ("省人社厅", 3, 2, 1, 1),
    ]
    assert table.header_rows == 2
    assert [line.text for line in table.cells[5].lines] == ["省教育厅", "省财政厅"]
    assert [cell.merged for cell in table.cells][:3] == [True, True, False]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        # Spans that run out of the table, over another cell, or are no numbers.
        ("<tr><td rowspan=9>甲</td><td>乙</td></tr><tr><td>丙</td></tr>",
         [("甲", 0, 0, 2, 1), ("乙", 0, 1, 1, 1), ("丙", 1, 1, 1, 1)]),
        ("<tr><td>甲</td><td rowspan=2>乙</td></tr><tr><td colspan=2>丙</td></tr>",
         [("甲", 0, 0, 1, 1), ("乙", 0, 1, 2, 1), ("丙", 1, 0, 1, 1)]),
        ("<tr><td colspan=6>甲</td></tr><tr><td>乙</td><td>丙</td></tr>",
         [("甲", 0, 0, 1, 2), ("乙", 1, 0, 1, 1), ("丙", 1, 1, 1, 1)]),
        ("<tr><td rowspan=0>甲</td><td>乙</td></tr><tr><td>丙</td></tr>",
         [("甲", 0, 0, 2, 1), ("乙", 0, 1, 1, 1), ("丙", 1, 1, 1, 1)]),
        ("<tr><td rowspan='二' colspan=-1>甲</td><td>乙</td></tr><tr><td>丙</td><td>丁</td></tr>",
         [("甲", 0, 0, 1, 1), ("乙", 0, 1, 1, 1), ("丙", 1, 0, 1, 1), ("丁", 1, 1, 1, 1)]),
        ("<tr><td>甲</td><td>乙</td></tr><tr><td>&nbsp;</td><td></td></tr><tr><td>丙</td><td>丁</td></tr>",
         [("甲", 0, 0, 1, 1), ("乙", 0, 1, 1, 1), ("丙", 1, 0, 1, 1), ("丁", 1, 1, 1, 1)]),
        ("<td>甲</td><td>乙</td><tr><td>丙<td>丁",
         [("甲", 0, 0, 1, 1), ("乙", 0, 1, 1, 1), ("丙", 1, 0, 1, 1), ("丁", 1, 1, 1, 1)]),
    ],
)  # fmt: skip
def test_table_with_wrong_spans_or_open_tags_is_placed_as_a_browser_does(
    rows: str, expected: list[tuple[str, int, int, int, int]]
) -> None:
    assert grid(table_of(page(f"<table>{rows}</table>"))) == expected


@pytest.mark.parametrize(
    ("rows", "count"),
    [
        ("<thead><tr><td>序号</td><td>到2027年完成。</td></tr></thead>"
         "<tr><td>1</td><td>甲</td></tr>", 1),
        ("<tr><th>任务</th><th>单位</th></tr><tr><th>甲</th><td>乙</td></tr>", 1),
        ("<tr><td>序号</td><td>单位</td></tr><tr><td>1</td><td>教育局</td></tr>", 1),
        ("<tr><td>1</td><td>建成20个。</td></tr><tr><td>2</td><td>建成30个。</td></tr>", 0),
    ],
)  # fmt: skip
def test_table_head_is_what_the_page_or_else_the_words_say(rows: str, count: int) -> None:
    assert table_of(page(f"<table>{rows}</table>")).header_rows == count


def test_nested_layout_tables_are_paragraphs_and_the_table_in_them_is_a_table() -> None:
    rows = "<tr><td>任务</td><td>单位</td></tr><tr><td>建成中心。</td><td>教育局</td></tr>"
    inner = f"<table>{rows}</table>"
    article = f"<p>{PROSE}</p><p>各市教育局：</p>{inner}<p>（此件公开发布）</p>"
    code = (
        "<table><tr><td><table><tr><td><a href=1>首页</a></td><td>公开</td></tr>"
        f"</table></td></tr><tr><td><table><tr><td>{article}</td><td><a href=3>解读</a></td></tr>"
        "</table></td></tr></table>"
    )
    flow = read(code.encode(), source="layout.html")
    assert texts(flow) == [PROSE, "各市教育局：", "（此件公开发布）"]
    assert [cell.text for cell in table_of(flow).cells] == ["任务", "单位", "建成中心。", "教育局"]


def test_body_without_a_known_name_is_found_by_its_running_text() -> None:
    links = "".join(f"<li><a href='/{n}'>关于第{n}项工作的通知，请点击</a></li>" for n in range(9))
    parts = "".join(f"<div><p>{PROSE}</p><p>联系人：王某</p></div>" for _ in range(3))
    code = f"<body><ul>{links}</ul><div><div class='x1'>{parts}</div></div><ul>{links}</ul></body>"
    flow = read(code.encode(), source="page.html")
    assert texts(flow) == [PROSE, "联系人：王某"] * 3
    assert len(texts(flow, furniture=True)) == 18


def test_body_in_two_containers_of_one_name_is_read_from_both() -> None:
    part = "<div class='TRS_Editor'><p>{}</p></div>"
    code = f"<body>{part.format(PROSE)}<div>{part.format('附件，' + PROSE)}</div></body>"
    assert texts(read(code.encode(), source="a")) == [PROSE, "附件，" + PROSE]


def test_annexes_that_are_links_to_files_stay_in_the_text() -> None:
    links = "".join(f"<p><a href='{n}.docx'>附件{n}：分工表</a></p>" for n in (1, 2, 3))
    code = f"<body><div><p>{PROSE}</p><div>{links}</div></div></body>"
    assert texts(read(code.encode(), source="a"))[1:] == [
        "附件1：分工表",
        "附件2：分工表",
        "附件3：分工表",
    ]


def test_misleading_name_around_the_whole_page_does_not_hide_the_body() -> None:
    code = f"<body><div class='page-nav-wrap'><div class='share'><p>{PROSE}</p></div></div></body>"
    assert texts(read(code.encode(), source="a")) == [PROSE]


@pytest.mark.parametrize(
    "line",
    [
        "加强网站版权所有者权益保护",
        "字体大小应当一致",
        "向公安机关备案",
        "分享到的经验要推广到全省各地",
    ],
)
def test_lines_of_the_document_are_not_taken_for_the_sites(line: str) -> None:
    assert texts(page(f"<p>{line}</p>"))[1:] == [line]


@pytest.mark.parametrize(
    "line",
    [
        "【打印】【关闭】",
        "扫一扫在手机打开当前页",
        "分享到：微信 微博",
        "责任编辑：王某",
        "上一篇：某通知",
    ],
)
def test_lines_of_the_site_inside_the_body_are_furniture(line: str) -> None:
    flow = page(f"<p>{line}</p>")
    assert texts(flow) == [PROSE]
    assert texts(flow, furniture=True) == [line]


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("gb2312", "gbk"),
        ("GBK", "gb18030"),
        ("utf-8", "utf-8"),
        ("gb2312", "utf-8"),
        ("utf-8", "gb18030"),
        ("big5", "big5"),
        ("no-such-name", "gb18030"),
        ("utf-8", "utf-16"),
    ],
)
def test_encoding_is_the_real_one_whatever_is_declared(declared: str, encoding: str) -> None:
    words = (
        PROSE
        if encoding != "big5"
        else "經省政府同意，現就有關工作通知如下，請結合實際認真落實，按時報送。"
    )
    sign = "㈠朱镕基" if encoding in {"gbk", "gb18030"} else ""
    code = f"<html><head><meta charset={declared}></head><body><p>{words}{sign}</p></body></html>"
    assert texts(read(code.encode(encoding), source="a")) == [words + sign]


def test_page_with_a_sign_cut_in_two_is_read_and_the_rest_of_it_shows() -> None:
    cut = b"<meta name=description content='" + "摘要".encode()[:-1] + b"'>"
    text = f"<meta charset=utf-8></head><body>{f'<p>{PROSE}</p>' * 9}</body>"
    assert texts(read(b"<html><head>" + cut + text.encode(), source="a")) == [PROSE] * 9
    with pytest.raises(UnreadableFile):
        read(b"<html><meta charset=utf-8>" + bytes(range(128, 256)) * 4, source="a")


def test_xhtml_declaration_is_no_obstacle() -> None:
    code = f'<?xml version="1.0" encoding="gb2312"?><html><body><p>{PROSE}</p></body></html>'
    assert texts(read(code.encode("gbk"), source="a")) == [PROSE]


@pytest.mark.parametrize(
    "code",
    [
        "<html><body><ul class='list'><li><a href=1>关于甲工作的通知</a> 2024-01-02</li>"
        "<li><a href=2>关于乙工作的通知</a> 2024-01-03</li></ul></body></html>",
        "<html><body><div id='app'></div><script>load('正文，由脚本载入。')</script></body></html>",
        "<html><body><h1>404</h1><p>页面不存在。</p></body></html>",
        "<html><body><div class=footer><p>版权所有：云岭省教育厅，地址：云岭市，请勿转载。"
        "云ICP备00000000号</p></div></body></html>",
        "<html><body></body></html>",
        "<p hidden>",
    ],
)
def test_page_without_an_article_is_refused(code: str) -> None:
    with pytest.raises(UnreadableFile, match=r"网页中没有找到文件正文.*no document text") as error:
        read(code.encode(), source="list.html")
    assert error.value.reason == "no_text"
    assert error.value.source == "list.html"


@pytest.mark.parametrize("content", [b"", b"  \n", b"<!-- -->"])
def test_empty_page_is_refused(content: bytes) -> None:
    with pytest.raises(UnreadableFile):
        read(content, source="empty.html")


def test_nesting_is_read_as_deep_as_the_parser_goes_and_refused_beyond() -> None:
    deep = "<div><table><tr><td>" * 300 + f"<p>{PROSE}</p>"
    assert texts(read(deep.encode(), source="a")) == [PROSE]
    with pytest.raises(UnreadableFile, match="标签嵌套过深") as error:
        read(("<div>" * 100_000 + f"<p>{PROSE}</p>").encode(), source="deep.html")
    assert error.value.reason == "damaged"


def test_tables_in_cells_of_tables_are_read_as_lines_of_the_cell() -> None:
    inner = "<table><tr><td>一</td><td>二</td></tr><tr><td>三</td><td>四</td></tr></table>"
    long = "<td>另有说明，字数较多，不是版面。</td>"
    flow = page(f"<table><tr><td>甲</td>{long}</tr><tr><td>{inner}</td>{long}</tr></table>")
    assert [cell.text for cell in table_of(flow).cells][2] == "一二三四"
