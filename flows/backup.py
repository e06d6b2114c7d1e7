"""Backing a library up (备份) into one archive: database, files, decisions, accounts, sites.

It is a ZIP: ``tables/documents.jsonl`` …, ``files/3f/9a/3f9a…``, ``sites/*.toml`` and, last,
``manifest.json`` with how much of what there is and the SHA-256 of everything.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from sqlalchemy import Connection, Table, select

from corpus.intake import write_whole
from corpus.model.errors import PolicyError
from corpus.store import transfer
from corpus.store.engine import connect
from corpus.store.schema import FileRow
from flows.settings import Settings

FORMAT = "taizhang-backup/1"
MANIFEST = "manifest.json"
CHUNK = 2**20
_NAME = "taizhang-{:%Y%m%dT%H%M%S}.zip"
_PATTERN = "taizhang-????????T??????.zip"
_LAST = "backup.json"


class BackupError(PolicyError):
    """An archive that can't be made or used."""


@dataclass(frozen=True, slots=True)
class Packed:
    """One table: how many rows, and the SHA-256 of their lines."""

    rows: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an archive holds. ``lost`` are files that the library knows of and does not have, or
    whose bytes are not what they were: they are not in the archive."""

    format: str
    program: str
    revision: str
    created: str
    tables: dict[str, Packed]
    files: int
    size: int
    sites: dict[str, str] = field(default_factory=dict)
    lost: tuple[str, ...] = ()

    def to_json(self) -> bytes:
        """For the archive."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1).encode("utf-8")


def back_up(settings: Settings, to: Path) -> tuple[Path, Manifest]:
    """Write an archive, whole or not at all; into a folder under a name with the time."""
    path = to / _NAME.format(datetime.now()) if to.is_dir() else to
    if path.exists():
        raise BackupError(f"{path} 已存在，请换一个文件名", f"{path} is there; name another file")
    engine = connect(settings.database)
    try:
        with _beside(path) as archive, transfer.snapshot(engine) as connection:
            manifest = _pack(archive, connection, settings.home)
    except OSError as error:
        raise BackupError(
            f"无法写入备份 {path}（{error.strerror or error}），请检查位置和剩余空间",
            f"can't write the backup {path} ({error}); check the place and the space left",
        ) from error
    finally:
        engine.dispose()
    _remember(settings.home, path, manifest)
    return path, manifest


def folder(settings: Settings) -> Path:
    """Where backups go that nobody names a place for."""
    wanted = settings.backup.to
    return Path(wanted).expanduser().absolute() if wanted else settings.home / "backups"


def thin_out(place: Path, keep: int) -> list[Path]:
    """Leave only the newest of the archives that were named by their time; what was removed."""
    surplus = sorted(place.glob(_PATTERN))[: -max(1, keep)]
    for path in surplus:
        path.unlink()
    return surplus


def last_backup(home: Path) -> tuple[Path, datetime] | None:
    """Where and when the last one was made."""
    try:
        found = json.loads((home / _LAST).read_text("utf-8"))
    except FileNotFoundError:
        return None
    return Path(found["path"]), datetime.fromisoformat(found["created"])


def _remember(home: Path, path: Path, manifest: Manifest) -> None:
    told = {"path": str(path.absolute()), "created": manifest.created}
    write_whole(home / _LAST, json.dumps(told, ensure_ascii=False).encode("utf-8"))


@contextmanager
def _beside(path: Path) -> Iterator[zipfile.ZipFile]:
    """A ZIP that gets its name when all of it is on the disk."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".taizhang-", suffix=".part")
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as out:
            with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as archive:
                yield archive
            out.flush()
            os.fsync(out.fileno())
        # Accounts and decisions are in there: it stays readable by its owner alone.
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def _pack(archive: zipfile.ZipFile, connection: Connection, home: Path) -> Manifest:
    tables = {table.name: _pack_table(archive, connection, table) for table in transfer.tables()}
    # Bytes are kept before a row names them: all that the rows name are there by now.
    known = set(connection.scalars(select(FileRow.sha256)))
    packed: set[str] = set()
    size = 0
    for path in sorted((home / "files").glob("*/*/*")):
        written = _pack_file(archive, path)
        if written is not None:
            packed.add(path.name)
            size += written
    sites = {path.name: _pack_site(archive, path) for path in sorted(home.glob("sites/*.toml"))}
    manifest = Manifest(
        FORMAT,
        version("taizhang"),
        transfer.revision(),
        datetime.now(UTC).isoformat(timespec="seconds"),
        tables,
        len(packed),
        size,
        sites,
        tuple(sorted(known - packed)),
    )
    archive.writestr(MANIFEST, manifest.to_json())
    return manifest


def _pack_table(archive: zipfile.ZipFile, connection: Connection, table: Table) -> Packed:
    digest, number = hashlib.sha256(), 0
    with archive.open(f"tables/{table.name}.jsonl", "w", force_zip64=True) as out:
        for row in transfer.rows(connection, table):
            line = transfer.line(row)
            digest.update(line)
            out.write(line)
            number += 1
    return Packed(number, digest.hexdigest())


def _pack_file(archive: zipfile.ZipFile, path: Path) -> int | None:
    """Its size; None for what is no kept file, or whose bytes are not those of its name."""
    if path.name.startswith(".") or digest_of(path) != path.name:
        return None
    archive.write(path, f"files/{path.name[:2]}/{path.name[2:4]}/{path.name}")
    return path.stat().st_size


def _pack_site(archive: zipfile.ZipFile, path: Path) -> str:
    content = path.read_bytes()
    archive.writestr(f"sites/{path.name}", content)
    return hashlib.sha256(content).hexdigest()


def digest_of(path: Path) -> str:
    """SHA-256 of a file of any size."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
