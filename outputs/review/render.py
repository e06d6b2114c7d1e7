"""Pages as HTML: every text is escaped, every word comes from the catalogue."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined, pass_context
from jinja2.runtime import Context

from corpus.model.review import RowState
from outputs import wording
from outputs.labels import Label
from outputs.review import fields, words
from outputs.review.access import ROLE_WORDS, Visitor, form_token, visitor_of
from outputs.review.links import changed, link
from outputs.review.words import LANGUAGES

STATE_WORDS = {
    RowState.OPEN: "待核",
    RowState.ACCEPTED: "已采纳",
    RowState.CORRECTED: "已修改",
    RowState.REJECTED: "已驳回",
    RowState.ADDED: "补录",
}
CHANGE_STATE_WORDS = {
    RowState.OPEN: "待确认",
    RowState.ACCEPTED: "已确认",
    RowState.REJECTED: "不予采信",
}
_NAVIGATION = (
    ("/", "总览"),
    ("/documents", "文件"),
    ("/queue", "审核"),
    ("/changes", "变化"),
    ("/deadlines", "时限"),
    ("/subscriptions", "订阅"),
    ("/upload", "上传"),
)


@cache
def environment() -> Environment:
    """Jinja as all pages use it. What was read once stays: templates that are put in the place of
    others while pages are served would be filled in by code, and with words, of before."""
    made = Environment(
        loader=PackageLoader("outputs.review", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(
        link=link,
        changed=changed,
        wording=wording,
        Label=Label,
        LANGUAGES=LANGUAGES,
        STATE_WORDS=STATE_WORDS,
        CHANGE_STATE_WORDS=CHANGE_STATE_WORDS,
        ROLE_WORDS=ROLE_WORDS,
        fields=fields,
        NAVIGATION=_NAVIGATION,
    )
    for written in (words.number, words.share, words.day, words.moment):
        made.filters[written.__name__] = _as_written(written)
    return made


def _as_written(written: Callable[[str, Any], str]) -> Callable[[Context, Any], str]:
    """A filter for numbers and days, as the visitor's language writes them."""

    @pass_context
    def shown(context: Context, value: Any) -> str:
        return written(context["visitor"].language, value)

    return shown


def render(
    request: Request,
    template: str,
    visitor: Visitor | None = None,
    *,
    status: int = 200,
    headers: dict[str, str] | None = None,
    **given: Any,
) -> HTMLResponse:
    """A page, or a part of one that htmx puts in its place."""
    visitor = visitor or visitor_of(request)
    site = request.app.state.site
    text = (
        environment()
        .get_template(template)
        .render(
            _=visitor.words,
            visitor=visitor,
            path=request.url.path,
            here=link(request.url.path, request.query_params.multi_items()),
            csrf=form_token(site, visitor),
            today=site.today(),
            **given,
        )
    )
    # Half a surrogate pair of a damaged text layer has no UTF-8.
    return HTMLResponse(text.encode("utf-8", "replace"), status_code=status, headers=headers)
