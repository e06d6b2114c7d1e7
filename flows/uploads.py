"""What the web application and a run of its uploads tell each other, both ways: files by name and
hash, the progress of a stage (解析 parse 3/10), the outcome of every file as a row of a table."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from corpus.intake import place
from corpus.store.records import Outcome, Result, Stage

_PROGRESS = re.compile(r"(?P<stage>[a-z]+) (?P<done>\d+)/(?P<total>\d+)$")
_RESULTS = {Result.DONE: "完成", Result.PARTIAL: "部分", Result.FAILED: "失败"}


def linked(folder: Path, number: int, name: str, home: Path, sha256: str) -> str:
    """A link to the kept bytes, in a folder of its own, called as the file was."""
    if Path(name).name != name or name in ("", ".", ".."):
        raise ValueError(f"not the name of a file: {name!r}")
    path = folder / f"{number:04}" / name
    path.parent.mkdir()
    path.symlink_to(place(home, sha256).absolute())
    return str(path)


def progress(description: str) -> tuple[str, int, int] | None:
    """Stage, done and total of a report."""
    found = _PROGRESS.search(description)
    return (found["stage"], int(found["done"]), int(found["total"])) if found else None


def row(outcome: Outcome) -> dict[str, Any]:
    """For people; nothing of the outcome is lost."""
    return {
        "文件": outcome.source,
        "结果": _RESULTS[outcome.result],
        "环节": outcome.stage.value if outcome.stage else "",
        "页": outcome.page or "",
        "说明": outcome.reason or "",
        "未变动": outcome.unchanged,
        "文件编号": outcome.document_id or "",
        "SHA-256": outcome.sha256 or "",
    }


def outcome(row: Mapping[str, Any]) -> Outcome:
    """What ``row`` was given."""
    results = {word: result for result, word in _RESULTS.items()}
    return Outcome(
        row["文件"],
        results[row["结果"]],
        row["SHA-256"] or None,
        row["文件编号"] or None,
        stage=Stage(row["环节"]) if row["环节"] else None,
        reason=row["说明"] or None,
        page=row["页"] or None,
        unchanged=row["未变动"],
    )
