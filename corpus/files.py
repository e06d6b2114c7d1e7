"""Where the bytes of files are (files/3f/9a/3f9a…): under home, or in an object store that several
machines share, with those under home as a copy at hand.

An object store is named by a URL that fsspec knows: s3://bucket/files, file:///srv/files.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.intake import Intake, place, read, write_whole
from corpus.model.errors import SettingsError, UnreadableFile
from corpus.model.ids import fingerprint

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem


@dataclass(frozen=True)
class Files:
    """The files of a library; without ``url`` all of them are under ``home``."""

    home: Path
    url: str = ""

    def take(self, path: Path) -> Intake:
        """Keep a copy of the file by its hash; one that is there already is left alone."""
        content = read(path)
        sha256 = fingerprint(content)
        return Intake(path.name, sha256, len(content), self.keep(sha256, content))

    def keep(self, sha256: str, content: bytes) -> Path:
        """Keep bytes under their hash; the place of the copy at hand."""
        if self.url and not self._store.exists(self._key(sha256)):
            self._put(sha256, content)
        kept = place(self.home, sha256)
        if not kept.exists():
            write_whole(kept, content)
        return kept

    def read(self, sha256: str) -> bytes:
        """The bytes of that hash; fetched from the object store where they are not at hand."""
        return self.at_hand(sha256).read_bytes()

    def forget(self, sha256: str) -> None:
        """Nothing of it is kept any more, neither here nor in the object store."""
        if self.url and self._store.exists(self._key(sha256)):
            self._store.rm_file(self._key(sha256))
        place(self.home, sha256).unlink(missing_ok=True)

    def at_hand(self, sha256: str) -> Path:
        """A file of this machine that holds them."""
        kept = place(self.home, sha256)
        if not kept.exists() and self.url:
            try:
                content: bytes = self._store.cat_file(self._key(sha256))
            except FileNotFoundError as error:
                raise UnreadableFile(
                    sha256,
                    "missing",
                    zh=f"文件库 {self.url} 中没有这个文件",
                    en=f"it is not in the store of files {self.url}",
                ) from error
            if fingerprint(content) != sha256:
                raise UnreadableFile(
                    sha256,
                    "damaged",
                    zh=f"文件库 {self.url} 中的内容与指纹不符",
                    en=f"what {self.url} holds does not have this fingerprint",
                )
            write_whole(kept, content)
        return kept

    @cached_property
    def _place(self) -> tuple[AbstractFileSystem, str]:
        import fsspec

        try:
            store, root = fsspec.core.url_to_fs(self.url)
        except (ImportError, ValueError) as error:
            raise SettingsError(
                f"无法使用文件库 {self.url}，请检查设置 files（{error}）",
                f"can't use the store of files {self.url}; check the setting 'files' ({error})",
            ) from error
        return store, root.rstrip("/")

    @property
    def _store(self) -> AbstractFileSystem:
        return self._place[0]

    def _key(self, sha256: str) -> str:
        return f"{self._place[1]}/{sha256[:2]}/{sha256[2:4]}/{sha256}"

    def _put(self, sha256: str, content: bytes) -> None:
        """All of it or nothing: object stores do so by themselves, a folder by renaming."""
        key = self._key(sha256)
        if "file" in (self._store.protocol, *self._store.protocol):
            write_whole(Path(key), content)
            return
        self._store.makedirs(key.rpartition("/")[0], exist_ok=True)
        self._store.pipe_file(key, content)
