"""Ways out of the house: e-mail through the office's own server, and a webhook.

A message that can't be sent says why in words, and no password and no answer of a server's is part
of them.
"""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formatdate
from typing import Any

from corpus.model.errors import PolicyError

_SECONDS = 30.0
SECURITY = ("tls", "starttls", "none")


@dataclass(frozen=True, slots=True)
class Mail:
    """The server that takes e-mail. ``security``: tls from the first byte, starttls, or none on a
    trusted line; a server that can't do what is set gets nothing."""

    server: str
    sender: str
    port: int = 465
    security: str = "tls"
    user: str = ""
    password: str = ""


@dataclass(frozen=True, slots=True)
class Channels:
    """What digests go out through; ``base`` is where people reach the application, for links."""

    mail: Mail | None = None
    webhook: str = ""
    base: str = ""


class NotSentError(PolicyError):
    """A message that did not get through; another try may."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"未能送出：{reason}", f"not sent: {reason}")


@dataclass(frozen=True, slots=True)
class Letter:
    """One e-mail. ``name`` is the same whenever it is sent, so that a double is known as one."""

    to: str
    subject: str
    text: str
    html: str
    name: str


def send(letter: Letter, mail: Mail) -> None:
    """Hand a letter to the server; NotSentError where it is not taken."""
    message = EmailMessage()
    message["Subject"] = " ".join(letter.subject.split())
    message["From"] = mail.sender
    message["To"] = letter.to
    message["Date"] = formatdate(localtime=True)
    message["Message-ID"] = f"<{letter.name}@taizhang.invalid>"
    message.set_content(letter.text)
    message.add_alternative(letter.html, subtype="html")
    try:
        with _connected(mail) as server:
            if mail.user:
                server.login(mail.user, mail.password)
            server.send_message(message)
    except (OSError, smtplib.SMTPException) as error:
        raise NotSentError(_said(error)) from error


def _connected(mail: Mail) -> smtplib.SMTP:
    if mail.security not in SECURITY:
        raise NotSentError(f"security: {' / '.join(SECURITY)}")
    context = ssl.create_default_context()
    if mail.security == "tls":
        return smtplib.SMTP_SSL(mail.server, mail.port, timeout=_SECONDS, context=context)
    server = smtplib.SMTP(mail.server, mail.port, timeout=_SECONDS)
    if mail.security == "starttls":
        try:
            server.starttls(context=context)
        except BaseException:
            server.close()
            raise
    return server


def _said(error: OSError | smtplib.SMTPException) -> str:
    """What went wrong; an answer of a server may quote what was sent to it, so it is left out."""
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{type(error).__name__} {error.smtp_code}"
    if isinstance(error, smtplib.SMTPException):
        return type(error).__name__
    return f"{type(error).__name__}: {error.strerror or error}"


def post(address: str, content: Mapping[str, Any]) -> None:
    """Post JSON to the webhook; NotSentError where it is not taken. Nothing is followed elsewhere:
    a redirect is an answer like any other that says no."""
    import httpx

    try:
        answer = httpx.post(address, json=content, timeout=_SECONDS, follow_redirects=False)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise NotSentError(type(error).__name__) from error
    if not answer.is_success:
        raise NotSentError(f"HTTP {answer.status_code}")
