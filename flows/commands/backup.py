"""``backup`` and ``restore``: the whole library in one archive, and back."""

from __future__ import annotations

from pathlib import Path

from corpus.model.errors import SettingsError
from flows.commands.bars import working
from flows.commands.output import note
from flows.settings import load
from flows.stack.record import is_up

_GOOD, _LOST = 0, 1


def back_up_to(to: Path | None, home: Path | None) -> int:
    """Write an archive; 1 where the library has lost files that it should have."""
    from flows.backup import back_up, folder

    settings = load(home)
    if not settings.has_library:
        raise SettingsError(
            f"{settings.home} 中还没有台账库", f"there is no library in {settings.home}"
        )
    place = to or folder(settings)
    if to is None:
        place.mkdir(parents=True, exist_ok=True)
    with working("备份 | backing up"):
        path, manifest = back_up(settings, place)
    documents = manifest.tables["documents"].rows
    note(
        f"已备份到 {path}：原件 {manifest.files}、文件 {documents}，{_size(path)}"
        f" | {manifest.files} files, {documents} documents"
    )
    if manifest.lost:
        note(
            f"缺失或损坏的原件 {len(manifest.lost)} 份"
            f" | files lost or damaged: {_some(manifest.lost)}"
        )
    return _LOST if manifest.lost else _GOOD


def restore_from(path: Path, home: Path | None, *, replace: bool, check: bool) -> None:
    """Put the archive back; with ``check`` only look whether all of it is as it was written."""
    from flows.restore import check_archive, restore

    settings = load(home)
    if not check and is_up(settings.home):
        raise SettingsError(
            f"{settings.home} 正在使用，请先停止 taizhang up 再恢复",
            f"{settings.home} is in use; stop `taizhang up` before restoring",
        )
    with working("核对并恢复 | checking and restoring"):
        manifest = check_archive(path) if check else restore(settings, path, replace=replace)
    documents = manifest.tables["documents"].rows
    done = "完好" if check else f"已恢复到 {settings.home}"
    note(
        f"{path} {done}：{manifest.created}，原件 {manifest.files}、文件 {documents}"
        f" | {manifest.files} files, {documents} documents"
    )


def _size(path: Path) -> str:
    return f"{path.stat().st_size / 2**20:.1f} MB"


def _some(lost: tuple[str, ...]) -> str:
    return ", ".join(lost[:3]) + (" …" if len(lost) > 3 else "")
