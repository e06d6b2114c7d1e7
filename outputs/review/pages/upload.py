"""上传: files in, looked at, a run started, its progress, what came of it in plain words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import UploadFile

from corpus.model.review import RefusedError
from corpus.store.desk_records import Paper
from corpus.store.records import Outcome, Result, Stage
from outputs.review.access import Visitor
from outputs.review.gates import Form, TheSite, Uploader
from outputs.review.intake import Looked, chosen, forget, look_at, settled
from outputs.review.render import render
from outputs.review.runs import PAGES, Run, RunState, Upload
from outputs.review.site import Site

router = APIRouter()

STAGE_WORDS = {
    Stage.INGEST.value: "入库",
    Stage.PARSE.value: "解析",
    PAGES: "当前文件的页",
    Stage.EXTRACT.value: "抽取",
    Stage.COMPARE.value: "比对",
}
RUN_WORDS = {
    RunState.WAITING: "等待",
    RunState.RUNNING: "处理中",
    RunState.FINISHED: "完成",
    RunState.CANCELLED: "已停止",
    RunState.BROKEN: "出错",
}
RESULT_WORDS = {Result.DONE: "完成", Result.PARTIAL: "部分完成", Result.FAILED: "失败"}
# Nobody waits for more than this many runs of one day; older ones are in the library's own log.
_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Came:
    """What became of one file: why in plain words, and documents of the same 发文字号."""

    name: str
    outcome: Outcome
    reason: str
    paper: Paper | None
    same_number: tuple[Paper, ...]


@dataclass(frozen=True, slots=True)
class RunPage:
    """``stages`` has every stage, those not begun with nothing done of nothing."""

    run: Run
    stages: tuple[tuple[str, int, int], ...]
    came: tuple[Came, ...]
    counts: dict[Result, int]
    reason: str


@router.get("/upload")
def upload_page(request: Request, site: TheSite, visitor: Uploader) -> Response:
    """Where files are dropped, and the latest runs."""
    return _page(request, site, visitor, ())


@router.post("/upload")
def upload(request: Request, site: TheSite, visitor: Uploader, form: Form) -> Response:
    """Look at every file; start a run for those that are new."""
    files = [file for file in form.getlist("files") if isinstance(file, UploadFile)]
    files = [file for file in files if file.filename]
    if not files:
        raise RefusedError("请先选择文件", "choose some files first")
    if len(files) > site.options.files:
        most = site.options.files
        raise RefusedError(f"一次最多上传 {most} 份文件", f"at most {most} files at once")
    looked = _looked(site, files)
    if any(each.asks for each in looked):
        return _page(request, site, visitor, looked)
    uploads = chosen(looked)
    started = _started(site, visitor, uploads) if uploads else None
    if started is not None and len(uploads) == len(looked):
        return RedirectResponse(f"/runs/{started.id}", status_code=303)
    return _page(request, site, visitor, looked, started)


@router.post("/upload/start")
def start(request: Request, site: TheSite, visitor: Uploader, form: Form) -> Response:
    """What was chosen after a look: files that are there already, or that bear the number of one
    that is."""
    files = [each for each in form.getlist("file") if isinstance(each, str)][: site.options.files]
    choices = {n.removeprefix("do-"): v for n, v in form.items() if isinstance(v, str)}
    taken, left = settled(site.library, files, choices)
    wanted = {upload.sha256 for run in site.runs.all() for upload in run.uploads}
    for each in left:
        if each.sha256 not in wanted:
            forget(site.library, each)
    if not taken:
        return RedirectResponse("/upload", status_code=303)
    return RedirectResponse(f"/runs/{_started(site, visitor, taken).id}", status_code=303)


def _started(site: Site, visitor: Visitor, uploads: Sequence[Upload]) -> Run:
    for each in uploads:
        site.library.accounts.note(visitor.name or "", visitor.address, "upload", each.name)
    return site.runs.submit(visitor.name or "", uploads)


def _looked(site: Site, files: Sequence[UploadFile]) -> list[Looked]:
    most = site.options.file
    # One byte more than allowed is enough to know that it is too much.
    named = ((file.filename or "", file.file.read(most + 1)) for file in files)
    return look_at(site.library, named, most=most)


def _page(
    request: Request,
    site: Site,
    visitor: Visitor,
    looked: list[Looked] | tuple[()],
    started: Run | None = None,
) -> Response:
    papers = {each.known: site.library.desk.paper(each.known) for each in looked if each.known}
    return render(
        request,
        "upload.html",
        visitor,
        looked=looked,
        papers=papers,
        started=started,
        runs=site.runs.all()[:_SHOWN],
        words=RUN_WORDS,
        most=site.options.file // 1_000_000,
    )


@router.get("/runs/{number}")
def run(request: Request, site: TheSite, visitor: Uploader, number: int) -> Response:
    """How far a run is; a part of the page where htmx asks for it again."""
    template = "part_run.html" if request.headers.get("hx-request") else "run.html"
    return render(
        request,
        template,
        visitor,
        page=_run_page(site, _run(site, number), visitor),
        stages=STAGE_WORDS,
        words=RUN_WORDS,
        results=RESULT_WORDS,
    )


@router.post("/runs/{number}/cancel")
def cancel(site: TheSite, visitor: Uploader, form: Form, number: int) -> Response:
    """Stop a run; what is done stays done."""
    site.runs.cancel(_run(site, number).id)
    site.library.accounts.note(visitor.name or "", visitor.address, "cancel_run", str(number))
    return RedirectResponse(f"/runs/{number}", status_code=303)


@router.post("/runs/{number}/retry")
def retry(site: TheSite, visitor: Uploader, form: Form, number: int) -> Response:
    """The same files once more; what was done by then is not done again."""
    started = site.runs.submit(visitor.name or "", _run(site, number).uploads)
    return RedirectResponse(f"/runs/{started.id}", status_code=303)


def _run(site: Site, number: int) -> Run:
    found = site.runs.get(number)
    if found is None:
        raise HTTPException(404)
    return found


def _run_page(site: Site, run: Run, visitor: Visitor) -> RunPage:
    if run.over:
        site.library.refresh()
    names = {upload.sha256: upload.name for upload in run.uploads}
    came = tuple(_came(site, outcome, names, visitor) for outcome in run.outcomes)
    return RunPage(
        run,
        tuple(
            (stage, *run.stages.get(stage, (0, 0)))
            for stage in STAGE_WORDS
            if stage != PAGES or PAGES in run.stages
        ),
        came,
        {result: sum(each.outcome.result is result for each in came) for result in Result},
        _half(run.reason, visitor),
    )


def _came(site: Site, outcome: Outcome, names: dict[str, str], visitor: Visitor) -> Came:
    name = names.get(outcome.sha256 or "", outcome.source)
    paper = site.library.desk.paper(outcome.document_id) if outcome.document_id else None
    number = paper.document_number if paper else None
    same = site.library.desk.same_number(number, paper.id) if paper and number else []
    reason = _half(outcome.reason or "", visitor).removeprefix(f"{outcome.source}：")
    return Came(name, outcome, reason, paper, tuple(same))


def _half(reason: str, visitor: Visitor) -> str:
    """Reasons are kept in both languages, parted by |."""
    chinese, _, english = reason.partition(" | ")
    return english or chinese if visitor.language == "en" else chinese
