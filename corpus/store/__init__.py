"""The library: documents, ledgers, comparisons and what was done when, in one database."""

from corpus.store.store import Store, open_store

__all__ = ["Store", "open_store"]
