"""Accounts: who gets in, who may do what, and what no other site can do in somebody's name."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest

from outputs.review import access
from outputs.review.access import AccountError, Role
from outputs.review.library import Library
from outputs.review.site import Site, is_loopback

_PASSWORD = "云岭省的密码2025"


def test_whoever_sits_at_the_machine_may_do_all_until_there_is_an_account(
    browser: Callable, library: Library
) -> None:
    guest = browser()
    assert "本机用户" in guest.see("/documents")
    access.new_account(library.accounts, "张敏", _PASSWORD, "administrator")
    answer = guest.get("/documents", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in?next=/documents")


def test_other_machines_are_nobody(browser: Callable) -> None:
    answer = browser(address="192.0.2.7").get("/documents", follow_redirects=False)
    assert answer.status_code == 303


def test_name_of_another_site_for_this_machine_is_nobody(browser: Callable) -> None:
    answer = browser().get(
        "/documents", headers={"Host": "evil.example:8000"}, follow_redirects=False
    )
    assert answer.status_code == 303


@pytest.mark.parametrize(
    ("host", "is_one"),
    [
        ("127.0.0.1", True),
        ("127.8.8.8", True),
        ("::1", True),
        ("localhost", True),
        ("0.0.0.0", False),
        ("192.168.1.5", False),
        ("localhost.evil.example", False),
        ("", False),
    ],
)
def test_loopback_is_this_machine_only(host: str, is_one: bool) -> None:
    assert is_loopback(host) is is_one


def test_sign_in_leads_back_and_changes_the_token(browser: Callable, library: Library) -> None:
    access.new_account(library.accounts, "张敏", _PASSWORD, "viewer")
    guest = browser()
    guest.see("/sign-in?next=/documents?year=2023")
    before = guest.cookies["taizhang"]
    where = guest.submit("/sign-in", name="张敏", password=_PASSWORD, next="/documents?year=2023")
    assert where == "/documents?year=2023"
    assert guest.cookies["taizhang"] != before
    assert "张敏" in guest.see(where)


def test_sign_out_ends_the_session_for_a_kept_cookie_too(browser: Callable) -> None:
    member = browser("张敏")
    token = member.cookies["taizhang"]
    member.submit("/sign-out")
    member.cookies.set("taizhang", token)
    assert member.get("/documents", follow_redirects=False).status_code == 303


def test_wrong_name_and_wrong_password_are_told_apart_by_nobody(
    browser: Callable, library: Library
) -> None:
    access.new_account(library.accounts, "张敏", _PASSWORD, "viewer")
    guest = browser()
    guest.see("/sign-in")
    wrong = guest.submit("/sign-in", status=401, name="张敏", password="不是这个密码呀")
    unknown = guest.submit("/sign-in", status=401, name="李伟", password="不是这个密码呀")
    assert "账号名或密码不正确" in wrong
    assert wrong.replace("张敏", "") == unknown.replace("李伟", "")


def test_guessing_is_slowed_down_even_with_the_right_password(
    browser: Callable, library: Library
) -> None:
    access.new_account(library.accounts, "张敏", _PASSWORD, "viewer")
    guest = browser()
    guest.see("/sign-in")
    for _ in range(5):
        guest.submit("/sign-in", status=401, name="张敏", password="猜一猜猜一猜猜一猜")
    text = guest.submit("/sign-in", status=429, name="张敏", password=_PASSWORD)
    assert "登录失败次数过多" in text


def test_password_is_kept_as_argon2id_only(library: Library) -> None:
    access.new_account(library.accounts, "张敏", _PASSWORD, "viewer")
    account = library.accounts.named("张敏")
    assert account is not None
    assert account.password.startswith("$argon2id$")


@pytest.mark.parametrize(
    ("name", "password", "role"),
    [
        ("", _PASSWORD, "viewer"),
        ("a b", _PASSWORD, "viewer"),
        ("<b>", _PASSWORD, "viewer"),
        ("张敏", "短", "viewer"),
        ("张敏", _PASSWORD, "king"),
        ("张" * 41, _PASSWORD, "viewer"),
    ],
)
def test_account_that_makes_no_sense_is_refused(
    library: Library, name: str, password: str, role: str
) -> None:
    with pytest.raises(AccountError):
        access.new_account(library.accounts, name, password, role)
    assert not library.accounts.any()


def test_disabled_account_is_out_at_once(browser: Callable, library: Library) -> None:
    member = browser("张敏")
    access.change_account(library.accounts, "张敏", disabled=True)
    assert member.get("/documents", follow_redirects=False).status_code == 303
    member.see("/sign-in")
    member.submit("/sign-in", status=401, name="张敏", password=_PASSWORD)


def test_last_administrator_stays(library: Library) -> None:
    access.new_account(library.accounts, "张敏", _PASSWORD, "administrator")
    with pytest.raises(AccountError):
        access.change_account(library.accounts, "张敏", disabled=True)
    with pytest.raises(AccountError):
        access.change_account(library.accounts, "张敏", role="viewer")
    access.new_account(library.accounts, "李伟", _PASSWORD, "administrator")
    access.change_account(library.accounts, "张敏", role="viewer")


# What each role may do: address, method, the least role
_DOORS = [
    ("GET", "/documents", Role.VIEWER),
    ("GET", "/queue", Role.VIEWER),
    ("POST", "/documents/{plan}/rows/{row}", Role.REVIEWER),
    ("POST", "/documents/{plan}/rows", Role.REVIEWER),
    ("GET", "/documents/{plan}/add", Role.REVIEWER),
    ("GET", "/documents/{plan}/pages/1/lines.json", Role.VIEWER),
    ("GET", "/changes", Role.VIEWER),
    ("GET", "/deadlines.ics", Role.VIEWER),
    ("GET", "/subscriptions", Role.VIEWER),
    ("POST", "/subscriptions", Role.VIEWER),
    ("GET", "/export/ledger.csv", Role.VIEWER),
    ("GET", "/upload", Role.UPLOADER),
    ("POST", "/upload", Role.UPLOADER),
    ("GET", "/runs/1", Role.UPLOADER),
    ("POST", "/runs/1/cancel", Role.UPLOADER),
    ("POST", "/documents/{plan}/changes/x-1", Role.REVIEWER),
    ("GET", "/accounts", Role.ADMINISTRATOR),
    ("POST", "/accounts", Role.ADMINISTRATOR),
]


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize(("method", "door", "needed"), _DOORS)
def test_door_opens_for_its_role_and_those_above(
    browser: Callable,
    library: Library,
    plan: str,
    role: Role,
    method: str,
    door: str,
    needed: Role,
) -> None:
    access.new_account(library.accounts, "掌门", _PASSWORD, "administrator")
    member = browser("张敏", role.value)
    row = library.review(plan).rows[0].commitment.id
    address = door.format(plan=plan, row=row)
    answer = member.request(
        method, address, data={"csrf": member.csrf} if method == "POST" else None
    )
    assert (answer.status_code == 403) is not role.may(needed)


def test_form_without_its_token_does_nothing(
    browser: Callable, library: Library, plan: str
) -> None:
    member, other = browser("张敏"), browser("李伟")
    row = library.review(plan).rows[0].commitment.id
    address = f"/documents/{plan}/rows/{row}"
    for token in ("", "0" * 64, other.csrf, "令牌"):
        answer = member.post(address, data={"csrf": token, "do": "accept:row", "number": "0"})
        assert answer.status_code == 403
        assert "页面已过期" in answer.text
    assert library.decisions.of_document(plan) == []


@pytest.mark.parametrize(
    ("headers", "refused"),
    [
        ({"Sec-Fetch-Site": "cross-site"}, True),
        ({"Sec-Fetch-Site": "same-site"}, True),
        ({"Origin": "https://evil.example"}, True),
        ({"Origin": "null"}, True),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "http://127.0.0.1"}, False),
        ({"Origin": "http://127.0.0.1"}, False),
        ({}, False),
    ],
)
def test_post_from_another_site_is_refused_even_with_the_token(
    browser: Callable, library: Library, plan: str, headers: dict[str, str], refused: bool
) -> None:
    member = browser("张敏")
    row = library.review(plan).rows[0].commitment.id
    answer = member.post(
        f"/documents/{plan}/rows/{row}",
        data={"csrf": member.csrf, "do": "accept:row", "number": "0"},
        headers=headers,
        follow_redirects=False,
    )
    assert answer.status_code == (403 if refused else 303)
    assert bool(library.decisions.of_document(plan)) is not refused


def test_body_that_is_too_big_is_refused_before_it_is_read(browser: Callable, site: Site) -> None:
    guest = browser()
    guest.see("/documents")
    most = site.options.body
    declared = guest.post("/accounts", content=b"x", headers={"Content-Length": str(most + 1)})
    assert declared.status_code == 413

    def endless() -> object:
        block = io.BytesIO(b"x" * 65_536).read()
        for _ in range(most // len(block) + 2):
            yield block

    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    assert guest.post("/accounts", content=endless(), headers=kind).status_code == 413


def test_what_was_done_about_accounts_is_in_the_log(browser: Callable, library: Library) -> None:
    chief = browser("掌门", "administrator")
    chief.submit("/accounts", do="add", name="李伟", password=_PASSWORD, role="viewer")
    chief.submit("/accounts", do="role", name="李伟", role="reviewer")
    text = chief.see("/accounts")
    assert "新增账号" in text
    lines = [(line.who, line.action, line.subject) for line in library.accounts.log()]
    assert lines[:2] == [("掌门", "account_role", "李伟"), ("掌门", "account_add", "李伟")]
    assert ("掌门", "sign_in", "") in lines


def test_first_account_must_be_an_administrator(browser: Callable, library: Library) -> None:
    guest = browser()
    guest.see("/accounts")
    guest.submit("/accounts", status=400, do="add", name="李伟", password=_PASSWORD, role="viewer")
    assert not library.accounts.any()
