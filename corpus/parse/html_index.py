"""What a government page says of its document beside the text: the index table (索引号, 发文机关,
成文日期, 发文字号 …) and <meta name="ArticleTitle">, under one Chinese key each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from corpus.parse.html_weight import BLOCKS, Weight

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

# Sites' own words first, then the key; where several words mean one thing the first one wins.
_LABELS = {
    "索引号": ("索引号", "信息索引号", "索引编号"),
    "主题分类": ("主题分类", "信息分类", "组配分类", "体裁分类", "所属主题"),
    "发文机关": (
        "发文机关",
        "发文单位",
        "制发机关",
        "制定机关",
        "发布机构",
        "发布机关",
        "发布单位",
        "公开机构",
    ),
    "成文日期": (
        "成文日期",
        "成文时间",
        "生成日期",
        "印发日期",
        "发文日期",
        "发文时间",
        "制发日期",
    ),
    "标题": ("标题", "文件标题", "文件名称", "信息名称", "公文标题", "名称"),
    "发文字号": ("发文字号", "文件字号", "文件编号", "文号", "字号"),
    "发布日期": ("发布日期", "发布时间", "公开日期", "公布日期"),
    "主题词": ("主题词", "关键词"),
    "有效性": ("有效性", "是否有效", "效力状态", "时效性"),
    "施行日期": ("施行日期", "实施日期", "生效日期"),
    "失效日期": ("失效日期", "废止日期", "有效期至"),
    "来源": ("来源", "信息来源", "稿件来源"),
}
_KEYS = {word: (key, rank) for key, words in _LABELS.items() for rank, word in enumerate(words)}
_WORDS = "|".join(r"[\s\u3000\xa0]*".join(word) for word in sorted(_KEYS, key=len, reverse=True))
# 标　　题：… ; 【索引号】… ; not the end of a longer word (小标题：).
_LABEL = re.compile(
    rf"(?<![\u4e00-\u9fff])[【\[]?(?P<word>{_WORDS})[\s\xa0]*(?:[:：][】\]]?|[】\]][:：]?)"
)
_META = {
    "articletitle": "标题",
    "og:title": "标题",
    "pubdate": "发布日期",
    "publishdate": "发布日期",
    "article:published_time": "发布日期",
    "contentsource": "来源",
    "source": "来源",
    "filenumber": "发文字号",
    "indexnumber": "索引号",
}
_LEAST_LABELS = 3
# An index holds short values; longer text with such words in it is the document.
_LONGEST_INDEX = 1200
_LONGEST_VALUE = 200
_ROWS = frozenset({"tr", "dl", "li"})


def is_index(element: Element, weights: Mapping[Element, Weight]) -> bool:
    """True for a block that is the page's index: three labels or more, each with its value."""
    if element.tag not in {"table", "ul", "dl", "div", "section"}:
        return False
    weight = weights.get(element)
    if weight is None or not 0 < weight.text <= _LONGEST_INDEX:
        return False
    # What is only wrapped around the index is left to the element inside.
    if any(child in weights and weights[child].text == weight.text for child in element):
        return False
    said = list(_said(element))
    told = sum(len(key) + len("".join(value.split())) for key, _, value in said)
    # Most of what stands in there is labels and values, else it is a text that mentions them.
    return len({key for key, _, _ in said}) >= _LEAST_LABELS and told * 2 >= weight.text


def find_indexes(root: Element, weights: Mapping[Element, Weight]) -> Iterator[Element]:
    """The index blocks of a page, outermost ones."""
    from lxml import etree

    walk = etree.iterwalk(root, events=("start",))
    for _, element in walk:
        if is_index(element, weights):
            walk.skip_subtree()
            yield element


def labelled(root: Element, *, until: Element | None = None) -> dict[str, str]:
    """Everything labelled inside ``root`` before the element ``until``, by key, as written."""
    best: dict[str, tuple[int, str]] = {}
    for key, rank, value in _said(root, until=until):
        if key not in best or rank < best[key][0]:
            best[key] = (rank, value)
    return {key: value for key, (_, value) in best.items()}


def meta_of(root: Element) -> dict[str, str]:
    """What the page's meta elements say, by the same keys."""
    found: dict[str, str] = {}
    for meta in root.iter("meta"):
        name = (meta.get("name") or meta.get("property") or "").strip().lower()
        value = " ".join((meta.get("content") or "").split())
        if name in _META and value:
            found.setdefault(_META[name], value)
    return found


def _said(root: Element, *, until: Element | None = None) -> Iterator[tuple[str, int, str]]:
    """Key, rank of the label, and value, row by row."""
    for runs in _runs(root, until):
        yield from _pairs(runs)


def _runs(root: Element, until: Element | None) -> Iterator[list[str]]:
    """The pieces of text of each row, list item or paragraph, innermost ones; the cells of a row,
    and blocks inside of them, go together."""
    from lxml import etree

    runs: list[str] = []
    rows = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if element is until:
            break
        rows -= event == "end" and element.tag in _ROWS
        if _parts(element, event, in_row=rows > 0):
            yield runs
            runs = []
        rows += event == "start" and element.tag in _ROWS
        if event == "start":
            runs.append(element.text or "")
        elif element is not root:
            runs.append(element.tail or "")
    yield runs


def _parts(element: Element, event: str, *, in_row: bool) -> bool:
    if element.tag == "dt":
        return event == "start"
    if element.tag in {"td", "th", "dd"} or element.tag not in BLOCKS:
        return False
    return element.tag in _ROWS or not in_row


def _pairs(runs: list[str]) -> Iterator[tuple[str, int, str]]:
    """Labels with what follows up to the next one: 索引号： | 000/2024-1 | 发文机关： | 省政府."""
    key: tuple[str, int] | None = None
    value: list[str] = []
    for run in runs:
        for label, words in _cut(run):
            if label is None:
                value.append(words)
                continue
            if key and _value(value):
                yield (*key, _value(value))
            key, value = _KEYS[label], [words]
    if key and _value(value):
        yield (*key, _value(value))


def _cut(run: str) -> Iterator[tuple[str | None, str]]:
    """The parts of a piece of text, each with the label before it."""
    bare = "".join(run.split()).strip("【】[]:：")
    if bare in _KEYS:
        yield bare, ""
        return
    start, label = 0, None
    for match in _LABEL.finditer(run):
        yield label, run[start : match.start()]
        start, label = match.end(), "".join(match["word"].split())
    yield label, run[start:]


def _value(parts: list[str]) -> str:
    value = " ".join(" ".join(parts).split())
    return value if len(value) <= _LONGEST_VALUE else ""
