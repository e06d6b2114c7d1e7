"""How a value is meant: 达到 level, 提高 change, 新增 increment, 累计 cumulative, 年均 annual."""

from __future__ import annotations

import re

from corpus.model.quantity import Basis

_ANNUAL = re.compile(r"^(?:年均|每年|每人每年|平均每年|年平均)")
_CUMULATIVE = re.compile(r"累计|总计|累积")
_INCREMENT = re.compile(r"^(?:新增|再增加|净增|增设|新增加|再增|再新增)")
_TO = re.compile(r"(?:到|至|为)$")
_CHANGE = re.compile(
    r"^(?:提高|提升|下降|降低|减少|增长|增加|上升|扩大|缩短|压减|压缩|压降|下调|上调|降|增|减|削减|翻|再提高|下浮|减轻)"
)


def basis_of(action: str, clause: str, per: str) -> Basis:
    """The basis that the action and its clause say; a plain count to be built is a level."""
    if _CUMULATIVE.search(clause):
        return Basis.CUMULATIVE
    if _ANNUAL.match(per) or "年均" in clause:
        return Basis.ANNUAL
    if _INCREMENT.match(action):
        return Basis.INCREMENT
    if _CHANGE.match(action) and not _TO.search(action):
        return Basis.CHANGE
    return Basis.LEVEL
