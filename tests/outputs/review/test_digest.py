"""订阅 and the digest: only what is new, deadlines always, nothing twice, failures in words."""

from __future__ import annotations

import html
import json
import socketserver
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from corpus.lineage import Related
from corpus.model.change import Relation
from corpus.store.desk_records import ChangeFilter, RowFilter
from corpus.store.subscriptions import DeliveryState, DigestSetting, SubscriptionKind
from outputs.review import access
from outputs.review.digest import compose, send_due, subscribe
from outputs.review.library import Library
from outputs.review.post import Channels, Letter, Mail, NotSentError, send
from outputs.review.site import Site

_TODAY = date(2025, 6, 1)
_WHO = "张敏"
_PASSWORD = "云岭省的密码2025"


@dataclass
class Server:
    """A server on this machine and what it got."""

    port: int = 0
    got: list[Any] = field(default_factory=list)
    refuses: bool = False


@pytest.fixture
def mail_server() -> Iterator[Server]:
    """Speaks enough SMTP to take a message, and offers no encryption."""
    kept = Server()

    class Session(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(b"220 here\r\n")
            for line in self.rfile:
                word = line[:4].upper()
                if word == b"DATA":
                    self.wfile.write(b"354 go on\r\n")
                    kept.got.append(_letter(self.rfile))
                    self.wfile.write(b"250 taken\r\n")
                elif word == b"QUIT":
                    self.wfile.write(b"221 bye\r\n")
                    return
                elif word == b"RCPT" and kept.refuses:
                    self.wfile.write(b"550 no such person\r\n")
                elif word == b"EHLO":
                    self.wfile.write(b"250-here\r\n250 8BITMIME\r\n")
                else:
                    self.wfile.write(b"250 well\r\n")

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Session) as server:
        kept.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield kept
        server.shutdown()


def _letter(lines: Any) -> EmailMessage:
    content = b""
    for line in lines:
        if line == b".\r\n":
            break
        content += line
    found = message_from_bytes(content, policy=policy.default)
    assert isinstance(found, EmailMessage)
    return found


@pytest.fixture
def hook_server() -> Iterator[Server]:
    """Takes JSON by POST."""
    kept = Server()

    class Session(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            kept.got.append(json.loads(self.rfile.read(int(self.headers["content-length"]))))
            self.send_response(503 if kept.refuses else 204)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """Quiet."""

    with HTTPServer(("127.0.0.1", 0), Session) as server:
        kept.port = server.server_port
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield kept
        server.shutdown()


def _mail(server: Server) -> Mail:
    return Mail("127.0.0.1", "taizhang@yunling.example", server.port, security="none")


@pytest.fixture
def reader(library: Library) -> str:
    """Somebody with an account, subscribed to everything, to whom all changes are news."""
    access.new_account(library.accounts, _WHO, _PASSWORD, "viewer")
    library.subscriptions.add(_WHO, SubscriptionKind.ALL, "")
    library.subscriptions.choose(DigestSetting(_WHO, "zm@yunling.example", webhook=True))
    return _WHO


def test_what_was_there_when_one_subscribed_is_no_news(library: Library) -> None:
    library.subscriptions.add("甲", SubscriptionKind.ALL, "")
    subscribe(library, "乙", SubscriptionKind.ALL, "")
    assert compose(library, "甲", today=_TODAY).content.all_changes > 10
    assert compose(library, "乙", today=_TODAY).content.all_changes == 0


@pytest.mark.parametrize(
    ("kind", "wanted"),
    [(SubscriptionKind.UNIT, "财政厅"), (SubscriptionKind.INDICATOR, "养老床位 总数")],
)
def test_news_are_those_of_what_was_subscribed_to(
    library: Library, kind: SubscriptionKind, wanted: str
) -> None:
    library.subscriptions.add("甲", kind, wanted)
    told = compose(library, "甲", today=_TODAY).told
    every = library.desk.changes(ChangeFilter(), size=1000).items
    sides = {e.key: [s for s in (e.change.prior, e.change.new) if s] for e in every}

    def says(side: Any) -> bool:
        if kind is SubscriptionKind.UNIT:
            return any(wanted in unit.name for unit in side.responsible_units)
        return wanted.replace(" ", "") in (side.indicator or "")

    right = {key for key, both in sides.items() if any(says(side) for side in both)}
    assert {key for _, key in told} == right != set()


def test_family_of_a_document_is_told_of_whichever_was_chosen(library: Library, plan: str) -> None:
    prior = library.desk.changes(ChangeFilter(document=plan), size=1).items[0].prior_id
    assert prior is not None
    found = [Related(Relation(plan, prior, "earlier_plan", 1.0), False)]
    library.store.save_relations(plan, checked=[prior], found=found, version="1")
    library.subscriptions.add("甲", SubscriptionKind.DOCUMENT, prior)
    assert {d for d, _ in compose(library, "甲", today=_TODAY).told} == {plan}


def test_digest_goes_by_mail_and_webhook_once_and_next_only_with_what_is_new(
    library: Library, reader: str, mail_server: Server, hook_server: Server
) -> None:
    hook = f"http://127.0.0.1:{hook_server.port}/in"
    channels = Channels(_mail(mail_server), hook, "https://taizhang.yunling.example")
    news = compose(library, reader, today=_TODAY).content.all_changes
    sent = send_due(library, channels, today=_TODAY)
    assert {each.state for each in sent} == {DeliveryState.SENT}
    (letter,), (posted,) = mail_server.got, hook_server.got
    assert letter["to"] == "zm@yunling.example"
    assert f"{news} 处新变化" in letter["subject"]
    text = letter.get_body(("plain",)).get_content()
    assert "即将到期（今后 30 天）" in text
    assert "https://taizhang.yunling.example/documents/" in text
    assert "<h2>" in letter.get_body(("html",)).get_content()
    assert len(posted["changes"]) == posted["all_changes"] == news
    assert posted["changes"][0]["url"].startswith("https://taizhang.yunling.example/documents/")
    assert send_due(library, channels, today=_TODAY) == []
    send_due(library, channels, today=_TODAY + timedelta(days=1))
    assert hook_server.got[1]["all_changes"] == 0
    assert hook_server.got[1]["since"] == "2025-06-01"
    assert "没有新的变化" in mail_server.got[1].get_body(("plain",)).get_content()


def test_deadlines_are_stated_with_and_without_any(
    library: Library, reader: str, mail_server: Server
) -> None:
    channels = Channels(_mail(mail_server))
    due = [
        e.commitment.deadline.end
        for e in library.desk.entries(RowFilter(state="standing", due="dated"), size=1000).items
        if e.commitment.deadline and e.commitment.deadline.end
    ]
    day = max(due)
    send_due(library, channels, today=day)
    send_due(library, channels, today=day + timedelta(days=400))
    some, none = (m.get_body(("plain",)).get_content() for m in mail_server.got)
    assert f"- {day.isoformat()} " in some
    assert "今后 30 天内没有到期的任务" not in some
    assert "今后 30 天内没有到期的任务" in none


def test_what_could_not_be_sent_is_tried_again_and_not_for_ever(
    library: Library, reader: str, hook_server: Server
) -> None:
    library.subscriptions.choose(DigestSetting(reader, webhook=True, every=7))
    channels = Channels(webhook=f"http://127.0.0.1:{hook_server.port}/in")
    hook_server.refuses = True
    (failed,) = send_due(library, channels, today=_TODAY)
    assert (failed.state, failed.reason) == (
        DeliveryState.FAILED,
        "未能送出：HTTP 503 | not sent: HTTP 503",
    )
    hook_server.refuses = False
    (again,) = send_due(library, channels, today=_TODAY)
    assert again.state is DeliveryState.SENT
    assert hook_server.got[0] == hook_server.got[1]
    hook_server.refuses = True
    for _ in range(8):
        send_due(library, channels, today=_TODAY + timedelta(days=7))
    assert len(hook_server.got) == 2 + 5


def test_delivery_that_another_program_took_is_left_to_it(library: Library, reader: str) -> None:
    library.subscriptions.keep(reader, [], day="2025-06-01", json="{}", ways=[("webhook", "")])
    (waiting,) = library.subscriptions.waiting()
    assert library.subscriptions.claim(waiting)
    assert not library.subscriptions.claim(waiting)
    assert library.subscriptions.waiting() == []


def test_mail_server_without_encryption_gets_nothing_where_encryption_is_set(
    library: Library, reader: str, mail_server: Server
) -> None:
    mail = Mail("127.0.0.1", "a@b.example", mail_server.port, security="starttls")
    sent = send_due(library, Channels(mail), today=_TODAY)
    assert [each.state for each in sent] == [DeliveryState.FAILED]
    assert mail_server.got == []


def test_address_that_the_server_refuses_is_said_without_its_answer(
    mail_server: Server, library: Library, reader: str
) -> None:
    mail_server.refuses = True
    (failed,) = send_due(library, Channels(_mail(mail_server)), today=_TODAY)
    assert failed.reason.startswith("未能送出：SMTPRecipientsRefused")
    assert "no such person" not in failed.reason


def test_nothing_goes_to_an_account_that_was_closed(
    library: Library, reader: str, hook_server: Server
) -> None:
    access.new_account(library.accounts, "李伟", _PASSWORD, "administrator")
    access.change_account(library.accounts, reader, disabled=True)
    channels = Channels(webhook=f"http://127.0.0.1:{hook_server.port}/in")
    assert send_due(library, channels, today=_TODAY) == []


def test_settings_that_can_not_work_are_an_error_in_words() -> None:
    with pytest.raises(NotSentError, match="security"):
        send(Letter("a@b.example", "s", "t", "h", "n"), Mail("a", "b", security="maybe"))


# The page


def test_one_subscribes_and_unsubscribes_on_the_page(browser: Callable, site: Site) -> None:
    guest = browser(_WHO, "viewer")
    assert "还没有订阅" in guest.see("/subscriptions")
    guest.submit("/subscriptions", do="add", kind="unit", wanted="财政厅")
    text = html.unescape(guest.see("/subscriptions"))
    assert "/changes?unit=" in text
    assert "今后 30 天" in text
    again = guest.submit("/subscriptions", 422, do="add", kind="unit", wanted="财政厅")
    assert "已经订阅过了" in again
    guest.submit("/subscriptions", do="settings", email="zm@yunling.example", every="7")
    assert site.library.subscriptions.setting(_WHO).every == 7
    assert "管理员还没有设置邮件服务器" in guest.see("/subscriptions")
    (mine,) = site.library.subscriptions.of(_WHO)
    browser("李伟", "viewer").submit("/subscriptions", do="remove", id=mine.id)
    assert site.library.subscriptions.of(_WHO) == [mine]
    guest.submit("/subscriptions", do="remove", id=mine.id)
    assert site.library.subscriptions.of(_WHO) == []


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"do": "add", "kind": "unit", "wanted": "厅"}, "2 至 100 个字"),
        ({"do": "add", "kind": "document", "wanted": "d-none"}, "没有这份文件"),
        ({"do": "add", "kind": "nothing", "wanted": "财政厅"}, "选项不正确"),
        ({"do": "settings", "email": "a@b.example\r\nBcc: c@d.example"}, "地址不正确"),
        ({"do": "settings", "email": "", "every": "2"}, "选项不正确"),
        ({"do": "everything"}, "操作不正确"),
    ],
)
def test_subscription_that_makes_no_sense_is_refused_in_words(
    browser: Callable, fields: dict[str, str], words: str
) -> None:
    guest = browser(_WHO, "viewer")
    assert words in guest.submit("/subscriptions", 422, **fields)


def test_news_that_were_read_are_news_no_more_and_others_digests_stay_shut(
    browser: Callable, library: Library
) -> None:
    guest = browser(_WHO, "viewer")
    library.subscriptions.add(_WHO, SubscriptionKind.ALL, "")
    assert "全部标为已读" in guest.see("/subscriptions")
    guest.submit("/subscriptions", do="read")
    assert "没有新的变化" in guest.see("/subscriptions")
    made = compose(library, _WHO, today=_TODAY)
    number = library.subscriptions.keep(
        _WHO, made.told, day="2025-06-01", json=made.content.dumps(), ways=[]
    )
    assert "台账摘要 2025-06-01" in guest.see(f"/subscriptions/{number}")
    assert browser("李伟", "viewer").get(f"/subscriptions/{number}").status_code == 404
