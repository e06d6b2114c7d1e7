"""What runs by itself: only sites that are ready, at their hours, one run of a site at a time."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from flows.deployments import (
    DATABASE,
    OCR,
    POOL,
    deployments,
    limit_name,
    register,
    resource_limits,
    scheduled_sites,
    set_limits,
)
from flows.settings import BackupSettings, Settings, load

_SITE = """
title = "云岭省教育厅"
hosts = ["jyt.yunling.example"]
starts = ["https://jyt.yunling.example/tzgg/"]
schedule = "30 1 * * *"
[manners]
contact = "office@yunling.example"
"""

_ALWAYS = ("ingest", "upload", "batch", "re-extract", "backup", "digest")

pytestmark = pytest.mark.usefixtures("prefect")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "sites").mkdir()
    (tmp_path / "sites" / "yunling.toml").write_text(_SITE, "utf-8")
    return load(tmp_path, {})


def test_site_is_crawled_at_its_hours_and_never_twice_at_once(settings: Settings) -> None:
    found = {each.name: each for each in deployments(settings)}
    assert set(found) == {*_ALWAYS, "crawl-yunling"}
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

    assert set(register(settings)) == {*_ALWAYS, "crawl-yunling"}
    # Told twice, nothing is there twice.
    register(settings)
    with get_client(sync_client=True) as client:
        kept = client.read_deployment_by_name("taizhang-crawl/crawl-yunling")
        pool = client.read_work_pool(POOL)
    assert pool.type == "process"
    assert kept.work_pool_name == POOL
    assert kept.global_concurrency_limit is not None
    assert kept.global_concurrency_limit.limit == 1
    assert [each.schedule.cron for each in kept.schedules] == ["30 1 * * *"]


@pytest.mark.parametrize("lacking", ["schedule", "starts", "contact"])
def test_site_that_is_not_ready_is_left_out(settings: Settings, lacking: str) -> None:
    path = settings.home / "sites" / "yunling.toml"
    kept = [line for line in _SITE.splitlines() if not line.startswith(lacking)]
    path.write_text("\n".join(kept), "utf-8")
    assert scheduled_sites(settings.home) == []
    assert {each.name for each in deployments(settings)} == set(_ALWAYS)


def test_hosts_and_resources_have_their_slots(settings: Settings) -> None:
    wanted = {limit_name("jyt.yunling.example"), OCR, DATABASE}
    assert set(set_limits(settings)) == wanted
    assert set(set_limits(settings)) == wanted
    from prefect.client.orchestration import get_client

    with get_client(sync_client=True) as client:
        slots = {
            name: client._client.get(f"/v2/concurrency_limits/{name}").json()["limit"]
            for name in wanted
        }
    assert slots[limit_name("jyt.yunling.example")] == 1
    assert slots[DATABASE] == 1
    assert slots[OCR] == (os.cpu_count() or 1)


def test_database_server_has_several_writers(settings: Settings) -> None:
    server = replace(settings, database="postgresql+psycopg://h/d")
    assert resource_limits(server)[DATABASE] > 1


def test_every_deployment_is_found_by_a_worker_anywhere(settings: Settings) -> None:
    from prefect.utilities.importtools import import_object

    for each in deployments(settings):
        assert each.entrypoint is not None
        assert ":" not in each.entrypoint
        assert callable(import_object(each.entrypoint))


def test_backup_has_the_hours_that_are_set(settings: Settings) -> None:
    assert _backup(settings) == []
    nightly = replace(settings, backup=BackupSettings(schedule="0 3 * * *"))
    assert _backup(nightly) == [("0 3 * * *", "Asia/Shanghai")]


def _backup(settings: Settings) -> list[tuple[str, str | None]]:
    found = next(each for each in deployments(settings) if each.name == "backup")
    return [(each.schedule.cron, each.schedule.timezone) for each in found.schedules or ()]
