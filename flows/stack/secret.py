"""What opens Prefect's API: without it any program of this machine, and any page in its browsers,
could have files read and runs started. Kept in ``library/prefect.key`` for its owner alone."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

_FILE, _USER = "prefect.key", "taizhang"
_VARIABLE = "PREFECT_API_AUTH_STRING"


def made(home: Path) -> str:
    """user:password for the server and all that ask it; made once."""
    try:
        handle = os.open(home / _FILE, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return (home / _FILE).read_text("utf-8")
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        found = f"{_USER}:{secrets.token_hex(24)}"
        out.write(found)
    return found


def known(home: Path) -> str | None:
    """What the environment says, else what `taizhang up` has made here."""
    if told := os.environ.get(_VARIABLE):
        return told
    return (home / _FILE).read_text("utf-8") if (home / _FILE).exists() else None


def pair(auth: str | None) -> tuple[str, str] | None:
    """As a client of HTTP takes it."""
    if not auth:
        return None
    user, _, password = auth.partition(":")
    return user, password
