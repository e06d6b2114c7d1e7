"""``backfill``: many files into the library by many hands, with what became of each."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from corpus.intake import files_in
from corpus.model.errors import SettingsError
from flows.commands.bars import bars, working
from flows.commands.ingest import tell_outcomes
from flows.settings import load, prepare_prefect


def backfill_paths(
    paths: Sequence[Path],
    home: Path | None,
    *,
    listed: Path | None,
    workers: int,
    batch: int,
    runner: str,
) -> int:
    """Run the flow; the status is that of ``ingest``."""
    settings = load(home)
    named = [*paths, *(_listed(listed) if listed else ())]
    files = files_in(named)
    if not files:
        raise SettingsError(
            "没有要补录的文件，请给出文件、文件夹或清单",
            "there is nothing to take in: name files, folders or a list",
        )
    prepare_prefect(settings)
    with working("启动 Prefect 本地服务 | starting Prefect's local API"):
        from flows.backfill import backfill
    with bars():
        outcomes = backfill(
            [str(file) for file in files], str(settings.home), settings.database,
            workers=workers, batch=batch, runner=runner,
        )  # fmt: skip
    return tell_outcomes(outcomes)


def _listed(path: Path) -> list[Path]:
    """The paths that stand in a file, one a line; they count from its folder."""
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except (OSError, ValueError) as error:
        raise SettingsError(
            f"无法读取清单 {path}：{error}", f"can't read the list {path}: {error}"
        ) from error
    return [path.parent / line.strip() for line in lines if line.strip()]
