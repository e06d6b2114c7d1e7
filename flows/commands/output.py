"""Where a command's result goes: standard output, or a file that is written whole or not at all."""

from __future__ import annotations

import sys
from pathlib import Path

from corpus.model.errors import SettingsError

_BINARY = frozenset({"xlsx", "docx"})


def chosen(format: str | None, out: Path | None, known: tuple[str, ...]) -> str:
    """The format asked for, else the one the file's name says, else a table."""
    if format is not None:
        return format
    ending = out.suffix.lower().removeprefix(".") if out else ""
    return ending if ending in known else "table"


def check(format: str, out: Path | None) -> None:
    """Refuse what can't be delivered before any work is done."""
    if out is not None and out.is_dir():
        raise SettingsError(
            f"输出位置 {out} 是文件夹，请给出文件名", f"{out} is a folder; name a file to write to"
        )
    if out is None and format in _BINARY and sys.stdout.isatty():
        raise SettingsError(
            f"{format} 不能显示在终端，请用 -o 指定输出文件",
            f"{format} can't be shown on a terminal; name a file with -o",
        )


def deliver(content: bytes, out: Path | None) -> None:
    """Write the result; a file appears only when all of it is there."""
    if out is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    from corpus.intake import write_whole

    try:
        if out.exists() and not out.is_file():  # /dev/stdout, a named pipe
            out.write_bytes(content)
        else:
            write_whole(out, content)
    except OSError as error:
        raise SettingsError(
            f"无法写入 {out}（{error.strerror}），请检查路径和权限",
            f"can't write to {out} ({error.strerror}); check the path and its permissions",
        ) from error


def note(text: str) -> None:
    """A line for the person, beside the result."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()
