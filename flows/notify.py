"""Telling people that something went wrong while nobody looked: by e-mail and by webhook.

运行失败：crawl hngz（2027-03-02 01:30）  原因：网站连续 3 次没有回答
"""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Callable
from dataclasses import asdict, dataclass
from email.message import EmailMessage
from email.utils import formatdate, make_msgid

from corpus.model.errors import PolicyError, SettingsError
from flows.settings import NotifySettings

_SECONDS = 20.0
_SECURITY = ("tls", "starttls", "none")


class NotTold(PolicyError):
    """A notice that did not get through; ``way`` is mail or webhook."""

    def __init__(self, way: str, reason: str) -> None:
        super().__init__(
            f"通知未能送出（{way}）：{reason}", f"the {way} was not delivered: {reason}"
        )
        self.way = way


@dataclass(frozen=True, slots=True)
class Notice:
    """What happened, for people; ``address`` leads to where more can be seen."""

    subject: str
    text: str
    run: str = ""
    state: str = ""
    address: str = ""


def ways(settings: NotifySettings) -> list[str]:
    """How people are told: 'mail', 'webhook', both or not at all."""
    mail = ["mail"] if settings.mail_to else []
    return [*mail, *(["webhook"] if settings.webhook else [])]


def notify(notice: Notice, settings: NotifySettings) -> list[NotTold]:
    """Tell everybody; what did not get through keeps no other way from being tried."""
    known: dict[str, Callable[[Notice, NotifySettings], None]] = {"mail": _mail, "webhook": _post}
    failed = []
    for way in ways(settings):
        try:
            known[way](notice, settings)
        except NotTold as error:
            failed.append(error)
    return failed


def check(settings: NotifySettings) -> None:
    """SettingsError where the settings can't work."""
    if settings.smtp_security not in _SECURITY:
        raise SettingsError(
            f"notify.smtp_security 应为 {'、'.join(_SECURITY)} 之一",
            f"notify.smtp_security must be one of {', '.join(_SECURITY)}",
        )
    if settings.mail_to and not settings.smtp_host:
        raise SettingsError(
            "设置了 notify.mail_to，但没有 notify.smtp_host",
            "notify.mail_to needs notify.smtp_host",
        )


def send_mail(to: str, subject: str, text: str, settings: NotifySettings) -> None:
    """One message through the office's mail server; NotTold where it is not taken."""
    check(settings)
    message = EmailMessage()
    message["Subject"] = " ".join(subject.split())
    message["From"] = settings.mail_from or settings.smtp_user or to.split(",")[0].strip()
    message["To"] = to
    message["Date"] = formatdate(localtime=True)
    message["Message-ID"] = make_msgid(domain="taizhang.invalid")
    message.set_content(text)
    try:
        with _connected(settings) as server:
            if settings.smtp_user:
                server.login(settings.smtp_user, settings.smtp_password)
            server.send_message(message)
    except (OSError, smtplib.SMTPException) as error:
        raise NotTold("mail", f"{type(error).__name__}: {error}") from error


def _mail(notice: Notice, settings: NotifySettings) -> None:
    text = "\n\n".join(filter(None, (notice.text, notice.address)))
    send_mail(settings.mail_to, notice.subject, text, settings)


def _connected(settings: NotifySettings) -> smtplib.SMTP:
    """Certificates are verified; SSL_CERT_FILE names those of an office of its own."""
    context = ssl.create_default_context()
    place = (settings.smtp_host, settings.smtp_port)
    if settings.smtp_security == "tls":
        return smtplib.SMTP_SSL(*place, timeout=_SECONDS, context=context)
    server = smtplib.SMTP(*place, timeout=_SECONDS)
    if settings.smtp_security == "starttls":
        server.starttls(context=context)
    return server


def _post(notice: Notice, settings: NotifySettings) -> None:
    import httpx

    body = {"text": f"{notice.subject}\n{notice.text}", **asdict(notice)}
    try:
        answer = httpx.post(settings.webhook, json=body, timeout=_SECONDS)
        answer.raise_for_status()
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise NotTold("webhook", f"{type(error).__name__}: {error}") from error
