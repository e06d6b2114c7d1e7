"""The application: pages put together, errors told in one shape.

Made by ``taizhang serve``; a test makes one with a library and a way of running of its own.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from importlib.resources import files
from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.exceptions import HTTPException, RequestValidationError
from fastapi.responses import RedirectResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.concurrency import run_in_threadpool

from corpus.model.errors import DocumentNotFound, PolicyError
from outputs.review.access import ForgedError, NotAllowedError, SignInNeededError, visitor_of
from outputs.review.api.app import create_api
from outputs.review.api.problems import told_in_json
from outputs.review.render import render
from outputs.review.renewing import Renewer
from outputs.review.security import Guard
from outputs.review.site import Site

# In the order in which their addresses are tried.
PAGES = (
    "overview",
    "sign_in",
    "documents",
    "document",
    "review",
    "adding",
    "changes",
    "subscriptions",
    "deadlines",
    "upload",
    "pictures",
    "downloads",
    "accounts",
)


def create_app(site: Site) -> FastAPI:
    """The application on one library."""
    app = FastAPI(
        title="taizhang 台账", docs_url=None, redoc_url=None, openapi_url=None, lifespan=_alive
    )
    app.state.site = site
    for name in PAGES:
        app.include_router(import_module(f"outputs.review.pages.{name}").router)
    app.mount("/api", create_api(site), name="api")
    static = files("outputs.review").joinpath("static")
    app.mount("/static", StaticFiles(directory=str(static)), name="static")
    app.add_middleware(Guard, options=site.options)
    app.add_exception_handler(SignInNeededError, _sign_in)
    app.add_exception_handler(PolicyError, _policy_error)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(404, _http_error)
    app.add_exception_handler(405, _http_error)
    app.add_exception_handler(RequestValidationError, _bad_request)
    return app


@asynccontextmanager
async def _alive(app: FastAPI) -> AsyncIterator[None]:
    """While the pages are served, comparisons are kept up with what people decide."""
    renewer = Renewer(app.state.site.library)
    renewer.start()
    yield
    await run_in_threadpool(renewer.stop)


async def _sign_in(request: Request, _error: Exception) -> Response:
    """To the sign-in page, and from there back."""
    here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    address = f"/sign-in?next={quote(here)}" if request.method == "GET" else "/sign-in"
    if request.headers.get("hx-request"):
        return Response(status_code=204, headers={"HX-Redirect": address})
    return RedirectResponse(address, status_code=303)


async def _policy_error(request: Request, error: Exception) -> Response:
    if not isinstance(error, PolicyError):
        raise error
    status = 400
    if isinstance(error, DocumentNotFound):
        status = 404
    elif isinstance(error, NotAllowedError | ForgedError):
        status = 403
    return _told(request, status, error.zh, error.en)


_HTTP_WORDS: dict[int, tuple[str, str]] = {
    404: ("没有这个页面，可能已被移走", "there is no such page; it may have moved"),
    405: ("此处不接受这种请求", "this address takes no such request"),
}


async def _http_error(request: Request, error: Exception) -> Response:
    status = getattr(error, "status_code", 500)
    if request.url.path.startswith("/api/"):
        # A line break in an address is what no path of the API can hold.
        return await told_in_json(request, error)
    zh, en = _HTTP_WORDS.get(status, (f"出错（{status}）", f"error {status}"))
    return _told(request, status, zh, en)


async def _bad_request(request: Request, _error: Exception) -> Response:
    return _told(request, 400, "网址中的参数不正确", "something in the address is not right")


def _told(request: Request, status: int, zh: str, en: str) -> Response:
    """In the visitor's language; as part of a page where htmx asks."""
    visitor = visitor_of(request)
    message = en if visitor.language == "en" else zh
    template = "part_error.html" if request.headers.get("hx-request") else "error.html"
    return render(request, template, visitor, status=status, message=message)
