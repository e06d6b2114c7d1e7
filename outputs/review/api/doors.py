"""Who asks the API: a program by its token, or a browser by its session, which for anything that is
not only read must show the form token of our own pages, too."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Annotated

from fastapi import Depends, Request, Security
from fastapi.security import APIKeyCookie, HTTPAuthorizationCredentials, HTTPBearer

from outputs.review.access import (
    COOKIE,
    NotAllowedError,
    Role,
    SignInNeededError,
    Visitor,
    check_token,
    visitor_of,
)
from outputs.review.site import Site
from outputs.review.tokens import checked, role_of

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_bearer = HTTPBearer(
    auto_error=False,
    scheme_name="令牌 token",
    description="taizhang token add 名称 --account 账号；请求头 Authorization: Bearer tz_…",
)
_cookie = APIKeyCookie(
    name=COOKIE,
    auto_error=False,
    scheme_name="网页会话 session",
    description="已登录的浏览器；写入时还须有请求头 X-CSRF-Token | a browser that is signed in; "
    "to write, X-CSRF-Token as well",
)


def _site(request: Request) -> Site:
    site: Site = request.app.state.site
    return site


def _asking(
    request: Request,
    bearer: Annotated[HTTPAuthorizationCredentials | None, Security(_bearer)],
    _session: Annotated[str | None, Security(_cookie)],
) -> Visitor:
    """Whoever asks. A request with a token is that token's, whatever cookies it bears."""
    visitor, site = visitor_of(request), _site(request)
    # No page of ours is shown here, so no new browser is to be remembered.
    request.state.new_token = None
    if "authorization" in request.headers:
        secret = bearer.credentials if bearer else ""
        token = checked(site.library.accounts, secret, visitor.address)
        return replace(visitor, name=token.account, role=role_of(token), alone=False)
    if request.method not in _SAFE:
        check_token(site, visitor, request.headers.get("x-csrf-token", ""))
    return visitor


def _allowed(needed: Role) -> Callable[..., Visitor]:
    def visitor(found: Annotated[Visitor, Depends(_asking)]) -> Visitor:
        if found.role is None:
            raise SignInNeededError()
        if not found.role.may(needed):
            raise NotAllowedError(needed)
        return found

    return visitor


TheSite = Annotated[Site, Depends(_site)]
Viewer = Annotated[Visitor, Depends(_allowed(Role.VIEWER))]
Uploader = Annotated[Visitor, Depends(_allowed(Role.UPLOADER))]
Reviewer = Annotated[Visitor, Depends(_allowed(Role.REVIEWER))]
