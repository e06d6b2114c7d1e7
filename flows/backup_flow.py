"""The nightly backup as a run of Prefect: an archive with the time in its name, the newest kept."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from prefect import flow
from prefect.artifacts import create_markdown_artifact
from prefect.client.schemas.objects import State
from prefect.states import Completed

from flows.backup import back_up, folder, thin_out
from flows.notify_hooks import UNATTENDED
from flows.settings import load


@flow(name="taizhang-backup", validate_parameters=False, persist_result=False, **UNATTENDED)
def backup_flow(home: str, store_url: str) -> State[str]:
    """Back the library up to where the settings say."""
    settings = replace(load(Path(home)), database=store_url)
    to = folder(settings)
    to.mkdir(parents=True, exist_ok=True)
    path, manifest = back_up(settings, to)
    removed = thin_out(to, settings.backup.keep)
    lines = [
        f"# 备份 {path.name}",
        "",
        "| 项目 | 数量 |",
        "| --- | --- |",
        f"| 原件 files | {manifest.files} |",
        *(f"| {name} | {packed.rows} |" for name, packed in manifest.tables.items()),
        f"| 缺失的原件 files lost | {len(manifest.lost)} |",
        f"| 已清理的旧备份 removed | {len(removed)} |",
    ]
    create_markdown_artifact(key="backup", markdown="\n".join(lines), description="备份")
    # A library that has lost files is to be seen to, though all that is left is safe.
    return Completed(name="Incomplete" if manifest.lost else "Completed", data=str(path))
