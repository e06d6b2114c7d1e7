"""What a person did to a row of the ledger (人工审核): 张敏, 2025-06-01, 目标值 修改. Rows that an
extraction made alone bear no mark."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Mark:
    """``column`` is a value of ``ReviewedField``, ``verdict`` one of ``Verdict``: correct, reject
    (of one column) or add."""

    column: str
    verdict: str
    reviewer: str
    when: datetime
