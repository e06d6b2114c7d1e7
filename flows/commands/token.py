"""``token``: what programs sign in to the JSON API with, made by whoever may write to the library.

The token itself goes to standard output, once: ``taizhang token add 周报 --account 张敏 > token``.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from corpus.model.errors import SettingsError
from flows.commands.output import deliver, note
from flows.settings import load

if TYPE_CHECKING:
    from corpus.store.accounts import Accounts

_WHO = "taizhang token"


def change_token(
    home: Path | None,
    action: str,
    name: str | None,
    *,
    account: str | None,
    role: str | None,
    days: int,
) -> None:
    """Make a token, revoke one by its number, or list them all."""
    from corpus.store.accounts import Accounts
    from corpus.store.engine import connect

    settings = load(home)
    settings.home.mkdir(parents=True, exist_ok=True)
    accounts = Accounts(connect(settings.database))
    if action == "list":
        deliver(_listed(accounts), None)
    elif name is None:
        raise SettingsError(
            "请给出令牌名称；撤销时请给出编号", "name the token; to revoke one, give its number"
        )
    elif action == "revoke":
        _revoke(accounts, name)
    else:
        _add(accounts, name, account, role, days)


def _add(accounts: Accounts, name: str, account: str | None, role: str | None, days: int) -> None:
    from outputs.review.tokens import new_token

    if account is None:
        raise SettingsError("请用 --account 给出账号名", "name the account with --account")
    secret = new_token(accounts, account, name, role=role, days=days)
    accounts.note(_WHO, "", "token_add", f"{account}：{name}")
    deliver(f"{secret}\n".encode(), None)
    note("令牌只显示这一次，请妥善保存 | shown this once only: keep it safe")


def _revoke(accounts: Accounts, number: str) -> None:
    revoked = accounts.tokens.revoke(int(number)) if number.isdecimal() else None
    if revoked is None:
        raise SettingsError(
            f"没有编号为“{number}”的令牌，可用 taizhang token list 查看",
            f"there is no token number '{number}'; `taizhang token list` shows them",
        )
    accounts.note(_WHO, "", "token_revoke", f"{revoked.account}：{revoked.name}")
    note(f"已撤销：{revoked.name} | revoked: {revoked.name}")


def _listed(accounts: Accounts) -> bytes:
    from datetime import UTC, datetime

    from outputs.exports.grid import Grid

    heads = (("编号 no.", 10), ("名称 name", 0), ("账号 account", 20), ("角色 role", 14))
    grid = Grid(*heads, ("有效至 until", 14), ("最近使用 used", 16), ("状态 state", 14))
    now = datetime.now(UTC)
    for each in accounts.tokens.all():
        until = each.expires.astimezone().date().isoformat() if each.expires else ""
        used = each.used.astimezone().strftime("%Y-%m-%d %H:%M") if each.used else ""
        state = "有效 good" if each.stands(now) else "无效 void"
        grid.add(str(each.id), each.name, each.account, each.role, until, used, state)
    return ("\n".join(grid.lines(110)) + "\n").encode("utf-8")
