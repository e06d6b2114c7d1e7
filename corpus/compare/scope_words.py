"""Words that say how far a promise reaches: 省级 or 国家级, 公办 or 民办, 新增 or 达到.

A pair of indicators that agree in all but these still says something else. What merely has
another ring (建设, 打造) is not here.
"""

from __future__ import annotations

from functools import lru_cache

# Of each row at most one holds: two indicators with different words of one row differ.
CONTRASTS: tuple[tuple[str, ...], ...] = (
    (
        "国际|世界级",
        "国家级|全国性",
        "省级|全省",
        "市级|全市",
        "区县级|县级|全县|县域",
        "乡镇|镇级",
        "村级|行政村",
    ),
    ("学前", "小学", "初中", "高中", "中职|中等职业", "高职|高等职业", "本科"),
    ("公办|公立", "民办|私立"),
    ("城镇|城市|城区", "农村|乡村"),
    ("男", "女"),
    ("出口", "进口"),
    ("新建", "改建|改造|改扩建", "拆除"),
    ("一级", "二级", "三级", "四级", "五级"),
    ("一类", "二类", "三类"),
    ("甲等", "乙等", "丙等"),
    ("PM2.5|PM25|细颗粒物", "PM10|可吸入颗粒物", "臭氧"),
    ("二氧化硫", "氮氧化物", "化学需氧量|COD", "氨氮", "挥发性有机物|VOCs"),
    ("用水", "用电", "用能|能耗", "用地"),
    ("失业", "就业"),
    ("发病", "死亡", "治愈"),
    ("大型", "中型", "小型", "微型"),
    ("初级", "中级", "高级"),
    ("增加|增长|提高", "减少|下降|降低"),
)

# Words that narrow: with the word, fewer things are meant than without it.
NARROWING: tuple[str, ...] = (
    "公办", "民办", "规模以上", "规上", "限额以上", "城镇", "农村", "城市", "乡村", "新增", "新建",
    "贫困", "困难", "残疾", "重点", "试点", "非化石", "专任", "兼职", "适龄", "常住", "户籍",
    "流动", "女性", "未成年", "老年", "中小", "首次", "普惠性", "营利性", "非营利性", "国有",
    "外资", "骨干",
)  # fmt: skip

# What an action does to its indicator. Two actions of different kinds that are named together in
# OPPOSED say something else; all others are taken as another wording of the same.
_KINDS: dict[str, str] = {
    "study": "研究|探索|论证|谋划|调研",
    "draft": "制定|制订|出台|印发|起草|编制|发布",
    "revise": "修订|修改",
    "start": "启动|开工|着手",
    "finish": "完成|建成|竣工|完工|投产",
    "renovate": "改造|改建|改扩建|扩建|修缮|提升改造",
    "build": "新建|建设|打造|创建|组建|设立|培育|建立",
    "end": "取消|停止|关闭|淘汰|关停|退出|撤销|终止|废止|清理",
    "raise": "提高|提升|增加|增长|扩大|上升|增强",
    "lower": "降低|下降|减少|压减|压缩|缩减|削减|降至",
    "reach": "达到|保持|稳定在|维持",
    "add": "新增|再增|净增|增设",
    "allow": "允许|鼓励|支持",
    "require": "必须|强制|严格执行",
}
_OPPOSED: frozenset[frozenset[str]] = frozenset(
    frozenset(pair)
    for pair in (
        ("study", "draft"), ("study", "build"), ("study", "finish"), ("draft", "revise"),
        ("start", "finish"), ("renovate", "build"), ("raise", "lower"), ("add", "reach"),
        ("add", "lower"), ("allow", "require"),
        *(("end", kind) for kind in _KINDS if kind != "end"),
    )
)  # fmt: skip


@lru_cache(maxsize=8192)
def contrast_marks(text: str) -> tuple[int, ...]:
    """For each row of CONTRASTS, which of its words stand in ``text``, as bits."""
    return tuple(
        sum(
            1 << place
            for place, alternatives in enumerate(row)
            if any(word in text for word in alternatives.split("|"))
        )
        for row in CONTRASTS
    )


def contrasts(before: str, after: str) -> bool:
    """True where both name a word of the same row and none in common."""
    pairs = zip(contrast_marks(before), contrast_marks(after), strict=True)
    return any(left and right and not left & right for left, right in pairs)


@lru_cache(maxsize=8192)
def narrowing(text: str) -> frozenset[str]:
    """The narrowing words that stand in ``text``."""
    return frozenset(word for word in NARROWING if word in text)


def opposed(before: str, after: str) -> bool:
    """True where the two actions do something else to the indicator (研究, 出台)."""
    left, right = _kinds(before), _kinds(after)
    if not left or not right or left & right:
        return False
    return any(frozenset((a, b)) in _OPPOSED for a in left for b in right)


def _kinds(action: str) -> set[str]:
    return {
        kind for kind, said in _KINDS.items() if any(word in action for word in said.split("|"))
    }
