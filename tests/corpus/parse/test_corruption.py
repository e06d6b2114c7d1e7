"""Files broken at random do no harm; ``tests.corpus.parse.corruption`` does it at length."""

from __future__ import annotations

import pytest

from tests.corpus.parse.corruption import LINE, originals, outcome_of, run


def test_whole_files_are_read() -> None:
    whole = {name: content for name, content in originals().items() if "page." not in name}
    for name in ("words.docx", "pages.ofd", "plan.txt", "plan.md", "attached.zip"):
        assert outcome_of(whole[name], name) == "read"


def test_what_goes_wrong_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    import corpus.parse

    def fall(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(corpus.parse, "parse", fall)
    assert "ZeroDivisionError" in outcome_of(LINE.encode(), "a.txt")


@pytest.mark.fuzz
def test_broken_files_are_read_or_refused_clearly() -> None:
    report = run(36, seed=7, until=60)
    assert report.wrong == []
    assert sum(report.counts.values()) > 5
