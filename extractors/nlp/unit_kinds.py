"""Does a noun phrase name a unit? 市教育局 and 各省辖市政府 do, 教学质量 and 全社会 don't."""

from __future__ import annotations

import enum
import re

from extractors.nlp.register_tables import Level, by_form, form_key, functions, places


class UnitKind(enum.StrEnum):
    """What kind of unit a phrase names."""

    OFFICE = "office"  # 省教育厅, 市委组织部, 国家发展改革委
    GOVERNMENT = "government"  # 省政府, 驻马店市人民政府, 示范区管委会
    INSTITUTION = "institution"  # 黄淮学院, 省农业担保公司, 市公共资源交易中心
    GROUP = "group"  # 各省辖市政府, 有关院校, 省直有关部门
    PLACE = "place"  # 郑州市, 各区县, 各地
    FUNCTION = "function"  # 教育, 财政 (before 等部门)


_LEVELS = frozenset("省市县区旗州镇乡村")
_BRACKETED = re.compile(r"[(（][^()（）]*[)）]")
_OPEN = re.compile(
    r"^(?:各|有关|相关|其他|其它|所有|全[国省市县区]各|地方各|市?县两级|[省市县区]直(?!机关)|[省市县区]属"
    r"|[省市县]级(?!以)|市?县级以上|地方|基层|中央(?:有关|各)|国务院(?:有关|各)|辖区|所在|属地|试点|驻[省市县区州]|具备|符合)"
    r"|有关|相关|各[级类地部县区市乡镇街]|主管部门$|牵头单位$|成员单位$"
)
_GENERIC = re.compile(
    r"(?:部门|单位|机构|机关|院校|学校|高校|企业|公司|医院|银行|团体|组织|集团|联盟|中心|园区|厅局|委办局"
    r"|社区|基地|平台|主体|政府|党委|街道|乡镇|镇街|方面|党组织|协会|商会|局|厅|委|办|会|组)$"
)
_PLACE = re.compile(
    r"^(?:各|有关|相关|其他)?(?:各地|地方|地区|区县|县区|市州|州市|地市|市县|县市|旗县|市地|省辖市|省直管县"
    r"|省份|省区市|省市|区市|[省市州县区旗镇乡盟]|自治区|直辖市|开发区|街道|乡镇|镇街|园区|功能区|试点(?:城市|地区))+$"
    r"|^[\u4e00-\u9fff]{2,8}(?:示范区|新区|开发区|高新区|实验区|自治县)$"
    r"|^[\u4e00-\u9fff]{2,4}[县旗]$"
)
_GOVERNMENT = re.compile(r"(?:政府|管委会|管理委员会|行政公署|行署|办事处|党委)$")
_OFFICE = re.compile(
    r"(?:局|厅|署|委|委员会|办|办公室|办公厅|指挥部|工作部|组织部|宣传部|统战部|武装部|机关|海关|总队|支队|大队"
    r"|法院|检察院|工会|团委|妇联|残联|科协|工商联|文联|侨联|社科联|领导小组|工作组|专家组|协调组|保障组|推进组|指导组|调查组|专班|联控机制|联席会议|党组"
    r"|军区|军分区|供销社|合作社|总部|政协|人大|党校|督查室|研究室|参事室|教研室|监察室)$"
)
_INSTITUTION = re.compile(
    r"(?:学校|大学|学院|院校|高校|技校|中学|小学|幼儿园|医院|研究院|科研院所|实验室|福利院|养老院|护理院|诊所|智库|科学院|设计院|社科院|考试院|研究所|事务所"
    r"|管理所|公司|集团|企业|国企|央企|中心|银行|分行|支行|营管部|信用社|协会|学会|商会|联合会|研究会|促进会|红十字会"
    r"|基金会|贸促会|理事会|教指委|联盟|机构|部门|单位|组织|团体|报社|电视台|广播台|图书馆|博物馆|档案馆|文化馆"
    r"|出版社|职教社|站|疾控中心|交易所|监理所|工作队|党支部|村委会|居委会|合作联社|事务中心)$"
)
# Who pays: 中央财政, 同级财政.
_PURSE = re.compile(r"^(?:中央|国家|地方|同级|自治区|(?:地方)?各级|[省市县区]级?|本级)财政$")
# Ends like a unit and is none: 全社会 in 会, 试行办 never; 大部, 内部.
_NO_UNIT = re.compile(
    r"(?:社会|机会|大会|晚会|博览会|运动会|研讨会|座谈会|推进会|展览会|交流会|培训会|发布会|结局|格局|布局|全局"
    r"|大局|当局者|兴办|举办|承办|主办|创办|协办|督办|待办|新办|筹办|网上办|一次办|就近办|车站|网站|工作站)$"
)


def unit_kind(text: str) -> UnitKind | None:
    """Kind of unit that ``text`` names as a whole; None where it names none."""
    name = re.sub(r"\s", "", text)
    plain = _BRACKETED.sub("", name) or name
    if plain != name and plain in _LEVELS:
        return UnitKind.PLACE  # 镇（街）, 市（州）
    if not 1 < len(plain) <= 36 or re.search(r"[。;；!?《]", name):
        return None
    if form_key(plain) in functions():
        return UnitKind.FUNCTION
    if _PLACE.search(plain) or plain in places().provinces or plain in places().cities:
        return UnitKind.PLACE
    if is_registered(plain):
        return UnitKind.GOVERNMENT if _GOVERNMENT.search(plain) else UnitKind.OFFICE
    if _NO_UNIT.search(plain):
        return None
    if is_group(plain):
        return UnitKind.GROUP
    return _by_head(plain)


def _by_head(plain: str) -> UnitKind | None:
    if _GOVERNMENT.search(plain) or _PURSE.match(plain):
        return UnitKind.GOVERNMENT
    if _OFFICE.search(plain):
        return UnitKind.OFFICE
    if _INSTITUTION.search(plain):
        return UnitKind.INSTITUTION
    return None


def is_unit(text: str) -> bool:
    """True where ``text`` as a whole names a unit or an open group of units."""
    return unit_kind(text) not in (None, UnitKind.FUNCTION)


def is_group(text: str) -> bool:
    """True for units of a kind that are not named one by one: 各省辖市政府, 省直有关部门, 各地."""
    plain = _BRACKETED.sub("", text) or text
    if _PLACE.search(plain):
        return True
    if (_OPEN.search(plain) or "、" in plain) and (
        _GENERIC.search(plain) or _GOVERNMENT.search(plain)
    ):
        return True
    return plain in ("部门", "单位", "企业", "学校", "院校", "高校", "职业院校", "机构", "地方")


def is_registered(plain: str) -> bool:
    """True where the register has it, under any level word: 省教育厅, 农业农村部, 市工信局."""
    for level in Level:
        if (level, form_key(plain)) in by_form():
            return True
    bare = re.sub(r"^(?:国家|国务院|中央|自治区|[省市县区州旗盟])", "", plain)
    names = {bare, _without_place(plain)} - {plain}
    return any((level, form_key(name)) in by_form() for level in Level for name in names)


def _without_place(plain: str) -> str:
    """教育局 of 河南省郑州市教育局; only full names, for 河南 may be anything's."""
    known = places()
    for full in (*set(known.provinces.values()), *known.province_of):
        plain = plain.removeprefix(full)
    return plain


# Words that open a clause, not a name; 建设集团 and 支援办 show that a verb alone proves nothing.
_OPENS_CLAUSE = re.compile(
    r"^(?:充分|更好|更加|切实|着力|大力|深入|认真|积极|广泛|继续|持续|努力|稳步|加快|全面(?!深)|不断|进一步"
    r"|及时|依托|鼓励|支持(?!局|办)|引导|督促|指导(?!委|中心|组|办|站)|协调(?!委|办|组|局|小组|中心)|加强|强化"
    r"|发挥|推动|调动|确保|要求|符合|需要?|应当?|要|须|必须|按照?(?!揭)|根据|依据|依法|结合|经(?!济|信|贸|开)"
    r"|向|对|在|以|从|把|将(?!乐)|使|让|被|为|当|如(?!东|皋)|每|凡|可|不|是|并|且|或者?|者|与|同(?!级|仁|江|心|德)"
    r"|有(?!关)|报考|具体|共同|做好|抓好|落实|完善|健全|通过)"
)
# 报考人员|为|职业院校, 主管部门|是|省教育厅: what stands before the verb is no part of a name.
_SAYS_WHAT = re.compile(
    r".[为是](?=.{2})|..(?:可以|应当|必须|不得|直接通过|也?表示|正在|已经|尚未|将(?=积极|继续|会同|外国))"
)


def begins_otherwise(text: str) -> bool:
    """True where a verb, adverb or preposition stands before the name: 充分发挥|高等学校,
    加强|基层供销社, 报考人员为|职业院校."""
    name = re.sub(r"\s", "", text)
    if is_registered(name):
        return False
    return _OPENS_CLAUSE.match(name) is not None or _SAYS_WHAT.search(name) is not None
