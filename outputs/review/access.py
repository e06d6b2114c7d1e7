"""Who is asking and what they may do: passwords, sessions, roles, throttling, form tokens."""

from __future__ import annotations

import enum
import hashlib
import hmac
import re
import secrets
import threading
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

from fastapi import Request

from corpus.model.errors import PolicyError
from corpus.store.accounts import Account, Accounts
from outputs.review.site import Site
from outputs.review.words import DEFAULT, LANGUAGES, Translate, translator

if TYPE_CHECKING:
    from argon2 import PasswordHasher

COOKIE = "taizhang"
LANGUAGE_COOKIE = "taizhang_language"
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
_NAME = re.compile(r"[\w.@·-]{1,40}")
_SHORTEST = 10
_LONGEST = 200
# Failed sign-ins within a quarter of an hour before a name, and an address, has to wait.
_WINDOW = timedelta(minutes=15)
_MOST_BY_NAME, _MOST_BY_ADDRESS = 5, 20


class Role(enum.StrEnum):
    """只读, 上传, 审核, 管理; each may do what those before it may."""

    VIEWER = "viewer"
    UPLOADER = "uploader"
    REVIEWER = "reviewer"
    ADMINISTRATOR = "administrator"

    def may(self, needed: Role) -> bool:
        """True where this role includes that one."""
        order = tuple(Role)
        return order.index(self) >= order.index(needed)


# Every look at a password takes 64 MB: twenty who sign in at once would take more than a gigabyte.
_HASHING = threading.BoundedSemaphore(2)
ROLE_WORDS = {
    Role.VIEWER: "只读",
    Role.UPLOADER: "上传",
    Role.REVIEWER: "审核",
    Role.ADMINISTRATOR: "管理",
}


@dataclass(frozen=True, slots=True)
class Visitor:
    """Whoever asks for a page; ``name`` and ``role`` are None for somebody not signed in."""

    token: str
    address: str
    language: str
    name: str | None = None
    role: Role | None = None
    alone: bool = False

    def may(self, needed: str) -> bool:
        """True where the visitor's role includes that one."""
        return self.role is not None and self.role.may(Role(needed))

    @property
    def words(self) -> Translate:
        """The words in the visitor's language."""
        return translator(self.language)


class SignInNeededError(PolicyError):
    """Nobody is signed in."""

    def __init__(self) -> None:
        super().__init__("请先登录", "sign in first")


class NotAllowedError(PolicyError):
    """The role of whoever is signed in does not include this."""

    def __init__(self, needed: Role) -> None:
        word = ROLE_WORDS[needed]
        super().__init__(
            f"您的账号没有“{word}”权限，请联系管理员",
            f"your account may not do this: it needs the role '{needed}'; ask an administrator",
        )
        self.needed = needed


class ForgedError(PolicyError):
    """A form that did not come from a page of ours, or from one that is too old."""

    def __init__(self) -> None:
        super().__init__(
            "页面已过期或请求来源不符，请刷新页面后重试",
            "the page is too old or the request came from elsewhere; reload it and try again",
        )


class AccountError(PolicyError):
    """An account that can't be made or changed as asked."""


def visitor_of(request: Request) -> Visitor:
    """Who asks. A browser without a token gets one, so that its forms can be told from others."""
    site: Site = request.app.state.site
    token = request.cookies.get(COOKIE, "")
    if not _TOKEN.fullmatch(token):
        token = secrets.token_urlsafe(32)
        request.state.new_token = token
    language = request.cookies.get(LANGUAGE_COOKIE, DEFAULT)
    address = request.client.host if request.client else ""
    visitor = Visitor(token, address, language if language in LANGUAGES else DEFAULT)
    account = _signed_in(site, token)
    if account is not None:
        return _as(visitor, account.name, Role(account.role))
    if site.single_user(address, request.headers.get("host", "")):
        return _as(visitor, visitor.words("本机用户"), Role.ADMINISTRATOR, alone=True)
    return visitor


def _as(visitor: Visitor, name: str, role: Role, *, alone: bool = False) -> Visitor:
    return Visitor(visitor.token, visitor.address, visitor.language, name, role, alone)


def _signed_in(site: Site, token: str) -> Account | None:
    oldest = datetime.now(UTC) - timedelta(hours=site.options.session_hours)
    return site.library.accounts.session_account(_hashed(token), opened_after=oldest)


def form_token(site: Site, visitor: Visitor) -> str:
    """What every form of a visitor bears; other sites can neither read nor guess it."""
    return hmac.new(site.secret, visitor.token.encode(), hashlib.sha256).hexdigest()


def check_token(site: Site, visitor: Visitor, given: str) -> None:
    """ForgedError unless the form is the visitor's own."""
    if not hmac.compare_digest(form_token(site, visitor).encode(), given.encode()):
        raise ForgedError()


def sign_in(site: Site, visitor: Visitor, name: str, password: str) -> str | None:
    """A new token for the browser where name and password are right; None where not.

    AccountError where there were too many tries; whether the name exists is not told.
    """
    accounts = site.library.accounts
    _throttle(site, visitor, name)
    account = accounts.named(name)
    known = account is not None and not account.disabled
    right = _matches(account.password if account and known else _nobody(), password)
    if account is None or not (known and right):
        accounts.note(name, visitor.address, "sign_in_failed")
        return None
    token = secrets.token_urlsafe(32)
    accounts.close_session(_hashed(visitor.token))
    accounts.open_session(_hashed(token), account.id)
    accounts.note(account.name, visitor.address, "sign_in")
    return token


def sign_out(site: Site, visitor: Visitor) -> None:
    """End the session on the server, whatever the browser keeps."""
    site.library.accounts.close_session(_hashed(visitor.token))
    if visitor.name:
        site.library.accounts.note(visitor.name, visitor.address, "sign_out")


def _throttle(site: Site, visitor: Visitor, name: str) -> None:
    since = datetime.now(UTC) - _WINDOW
    count = site.library.accounts.count
    by_name = count("sign_in_failed", since=since, who=name)
    by_address = count("sign_in_failed", since=since, address=visitor.address)
    if by_name >= _MOST_BY_NAME or by_address >= _MOST_BY_ADDRESS:
        raise AccountError(
            "登录失败次数过多，请 15 分钟后再试",
            "too many failed attempts; try again in 15 minutes",
        )


def new_account(accounts: Accounts, name: str, password: str, role: str) -> None:
    """Make an account; AccountError says what is wrong with name, password or role."""
    if not _NAME.fullmatch(name):
        raise AccountError(
            "账号名须为 1 至 40 个汉字、字母、数字或 . @ - _",
            "a name is 1 to 40 letters, Chinese characters, digits or . @ - _",
        )
    if accounts.named(name) is not None:
        raise AccountError(f"已有名为“{name}”的账号", f"there is an account '{name}' already")
    _check_role(role)
    accounts.add(name, hashed(password), role)


def change_account(
    accounts: Accounts,
    name: str,
    *,
    password: str | None = None,
    role: str | None = None,
    disabled: bool | None = None,
) -> None:
    """Change what is given of an account; AccountError says what is wrong.

    The last administrator stays one: else nobody could ever make another from the pages.
    """
    account = accounts.named(name)
    if account is None:
        raise AccountError(f"没有名为“{name}”的账号", f"there is no account '{name}'")
    if role is not None:
        _check_role(role)
    leaves = disabled or (role is not None and role != Role.ADMINISTRATOR)
    if leaves and [a.name for a in accounts.all() if _rules(a)] == [name]:
        raise AccountError(
            "这是最后一个管理账号，不能停用或降级",
            "this is the last administrator; it can't be disabled or given another role",
        )
    kept = hashed(password) if password is not None else None
    accounts.change(name, password=kept, role=role, disabled=disabled)


def _rules(account: Account) -> bool:
    return account.role == Role.ADMINISTRATOR and not account.disabled


def _check_role(role: str) -> None:
    if role not in set(Role):
        raise AccountError(
            f"没有角色“{role}”，可用的有：{'、'.join(Role)}",
            f"no role '{role}'; there are: {', '.join(Role)}",
        )


def hashed(password: str) -> str:
    """A password as it is kept (argon2id); AccountError where it is too short."""
    if not _SHORTEST <= len(password) <= _LONGEST:
        raise AccountError(
            f"密码须为 {_SHORTEST} 至 {_LONGEST} 个字符",
            f"a password has {_SHORTEST} to {_LONGEST} characters",
        )
    return _hasher().hash(password)


def _matches(kept: str, password: str) -> bool:
    from argon2.exceptions import VerificationError

    try:
        with _HASHING:
            return _hasher().verify(kept, password[:_LONGEST])
    except VerificationError:
        return False


@cache
def _hasher() -> PasswordHasher:
    from argon2 import PasswordHasher

    return PasswordHasher()


@cache
def _nobody() -> str:
    """A hash to compare with where there is no account, so that it takes as long."""
    return _hasher().hash(secrets.token_urlsafe(16))


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
