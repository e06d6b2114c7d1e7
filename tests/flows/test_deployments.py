"""What runs by itself: only sites that are ready, at their hours, one run of a site at a time."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.deployments import deployments, limit_name, scheduled_sites, set_limits
from flows.settings import Settings, load

_SITE = """
title = "云岭省教育厅"
hosts = ["jyt.yunling.example"]
starts = ["https://jyt.yunling.example/tzgg/"]
schedule = "30 1 * * *"
[manners]
contact = "office@yunling.example"
"""

pytestmark = pytest.mark.usefixtures("prefect")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "sites").mkdir()
    (tmp_path / "sites" / "yunling.toml").write_text(_SITE, "utf-8")
    return load(tmp_path, {})


def test_site_is_crawled_at_its_hours_and_never_twice_at_once(settings: Settings) -> None:
    found = {each.name: each for each in deployments(settings)}
    assert set(found) == {"ingest", "crawl-yunling"}
    crawl = found["crawl-yunling"]
    assert crawl.schedules is not None
    (schedule,) = crawl.schedules
    assert (schedule.schedule.cron, schedule.schedule.timezone) == (
        "30 1 * * *", "Asia/Shanghai")  # fmt: skip
    assert crawl.concurrency_limit == 1
    assert crawl.concurrency_options is not None
    assert crawl.concurrency_options.collision_strategy.value == "CANCEL_NEW"
    assert crawl.parameters == {
        "name": "yunling", "home": str(settings.home), "store_url": settings.database}  # fmt: skip
    assert found["ingest"].schedules in (None, [])


def test_server_takes_the_deployment_as_it_is(settings: Settings) -> None:
    from prefect.client.orchestration import get_client

    crawl = next(d for d in deployments(settings) if d.name == "crawl-yunling")
    deployment_id = crawl.apply()
    with get_client(sync_client=True) as client:
        kept = client.read_deployment(deployment_id)
    assert kept.global_concurrency_limit is not None
    assert kept.global_concurrency_limit.limit == 1
    assert [each.schedule.cron for each in kept.schedules] == ["30 1 * * *"]


@pytest.mark.parametrize("lacking", ["schedule", "starts", "contact"])
def test_site_that_is_not_ready_is_left_out(settings: Settings, lacking: str) -> None:
    path = settings.home / "sites" / "yunling.toml"
    kept = [line for line in _SITE.splitlines() if not line.startswith(lacking)]
    path.write_text("\n".join(kept), "utf-8")
    assert scheduled_sites(settings.home) == []
    assert [each.name for each in deployments(settings)] == ["ingest"]


def test_each_host_has_one_slot(settings: Settings) -> None:
    assert set_limits(settings) == [limit_name("jyt.yunling.example")]
    assert set_limits(settings) == [limit_name("jyt.yunling.example")]
    from prefect.client.orchestration import get_client

    with get_client(sync_client=True) as client:
        answer = client._client.get("/v2/concurrency_limits/host-jyt.yunling.example")
    assert answer.json()["limit"] == 1
