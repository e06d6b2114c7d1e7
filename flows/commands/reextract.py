"""``re-extract``: after new rules or another model, only what is concerned, with a report."""

from __future__ import annotations

from pathlib import Path

from corpus.model.errors import SettingsError
from flows.commands.bars import bars, working
from flows.commands.output import deliver, note
from flows.settings import load, prepare_prefect

_GOOD, _SHORT = 0, 1


def re_extract_library(
    home: Path | None, format: str, out: Path | None, *, dry_run: bool, last: bool
) -> int:
    """The report; 1 where a document could not be read anew."""
    from outputs.exports import export_reextraction

    settings = load(home)
    if not settings.has_library:
        raise SettingsError(
            f"{settings.home} 中还没有台账库", f"there is no library in {settings.home}"
        )
    prepare_prefect(settings)
    with working("启动 Prefect 本地服务 | starting Prefect's local API"):
        from flows import reextract
    if last:
        report = reextract.last(settings.home)
        if report is None:
            raise SettingsError("还没有重新抽取过", "nothing was extracted anew yet")
    else:
        with bars():
            report = reextract.run(str(settings.home), settings.database, dry_run=dry_run)
    deliver(export_reextraction(report, format), out)
    if report.dry:
        note("试算：台账未改动 | dry run: no ledger was changed")
    return _SHORT if report.failed else _GOOD
