"""Whether everything is there that the work needs (体检): programs, settings, database, sites, what
runs beside them, and how large the library is. Nothing is changed and no site is asked.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from corpus.model.errors import PolicyError
from flows.doctor_services import backups, database, notices, programs
from flows.health import Check, State
from flows.settings import Settings

__all__ = ["Check", "State", "diagnose"]

_NEEDED = ("spacy", "jieba", "lxml", "pdfplumber", "prefect", "httpx", "protego")
_OCR = ("rapidocr", "onnxruntime", "cv2")
_LEAST_FREE = 2**30


def diagnose(settings: Settings) -> list[Check]:
    """Everything in order: what is installed, configured, reachable, and how large it is."""
    checks: tuple[Callable[[Settings], Iterator[Check]], ...] = (
        _programs,
        _optional,
        _home,
        _library,
        _sites,
        database,
        programs,
        backups,
        notices,
    )
    return [found for check in checks for found in check(settings)]


def _programs(_settings: Settings) -> Iterator[Check]:
    python = ".".join(map(str, sys.version_info[:3]))
    yield Check("程序 program", State.GOOD, f"taizhang {version('taizhang')}, Python {python}")
    missing = [name for name in _NEEDED if find_spec(name) is None]
    yield Check(
        "必需组件 packages",
        State.BAD if missing else State.GOOD,
        f"缺少 missing: {', '.join(missing)}" if missing else "齐全 all there",
    )


def _optional(_settings: Settings) -> Iterator[Check]:
    from corpus.parse.office import program

    missing = [name for name in _OCR if find_spec(name) is None]
    yield Check(
        "扫描件识别 OCR",
        State.LACKING if missing else State.GOOD,
        f"未安装 not installed: {', '.join(missing)}" if missing else "已安装 installed",
    )
    office = program()
    yield Check(
        "旧版 Office 文件 LibreOffice",
        State.GOOD if office else State.LACKING,
        office or "未安装 not installed",
    )
    yield _model()


def _model() -> Check:
    from extractors.learned.installed import installed

    try:
        return Check("抽取模型 model", State.GOOD, installed().rule)
    except PolicyError as error:
        return Check("抽取模型 model", State.LACKING, str(error))


def _home(settings: Settings) -> Iterator[Check]:
    """The nearest folder that is there tells whether and how much can be written."""
    place = next(path for path in (settings.home, *settings.home.parents) if path.exists())
    free = shutil.disk_usage(place).free
    yield Check(
        "磁盘 disk",
        State.GOOD if free >= _LEAST_FREE else State.BAD,
        f"{settings.home}，剩余 free {free / 2**30:.1f} GB",
    )


def _library(settings: Settings) -> Iterator[Check]:
    from corpus.store import open_store

    if not settings.has_library:
        yield Check("台账库 library", State.LACKING, "还没有 none yet; taizhang ingest")
        return
    try:
        with open_store(settings.database) as store:
            sizes, runs = store.sizes(), store.runs()
    except PolicyError as error:
        yield Check("台账库 library", State.BAD, str(error))
        return
    yield Check(
        "台账库 library",
        State.GOOD,
        f"原件 {sizes['files']}、文件 {sizes['documents']}、任务 {sizes['commitments']}、"
        f"抓取记录 {sizes['crawl_events']} | {sizes['files']} files, {sizes['documents']} "
        f"documents, {sizes['commitments']} commitments, {sizes['crawl_events']} looks",
    )
    yield Check("占用 size", State.GOOD, f"{_bytes(settings.home) / 2**20:.1f} MB")
    open_runs = [run.id for run in runs if run.finished is None]
    if open_runs:
        yield Check(
            "未结束的运行 unfinished runs",
            State.LACKING,
            f"{len(open_runs)}：正在进行，或曾中断；再次入库会接着做"
            " | under way or broken off; the next run goes on",
        )


def _sites(settings: Settings) -> Iterator[Check]:
    from corpus.sources.site_file import known_sites, load_site

    for name in known_sites(settings.home):
        try:
            site = load_site(name, settings.home)
        except PolicyError as error:
            yield Check(f"站点 site {name}", State.BAD, str(error))
            continue
        settings_of = {
            "starts": site.starts,
            "manners.contact": site.manners.contact,
            "schedule": site.schedule,
        }
        lacks = [key for key, value in settings_of.items() if not value]
        yield Check(
            f"站点 site {name}",
            State.LACKING if lacks else State.GOOD,
            f"未设置 not set: {', '.join(lacks)}" if lacks else f"{site.title}，{site.schedule}",
        )


def _bytes(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
