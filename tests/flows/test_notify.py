"""Failed runs are told by e-mail and by webhook, and what is not delivered is told, too."""

from __future__ import annotations

import base64
import json
import shutil
import socketserver
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from corpus.model.errors import SettingsError
from flows.notify import Notice, check, notify, ways
from flows.settings import NotifySettings

_NOTICE = Notice(
    "[台账] 运行失败：crawl yunling", "网站连续 3 次没有回答", "run-1", "Failed", "http://x/runs/1"
)


@dataclass
class _Mailbox:
    """What a mail server was told."""

    port: int = 0
    words: list[str] = field(default_factory=list)
    messages: list[bytes] = field(default_factory=list)


class _Mail(socketserver.StreamRequestHandler):
    """As much of SMTP as a client needs to deliver: RFC 5321, AUTH PLAIN, STARTTLS."""

    mailbox: _Mailbox
    context: ssl.SSLContext | None = None
    refuse = False

    def handle(self) -> None:
        self._say(b"220 mail.yunling.example")
        while line := self.rfile.readline():
            words = line.decode().strip()
            self.mailbox.words.append(words)
            verb = words.split(" ")[0].upper()
            if verb == "QUIT":
                self._say(b"221 bye")
                return
            self._answer(verb)

    def _answer(self, verb: str) -> None:
        if verb == "EHLO":
            self._say(b"250-mail.yunling.example\r\n250-STARTTLS\r\n250 AUTH PLAIN")
        elif verb == "STARTTLS" and self.context is not None:
            self._say(b"220 go on")
            self.request = self.context.wrap_socket(self.request, server_side=True)
            self.rfile, self.wfile = self.request.makefile("rb"), self.request.makefile("wb", 0)
        elif verb == "AUTH":
            self._say(b"235 welcome")
        elif verb == "RCPT" and self.refuse:
            self._say(b"550 no such box")
        elif verb == "DATA":
            self._say(b"354 go on")
            content = b""
            while not content.endswith(b"\r\n.\r\n"):
                content += self.rfile.readline()
            self.mailbox.messages.append(content)
            self._say(b"250 taken")
        else:
            self._say(b"250 good")

    def _say(self, words: bytes) -> None:
        self.wfile.write(words + b"\r\n")


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def handle_error(self, _request: Any, _address: Any) -> None:
        """A client that does not trust us hangs up: that is what a test is about."""


@pytest.fixture
def mailbox() -> Iterator[Callable[..., _Mailbox]]:
    """Starts a mail server; ``tls`` from the first byte, ``context`` for STARTTLS."""
    servers: list[_Server] = []

    def start(*, context: ssl.SSLContext | None = None, tls: bool = False, refuse: bool = False):  # type: ignore[no-untyped-def]
        found = _Mailbox()
        handler = type("Mail", (_Mail,), {"mailbox": found, "context": context, "refuse": refuse})
        server = _Server(("127.0.0.1", 0), handler)
        if tls and context is not None:
            server.socket = context.wrap_socket(server.socket, server_side=True)
        found.port = server.server_address[1]
        servers.append(server)
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        return found

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for 127.0.0.1 that nobody but the test trusts."""
    if shutil.which("openssl") is None:
        pytest.skip("needs openssl to make a certificate")
    place = tmp_path_factory.mktemp("tls") / "both.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-keyout",
         place, "-out", place.with_suffix(".crt"), "-subj", "/CN=127.0.0.1", "-addext",
         "subjectAltName=IP:127.0.0.1"],
        check=True, capture_output=True,
    )  # fmt: skip
    with place.open("ab") as both:
        both.write(place.with_suffix(".crt").read_bytes())
    return place


def _context(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


def _settings(port: int, **values: Any) -> NotifySettings:
    known = {
        "mail_to": "a@yunling.example, b@yunling.example",
        "mail_from": "taizhang@yunling.example",
    }
    return NotifySettings(
        **{**known, "smtp_host": "127.0.0.1", "smtp_port": port, "smtp_security": "none", **values}
    )


def test_mail_says_what_happened_in_chinese(mailbox: Callable[..., _Mailbox]) -> None:
    found = mailbox()
    assert notify(_NOTICE, _settings(found.port)) == []
    (content,) = found.messages
    message = message_from_bytes(content, policy=policy.default)
    assert message["Subject"] == _NOTICE.subject
    assert message["To"] == "a@yunling.example, b@yunling.example"
    text = message.get_content()
    assert _NOTICE.text in text
    assert _NOTICE.address in text
    recipients = [word for word in found.words if word.upper().startswith("RCPT")]
    assert [word.split(":")[1].split(">")[0].strip("<") for word in recipients] == [
        "a@yunling.example",
        "b@yunling.example",
    ]


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_mail_goes_over_a_verified_line_with_a_password(
    mailbox: Callable[..., _Mailbox],
    certificate: Path,
    security: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = mailbox(context=_context(certificate), tls=security == "tls")
    settings = _settings(
        found.port, smtp_security=security, smtp_user="taizhang", smtp_password="秘密word"
    )
    (error,) = notify(_NOTICE, settings)
    assert "CERTIFICATE_VERIFY_FAILED" in str(error)
    assert found.messages == []
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.with_suffix(".crt")))
    settings = _settings(
        found.port, smtp_security=security, smtp_user="taizhang", smtp_password="password"
    )
    assert notify(_NOTICE, settings) == []
    assert len(found.messages) == 1
    signed = next(word for word in found.words if word.startswith("AUTH PLAIN"))
    assert base64.b64decode(signed.split(" ")[2]) == b"\0taizhang\0password"


def test_what_is_not_taken_is_told(mailbox: Callable[..., _Mailbox]) -> None:
    (refused,) = notify(_NOTICE, _settings(mailbox(refuse=True).port))
    assert refused.way == "mail"
    assert "550" in str(refused)
    (nobody,) = notify(_NOTICE, _settings(1))
    assert "mail" in str(nobody)


class _Hook(BaseHTTPRequestHandler):
    bodies: list[Any]
    status = 200

    def do_POST(self) -> None:
        self.bodies.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(self.status)
        self.end_headers()

    def log_message(self, *_words: object) -> None:
        """Quiet."""


@pytest.fixture(params=[200, 500])
def hook(request: pytest.FixtureRequest) -> Iterator[tuple[str, list[Any], int]]:
    bodies: list[Any] = []
    handler = type("Hook", (_Hook,), {"bodies": bodies, "status": request.param})
    server = HTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/hook", bodies, request.param
    server.shutdown()
    server.server_close()


def test_webhook_gets_the_notice_and_one_way_does_not_keep_the_other(
    hook: tuple[str, list[Any], int],
) -> None:
    address, bodies, status = hook
    settings = _settings(1, webhook=address)
    failed = notify(_NOTICE, settings)
    assert [error.way for error in failed] == (["mail"] if status == 200 else ["mail", "webhook"])
    (body,) = bodies
    assert body["subject"] == _NOTICE.subject
    assert body["run"] == "run-1"
    assert _NOTICE.text in body["text"]


def test_nobody_is_told_where_nothing_is_set() -> None:
    assert ways(NotifySettings()) == []
    assert notify(_NOTICE, NotifySettings()) == []


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        (NotifySettings(smtp_security="ssl"), "smtp_security"),
        (NotifySettings(mail_to="a@yunling.example"), "smtp_host"),
    ],
)
def test_settings_that_cannot_work_are_told(settings: NotifySettings, told: str) -> None:
    with pytest.raises(SettingsError, match=told):
        check(settings)


def test_run_that_fails_is_told_and_one_that_is_done_is_not(
    prefect: None, mailbox: Callable[..., _Mailbox], monkeypatch: pytest.MonkeyPatch
) -> None:
    from prefect import flow
    from prefect.states import Completed

    from flows.notify_hooks import UNATTENDED

    found = mailbox()
    for name, value in {
        "MAIL_TO": "a@yunling.example", "SMTP_HOST": "127.0.0.1", "SMTP_PORT": str(found.port),
        "SMTP_SECURITY": "none",
    }.items():  # fmt: skip
        monkeypatch.setenv(f"TAIZHANG_NOTIFY_{name}", value)

    @flow(name="yunling", **UNATTENDED)
    def crawled(what: str) -> object:
        if what == "failed":
            raise RuntimeError("网站没有回答")
        return Completed(name=what)

    subjects = []
    for what in ("Completed", "Incomplete", "failed"):
        crawled(what, return_state=True)
        subjects.append(len(found.messages))
    assert subjects == [0, 1, 2]
    last = message_from_bytes(found.messages[-1], policy=policy.default)
    assert "运行失败" in str(last["Subject"])
    assert "网站没有回答" in last.get_content()
