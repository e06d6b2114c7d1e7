"""How long to wait before asking again: what Retry-After says, else longer each time."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from random import Random

_FIRST = 2.0
AGAIN = frozenset({429, 500, 502, 503, 504})


def wait_for(attempt: int, retry_after: str | None, *, now: datetime, random: Random) -> float:
    """Seconds before the next try; ``attempt`` counts from 0."""
    backoff = _FIRST * 2**attempt * (1 + random.random() / 2)
    said = _seconds(retry_after or "", now)
    # A site that says 0 is still given time.
    return backoff if said is None else max(said, backoff if said <= 0 else 0.0)


def _seconds(retry_after: str, now: datetime) -> float | None:
    """A number of seconds, or a date of HTTP; None where it is neither."""
    text = retry_after.strip()
    if text.isascii() and text.isdigit():
        return float(text)
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - now).total_seconds())
