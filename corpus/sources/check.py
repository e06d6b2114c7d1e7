"""What a site's file finds on the site: one page of each list and one article, for whoever adjusts
its selectors. The answer to “对不对” is left to the person; what is missing is said.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from corpus.model.errors import UnreadableFile
from corpus.sources.adapters import load_adapter
from corpus.sources.article import Article
from corpus.sources.fetch import Fetched, Fetcher
from corpus.sources.listing import Listing
from corpus.sources.reasons import NotFetched
from corpus.sources.site import Site

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Checked:
    """One address that was tried: what was read there, or why nothing was."""

    url: str
    listing: Listing | None = None
    article: Article | None = None
    wanted: int = 0
    trouble: str | None = None


def check_site(site: Site, fetcher: Fetcher) -> list[Checked]:
    """The first page of every list, and the first article that could be read."""
    found: list[Checked] = []
    adapter = load_adapter(site.adapter)
    for start in site.starts:
        tried = _tried(fetcher, start, lambda got: adapter.read_list(got, site, 1))
        if isinstance(tried, str):
            found.append(Checked(start, trouble=tried))
            continue
        wanted = [x for x in tried.links if site.unwanted(x.url) is None]
        found.append(Checked(start, listing=tried, wanted=len(wanted)))
        if wanted and not any(each.article for each in found):
            url = wanted[0].url
            read = _tried(fetcher, url, lambda got: adapter.read_article(got, site))
            told = (
                Checked(url, trouble=read) if isinstance(read, str) else Checked(url, article=read)
            )
            found.append(told)
    return found


def _tried(fetcher: Fetcher, url: str, read: Callable[[Fetched], T]) -> T | str:
    """What was read, or why it couldn't be."""
    try:
        fetched = fetcher.get(url)
        if fetched.status != 200:
            return str(NotFetched(url, "missing", note=str(fetched.status)))
        return read(fetched)
    except (NotFetched, UnreadableFile) as error:
        return str(error)
