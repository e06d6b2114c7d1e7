"""Which units a register ought to know: 省养老服务厅, and not 各省辖市政府, 有关院校, 龙头企业."""

from __future__ import annotations

import re

from corpus.compare.fold import fold
from corpus.model.organisation import ResponsibleUnit

_OFFICE = re.compile(
    r"(?:厅|局|委|委员会|办|办公室|总队|总局|署|税务局|监管局|管委会|人民政府|(?<!各级)政府)$"
)
# Open groups, and what several places have under the same name.
_GROUP = re.compile(
    r"^(?:各|有关|相关|其他|所有|所在|属地|当地|上述|[省市县]级|中央|国家级|市县|地方|基层|区县)|等$|各级|、|及|和"
)
_PLACED = re.compile(r"^(?:国家|省|市|自治区|[\u4e00-\u9fff]{2,8}?(?:省|市|自治区))")


def looks_registered(unit: ResponsibleUnit) -> bool:
    """True where one office of one place is named that wasn't found in the register."""
    raw = fold(unit.raw)
    if unit.registered or _GROUP.search(raw) or not _OFFICE.search(raw):
        return False
    # A county's offices are in no register.
    return bool(_PLACED.match(raw)) and not re.search(r"[县区旗]", raw)
