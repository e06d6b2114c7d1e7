"""``user``: accounts of the web application, made by whoever may write to the library."""

from __future__ import annotations

import getpass
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.model.errors import SettingsError
from flows.commands.output import deliver, note
from flows.settings import load

if TYPE_CHECKING:
    from corpus.store.accounts import Accounts


def change_user(home: Path | None, action: str, name: str | None, role: str) -> None:
    """Add an account, set its password or role, disable or enable it, or list them all."""
    from corpus.store.accounts import Accounts
    from corpus.store.engine import connect
    from outputs.review import access

    settings = load(home)
    settings.home.mkdir(parents=True, exist_ok=True)
    accounts = Accounts(connect(settings.database))
    if action == "list":
        deliver(_listed(accounts), None)
        return
    if name is None:
        raise SettingsError("请给出账号名", "name an account")
    if action == "add":
        access.new_account(accounts, name, _password(), role)
    else:
        access.change_account(
            accounts,
            name,
            password=_password() if action == "password" else None,
            role=role if action == "role" else None,
            disabled={"disable": True, "enable": False}.get(action),
        )
    accounts.note("taizhang user", "", f"account_{action}", name)
    note(f"完成：{name} | done: {name}")


def _listed(accounts: Accounts) -> bytes:
    from outputs.exports.grid import Grid

    grid = Grid(("账号 name", 40), ("角色 role", 14), ("状态 state", 0))
    for each in accounts.all():
        grid.add(each.name, each.role, "停用 disabled" if each.disabled else "启用 enabled")
    return ("\n".join(grid.lines(80)) + "\n").encode("utf-8")


def _password() -> str:
    """Asked twice at a terminal, else the first line of standard input."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    first = getpass.getpass("密码 | password: ")
    if getpass.getpass("再输一次 | again: ") != first:
        raise SettingsError("两次输入的密码不同", "the two passwords differ")
    return first
