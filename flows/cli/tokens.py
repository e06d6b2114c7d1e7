"""Tokens of the JSON API: ``taizhang token add 周报 --account 张敏``."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from flows.cli.app import app
from flows.cli.options import Home, UserRole


class TokenAction(StrEnum):
    """What can be done about a token."""

    ADD = "add"
    LIST = "list"
    REVOKE = "revoke"


@app.command(help="管理接口令牌。\n\nTokens of the JSON API.")
def token(
    action: Annotated[TokenAction, typer.Argument(help="新建、列出、撤销。 What to do.")],
    name: Annotated[
        str | None, typer.Argument(help="名称；撤销时为编号。 A name; to revoke, its number.")
    ] = None,
    account: Annotated[
        str | None, typer.Option(help="所属账号。 The account that it is for.")
    ] = None,
    role: Annotated[
        UserRole | None,
        typer.Option(help="角色，默认同账号，不能更高。 At most the account's, the default."),
    ] = None,
    days: Annotated[int, typer.Option(min=1, max=1096, help="有效天数。 For how many days.")] = 90,
    home: Home = None,
) -> None:
    from flows.commands.token import change_token

    change_token(
        home, action.value, name, account=account, role=role.value if role else None, days=days
    )
