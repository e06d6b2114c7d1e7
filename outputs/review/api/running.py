"""Uploads and runs: files in, how far they are, what became of each."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException

from corpus.model.review import RefusedError
from outputs.review.access import Visitor
from outputs.review.api import shapes
from outputs.review.api.doors import TheSite, Uploader
from outputs.review.intake import chosen, look
from outputs.review.runs import Run
from outputs.review.site import Site

router = APIRouter(tags=["上传"])

_FILES: dict[str, Any] = {
    "type": "object",
    "required": ["files"],
    "properties": {
        "files": {"type": "array", "minItems": 1, "items": {"type": "string", "format": "binary"}}
    },
}
_BODY = {"requestBody": {"required": True, "content": {"multipart/form-data": {"schema": _FILES}}}}


@router.post("/uploads", summary="上传 | send files", status_code=202, openapi_extra=_BODY)
async def upload(request: Request, site: TheSite, visitor: Uploader) -> shapes.UploadAnswer:
    """查看每份文件，为新的开始处理 | look at every file, start a run for those that are new."""
    # Read here and not before: nobody who may not upload makes us read what was sent.
    form = await request.form(max_files=site.options.files)
    files = [each for each in form.getlist("files") if isinstance(each, UploadFile)]
    if not files:
        raise RefusedError("请先选择文件", "choose some files first")
    given = [(each.filename or "", await each.read(site.options.file + 1)) for each in files]
    return await run_in_threadpool(_started, site, visitor, given)


def _started(site: Site, visitor: Visitor, given: list[tuple[str, bytes]]) -> shapes.UploadAnswer:
    library, who = site.library, visitor.name or ""
    looked = [look(library, name, content, most=site.options.file) for name, content in given]
    uploads = chosen(looked)
    for each in uploads:
        library.accounts.note(who, visitor.address, "upload", each.name)
    started = site.runs.submit(who, uploads) if uploads else None
    told = [
        shapes.Looked(
            name=each.name,
            size=each.size,
            accepted=each.upload is not None,
            known=each.known,
            zh=each.zh,
            en=each.en,
        )
        for each in looked
    ]
    return shapes.UploadAnswer(files=told, run=_run(started) if started else None)


@router.get("/runs", summary="处理记录 | runs, the newest first")
def runs(site: TheSite, visitor: Uploader) -> list[shapes.Run]:
    """程序启动以来的 | since the application started."""
    return [_run(each) for each in site.runs.all()]


@router.get("/runs/{number}", summary="一次处理 | a run")
def run(site: TheSite, visitor: Uploader, number: int) -> shapes.Run:
    """进度和结果 | how far it is, and what became of each file."""
    return _run(_known(site, number))


@router.post("/runs/{number}/cancel", summary="停止 | stop a run")
def cancel(site: TheSite, visitor: Uploader, number: int) -> shapes.Run:
    """已完成的部分保留 | what is done stays done."""
    found = _known(site, number)
    site.runs.cancel(found.id)
    site.library.accounts.note(visitor.name or "", visitor.address, "cancel_run", str(found.id))
    return _run(_known(site, number))


@router.post("/runs/{number}/retry", summary="重试 | the same files once more", status_code=202)
def retry(site: TheSite, visitor: Uploader, number: int) -> shapes.Run:
    """已完成的不再重做 | what is done is not done again."""
    return _run(site.runs.submit(visitor.name or "", _known(site, number).uploads))


def _known(site: Site, number: int) -> Run:
    found = site.runs.get(number)
    if found is None:
        raise HTTPException(404)
    return found


def _run(run: Run) -> shapes.Run:
    return shapes.Run(
        id=run.id,
        who=run.who,
        state=run.state.value,
        queued=run.queued.isoformat(),
        files=[each.name for each in run.uploads],
        stages={stage: [done, total] for stage, (done, total) in run.stages.items()},
        outcomes=[
            shapes.Outcome(
                source=each.source,
                result=each.result.value,
                document_id=each.document_id,
                reason=each.reason,
            )
            for each in run.outcomes
        ],
        reason=run.reason,
    )
