"""What can go wrong, as one small tree:

    PolicyError
    ├ UnreadableFile      the file can't be read: empty, damaged, encrypted, no known format
    ├ DocumentNotFound    no such document in the library
    ├ UnknownExtractor    no extractor of that name
    ├ UnknownFormat       no export format of that name
    ├ ModelNotInstalled   the trained model is missing, damaged or of an unknown version
    ├ SettingsError       a setting is missing or wrong
    └ GoldError           an annotated file that can't be read

Every message says what happened, to which thing, and what to do, in Chinese and in English;
the thing itself is an attribute.
"""

from __future__ import annotations


class PolicyError(Exception):
    """Base of every error that a user can do something about.

    ``zh`` and ``en`` are one line each; ``str(error)`` is both.
    """

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(f"{zh} | {en}")
        self.zh = zh
        self.en = en


class UnreadableFile(PolicyError):
    """A file that can't be read as a document. ``source`` is its name, ``reason`` a short code."""

    def __init__(self, source: str, reason: str, *, zh: str, en: str) -> None:
        super().__init__(f"{source}：{zh}", f"{source}: {en}")
        self.source = source
        self.reason = reason


class DocumentNotFound(PolicyError):
    """No document in the library answers to ``wanted``."""

    def __init__(self, wanted: str) -> None:
        super().__init__(
            f"台账库中没有“{wanted}”，可用 taizhang documents 查看已入库文件",
            f"no document '{wanted}' in the library; `taizhang documents` lists them",
        )
        self.wanted = wanted


class UnknownExtractor(PolicyError):
    """No extractor is registered under ``name``."""

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        super().__init__(
            f"没有名为“{name}”的抽取器，可用的有：{'、'.join(known)}",
            f"no extractor '{name}'; there are: {', '.join(known)}",
        )
        self.name = name
        self.known = known


class UnknownFormat(PolicyError):
    """No export format is registered under ``name``."""

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        super().__init__(
            f"没有名为“{name}”的输出格式，可用的有：{'、'.join(known)}",
            f"no format '{name}'; there are: {', '.join(known)}",
        )
        self.name = name
        self.known = known


class ModelNotInstalled(PolicyError):
    """The trained model ``name`` can't be used; the words say how to repair it."""

    def __init__(self, name: str, zh: str, en: str) -> None:
        super().__init__(f"模型 {name}：{zh}", f"model {name}: {en}")
        self.name = name


class SettingsError(PolicyError):
    """A setting that can't be used."""


class GoldError(PolicyError):
    """An annotated file that can't be read as the guidelines say."""
