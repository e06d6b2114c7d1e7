"""Orchestration of publishing: what the run came to, as artifacts to look at in Prefect."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from prefect import task
from prefect.artifacts import create_markdown_artifact, create_table_artifact

from corpus.store import open_store
from corpus.store.records import Outcome
from corpus.works import tells_nothing
from flows.outcome import RESULT_ZH, STAGE_ZH, reconciliation


@task(task_run_name="publish run {run_id}")
def publish(run_id: int, outcomes: Sequence[Outcome], store_url: str) -> None:
    """Close the run in the library and leave a table of outcomes and a summary."""
    with open_store(store_url) as store:
        store.finish_run(run_id, outcomes)
        found = [c for c in store.comparisons() if not tells_nothing(c.comparison, copies=c.copies)]
    create_table_artifact(
        key="outcomes", table=[_row(outcome) for outcome in outcomes], description="每份文件的结果"
    )
    kinds = Counter(change.kind.value for each in found for change in each.comparison.changes)
    lines = [
        f"# 第 {run_id} 次运行",
        reconciliation(outcomes),
        "",
        "| 变化 | 项数 |",
        "| --- | --- |",
        *(f"| {kind} | {number} |" for kind, number in sorted(kinds.items())),
    ]
    create_markdown_artifact(key="summary", markdown="\n".join(lines), description="运行小结")


def _row(outcome: Outcome) -> dict[str, str]:
    return {
        "文件": outcome.source,
        "结果": RESULT_ZH[outcome.result],
        "环节": STAGE_ZH[outcome.stage] if outcome.stage else "",
        "页": str(outcome.page or ""),
        "说明": outcome.reason or ("未变动" if outcome.unchanged else ""),
    }
