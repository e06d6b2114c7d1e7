"""Adapters: how the lists and articles of one kind of site are read, by the name that a site's file
gives. To add one: a module with an ``ADAPTER``, and one line in ``ADAPTERS``.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.model.errors import SettingsError

if TYPE_CHECKING:
    from corpus.sources.article import Article
    from corpus.sources.fetch import Fetched
    from corpus.sources.listing import Listing
    from corpus.sources.site import Site

ADAPTERS: dict[str, str] = {
    "government": "corpus.sources.government",
}


@dataclass(frozen=True, slots=True)
class Adapter:
    """Reads a page of a list (site, number of the page) and an article."""

    read_list: Callable[[Fetched, Site, int], Listing]
    read_article: Callable[[Fetched, Site], Article]


def load_adapter(name: str) -> Adapter:
    """The adapter of that name; SettingsError where there is none."""
    if name not in ADAPTERS:
        known = ", ".join(ADAPTERS)
        raise SettingsError(
            f"没有名为“{name}”的站点适配器，可用的有：{known}",
            f"no adapter '{name}' for sites; there are: {known}",
        )
    found: Adapter = importlib.import_module(ADAPTERS[name]).ADAPTER
    return found
