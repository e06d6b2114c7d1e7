"""Twenty people at once in the application as it is served: nobody sees an error.

A short run on the samples; ``make load LIBRARY=…`` is the long one on a library of one's own.
"""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from benchmarks.load import accounts, load, served

pytestmark = pytest.mark.load

_USERS = 20
_SECONDS = 15.0


def test_twenty_people_at_once_see_no_error(home: Path) -> None:
    names = accounts(f"sqlite:///{home / 'taizhang.db'}", home, _USERS)
    with served(home) as (base, _pid):
        tally = asyncio.run(load(base, names, _SECONDS))
    assert tally.errors == []
    done = {what for what, times in tally.times.items() if times}
    assert {"sign in", "list", "search", "document", "row", "decide", "confirm"} <= done
