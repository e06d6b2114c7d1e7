"""Tests that need the engine and its models are marked ``ocr`` and run with ``-m ocr``."""

from __future__ import annotations

import pytest


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "ocr: needs RapidOCR and its models, some seconds a page")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if "ocr" in str(config.getoption("-m")):
        return
    skip = pytest.mark.skip(reason="reads with the OCR engine; run with -m ocr")
    for item in items:
        if "ocr" in item.keywords and item.get_closest_marker("ocr"):
            item.add_marker(skip)
