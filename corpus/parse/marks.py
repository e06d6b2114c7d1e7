"""By which marks a line of an official document tells what it is: 一、 （一） 1. 附件2 — 3 —
豫政〔2021〕2号 二〇二一年一月七日.

Every function takes a line as a View folds it: no blanks, narrow brackets and digits.
"""

from __future__ import annotations

import re
from datetime import date

from corpus.model.view import tidy

_HAN = "[一二三四五六七八九十百]"
_HEADINGS = (
    (1, re.compile(rf"第(?:{_HAN}{{1,4}}|\d{{1,2}})[章编篇](?![程制])|第{_HAN}{{1,3}}部分")),
    (1, re.compile(rf"{_HAN}{{1,3}}、")),
    (2, re.compile(rf"第(?:{_HAN}{{1,4}}|\d{{1,2}})节")),
    (2, re.compile(rf"\({_HAN}{{1,3}}\)")),
    (3, re.compile(r"\d{1,2}(?:\.(?!\d)|、)")),
    (4, re.compile(r"\(\d{1,2}\)")),
)
_STARTS = re.compile(
    rf"——|[●■◆◇★☆□○▲►]|第(?:{_HAN}{{1,5}}|\d{{1,3}})[条章节编]|附件(?:\d|{_HAN}|:|$)"
    r"|附表|附录|附:|抄送|抄报|主送|签发人|印发机关|联系人:|专栏\d*|目录$|此件|\(此件|主题词"
)
_ANNEX = re.compile(rf"附件(?:之)?(?:\d{{1,2}}|{_HAN}{{1,3}})?[:.、]?")
_OFFICE_CODE = (
    r"[\u4e00-\u9fff]{1,12}(?:\([\u4e00-\u9fff]{1,6}\))?(?:[发办函字令]|[\u4e00-\u9fff])?"
)
_NUMBER = re.compile(
    rf"(?:发文字号:|文号:)?(?P<code>{_OFFICE_CODE})[〔\[(](?P<year>(?:19|20)\d\d)[〕\])]第?"
    r"(?P<serial>\d{1,5})号"
)
_NUMBER_LINE = re.compile(rf"{_NUMBER.pattern}(?:签发人:.*)?")
_ARABIC_DATE = re.compile(r"\(?((?:19|20)\d\d)年(\d{1,2})月(\d{1,2})日\)?")
_HAN_DATE = re.compile(
    r"\(?([一二三四五六七八九〇零○Oo0]{4})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日\)?"
)
_DIGITS = {sign: number for number, sign in enumerate("零一二三四五六七八九")}
_DIGITS |= dict.fromkeys("〇○Oo0", 0)
DOCUMENT_TYPE = (
    r"(?:通知|意见|决定|决议|命令|公报|公告|通告|通报|报告|请示|批复|议案|函|答复|纪要|方案|规划|纲要|计划"
    r"|办法|规定|规则|细则|条例|措施|举措|要点|清单|指南|标准|规范|章程|分工|分工表|任务表|名单|目录|工程)"
)
_TITLE_END = re.compile(
    rf"{DOCUMENT_TYPE}(?:\((?:[^()]*(?:\d{{4}}|稿|试行|暂行|修订|草案|版)[^()]*)\))*$"
)
# The type and what stands in brackets behind it: 规划（2021—2025年）（征求意见稿）.
_LONGEST_TITLE_END = 80
_PAGE_NUMBER = re.compile(
    r"[-—·.]+\d{1,4}[-—·.]+|第\d{1,4}页(?:[,/]?共\d{1,4}页)?|\d{1,4}/\d{1,4}页?"
)


def fold(text: str) -> str:
    """A line as the functions here read it."""
    return tidy(text).text


def heading_level(line: str) -> int:
    """1 for 一、 and 第一章, 2 for （一）, 3 for 1., 4 for （1）; 0 where no such mark opens it."""
    return next((level for level, mark in _HEADINGS if mark.match(line)), 0)


def starts_paragraph(line: str) -> bool:
    """True where a line can only be the first of its paragraph."""
    return bool(
        heading_level(line)
        or _STARTS.match(line)
        or _NUMBER_LINE.fullmatch(line)
        or read_date(line)
    )


def is_annex_mark(line: str) -> bool:
    """True for the line that opens an annex: 附件, 附件1, 附件二."""
    return _ANNEX.fullmatch(line) is not None


def document_number(line: str) -> str | None:
    """豫政〔2021〕2号 where the line is that and no more, its brackets as 〔〕 again."""
    match = _NUMBER_LINE.fullmatch(line)
    if match is None:
        return None
    return f"{match['code']}〔{match['year']}〕{int(match['serial'])}号"


def number_in(text: str) -> str | None:
    """The first document number inside ``text``, its brackets as 〔〕."""
    match = _NUMBER.search(text)
    return f"{match['code']}〔{match['year']}〕{int(match['serial'])}号" if match else None


def read_date(line: str) -> date | None:
    """The day where the line is a date and no more: 2021年1月7日, 二〇二一年一月七日."""
    arabic = _ARABIC_DATE.fullmatch(line)
    if arabic is not None:
        return _day(*(int(part) for part in arabic.groups()))
    han = _HAN_DATE.fullmatch(line)
    if han is None:
        return None
    year = int("".join(str(_DIGITS[sign]) for sign in han[1]))
    return _day(year, _small(han[2]), _small(han[3]))


def is_title_end(line: str) -> bool:
    """True where a line ends with the type of a document: …的通知, …规划（2021—2025年）."""
    return _TITLE_END.search(line[-_LONGEST_TITLE_END:]) is not None


def is_page_number(line: str) -> bool:
    """True for — 3 —, 第3页; a bare 3 may be anything."""
    return _PAGE_NUMBER.fullmatch(line) is not None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _small(words: str) -> int:
    """Chinese numerals up to 31: 二十三, 十二, 九."""
    tens, ten, ones = words.rpartition("十")
    if not ten:
        return _DIGITS[words] if len(words) == 1 else 0
    return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)
