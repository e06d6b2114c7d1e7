"""管理: accounts and the audit log, for administrators."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response

from corpus.model.review import RefusedError
from outputs.review.access import ROLE_WORDS, AccountError, Visitor, change_account, new_account
from outputs.review.gates import Administrator, Form, TheSite, text_of
from outputs.review.render import render
from outputs.review.site import Site
from outputs.review.tokens import new_token

router = APIRouter()

ACTION_WORDS = {
    "sign_in": "登录",
    "sign_out": "退出",
    "sign_in_failed": "登录失败",
    "upload": "上传",
    "cancel_run": "停止处理",
    "export": "导出",
    "account_add": "新增账号",
    "account_password": "改密码",
    "account_role": "改角色",
    "account_disable": "停用账号",
    "account_enable": "启用账号",
    "token_add": "新建令牌",
    "token_revoke": "撤销令牌",
    "token_failed": "令牌错误",
}
_LINES = 100


@router.get("/accounts")
def accounts(
    request: Request,
    site: TheSite,
    visitor: Administrator,
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
) -> Response:
    """Who may do what, and what was done."""
    return _page(request, site, visitor, page=page)


def _page(
    request: Request, site: Site, visitor: Visitor, *, page: int = 1, secret: str = ""
) -> Response:
    kept = site.library.accounts
    log = kept.log(limit=_LINES, before=(page - 1) * _LINES)
    return render(
        request,
        "accounts.html",
        visitor,
        accounts=kept.all(),
        tokens=kept.tokens.all(),
        secret=secret,
        now=datetime.now(UTC),
        log=log,
        number=page,
        more=len(log) == _LINES,
        actions=ACTION_WORDS,
        roles=ROLE_WORDS,
    )


@router.post("/accounts")
def change(site: TheSite, visitor: Administrator, form: Form) -> Response:
    """Make or change an account. Who was alone is alone no more once there is one."""
    action, name = text_of(form, "do"), text_of(form, "name")
    password = form.get("password", "")
    secret = password if isinstance(password, str) else ""
    kept = site.library.accounts
    if action == "add":
        if not kept.any() and text_of(form, "role") != "administrator":
            raise AccountError(
                "第一个账号须为管理角色，否则无人能再建账号",
                "the first account must be an administrator, or nobody could make another",
            )
        new_account(kept, name, secret, text_of(form, "role"))
    elif action == "password":
        change_account(kept, name, password=secret)
    elif action == "role":
        change_account(kept, name, role=text_of(form, "role"))
    elif action in ("disable", "enable"):
        change_account(kept, name, disabled=action == "disable")
    else:
        raise RefusedError("操作不正确，请刷新页面", "no such action; reload the page")
    kept.note(visitor.name or "", visitor.address, f"account_{action}", name)
    return RedirectResponse("/accounts", status_code=303)


@router.post("/accounts/tokens")
def change_tokens(request: Request, site: TheSite, visitor: Administrator, form: Form) -> Response:
    """Make a token, which the answer shows this once, or revoke one."""
    kept, who = site.library.accounts, visitor.name or ""
    action, name, account = (text_of(form, each) for each in ("do", "name", "account"))
    days, number = text_of(form, "days"), text_of(form, "number")
    if action == "add" and days.isdecimal():
        role = text_of(form, "role") or None
        secret = new_token(kept, account, name, role=role, days=int(days[:9]))
        kept.note(who, visitor.address, "token_add", f"{account}：{name}")
        return _page(request, site, visitor, secret=secret)
    revoked = None
    if action == "revoke" and number.isdecimal():
        revoked = kept.tokens.revoke(int(number[:9]))
    if revoked is None:
        raise RefusedError("操作不正确，请刷新页面", "no such action; reload the page")
    kept.note(who, visitor.address, "token_revoke", f"{revoked.account}：{revoked.name}")
    return RedirectResponse("/accounts#tokens", status_code=303)
