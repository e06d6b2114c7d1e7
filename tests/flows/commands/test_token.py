"""``taizhang token`` prints a token once, lists tokens without them, and takes them back."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from corpus.model.errors import SettingsError
from corpus.store.accounts import Accounts
from corpus.store.engine import connect
from flows.commands.token import change_token
from flows.settings import load
from outputs.review import access
from outputs.review.access import AccountError
from outputs.review.tokens import checked


@pytest.fixture
def accounts(tmp_path: Path) -> Accounts:
    settings = load(tmp_path)
    settings.home.mkdir(parents=True, exist_ok=True)
    made = Accounts(connect(settings.database))
    access.new_account(made, "张敏", "云岭省的密码2025", "reviewer")
    return made


def test_token_is_printed_once_listed_without_and_revoked(
    accounts: Accounts, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    change_token(tmp_path, "add", "周报", account="张敏", role="viewer", days=30)
    secret = capfdbinary.readouterr().out.decode().strip()
    assert re.fullmatch(r"tz_[\w-]{43}", secret)
    assert checked(accounts, secret, "127.0.0.1").account == "张敏"
    change_token(tmp_path, "list", None, account=None, role=None, days=90)
    listed = capfdbinary.readouterr().out.decode()
    assert "周报" in listed
    assert secret not in listed
    change_token(tmp_path, "revoke", "1", account=None, role=None, days=90)
    (kept,) = accounts.tokens.all()
    assert kept.revoked is not None
    assert [line.action for line in accounts.log()] == ["token_revoke", "token_add"]


@pytest.mark.parametrize(
    ("action", "name", "account", "role"),
    [
        ("add", None, "张敏", None),
        ("add", "周报", None, None),
        ("revoke", "7", None, None),
        ("revoke", "周报", None, None),
    ],
)
def test_token_command_says_what_is_missing(
    accounts: Accounts, tmp_path: Path, action: str, name: str, account: str, role: str
) -> None:
    with pytest.raises(SettingsError):
        change_token(tmp_path, action, name, account=account, role=role, days=90)


def test_token_of_more_than_its_account_is_refused(accounts: Accounts, tmp_path: Path) -> None:
    with pytest.raises(AccountError):
        change_token(tmp_path, "add", "周报", account="张敏", role="administrator", days=9)
