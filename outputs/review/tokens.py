"""API tokens (令牌): what a program shows instead of a password, made for one account, for a time,
shown once. 256 random bits need no slow hash: nobody can try them through."""

from __future__ import annotations

import hashlib
import re
import secrets
from datetime import UTC, datetime, timedelta

from corpus.model.errors import PolicyError
from corpus.store.accounts import Accounts
from corpus.store.tokens import ApiToken
from outputs.review.access import ROLE_WORDS, AccountError, Role

BEGINNING = "tz_"
_LOOKS = re.compile(rf"{BEGINNING}[A-Za-z0-9_-]{{43}}")
_LONGEST_NAME = 80
LONGEST, USUAL = 1096, 90  # days
# Wrong tokens within a quarter of an hour before an address is told to wait.
WINDOW = timedelta(minutes=15)
MOST_WRONG = 20
WRONG = "token_failed"


class WrongTokenError(PolicyError):
    """A token that is none of ours, or is none any more; which of these is not told."""

    def __init__(self) -> None:
        super().__init__("令牌无效、已过期或已撤销", "the token is unknown, expired or revoked")


class TooManyError(PolicyError):
    """Too many wrong tokens from one address."""

    def __init__(self) -> None:
        super().__init__(
            "令牌错误次数过多，请 15 分钟后再试", "too many wrong tokens; try again in 15 minutes"
        )


def new_token(
    accounts: Accounts, account_name: str, name: str, *, role: str | None, days: int
) -> str:
    """Make a token for an account; AccountError says what is wrong. It is never shown again."""
    account = accounts.named(account_name)
    if account is None or account.disabled:
        raise AccountError(
            f"没有可用的账号“{account_name}”", f"there is no enabled account '{account_name}'"
        )
    label = " ".join("".join(c if c.isprintable() else " " for c in name).split())
    if not 1 <= len(label) <= _LONGEST_NAME:
        raise AccountError(
            f"令牌名称须为 1 至 {_LONGEST_NAME} 个字", f"a name has 1 to {_LONGEST_NAME} letters"
        )
    if not 1 <= days <= LONGEST:
        raise AccountError(
            f"有效期须为 1 至 {LONGEST} 天", f"a token is good for 1 to {LONGEST} days"
        )
    wanted = _role(role or account.role, Role(account.role))
    secret = BEGINNING + secrets.token_urlsafe(32)
    expires = datetime.now(UTC) + timedelta(days=days)
    accounts.tokens.add(account.id, label, digest(secret), role=wanted.value, expires=expires)
    return secret


def _role(wanted: str, most: Role) -> Role:
    if wanted not in set(Role):
        raise AccountError(
            f"没有角色“{wanted}”，可用的有：{'、'.join(Role)}",
            f"no role '{wanted}'; there are: {', '.join(Role)}",
        )
    if not most.may(Role(wanted)):
        raise AccountError(
            f"令牌的角色不能高于账号的角色“{ROLE_WORDS[most]}”",
            f"a token may do no more than its account: '{most}'",
        )
    return Role(wanted)


def digest(secret: str) -> str:
    """As a token is kept."""
    return hashlib.sha256(secret.encode()).hexdigest()


def role_of(token: ApiToken) -> Role:
    """What it may do today: an account that was demoted takes its tokens with it."""
    made_for, account = Role(token.role), Role(token.account_role)
    return made_for if account.may(made_for) else account


def checked(accounts: Accounts, secret: str, address: str) -> ApiToken:
    """The token of a request; WrongTokenError or TooManyError, which is written down."""
    found = accounts.tokens.of_digest(digest(secret)) if _LOOKS.fullmatch(secret) else None
    if found is not None and found.stands(datetime.now(UTC)):
        accounts.tokens.use(found)
        return found
    since = datetime.now(UTC) - WINDOW
    if accounts.count(WRONG, since=since, address=address) >= MOST_WRONG:
        raise TooManyError()
    accounts.note(found.account if found else "", address, WRONG, found.name if found else "")
    raise WrongTokenError()
