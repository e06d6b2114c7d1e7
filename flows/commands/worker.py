"""``worker``: takes runs from Prefect's server, here or on another machine."""

from __future__ import annotations

import logging
import sys
from pathlib import Path

from flows.settings import load


def start_worker(home: Path | None, *, name: str | None, limit: int) -> None:
    """Work until stopped."""
    from flows.worker import default_name, work

    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(message)s")
    settings = load(home)
    work(settings, name=name or default_name(settings.home), limit=limit)
