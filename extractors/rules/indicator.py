"""Where the words of an indicator begin and end: behind its number 打造5个|产教融合示范区|、建设…,
before it 力争|森林覆盖率|达到45%."""

from __future__ import annotations

import re

from extractors.nlp.clauses import Clauses
from extractors.nlp.lexicon import action_at_end, action_at_start

Range = tuple[int, int]

# What links a noun phrase to the item that follows it.
_LINK = re.compile(r"(?:、|,|以及|及其|及|和|与|并|或者|或|且|;|同时|其中)+$")
# Verbs that can't stand inside a noun phrase: what follows is a predicate (1—2所|院校|转型为…).
_PREDICATE = re.compile(
    r"(?:转型|进入|入选|纳入(?!范围)|列入|成为|达到|实现|通过(?=.{2})|获得|跻身|转为|升格|完成|用于|予以|参与|"
    r"免征|免收|开展(?=.{2,}(?:试点|工作|培训|检测)?$)|建成(?!的)|接入|参加(?!的)|的(?:目标|任务|要求|规模|标准|比例|速度|方式)$)"
)
# What may stand before a noun phrase and is no part of it; the look-aheads keep whole words whole
# (使命, 对外, 其他, 和谐).
_LEAD = re.compile(
    r"^(?:其中|同时|此外|另外|到期末|期末|全年|预计|力争|确保|保证|争取|使得|使(?![用命])|让(?!利)|推动|推进|"
    r"促进|实现|并|且|而|则(?!由)|将(?!军)|对(?![外口])|把(?![握关])|按照?(?![揭期时])|即(?!将)|其(?![他它余次])|先(?![进行导])|拟"
    r"|再(?![生就担])|可(?![再持靠支追])|适当|至少|最少|最高(?=[补奖资])|不少于|年均|平均|累计|共(?![同建享和])|各地|我[省市县区国]|本[省市县区]"
    r"|(?:全[省市县区国州盟旗])(?=.{4})|、|,|和(?!谐)|及|与|以及|的|\(|\)|“(?=[^”]*$)|[—-]|\d+[.、)](?!\d))+"
)
# What may stand between a noun phrase and its number.
_TAIL = re.compile(
    r"(?:预期目标|预期|目标|分别|均|都|要|将|应|应当|须|需|也|总体|基本|平均|力争|确保|每年|年均|累计|"
    r"共|总计|合计|总共|不|就|已|仍|再|又|各|必须|可|拟|原则上|占比?|比例|能够|能|一般|通常|大于等于|小于等于|大于|小于|等于|组成|能|由|从|在|对|按|比|较|有|的标准|,|、|:)$"
)
# 中央财政|安排|科技投入650亿元: who pays is no part of what is measured.
_PAID = re.compile(
    r"^[^,。;]{0,10}(?:财政|政府|国家|企业|银行|省级|市级|县级)(?:还|将|每年|共|累计|已|再|为此)*"
    r"(?:安排|投入|拿出|新增|增加|给予|发放|提供|支出|下达|拨付|筹集)(?=[^,。;]{2,})"
)
# …占比, …增速 are measured themselves.
_KEEP_TAIL = re.compile(r"(?:占比|比例|增长目标|预期目标|增速)$")
# 建设5个示范区和|一批|基地: what has no number is not counted.
_VAGUE = re.compile(r"(?:、|,|和|以及|及)?(?:一批|一系列|若干|一定)")
# Where what a clause says of its subject begins.
_PREDICATIVE_HEAD = re.compile(
    r"(?:稳步|持续|进一步|不断|明显|显著|基本|大幅|逐步|全面|达到|提高|提升|降低|下降|增长|增加|更加|"
    r"扩大|突破|超过|有效|得到|实现|位居|保持|稳定|力争|均|全部|普遍|加快|快速|取得|形成)"
)


def phrase_behind(
    text: str, clauses: Clauses, start: int, end: int, *, stop: int
) -> tuple[Range | None, Range | None]:
    """The noun phrase in ``text[start:end]``, behind its number, and the predicate that follows
    it, if one does. ``stop`` is where the words of the clause end."""
    words = text[start:end].lstrip("的 个")
    start = end - len(words)
    ratio = re.match(r"(?:的)?(?:比例|标准|速度|幅度|额度)(?:的)?", words)
    if ratio:
        return object_behind(text, clauses, start + ratio.end(), stop=stop)
    words = _first_item(words)
    predicate: Range | None = None
    cut = _PREDICATE.search(words, 1)
    if cut and "的" not in words[cut.end() :] and cut.start() > 0:
        predicate = (start + cut.start(), start + cut.end())
        words = words[: cut.start()]
    words = _without_next_verb(words).rstrip("、,和及与并或以等 ")
    return ((start, start + len(words)) if words else None), predicate


def _first_item(words: str) -> str:
    """Without what is added to the first thing counted: 并…, 同时…, (其中3个…), 和一批…."""
    also = re.search(r"\(|并(?![网购轨联])|同时|后(?:续|,)", words)
    counted = also and (also[0] != "(" or re.search(r"\d", words[also.start() :]))
    if also and also.start() > 1 and counted:
        words = words[: also.start()]
    vague = _VAGUE.search(words, 2)
    return words[: vague.start()] if vague else words


def _without_next_verb(words: str) -> str:
    """Cuts the verb of the next item: 示范基地、|打造| before its number."""
    span = action_at_end(words)
    if span and span[0] and re.search(r"(?:、|,|和|并|及|以及|;)$", words[: span[0]]):
        words = words[: span[0]]
    return _LINK.sub("", words)


def object_behind(
    text: str, clauses: Clauses, position: int, *, stop: int
) -> tuple[Range | None, Range | None]:
    """Object and verb of 按…的比例|自主招聘|兼职教师, or in the clause that begins behind ``stop``:
    抵免|该企业当年应缴…."""
    ratio = re.match(r"(?:的)?(?:比例|标准|额度|幅度)?(?:内)?(?:的)?", text[position:])
    position += ratio.end() if ratio else 0
    for start in (position, stop + 1):
        clause = clauses.clause(min(start, len(text) - 1))
        end = clause.start + len(text[clause.start : clause.end].rstrip("。;,!?:\t"))
        words = text[start:end]
        span = action_at_start(words)
        if span and span[1] < len(words):
            return (start + span[1], start + len(words)), (start + span[0], start + span[1])
        if words and start == position:
            break
    return None, None


def phrase_before(text: str, start: int, end: int) -> Range | None:
    """The noun phrase in ``text[start:end]``, before its number; None where none is left."""
    words = text[start:end]
    origin = re.search(r"(?:由|从)[^,。;由从]*\d[^,。;]*$", words)
    if origin and origin.start() > 1:
        words = words[: origin.start()]
    moved = re.search(r"^.{0,16}(?:将(?!军)|把(?![握关])|使(?![用命])|让(?!利))(?=.{2,})", words)
    if moved:
        start, words = start + moved.end(), words[moved.end() :]
    lead = _LEAD.match(words)
    if lead:
        start, words = start + lead.end(), words[lead.end() :]
    paid = _PAID.match(words)
    if paid:
        start, words = start + paid.end(), words[paid.end() :]
    basis = re.search(r"是?在[^,。;]{2,20}基础上$", words)
    if basis and basis.start() > 1:
        words = words[: basis.start()]
    while not _KEEP_TAIL.search(words):
        tail = _TAIL.search(words)
        if not tail:
            break
        words = words[: tail.start()]
    if words.count(")") > words.count("("):
        cut = words.find(")")
        start, words = start + cut + 1, words[cut + 1 :]
    return (start, start + len(words)) if len(words) >= 2 else None


def subject_of(text: str, start: int, end: int) -> Range | None:
    """What the clause ``text[start:end]`` speaks of: 粮食产能|稳步提升."""
    words = text[start:end].rstrip(",:;")
    head = _PREDICATIVE_HEAD.search(words, 2)
    return phrase_before(text, start, start + (head.start() if head else len(words)))


_GIVEN = re.compile(
    r"(?:给予|予以|发放|提供|安排|享受|实行|执行|落实)(?P<what>(?!的)[^,。;的]{0,16}[^,。;]{2,20})$"
)


def given_in(text: str, start: int, end: int) -> Range | None:
    """What the clause gives: 对新增床位给予|一次性建设补助|, 每张不超过1万元."""
    match = _GIVEN.search(text[start:end].rstrip(",:;"))
    return (start + match.start("what"), start + match.end("what")) if match else None
