"""What was, as against what is to be: 截至2020年底，全省已建成…, 五年来培训了…, 比上年增长8.5%.

A paragraph is read from its first sentence on: a sentence with no mark of its own goes on with the
one before it (我们坚持…。|取消收费项目30项。), until one looks ahead (要, 力争, 到2025年 …).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from corpus.model.document import Document
from extractors.nlp.clauses import Clauses

# Signs that a sentence looks ahead; the look-aheads keep out other words: 要求, 应用, 近年来将军.
_AHEAD = re.compile(
    # what is meant to be
    r"力争|确保|争取|预期|计划(?!单列|生育)|拟(?![人合定])|将(?![近军领])|要(?![求素点件闻领塞害么])|应当"
    r"|应(?![用急对届变邀该收])"
    r"|(?<![必特])须|必须|务必|目标(?!责任)"
    # when it is to be
    r"|今后|未来|明年|下一?步|今年(?!以来)"
    # how much it is to be: nobody bounds what he reports
    r"|不低于|不少于|不得|不超过|控制在.{1,12}(?:内|左右)|至少|左右"
    # who is to do it, and until when
    r"|负责|牵头|继续|鼓励|原则上|年底前|月底前|以前完成|有望|逐年"
)
# Signs that a sentence looks back.
_PAST = re.compile(
    r"已(?:经|于|有|达|累计|建|完成|基本|全面|实现|成为|形成|在)|截至|截止(?!时间|日期)|以来"
    r"|去年(?!.{0,10}基础上)|同比|比(?:上年|去年|上一年|同期)|上年(?:同期|增长)"
    # 建成了: not 为了, 除了, 了解
    r"|(?<=[\u4e00-\u9fff])(?<!为)(?<!除)了(?!解|结|然)|目前|现有|近年来"
    r"|[一二三四五六七八九十两]年来|[一二三四五两](?:个)?年(?:累计|共)|过去(?:的)?[一两三四五十几]|多年来"
    r"|历时|超额完成|首次|跃上|取得历史性|已"
    r"|累计(?:建|培训|完成|投入|新增|实现|发放).{0,24}(?:,|。|$)"
    # 年均增长8.5%: aims are round; where a series began
    r"|年均增长\d+\.\d|由\d{4}年的|从\d{4}年的"
)
_LEADS_BACK = re.compile(
    r"^(?:截至|截止|过去|近年来|去年|[一二三四五六七八九十两]年来|目前|这[一五]年"
    r"|“?十[一二三]五”?(?:期间|时期|以来)"
    r"|[一二三四五两]年累计|按可比口径|与.{2,12}相比|据(?:统计|初步))"
)
_AHEAD_YEAR = re.compile(
    r"(?:到|至|在|于|力争)?“?(?:(?P<year>(?:19|20)\d\d)年|十(?P<plan>[一二三四五六七])五)"
)
_FIRST_YEAR = {"一": 2006, "二": 2011, "三": 2016, "四": 2021, "五": 2026, "六": 2031, "七": 2036}
# 比2020年, 从2019年: where something starts or what it is measured by, no time of its own.
_THAN = re.compile(r"(?:比|较|与|相比|由|从|自|起|于)“?$")
_RETROSPECT = re.compile(
    r"回顾|成就|(?:工作|取得的|主要)成效|现状|发展基础|工作基础|取得的|发展环境|面临的?形势"
    r"|“?十[一二三]五”?时期(?:工作|发展)"
)
# 一、2024年工作回顾: a chapter that reports, and under which 30%左右 and 要 tell what was, too.
_REPORT = re.compile(r"^.{0,16}(?:工作|过去[一五]年|情况)?(?:的)?(?:回顾|主要成就|主要成效)$")
_NOW = re.compile(r"今后|未来|明年|下一?步|今年(?!以来)|现将|负责|牵头")
_PROSPECT = re.compile(r"目标|任务|要求|举措|措施|安排|指标")


def reference_year(document: Document) -> int | None:
    """The year from which a document looks back and ahead: of its date of issue, else of its
    number, else the one that its title begins with (2003年…工作报告)."""
    official = document.official
    if official.date_of_issue is not None:
        return official.date_of_issue.year
    number = re.search(r"〔(\d{4})〕", official.document_number or "")
    title = re.match(r"\D{0,8}((?:19|20)\d\d)年?.*(?:报告|要点|总结)", official.title or "")
    found = number or title
    return int(found[1]) if found else None


@dataclass(frozen=True, slots=True)
class History:
    """The sentences of one passage: where they begin, and which of them tell what was."""

    starts: tuple[int, ...]
    back: tuple[bool, ...]

    def at(self, position: int) -> bool:
        """True where the sentence that holds ``position`` tells what was."""
        return self.back[max(0, bisect_right(self.starts, position) - 1)]


def read_history(
    text: str, clauses: Clauses, *, year: int | None = None, headings: tuple[str, ...] = ()
) -> History:
    """For each sentence of ``text``, seen from ``year``: does it tell what was?"""
    aims = any(_PROSPECT.search(heading) for heading in headings)
    back = any(_RETROSPECT.search(heading) for heading in headings)
    report = not aims and any(_REPORT.search(heading) for heading in headings)
    found = []
    for sentence in clauses.sentences:
        words = text[sentence.start : sentence.end]
        ahead = _NOW.search(words) is not None or "ahead" in _times(words, year)
        back = (report and not ahead) or (
            _looks_back(words, year, before=back) and not (aims and not _LEADS_BACK.match(words))
        )
        found.append(back)
    return History(tuple(s.start for s in clauses.sentences), tuple(found))


def _looks_back(sentence: str, year: int | None, *, before: bool) -> bool:
    words = sentence.strip("。;— ")
    times = _times(words, year)
    if "ahead" in times:
        return False
    if _AHEAD.search(words):
        return bool(_LEADS_BACK.match(words)) and "back" in times
    if _LEADS_BACK.match(words) or _PAST.search(words) or "back" in times:
        return True
    return before


def _times(words: str, year: int | None) -> set[str]:
    """Whether years and plan periods lie before the year of the document, or after it."""
    found = set()
    for match in _AHEAD_YEAR.finditer(words):
        if _THAN.search(words[: match.start()]):
            continue
        if match["plan"]:
            first = _FIRST_YEAR[match["plan"]]
            if year is not None:
                found.add("back" if first + 4 < year else "ahead")
            continue
        if year is None:
            if match[0].startswith(("到", "至", "力争")):
                found.add("ahead")
            continue
        named = int(match["year"])
        if named > year or (named == year and match[0].startswith(("到", "至", "力争"))):
            found.add("ahead")
        elif named < year:
            found.add("back")
    return found
