"""Who does the batches of a backfill: processes of this machine, the workers of a Prefect work pool
on others, or a Dask cluster.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from corpus.model.errors import SettingsError
from flows.workers import Batch, Work, Workers

if TYPE_CHECKING:
    from prefect.client.schemas.objects import FlowRun

# Every batch of a kind when it is over, and whether it was done.
Runner = Callable[[str, Sequence[Batch]], Iterator[tuple[Batch, bool]]]

DEPLOYMENT = "taizhang-batch/batch"
_TICK = 1.0  # seconds between two looks at the runs of a work pool


def opened(name: str, work: Work, workers: int) -> AbstractContextManager[Runner]:
    """The runner of that name, ready for batches."""
    return RUNNERS[name](work, workers)


@contextmanager
def _processes(work: Work, workers: int) -> Iterator[Runner]:
    with Workers(work, workers) as pool:
        yield pool.each


@contextmanager
def _work_pool(work: Work, workers: int) -> Iterator[Runner]:
    """Each batch a run of the deployment, taken by whichever worker of its pool is free."""
    parameters = work.keywords  # type: ignore[attr-defined]

    def each(kind: str, batches: Sequence[Batch]) -> Iterator[tuple[Batch, bool]]:
        from prefect.client.orchestration import get_client

        runs = {
            str(run.id): batch
            for batch in batches
            for run in [_submitted({"kind": kind, "batch": batch, **parameters})]
        }
        with get_client(sync_client=True) as client:
            while runs:
                for number in list(runs):
                    state = client.read_flow_run(number).state  # type: ignore[arg-type]
                    if state is not None and state.is_final():
                        yield runs.pop(number), state.is_completed()
                time.sleep(_TICK)

    yield each


def _submitted(parameters: Mapping[str, Any]) -> FlowRun:
    from prefect.deployments import run_deployment
    from prefect.exceptions import ObjectNotFound

    try:
        run: Any = run_deployment(
            DEPLOYMENT, parameters=dict(parameters), timeout=0, as_subflow=False
        )
    except ObjectNotFound as error:
        raise SettingsError(
            f"Prefect 服务器上没有部署 {DEPLOYMENT}，请先部署到工作池",
            f"Prefect's server knows no deployment {DEPLOYMENT}; deploy it to a work pool first",
        ) from error
    found: FlowRun = run
    return found


@contextmanager
def _dask(work: Work, workers: int) -> Iterator[Runner]:
    if find_spec("prefect_dask") is None:
        raise SettingsError(
            "未安装 prefect-dask，请运行 pip install 'taizhang[dask]'，或不用 --runner dask",
            "prefect-dask is not installed: pip install 'taizhang[dask]', or leave --runner out",
        )
    from prefect import flow, task
    from prefect_dask import DaskTaskRunner

    runner = DaskTaskRunner(cluster_kwargs={"n_workers": workers, "threads_per_worker": 1})

    @task(task_run_name="{kind} batch")
    def do(kind: str, batch: Batch) -> None:
        work(kind, batch)

    @flow(name="taizhang-dask", task_runner=runner, validate_parameters=False)
    def run(kind: str, batches: Sequence[Batch]) -> list[bool]:
        futures = [do.submit(kind, batch) for batch in batches]
        for future in futures:
            future.wait()
        return [future.state.is_completed() for future in futures]

    def each(kind: str, batches: Sequence[Batch]) -> Iterator[tuple[Batch, bool]]:
        yield from zip(batches, run(kind, batches), strict=True)

    yield each


RUNNERS: dict[str, Callable[[Work, int], AbstractContextManager[Runner]]] = {
    "processes": _processes,
    "pool": _work_pool,
    "dask": _dask,
}
