"""登录 and language: who one is, and which words one reads."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import RedirectResponse, Response

from outputs.review.access import (
    COOKIE,
    LANGUAGE_COOKIE,
    AccountError,
    sign_in,
    sign_out,
)
from outputs.review.gates import Anybody, Form, TheSite, text_of
from outputs.review.links import local
from outputs.review.render import render
from outputs.review.security import cookie
from outputs.review.words import LANGUAGES

router = APIRouter()

Next = Annotated[str, Query(max_length=2_000)]


@router.get("/sign-in")
def sign_in_page(request: Request, visitor: Anybody, next: Next = "/") -> Response:
    """Name and password."""
    if visitor.role is not None:
        return RedirectResponse(local(next), status_code=303)
    return render(request, "sign_in.html", visitor, next=local(next), name="", message="")


@router.post("/sign-in")
def sign_in_done(request: Request, site: TheSite, visitor: Anybody, form: Form) -> Response:
    """In, with a new token, or once more; what was wrong is not told more closely."""
    name, back = text_of(form, "name"), local(text_of(form, "next") or "/")
    password = form.get("password", "")
    status, message = 401, visitor.words("账号名或密码不正确")
    token = None
    try:
        token = sign_in(site, visitor, name, password if isinstance(password, str) else "")
    except AccountError as error:
        status, message = 429, error.en if visitor.language == "en" else error.zh
    if token is None:
        return render(
            request, "sign_in.html", visitor, status=status, next=back, name=name, message=message
        )
    answer = RedirectResponse(back, status_code=303)
    _set(answer, request, COOKIE, token)
    return answer


@router.post("/sign-out")
def sign_out_done(request: Request, site: TheSite, visitor: Anybody, form: Form) -> Response:
    """Out, on the server as well as in the browser."""
    sign_out(site, visitor)
    answer = RedirectResponse("/sign-in", status_code=303)
    answer.delete_cookie(COOKIE, httponly=True, samesite="lax")
    return answer


@router.get("/language/{code}")
def language(request: Request, code: str, next: Next = "/") -> Response:
    """Read the pages in another language; the choice is kept in the browser."""
    if code not in LANGUAGES:
        raise HTTPException(404)
    answer = RedirectResponse(local(next), status_code=303)
    _set(answer, request, LANGUAGE_COOKIE, code)
    return answer


def _set(answer: Response, request: Request, name: str, value: str) -> None:
    made = cookie(name, value, secure=request.url.scheme == "https")
    answer.headers.append("Set-Cookie", made)
