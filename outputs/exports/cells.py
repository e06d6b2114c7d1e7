"""Text that a spreadsheet must not take for anything but text: =1+1, @SUM, \\x07.

Policy text is other people's; a cell that begins with = would run as a formula.
"""

from __future__ import annotations

import re

# Full-width signs too: Excel for Chinese reads ＝1+1 typed or pasted as a formula.
_FORMULA = re.compile(r"[=+\-@\t\r\n＝＋－＠]")
# Not allowed in XML 1.0, so not in XLSX; of no use in CSV either. Tab, LF and CR are allowed.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
# What Excel holds in one cell.
MOST = 32_767


def clean(text: str) -> str:
    """Without control characters, no longer than a cell holds."""
    kept = _ILLEGAL.sub("", text)
    return kept if len(kept) <= MOST else f"{kept[: MOST - 1]}…"


def looks_like_formula(text: str) -> bool:
    """True where a spreadsheet might calculate the text instead of showing it."""
    return bool(_FORMULA.match(text.lstrip(" \u3000\xa0")))
