"""What happened to each document in a run: every file taken in is done, partial or failed."""

from __future__ import annotations

import logging
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

from corpus.model.errors import PolicyError
from corpus.store import Store
from corpus.store.claims import ClaimLostError
from corpus.store.records import Outcome, Result, Stage, StageRecord
from flows.progress import counted

_log = logging.getLogger(__name__)
_TICK = 0.2  # seconds between two looks at what another worker is at

RESULT_ZH = {Result.DONE: "完成", Result.PARTIAL: "部分", Result.FAILED: "失败"}
STAGE_ZH = {
    Stage.INGEST: "入库",
    Stage.PARSE: "解析",
    Stage.EXTRACT: "抽取",
    Stage.COMPARE: "比对",
}
# Without these there is no ledger at all.
_NEEDED = (Stage.INGEST, Stage.PARSE, Stage.EXTRACT)


@dataclass(frozen=True, slots=True)
class Step:
    """One stage of one file in this run; ``unchanged`` where it had been done before."""

    record: StageRecord
    unchanged: bool = False

    @property
    def failed(self) -> bool:
        """True where the next stage has nothing to work on."""
        return self.record.result is Result.FAILED


@dataclass(frozen=True, slots=True)
class Key:
    """What was done to which bytes by which version."""

    sha256: str
    stage: Stage
    version: str

    def record(
        self,
        started: datetime,
        result: Result = Result.DONE,
        *,
        reason: str | None = None,
        page: int | None = None,
        settled: bool = True,
    ) -> StageRecord:
        """The record that the stage is over by now."""
        now = datetime.now(UTC)
        return StageRecord(
            self.sha256,
            self.stage,
            self.version,
            result,
            started,
            now,
            settled=settled,
            reason=reason,
            page=page,
        )


def once(store: Store, key: Key, work: Callable[[datetime], StageRecord]) -> Step:
    """Do ``work`` unless it has been done, waiting for another worker that is at it."""
    while (step := attempt(store, key, work)) is None:
        time.sleep(_TICK)
    return step


def each_once(
    store: Store, keys: Sequence[Key], work: Callable[[Key, datetime], StageRecord]
) -> dict[str, Step]:
    """``work`` for every file, by SHA-256; those that another worker is at come last."""
    steps: dict[str, Step] = {}
    waiting = deque(keys)
    with store.claims.renewed():
        # Counted by what is done, in whatever order that comes.
        for _ in counted(keys[0].stage, keys) if keys else ():
            passed = 0
            while (step := attempt(store, waiting[0], partial(work, waiting[0]))) is None:
                waiting.rotate(-1)
                passed += 1
                if passed % len(waiting) == 0:
                    time.sleep(_TICK)
            steps[waiting.popleft().sha256] = step
    return steps


def attempt(store: Store, key: Key, work: Callable[[datetime], StageRecord]) -> Step | None:
    """Do ``work`` unless it has been done, and make a failure a record; None where another worker
    is at it.

    What the file itself is to blame for is settled: it would fail again. Any other error is
    tried again in the next run, and goes to the log with its traceback.
    """
    known = store.stage(key.sha256, key.stage, key.version)
    if known is not None:
        return Step(known, unchanged=True)
    if not store.claims.take(key.sha256, key.stage):
        return None
    try:
        # Between the look and the claim another may have come to its end.
        known = store.stage(key.sha256, key.stage, key.version)
        return Step(known, unchanged=True) if known else Step(_done(store, key, work))
    except ClaimLostError:
        _log.warning("%s of %s: taken over by another worker", key.stage, key.sha256)
        return None
    finally:
        store.claims.release(key.sha256, key.stage)


def _done(store: Store, key: Key, work: Callable[[datetime], StageRecord]) -> StageRecord:
    started = datetime.now(UTC)
    try:
        return work(started)
    except ClaimLostError:
        raise
    except PolicyError as error:
        record = key.record(started, Result.FAILED, reason=str(error))
    except Exception as error:
        _log.exception("%s of %s", key.stage, key.sha256)
        reason = f"程序出错 | internal error: {type(error).__name__}: {error}"
        record = key.record(started, Result.FAILED, reason=reason, settled=False)
    store.save_stage(record)
    return record


def outcome(source: str, sha256: str, document_id: str | None, steps: Sequence[Step]) -> Outcome:
    """Of all stages of one file: the first that failed or fell short says why."""
    short = [step.record for step in steps if step.record.result is not Result.DONE]
    lost = any(step.failed and step.record.stage in _NEEDED for step in steps)
    first = short[0] if short else None
    return Outcome(
        source,
        Result.FAILED if lost else Result.PARTIAL if short else Result.DONE,
        sha256,
        document_id,
        stage=first.stage if first else None,
        reason=first.reason if first else None,
        page=first.page if first else None,
        unchanged=bool(steps) and all(step.unchanged for step in steps),
    )


def counts(outcomes: Sequence[Outcome]) -> dict[Result, int]:
    """How many files came to which end."""
    return {result: sum(o.result is result for o in outcomes) for result in Result}


def reconciliation(outcomes: Sequence[Outcome]) -> str:
    """入库 9 = 完成 7 + 部分 1 + 失败 1, in both languages."""
    found = counts(outcomes)
    unchanged = sum(o.unchanged for o in outcomes)
    done, partial, failed = (found[result] for result in Result)
    return (
        f"共 {len(outcomes)} 份 = 完成 {done} + 部分 {partial} + 失败 {failed}"
        f"（其中未变动 {unchanged}）"
        f" | {len(outcomes)} taken in = {done} done + {partial} partial + {failed} failed"
        f" ({unchanged} unchanged)"
    )
