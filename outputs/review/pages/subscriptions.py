"""订阅: what somebody wants to hear of, how, what there is today, and the digests of before."""

from __future__ import annotations

import re
from dataclasses import dataclass

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from corpus.model.errors import PolicyError
from corpus.model.review import RefusedError
from corpus.store.subscriptions import (
    DeliveryState,
    Digest,
    DigestSetting,
    Subscription,
    SubscriptionKind,
)
from outputs.review.access import Visitor
from outputs.review.digest import ALONE, Content, compose, mark_read, subscribe
from outputs.review.gates import Form, TheSite, Viewer, text_of
from outputs.review.links import link, local
from outputs.review.pages.changes import title_of
from outputs.review.render import render
from outputs.review.site import Site

router = APIRouter()

KIND_WORDS = {
    SubscriptionKind.INDICATOR: "指标",
    SubscriptionKind.UNIT: "责任单位",
    SubscriptionKind.DOCUMENT: "文件及其沿革",
    SubscriptionKind.ALL: "全部变化",
}
STATE_WORDS = {
    DeliveryState.WAITING: "等待发送",
    DeliveryState.SENDING: "正在发送",
    DeliveryState.SENT: "已发送",
    DeliveryState.FAILED: "未发出",
}
CHANNEL_WORDS = {"email": "邮件", "webhook": "推送"}
EVERY_WORDS = {1: "每天", 7: "每周", 30: "每 30 天"}
# What mail servers take; nothing that could end a header.
_ADDRESS = re.compile(r"[^\s@<>,;:\"()\[\]\\]{1,64}@[A-Za-z0-9.-]{1,180}")
_MOST = 100


@dataclass(frozen=True, slots=True)
class SubscriptionsPage:
    """``subscriptions`` with their name and where it leads; ``content`` is what a digest of today
    would say."""

    subscriptions: list[tuple[Subscription, str, str]]
    setting: DigestSetting
    content: Content
    digests: list[tuple[Digest, Content]]
    can_mail: bool
    can_post: bool


def owner_of(visitor: Visitor) -> str:
    """Under which name subscriptions are kept."""
    return ALONE if visitor.alone else visitor.name or ""


@router.get("/subscriptions")
def subscriptions(request: Request, site: TheSite, visitor: Viewer) -> Response:
    """What one subscribed to, and today's digest."""
    return _page(request, site, visitor)


def _page(
    request: Request, site: Site, visitor: Visitor, error: PolicyError | None = None
) -> Response:
    site.library.refresh()
    owner, kept = owner_of(visitor), site.library.subscriptions
    shown = SubscriptionsPage(
        [(each, *_named(site, each)) for each in kept.of(owner)],
        kept.setting(owner),
        compose(site.library, owner, today=site.today()).content,
        [(each, Content.loads(each.json)) for each in kept.digests(owner)],
        site.channels.mail is not None,
        bool(site.channels.webhook),
    )
    message = "" if error is None else error.en if visitor.language == "en" else error.zh
    return render(
        request,
        "subscriptions.html",
        visitor,
        status=422 if error else 200,
        page=shown,
        message=message,
        kinds=KIND_WORDS,
        states=STATE_WORDS,
        ways=CHANNEL_WORDS,
        every=EVERY_WORDS,
    )


def _named(site: Site, each: Subscription) -> tuple[str, str]:
    if each.kind is SubscriptionKind.DOCUMENT:
        return title_of(site, each.wanted) or each.wanted, f"/documents/{each.wanted}"
    if each.kind is SubscriptionKind.ALL:
        return KIND_WORDS[each.kind], "/changes"
    return each.wanted, link("/changes", [(each.kind.value, each.wanted)])


@router.get("/subscriptions/{number}")
def digest(request: Request, site: TheSite, visitor: Viewer, number: int) -> Response:
    """One digest as it was; only one's own."""
    found = site.library.subscriptions.digest(number) if number < 2**31 else None
    if found is None or found.owner != owner_of(visitor):
        raise HTTPException(404)
    return render(request, "digest.html", visitor, content=Content.loads(found.json))


@router.post("/subscriptions")
def change(request: Request, site: TheSite, visitor: Viewer, form: Form) -> Response:
    """Subscribe, unsubscribe, choose how, mark as read."""
    try:
        _changed(site, visitor, {n: v for n, v in form.items() if isinstance(v, str)})
    except RefusedError as error:
        return _page(request, site, visitor, error)
    back = local(text_of(form, "next") or "/subscriptions")
    return RedirectResponse(back, status_code=303)


def _changed(site: Site, visitor: Visitor, form: dict[str, str]) -> None:
    owner, do = owner_of(visitor), form.get("do", "")
    if do == "add":
        _subscribed(site, owner, form.get("kind", ""), " ".join(form.get("wanted", "").split()))
    elif do == "remove" and form.get("id", "").isdecimal():
        site.library.subscriptions.remove(owner, int(form["id"][:9]))
    elif do == "settings":
        site.library.subscriptions.choose(_chosen(owner, form, visitor.language))
    elif do == "read":
        mark_read(site.library, owner)
    else:
        raise RefusedError("操作不正确，请刷新页面", "no such action; reload the page")


def _subscribed(site: Site, owner: str, kind: str, wanted: str) -> None:
    if kind not in set(SubscriptionKind):
        raise RefusedError("选项不正确，请重新选择", "no such choice; choose again")
    named = SubscriptionKind(kind)
    if named is SubscriptionKind.ALL:
        wanted = ""
    elif not 2 <= len(wanted) <= _MOST:
        raise RefusedError("请填写 2 至 100 个字的名称", "give a name of 2 to 100 characters")
    if named is SubscriptionKind.DOCUMENT and site.library.desk.paper(wanted) is None:
        raise RefusedError("库中没有这份文件", "there is no such document")
    if len(site.library.subscriptions.of(owner)) >= _MOST:
        raise RefusedError("订阅已达 100 项，请先取消一些", "100 subscriptions are the most")
    if not subscribe(site.library, owner, named, wanted):
        raise RefusedError("已经订阅过了", "you have subscribed to that already")


def _chosen(owner: str, form: dict[str, str], language: str) -> DigestSetting:
    email, every = form.get("email", "").strip(), form.get("every", "1")
    if email and not _ADDRESS.fullmatch(email):
        raise RefusedError("电子邮件地址不正确", "that is no e-mail address")
    if every not in {str(days) for days in EVERY_WORDS}:
        raise RefusedError("选项不正确，请重新选择", "no such choice; choose again")
    return DigestSetting(owner, email, form.get("webhook") == "1", int(every), language)
