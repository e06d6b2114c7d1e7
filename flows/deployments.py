"""What Prefect runs by itself or by name: ``ingest`` and ``upload`` for files, ``batch`` of a
backfill, ``re-extract`` after new rules, ``backup``, ``digest``, and ``crawl-SITE`` for every site
that is ready, at its hours (30 1 * * *, time of the site), never two of one site at once.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from corpus.sources.site import Site
from corpus.sources.site_file import known_sites, load_site
from flows.settings import Settings
from flows.slots import DATABASE, OCR

if TYPE_CHECKING:
    from prefect import Flow
    from prefect.deployments.runner import RunnerDeployment

# The pool that workers on any machine take runs from.
POOL = "taizhang"
_WRITERS = 8


def scheduled_sites(home: Path) -> list[Site]:
    """The sites that can be crawled without anybody there: lists, a contact and a schedule set."""
    sites = [load_site(name, home) for name in known_sites(home)]
    return [site for site in sites if site.starts and site.manners.contact and site.schedule]


def deployments(settings: Settings) -> list[RunnerDeployment]:
    """All deployments of a library, for workers of the pool."""
    from flows.backfill import batch_flow
    from flows.pipeline import pipeline
    from flows.upload import upload_flow

    library = {"home": str(settings.home), "store_url": settings.database}
    ingest = _made(
        pipeline,
        name="ingest",
        parameters=library,
        description="文件入库：解析、抽取、比对。 Take files into the library.",
    )
    upload = _made(
        upload_flow,
        name="upload",
        parameters=library,
        description="网页上传的文件入库。 Take in what was uploaded.",
    )
    batch = _made(
        batch_flow,
        name="batch",
        parameters=library,
        description="补录的一批文件。 One batch of a backfill.",
    )
    sites = scheduled_sites(settings.home)
    return [
        ingest,
        upload,
        batch,
        _re_extract(library),
        _backup(settings),
        _digest(settings),
        *(_crawl(s, library) for s in sites),
    ]


def register(settings: Settings) -> list[str]:
    """Tell Prefect's server of the pool, the limits and all deployments; their names."""
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.actions import WorkPoolCreate
    from prefect.exceptions import ObjectAlreadyExists
    from prefect.workers.process import ProcessWorker

    template = ProcessWorker.get_default_base_job_template()
    with get_client(sync_client=True) as client, suppress(ObjectAlreadyExists):
        client.create_work_pool(
            WorkPoolCreate(name=POOL, type="process", base_job_template=template)
        )
    set_limits(settings)
    made = deployments(settings)
    for each in made:
        each.apply()
    return [each.name for each in made]


def limit_name(host: str) -> str:
    """The name of the limit by which all workers together ask a host one thing at a time."""
    return f"host-{host.replace(':', '-')}"


def set_limits(settings: Settings) -> list[str]:
    """Tell Prefect's server of one slot for each host, and how many may read scans or write to the
    database at once; the names of the limits."""
    from prefect.client.orchestration import get_client
    from prefect.utilities.asyncutils import run_coro_as_sync

    hosts = sorted({host for site in scheduled_sites(settings.home) for host in site.hosts})
    limits = {limit_name(host): 1 for host in hosts} | resource_limits(settings)

    async def tell() -> None:
        async with get_client() as client:
            for name, slots in limits.items():
                await client.upsert_global_concurrency_limit_by_name(name, slots)

    run_coro_as_sync(tell())
    return list(limits)


def resource_limits(settings: Settings) -> dict[str, int]:
    """Reading scans takes a processor each; SQLite has one writer, a server some more."""
    writers = 1 if settings.database.startswith("sqlite") else _WRITERS
    return {OCR: max(1, os.cpu_count() or 1), DATABASE: writers}


def _re_extract(library: dict[str, str]) -> RunnerDeployment:
    from flows.reextract import re_extract_flow

    return _made(
        re_extract_flow,
        name="re-extract",
        parameters=library,
        concurrency_limit=1,
        description="规则或模型更新后重新抽取受影响的文件。 Extract anew what new rules concern.",
    )


def _backup(settings: Settings) -> RunnerDeployment:
    from prefect.schedules import Cron

    from flows.backup_flow import backup_flow

    wanted = settings.backup
    return _made(
        backup_flow,
        name="backup",
        parameters={"home": str(settings.home), "store_url": settings.database},
        schedule=Cron(wanted.schedule, timezone=wanted.timezone) if wanted.schedule else None,
        concurrency_limit=1,
        description="备份整个台账库。 Back the whole library up.",
    )


def _digest(settings: Settings) -> RunnerDeployment:
    from prefect.schedules import Cron

    from flows.digest import digest_flow
    from flows.notify import ways

    wanted = settings.notify
    hours = Cron(wanted.digest, timezone=wanted.timezone) if wanted.digest else None
    can_send = bool(ways(wanted) or wanted.smtp_host)
    return _made(
        digest_flow,
        name="digest",
        parameters={"home": str(settings.home), "store_url": settings.database},
        schedule=hours if can_send else None,
        concurrency_limit=1,
        description="给订阅者发送摘要。 Send the digests that are due.",
    )


def _crawl(site: Site, library: dict[str, str]) -> RunnerDeployment:
    from prefect.client.schemas.objects import (
        ConcurrencyLimitConfig,
        ConcurrencyLimitStrategy,
    )
    from prefect.schedules import Cron

    from flows.crawl import crawl_flow

    return _made(
        crawl_flow,
        name=f"crawl-{site.name}",
        parameters={"name": site.name, **library},
        schedule=Cron(site.schedule, timezone=site.manners.timezone),
        # A run that is still going has the site; the next one is not worth waiting for it.
        concurrency_limit=ConcurrencyLimitConfig(
            limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW
        ),
        tags=[f"site:{site.name}"],
        description=f"抓取{site.title}。 Crawl this site.",
    )


def _made(flow: Flow[..., Any], *, tags: Sequence[str] = (), **options: Any) -> RunnerDeployment:
    """A deployment whose flow is found by its module, wherever the worker is installed.

    Prefect declares that this may be awaited; outside of an event loop it never is.
    """
    from prefect.types.entrypoint import EntrypointType

    made = flow.to_deployment(
        tags=["taizhang", *tags],
        work_pool_name=POOL,
        # Named, so that no run spends seconds on looking for packages that it might install.
        job_variables={"command": "python -m prefect.engine"},
        entrypoint_type=EntrypointType.MODULE_PATH,
        **options,
    )
    return cast("RunnerDeployment", made)
