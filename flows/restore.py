"""A library back out of an archive, onto SQLite or PostgreSQL. The whole of the archive is checked
before anything is written; nothing of it stays where something goes wrong."""

from __future__ import annotations

import hashlib
import json
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from sqlalchemy import Connection

from corpus.intake import place, write_whole
from corpus.store import transfer
from corpus.store.engine import connect
from flows.backup import CHUNK, FORMAT, MANIFEST, BackupError, Manifest, Packed
from flows.settings import Settings


def restore(settings: Settings, path: Path, *, replace: bool = False) -> Manifest:
    """Put everything back; BackupError where the library is not empty and not to be replaced, or
    where anything in the archive is not what it says of itself."""
    with _opened(path) as archive:
        manifest = verified(archive, path)
        engine = connect(settings.database)
        try:
            if not replace and not transfer.is_empty(engine):
                raise BackupError(
                    f"{settings.home} 的台账库不是空的；确要覆盖请加 --replace",
                    f"the library of {settings.home} is not empty; --replace overwrites it",
                )
            written: list[Path] = []
            try:
                _unpack_files(archive, settings.home, written)
                with engine.begin() as connection:
                    _unpack_tables(archive, connection, manifest, path)
            except BaseException:
                for each in written:
                    each.unlink(missing_ok=True)
                raise
        finally:
            engine.dispose()
    return manifest


def check_archive(path: Path) -> Manifest:
    """What an archive holds, if all of it is as it was written."""
    with _opened(path) as archive:
        return verified(archive, path)


def verified(archive: zipfile.ZipFile, path: Path) -> Manifest:
    """Its manifest, after everything was read and found as it says."""
    manifest = _manifest(archive, path)
    expected = {MANIFEST, *(f"sites/{name}" for name in manifest.sites)}
    for name, packed in manifest.tables.items():
        expected.add(entry := f"tables/{name}.jsonl")
        rows, digest = _measured(archive, entry, path)
        if (rows, digest) != (packed.rows, packed.sha256):
            raise _damaged(path, entry)
    files = [name for name in archive.namelist() if name.startswith("files/")]
    for entry in files:
        if _measured(archive, entry, path)[1] != entry.rpartition("/")[2]:
            raise _damaged(path, entry)
    for name, digest in manifest.sites.items():
        if _measured(archive, f"sites/{name}", path)[1] != digest:
            raise _damaged(path, name)
    if len(files) != manifest.files or set(archive.namelist()) - set(files) != expected:
        raise _damaged(path, "内容与清单不符 contents differ from the manifest")
    return manifest


def _manifest(archive: zipfile.ZipFile, path: Path) -> Manifest:
    try:
        found = json.loads(archive.read(MANIFEST))
        tables = {name: Packed(**each) for name, each in found.pop("tables").items()}
        manifest = Manifest(**{**found, "tables": tables, "lost": tuple(found["lost"])})
    except (KeyError, TypeError, ValueError, zipfile.BadZipFile, zlib.error) as error:
        raise _damaged(path, MANIFEST) from error
    if manifest.format != FORMAT:
        raise BackupError(
            f"{path} 的格式为 {manifest.format}，程序只认识 {FORMAT}",
            f"{path} is of the format {manifest.format}; this program knows {FORMAT}",
        )
    if manifest.revision > transfer.revision():
        raise BackupError(
            f"{path} 由更新的版本 {manifest.program} 备份，请先升级程序",
            f"{path} was made by the newer version {manifest.program}; upgrade first",
        )
    if strange := manifest.tables.keys() - {table.name for table in transfer.tables()}:
        raise BackupError(
            f"{path} 中有程序不认识的数据表：{'、'.join(sorted(strange))}",
            f"{path} holds tables that this program does not know: {', '.join(sorted(strange))}",
        )
    return manifest


def _unpack_files(archive: zipfile.ZipFile, home: Path, written: list[Path]) -> None:
    for entry in archive.namelist():
        folder, _, name = entry.partition("/")
        if folder == "files":
            target = place(home, entry.rpartition("/")[2])
        elif folder == "sites":
            target = home / "sites" / Path(name).name
        else:
            continue
        if not target.exists():
            write_whole(target, archive.read(entry))
            written.append(target)


def _unpack_tables(
    archive: zipfile.ZipFile, connection: Connection, manifest: Manifest, path: Path
) -> None:
    transfer.clear(connection)
    for table in transfer.tables():
        if table.name not in manifest.tables:
            continue  # of a later revision; what it holds is made anew or begins empty
        with archive.open(f"tables/{table.name}.jsonl") as lines:
            transfer.put(connection, table, _rows(lines))
        if transfer.count(connection, table) != manifest.tables[table.name].rows:
            raise _damaged(path, table.name)
    transfer.settle_numbers(connection)


def _rows(lines: IO[bytes]) -> Iterator[dict[str, Any]]:
    for line in lines:
        yield json.loads(line)


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        archive = zipfile.ZipFile(path)
    except FileNotFoundError as error:
        raise BackupError(f"没有备份文件 {path}", f"there is no backup {path}") from error
    except (OSError, zipfile.BadZipFile) as error:
        raise _damaged(path, str(error)) from error
    with archive:
        yield archive


def _measured(archive: zipfile.ZipFile, entry: str, path: Path) -> tuple[int, str]:
    """Lines and SHA-256 of an entry."""
    digest, lines = hashlib.sha256(), 0
    try:
        with archive.open(entry) as content:
            while chunk := content.read(CHUNK):
                digest.update(chunk)
                lines += chunk.count(b"\n")
    except (KeyError, EOFError, OSError, zipfile.BadZipFile, zlib.error) as error:
        raise _damaged(path, entry) from error
    return lines, digest.hexdigest()


def _damaged(path: Path, what: str) -> BackupError:
    return BackupError(
        f"备份 {path} 已损坏或不完整（{what}），没有改动台账库；请换用另一份备份",
        f"the backup {path} is damaged or not complete ({what}); the library is as it was, use "
        "another backup",
    )
