"""What went wrong, as JSON in both languages: ``{"error": {"code": "not_found", "zh": …}}``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from corpus.model.errors import DocumentNotFound, PolicyError
from corpus.model.review import OvertakenError, RefusedError
from outputs.review.access import ForgedError, NotAllowedError, SignInNeededError
from outputs.review.tokens import WINDOW, TooManyError, WrongTokenError


class Error(BaseModel):
    """``code`` is for programs, the rest for people; ``fields`` are the parts of the request that
    are not right."""

    code: str
    zh: str
    en: str
    fields: list[str] = []


class Problem(BaseModel):
    """出错 | an error."""

    error: Error


class BadCursorError(PolicyError):
    """A cursor that none of our pages gave."""

    def __init__(self) -> None:
        super().__init__("cursor 不正确，请从头读起", "no such cursor; begin anew without one")


_STATUS: dict[type[PolicyError], tuple[int, str]] = {
    SignInNeededError: (401, "sign_in"),
    WrongTokenError: (401, "wrong_token"),
    NotAllowedError: (403, "not_allowed"),
    ForgedError: (403, "forged"),
    DocumentNotFound: (404, "not_found"),
    OvertakenError: (409, "overtaken"),
    RefusedError: (422, "refused"),
    BadCursorError: (422, "bad_request"),
    TooManyError: (429, "too_many"),
}
_HTTP = {
    400: ("bad_request", "请求不正确", "the request is not right"),
    404: ("not_found", "没有这个地址或对象", "there is nothing here"),
    405: ("method", "此处不接受这种请求", "this address takes no such request"),
    413: ("too_big", "内容过大", "too big"),
}
_MEANING = {
    400: "请求不正确 | not a request that can be read",
    401: "没有登录或令牌无效 | not signed in, or a wrong token",
    403: "没有权限，或缺少表单令牌 | not allowed, or the form token is missing",
    404: "没有 | not there",
    409: "他人刚处理过 | somebody else decided in the meantime",
    413: "内容过大 | too big",
    422: "参数不正确 | something in the request is not right",
    429: "令牌错误次数过多 | too many wrong tokens",
}
# What any address may answer besides what it is asked for.
RESPONSES: dict[int | str, dict[str, Any]] = {
    status: {"model": Problem, "description": words} for status, words in _MEANING.items()
}


def answer_with_json(app: FastAPI) -> None:
    """All errors of an application in this shape."""
    app.add_exception_handler(PolicyError, _policy_error)
    app.add_exception_handler(HTTPException, told_in_json)
    app.add_exception_handler(RequestValidationError, _bad_request)


def problem(
    status: int,
    code: str,
    zh: str,
    en: str,
    *,
    fields: Sequence[str] = (),
    headers: Mapping[str, str] | None = None,
) -> JSONResponse:
    """An answer that says what went wrong."""
    body = Problem(error=Error(code=code, zh=zh, en=en, fields=list(fields)))
    return JSONResponse(body.model_dump(), status, headers=headers)


async def _policy_error(_request: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, PolicyError):
        raise error
    found = (_STATUS[kind] for kind in type(error).__mro__ if kind in _STATUS)
    status, code = next(found, (400, "bad_request"))
    headers = {}
    if status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    elif status == 429:
        headers["Retry-After"] = str(int(WINDOW.total_seconds()))
    return problem(status, code, error.zh, error.en, headers=headers)


async def told_in_json(_request: Request, error: Exception) -> JSONResponse:
    """What the framework itself refuses."""
    if not isinstance(error, HTTPException):
        raise error
    status = error.status_code
    code, zh, en = _HTTP.get(status, ("error", f"出错（{status}）", f"error {status}"))
    return problem(status, code, zh, en, headers=error.headers)


async def _bad_request(_request: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, RequestValidationError):
        raise error
    fields = sorted({".".join(str(part) for part in each["loc"]) for each in error.errors()})
    # A name of a field is the caller's own text, which may hold half a surrogate pair.
    shown = [each.encode("utf-8", "replace").decode() for each in fields]
    zh = f"参数不正确：{'、'.join(shown)}"
    return problem(422, "bad_request", zh, f"not right: {', '.join(shown)}", fields=shown)
