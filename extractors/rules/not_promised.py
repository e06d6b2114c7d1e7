"""What is said but not promised: conditions of eligibility (申报企业注册资本不低于500万元) and
definitions (本办法所称…是指…)."""

from __future__ import annotations

import re

_CONDITION = re.compile(
    r"(?:具备|符合|满足).{0,12}(?:以下|下列|如下).{0,4}条件"
    r"|申(?:报|请)(?:条件|对象|范围|资格|者|人|企业|单位|主体)|报名条件"
    r"|(?:资格|任职|准入|认定|入选|评选|参评)条件|必要条件|前提条件"
    r"|注册(?:资本|资金)|年龄(?:在|不超过|一般)|从业(?:年限|经历)|工作(?:经历|经验|年限)"
    r"|(?:的|者)可(?:以)?(?:申报|申请|参评)"
    # 申报示范园区的企业,应当…: whoever takes part must; not 申报工作要加强…
    r"|(?:^|[,;。:])(?:申请|申报|享受|参加|列入|纳入|参评|符合)[^,。;]{0,24}的?[^,。;的]{2,12},?"
    r"(?:原则上)?(?:应当?(?!届|用|急)|须|必须|需|要)(?!加强|按照?规定|将|向|在|于|由)"
)
_CONDITION_HEADING = re.compile(r"条件|资格|申报对象|申报要求|适用范围|参加对象|报名要求")
_DEFINITION = re.compile(r"(?:所称|指的?是|是指|系指|本办法中)")


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


_PREAMBLE = re.compile(
    # 现将《…》印发给你们, 现予公布, 特制定本办法
    r"现(?:将[^。]{2,80})?(?:印发|转发|通知|通告|公布|发布)|现予(?:公布|发布|印发)"
    # 特制定本实施方案; 各部门制定本地区方案 is a duty.
    r"|(?:特|研究)?制定(?:了|如下|以下|本(?:实施|工作|行动|暂行|试行|管理|若干|政策|指导|补充|操作|专项)*"
    r"(?:办法|规定|规则|规程|方案|细则|意见|通知|通告|公告|计划|规划|条例|预案|制度|措施|标准|指南|指引|决定|纲要"
    r"|清单|政策))"
    # 经评审,决定命名…
    r"|经[^,。;]{0,24}(?:研究|评审|审定|遴选|推荐|同意|讨论|通过|评选|核查)"
    r"[^。;]{0,60}(?:决定|命名|认定|公布|遴选出|确定|评选出)"
    r"|(?:^|,)现?将[^。]{2,60}(?:予以)?(?:下放|公布|公示)(?:如下|给|至)?"
    r"|(?:提出|作出|制定)(?:如下|以下)|现就[^。]{2,60}(?:通知|提出)"
    r"|请(?:结合实际)?,?认真(?:遵照|贯彻)"
)


def is_preamble(sentence: str) -> bool:
    """True for the sentence by which a notice hands on what it carries: 现将《…》印发给你们."""
    return bool(_PREAMBLE.search(sentence))
