"""A PostgreSQL server of one's own for a measurement: no port, a socket in a folder."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_PROGRAMS = Path("/usr/lib/postgresql/15/bin")
_ACCOUNT = "postgres"
_SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "shared_buffers": "256MB",
    "maintenance_work_mem": "256MB",
    "max_wal_size": "4GB",
}


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """URL of an empty database on a server that lives in ``folder``."""
    where = folder / "data"
    if os.geteuid() == 0:
        shutil.chown(folder, _ACCOUNT)
    _run("initdb", "-D", str(where), "-U", "taizhang", "-E", "UTF8", "--locale=C.UTF-8",
         "--no-sync")  # fmt: skip
    given = " ".join(f"-c {name}={value}" for name, value in _SETTINGS.items())
    given += f" -c listen_addresses='' -k {folder}"
    _run("pg_ctl", "-D", str(where), "-w", "-o", given, "-l", str(folder / "log"), "start")
    try:
        _run("createdb", "-h", str(folder), "-U", "taizhang", "library")
        yield f"postgresql+psycopg://taizhang@/library?host={folder}"
    finally:
        _run("pg_ctl", "-D", str(where), "-m", "immediate", "stop")


def processor_seconds(url: str) -> float:
    """What the processes of the server at that URL have used of the processor so far, their ended
    ones left out."""
    folder = Path(url.partition("host=")[2])
    postmaster = (folder / "data" / "postmaster.pid").read_text().split()[0]
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue  # ended meanwhile
        if fields[1] == postmaster:
            ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def _run(program: str, *arguments: str) -> None:
    """As an ordinary user: the server refuses to run as root."""
    account = pwd.getpwnam(_ACCOUNT) if os.geteuid() == 0 else None
    subprocess.run(
        [str(_PROGRAMS / program), *arguments], check=True, stdout=subprocess.DEVNULL,
        user=account.pw_uid if account else None, group=account.pw_gid if account else None,
        cwd="/",
    )  # fmt: skip
