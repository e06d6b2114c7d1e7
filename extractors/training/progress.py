"""Progress of long steps, one JSON object a line on standard error: {"step": 40, "loss": 5.13}."""

from __future__ import annotations

import json
import sys
import time


def say(event: str, **figures: object) -> None:
    """One line, with the time of day."""
    line = {"at": time.strftime("%H:%M:%S"), "event": event, **figures}
    sys.stderr.write(json.dumps(line, ensure_ascii=False) + "\n")
    sys.stderr.flush()
