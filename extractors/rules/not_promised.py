"""What is said but not promised: history (截至2020年，已建成…), conditions of eligibility
(申报企业注册资本不低于500万元), definitions (本办法所称…是指…), background."""

from __future__ import annotations

import re

# A wish, a plan or a duty: what is said with one of these looks ahead, whatever else it says.
_AHEAD = re.compile(
    r"力争|确保|争取|预期|计划|拟|将(?!近|军)|要(?![求素点件闻领塞害么])|应当|应(?![用急对届变邀该收])|须|必须|目标|到(?:“?十|20[2-9]\d年)|"
    r"今后|未来|明年|新增.{0,12}以上|至少|不低于|不少于|不超过|控制在|预计|安排|实施|推进|加快|继续"
)
_PAST = re.compile(
    r"已(?:经)?(?!批复|成立的|获|有.{0,4}基础|设立|建成的|开展|备案|完成转)|截至|截止(?!时间|日期)|过去(?:的)?[一两三四五十]年|"
    r"以来|去年(?!.{0,10}(?:基础上|增长|预算))|上年(?!.{0,10}(?:增长|下降|预算|度))|"
    r"(?<!为)了\d|取得(?:了)?(?:显著|明显|积极|重大|历史性|突破性|新的?)(?:成效|成就|进展|成绩|突破)|累计(?:建成|培训|完成|投入|达).{0,20}(?:了|,)|"
    r"目前|现有|近年来|[一二三四五六七八九十]年来|“?十[一二三]五”?(?:期间|时期)(?=.*(?:达|建成|完成|增长|超过|由|从))"
)
_PAST_STRONG = re.compile(
    r"^(?:截至|截止|过去|近年来|去年|[一二三四五六七八九十]年来|目前|“?十[一二三]五”?(?:期间|时期)以来|[一二三四五]年累计)|"
    r"^我[国省市县].{0,30}(?:已|共有|现有|居全国)"
)
_CONDITION = re.compile(
    r"(?:具备|符合|满足).{0,12}(?:以下|下列|如下).{0,4}条件|申(?:报|请)(?:条件|对象|范围|资格|者|人|企业|单位|主体)|报名条件|"
    r"(?:资格|任职|准入|认定|入选|评选|参评)条件|注册(?:资本|资金)|年龄(?:在|不超过|一般)|从业(?:年限|经历)|工作(?:经历|经验|年限)|"
    r"(?:的|者)可(?:以)?(?:申报|申请|参评)|必要条件|前提条件"
)
_CONDITION_HEADING = re.compile(r"条件|资格|申报对象|申报要求|适用范围|参加对象|报名要求")
_DEFINITION = re.compile(r"(?:所称|指的?是|是指|系指|本办法中)")
_GUIDING = re.compile(
    r"指导思想|基本原则|重要意义|重大意义|发展基础|工作基础|发展环境|现状|形势|背景|发展成就"
)


def is_history(sentence: str, *, issue_year: int | None = None) -> bool:
    """True for a sentence that tells what was, not what is to be."""
    words = sentence.strip()
    if _PAST_STRONG.search(words):
        return not re.search(r"力争|确保|争取|要(?![求素点])|应当|目标", words)
    if not _PAST.search(words):
        return _past_year(words, issue_year)
    return not _AHEAD.search(words)


def is_condition(sentence: str, headings: tuple[str, ...] = ()) -> bool:
    """True where numbers are conditions that somebody must meet to take part."""
    if _CONDITION.search(sentence):
        return True
    return (
        bool(headings) and bool(_CONDITION_HEADING.search(headings[-1])) and len(headings[-1]) < 16
    )


def is_definition(sentence: str) -> bool:
    """True for 本办法所称…是指…."""
    return bool(_DEFINITION.search(sentence))


def is_guiding(headings: tuple[str, ...]) -> bool:
    """True under 指导思想, 基本原则 and the like, where duties without a number are exhortation."""
    return any(_GUIDING.search(heading) for heading in headings)


def _past_year(sentence: str, issue_year: int | None) -> bool:
    """A sentence whose only years lie before the year of issue, and that looks at no other."""
    if issue_year is None:
        return False
    years = [int(y) for y in re.findall(r"(?<!比)(?<!较)((?:19|20)\d\d)年(?!基础|的)", sentence)]
    return bool(years) and max(years) < issue_year and not _AHEAD.search(sentence)


_RETROSPECT = re.compile(
    r"比上年(?:增长|增加|提高|下降|减少|降低|上升)|同比|超额|首次|跃上|圆满|顺利|惠及|取得|成功|实现了|完成了|已|"
    r"[建改培救搬]成了|增长(?:了)?\d+\.\d|达到?\d+\.\d|五年来|一年来|过去"
)
_PROSPECT = re.compile(
    r"要(?![求素点件闻领塞害么])|将(?![近军领])|力争|确保|争取|今年(?!以来)|明年|目标|应当|计划|拟|今后|未来|到(?:20[2-9]\d|“十)|不低于|至少|"
    r"不少于|须|必须|负责|牵头|左右|以上|鼓励|支持"
)


def is_history_paragraph(paragraph: str) -> bool:
    """True for a paragraph of achievements: several marks of looking back, none ahead."""
    return len(_RETROSPECT.findall(paragraph)) >= 2 and not _PROSPECT.search(paragraph)
