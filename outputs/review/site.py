"""What one running web application is made of; ``flows`` makes it and hands it over."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from corpus.model.document import Document
from corpus.model.geometry import Span
from corpus.model.review import Values
from outputs.review.library import Library
from outputs.review.post import Channels
from outputs.review.runs import Runs

# What the columns of a row may be, of words chosen in a document.
Suggest = Callable[[Document, Span], Values]

_MEGA = 1_000_000


@dataclass(frozen=True, slots=True)
class SiteOptions:
    """``upload`` and ``file`` are the most bytes of one upload and of one file in it, ``body`` of
    any other request. ``loopback`` where the server answers this machine only."""

    loopback: bool = True
    upload: int = 600 * _MEGA
    file: int = 200 * _MEGA
    files: int = 200
    body: int = _MEGA
    session_hours: int = 12


def _nothing(_document: Document, _span: Span) -> Values:
    return Values()


@dataclass(slots=True)
class Site:
    """``secret`` signs form tokens; ``today`` is a function so that a test can choose the day;
    ``suggest`` fills in the form of a row that a person adds, as far as the rules can;
    ``channels`` says whether digests can be sent."""

    library: Library
    runs: Runs
    secret: bytes
    options: SiteOptions = field(default_factory=SiteOptions)
    today: Callable[[], date] = date.today
    suggest: Suggest = _nothing
    channels: Channels = field(default_factory=Channels)

    def single_user(self, client: str, host: str) -> bool:
        """True where whoever sits at this machine may do everything: nobody has an account yet,
        and the request comes from here under a name of here (no other site's name for it)."""
        if not self.options.loopback or self.library.accounts.any():
            return False
        return is_loopback(client) and is_loopback(host_name(host))


def is_loopback(host: str) -> bool:
    """True for this machine itself."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def host_name(host: str) -> str:
    """The name in a Host header, without port and brackets: [::1]:8000 is ::1."""
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.partition(":")[0]
