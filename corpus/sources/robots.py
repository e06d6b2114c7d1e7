"""What a site's robots.txt allows this program, read after RFC 9309, with Crawl-delay beside it."""

from __future__ import annotations

from dataclasses import dataclass, field

from protego import Protego

AGENT = "taizhang"


@dataclass(frozen=True, slots=True)
class Rules:
    """One host's rules. ``unread`` where the file could not be had, which forbids everything."""

    unread: bool = False
    parsed: Protego | None = field(default=None, compare=False)

    def allow(self, url: str) -> bool:
        """True where the address may be asked for."""
        if self.unread:
            return False
        return self.parsed is None or self.parsed.can_fetch(url, AGENT)

    @property
    def delay(self) -> float:
        """Seconds from one request to the next that the site asks for; 0 if it asks for none."""
        if self.parsed is None:
            return 0.0
        rate = self.parsed.request_rate(AGENT)
        spread = rate.seconds / rate.requests if rate and rate.requests else 0.0
        return max(self.parsed.crawl_delay(AGENT) or 0.0, spread)


def rules_of(status: int, content: bytes) -> Rules:
    """No file is no rule (4xx); a server in trouble (5xx) is a no until it can be asked."""
    if 200 <= status < 300:
        return Rules(parsed=Protego.parse(content.decode("utf-8-sig", "replace")))
    return Rules(unread=status >= 500 or status == 429)
