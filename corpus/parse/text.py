"""Plain text: lines as they come, tab-parted rows as tables, what a copied web page leaves behind.

Such files come from scans, web pages and text layers of PDFs: lines may be broken in the middle of
a sentence and parted by blank lines (…调整优化河南 / / 省职业院校…); ``layout`` joins them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from corpus.model.document import Page
from corpus.parse.flow import Flow, FlowCell, FlowLine, FlowTable
from corpus.parse.marks import fold
from corpus.parse.tables import head_rows, rows_of

MEDIA_TYPE = "text/plain"

# Left by converters in otherwise plain text: <u>教育厅</u>, <br>.
_INLINE_TAG = re.compile(r"</?(?:u|b|i|em|strong|span|font|sup|sub|center)(?:\s[^<>]*)?>|<br\s*/?>")
_MARKED = re.compile(r"^(?P<level>#{1,6})[ \u3000]+(?P<words>\S.*)")
_RULE = re.compile(r"[-=*_]{3,}")
# What stands around an article on a government site, once its page is saved as text.
_SITE = re.compile(
    r"^您好,?今天是|欢迎访问|^首页>|>正文(?:分享:?)?$|^分享(?:到|至)?:?$|【?浏览字号|字号:?【?[大\[]"
    r"|^来源:.*字号|^\[?(?:关于我们|联系我们|网站地图)|版权所有(?:[:©(]|$)|^版权所有|网站标识码:?\d"
    r"|ICP备\d|公网?安?机?关?备案?号?:?\d{10}|^邮政编码:?\d{6}|^Copyright|AllRightsReserved|^扫一扫"
    r"|^(?:[【\[]?(?:打印|关闭)(?:本页|窗口)?[】\]]?)+$|^当前位置:|^您(?:现在)?的?(?:当前)?位置:"
    r"|^上一篇:|^下一篇:|^相关(?:链接|附件|解读):?$"
)
_LONGEST_SITE_LINE = 200


def read(text: str) -> Flow:
    """Lines and tables in the order of the file; form feeds part its pages."""
    items: list[FlowLine | FlowTable] = []
    pages = text.replace("\r\n", "\n").replace("\r", "\n").split("\f")
    for number, page in enumerate(pages, 1):
        items += _items(page, number)
    return Flow(tuple(_joined(items)), tuple(Page(n) for n in range(1, len(pages) + 1)), MEDIA_TYPE)


def _items(page: str, number: int) -> Iterator[FlowLine | FlowTable]:
    lines = [_INLINE_TAG.sub("", line).strip("\n") for line in page.split("\n")]
    gap = False
    for is_row, group in groupby(lines, key=_is_row):
        if is_row:
            yield from _table(list(group), number)
            gap = True
            continue
        for line in group:
            if line.strip():
                yield _line(line, number, gap=gap)
            gap = not line.strip()


def _line(line: str, page: int, *, gap: bool) -> FlowLine:
    """A line; # before a heading and a rule of dashes are marks of converters, not of the text."""
    marked = _MARKED.match(line)
    words, level = (marked["words"], len(marked["level"])) if marked else (line, 0)
    beside = _is_site(line) or _RULE.fullmatch(line.strip()) is not None
    return FlowLine(words.rstrip(), page, heading=level, gap=gap, furniture=beside)


def _is_row(line: str) -> bool:
    return "\t" in line.strip()


def _is_site(line: str) -> bool:
    if len(line) > _LONGEST_SITE_LINE:
        return False
    words = fold(line)
    return not words.endswith(("。", ";")) and _SITE.search(words) is not None


def _table(rows: Sequence[str], page: int) -> Iterator[FlowTable]:
    cells = [
        FlowCell((FlowLine(words.strip(), page),) if words.strip() else (), row, column)
        for row, line in enumerate(rows)
        for column, words in enumerate(line.strip("\n").split("\t"))
    ]
    yield FlowTable(tuple(cells), page, None, min(head_rows(cells), rows_of(cells) - 1))


def _joined(items: Sequence[FlowLine | FlowTable]) -> Iterator[FlowLine | FlowTable]:
    """Tables that follow each other with the same head are one; the repeated head is furniture."""
    waiting: FlowTable | None = None
    repeated: list[FlowLine] = []
    for item in items:
        if waiting is not None and isinstance(item, FlowTable) and _goes_on(waiting, item):
            waiting, dropped = _append(waiting, item)
            repeated += dropped
            continue
        if waiting is not None:
            yield waiting
            waiting = None
        if isinstance(item, FlowTable):
            waiting = item
        else:
            yield item
    if waiting is not None:
        yield waiting
    yield from repeated


def _head(table: FlowTable) -> list[str]:
    return [fold(cell.text) for cell in table.cells if cell.row < table.header_rows]


def _goes_on(table: FlowTable, other: FlowTable) -> bool:
    return table.header_rows > 0 and _head(table) == _head(other)


def _append(table: FlowTable, other: FlowTable) -> tuple[FlowTable, list[FlowLine]]:
    end, head = rows_of(table.cells), other.header_rows
    moved = [replace(c, row=c.row - head + end) for c in other.cells if c.row >= head]
    dropped = [
        replace(line, furniture=True) for c in other.cells if c.row < head for line in c.lines
    ]
    return replace(table, cells=(*table.cells, *moved)), dropped
