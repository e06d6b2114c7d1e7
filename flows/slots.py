"""How many may do the same thing at once over all workers: 识别 2, 数据库 1.

Limits are kept by Prefect's server; where none is there, one process works alone and needs none.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

# The names of the limits.
OCR, DATABASE = "taizhang-ocr", "taizhang-database"
# A worker that is killed gives its slot back after so many seconds.
_LEASE = 60.0


@contextmanager
def slot(name: str) -> Iterator[None]:
    """Wait for a slot and hold it; as much as wanted where nobody has set the limit."""
    from prefect.concurrency.sync import concurrency
    from prefect.settings import get_current_settings

    if get_current_settings().api.url is None:
        yield
        return
    with concurrency(name, occupy=1, lease_duration=_LEASE, strict=False):
        yield
