"""What a view asks for: the site, a visitor of some role, a form that is genuine."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import Depends, Request
from starlette.datastructures import FormData

from outputs.review.access import (
    NotAllowedError,
    Role,
    SignInNeededError,
    Visitor,
    check_token,
    visitor_of,
)
from outputs.review.site import Site


def _site(request: Request) -> Site:
    site: Site = request.app.state.site
    return site


def _allowed(needed: Role) -> Callable[[Request], Visitor]:
    def visitor(request: Request) -> Visitor:
        found = visitor_of(request)
        if found.role is None:
            raise SignInNeededError()
        if not found.role.may(needed):
            raise NotAllowedError(needed)
        return found

    return visitor


async def _form(request: Request) -> FormData:
    """The fields of a form that came from a page of ours. Asked after the role, so that nobody who
    may not post makes us read what was posted."""
    form = await request.form()
    given = request.headers.get("x-csrf-token") or form.get("csrf")
    check_token(_site(request), visitor_of(request), given if isinstance(given, str) else "")
    return form


TheSite = Annotated[Site, Depends(_site)]
Anybody = Annotated[Visitor, Depends(visitor_of)]
Viewer = Annotated[Visitor, Depends(_allowed(Role.VIEWER))]
Uploader = Annotated[Visitor, Depends(_allowed(Role.UPLOADER))]
Reviewer = Annotated[Visitor, Depends(_allowed(Role.REVIEWER))]
Administrator = Annotated[Visitor, Depends(_allowed(Role.ADMINISTRATOR))]
Form = Annotated[FormData, Depends(_form)]


def text_of(form: FormData, name: str) -> str:
    """One field as a text; empty where it is missing or a file."""
    value = form.get(name, "")
    return value.strip() if isinstance(value, str) else ""
