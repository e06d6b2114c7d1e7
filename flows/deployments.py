"""What Prefect runs by itself or by name: ``ingest`` for uploads, and ``crawl-SITE`` for every site
that is ready, at its hours (30 1 * * *, time of the site), never two of one site at once.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from corpus.sources.site import Site
from corpus.sources.site_file import known_sites, load_site
from flows.settings import Settings

if TYPE_CHECKING:
    from prefect import Flow
    from prefect.deployments.runner import RunnerDeployment


def scheduled_sites(home: Path) -> list[Site]:
    """The sites that can be crawled without anybody there: lists, a contact and a schedule set."""
    sites = [load_site(name, home) for name in known_sites(home)]
    return [site for site in sites if site.starts and site.manners.contact and site.schedule]


def deployments(settings: Settings) -> list[RunnerDeployment]:
    """All deployments of a library, for ``prefect.serve`` or a work pool."""
    from flows.pipeline import pipeline

    library = {"home": str(settings.home), "store_url": settings.database}
    ingest = _made(
        pipeline,
        name="ingest",
        parameters=library,
        tags=["taizhang"],
        description="文件入库：解析、抽取、比对。 Take files into the library.",
    )
    return [ingest, *(_crawl(site, library) for site in scheduled_sites(settings.home))]


def limit_name(host: str) -> str:
    """The name of the limit by which all workers together ask a host one thing at a time."""
    return f"host-{host.replace(':', '-')}"


def set_limits(settings: Settings) -> list[str]:
    """Tell Prefect's server of one slot for each host; the names of the limits."""
    from prefect.client.orchestration import get_client
    from prefect.utilities.asyncutils import run_coro_as_sync

    hosts = sorted({host for site in scheduled_sites(settings.home) for host in site.hosts})
    names = [limit_name(host) for host in hosts]

    async def tell() -> None:
        async with get_client() as client:
            for name in names:
                await client.upsert_global_concurrency_limit_by_name(name, 1)

    run_coro_as_sync(tell())
    return names


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
        tags=["taizhang", f"site:{site.name}"],
        description=f"抓取{site.title}。 Crawl this site.",
    )


def _made(flow: Flow[..., Any], **options: Any) -> RunnerDeployment:
    """Prefect declares that this may be awaited; outside of an event loop it never is."""
    return cast("RunnerDeployment", flow.to_deployment(**options))
