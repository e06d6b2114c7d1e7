"""``ingest``: the whole flow over files and folders, with what became of each file."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.intake import files_in
from corpus.model.errors import UnreadableFile
from flows.commands.bars import bars, working
from flows.commands.output import deliver, note
from flows.settings import load, prepare_prefect

if TYPE_CHECKING:
    from corpus.store.records import Outcome

_ALL_DONE, _SOME_SHORT, _NONE_READ = 0, 1, 2


def ingest_paths(paths: Sequence[Path], home: Path | None) -> int:
    """Run the flow; 0 if everything is done, 1 if something fell short, 2 if nothing was read."""
    settings = load(home)
    files = files_in(paths)
    if not files:
        raise UnreadableFile(
            "、".join(str(path) for path in paths),
            "empty_folder",
            zh="文件夹中没有文件",
            en="there is no file in the folder",
        )
    prepare_prefect(settings)
    with working("启动 Prefect 本地服务 | starting Prefect's local API"):
        from flows.pipeline import run
    with bars():
        outcomes = run([str(file) for file in files], str(settings.home), settings.database)
    return tell_outcomes(outcomes)


def tell_outcomes(outcomes: Sequence[Outcome]) -> int:
    """A line for every file, and how they add up; the status of the command."""
    from corpus.store.records import Result
    from flows.outcome import RESULT_ZH, reconciliation
    from outputs.exports.grid import Grid

    grid = Grid(("文件", 40), ("结果", 6), ("说明", 0))
    for outcome in outcomes:
        grid.add(outcome.source, RESULT_ZH[outcome.result], _why(outcome))
    width = max(80, shutil.get_terminal_size().columns)
    deliver(("\n".join(grid.lines(width)) + "\n").encode("utf-8", "replace"), None)
    note(reconciliation(outcomes))
    results = {outcome.result for outcome in outcomes}
    if results == {Result.FAILED}:
        return _NONE_READ
    return _ALL_DONE if results == {Result.DONE} else _SOME_SHORT


def _why(outcome: Outcome) -> str:
    from flows.outcome import STAGE_ZH

    if outcome.reason and outcome.stage:
        before = "（未变动）" if outcome.unchanged else ""
        # The name stands in the first column; the English half goes to the run's record.
        chinese = outcome.reason.split(" | ", 1)[0].removeprefix(f"{outcome.source}：")
        return f"{before}{STAGE_ZH[outcome.stage]}：{chinese}"
    return "未变动，无需重做" if outcome.unchanged else ""
