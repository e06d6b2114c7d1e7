"""The ways out that the settings name (``[notify]``), as the digests of the web application take
them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.settings import NotifySettings

if TYPE_CHECKING:
    from outputs.review.post import Channels


def channels(settings: NotifySettings) -> Channels:
    """E-mail where a server is set, a webhook where one is."""
    from outputs.review.post import Channels, Mail

    mail = Mail(
        settings.smtp_host,
        settings.mail_from or settings.smtp_user,
        settings.smtp_port,
        settings.smtp_security,
        settings.smtp_user,
        settings.smtp_password,
    )
    found = mail if settings.smtp_host and mail.sender else None
    return Channels(found, settings.webhook, settings.base.rstrip("/"))
