"""Every format of the table can be loaded and made; others are refused by name."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from corpus.model.change import Comparison
from corpus.model.commitment import Ledger
from corpus.model.errors import UnknownFormat
from outputs import exports


@pytest.mark.parametrize("format", exports.formats("ledgers"))
def test_ledgers_in_every_format(ledger: Ledger, format: str) -> None:
    assert exports.export_ledgers([ledger], format)
    assert exports.export_ledgers([], format)


@pytest.mark.parametrize("format", exports.formats("comparisons"))
def test_comparisons_in_every_format(comparison: Comparison, format: str) -> None:
    assert exports.export_comparison(comparison, format)
    assert exports.export_comparisons([comparison, comparison], format)
    assert exports.export_comparisons([], format)


@pytest.mark.parametrize("format", exports.formats("documents"))
def test_documents_in_every_format(comparison: Comparison, format: str) -> None:
    assert exports.export_documents([*comparison.priors, comparison.new], format)
    assert exports.export_documents([], format)


def test_one_is_an_object_and_several_are_an_array(ledger: Ledger) -> None:
    one = json.loads(exports.export_ledgers([ledger], "json"))
    assert one["document"]["document_number"] == "云政〔2021〕18号"
    assert json.loads(exports.export_ledgers([ledger, ledger], "json")) == [one, one]
    assert json.loads(exports.export_ledgers([], "json")) == []


def test_an_unknown_format_names_the_known_ones(ledger: Ledger) -> None:
    with pytest.raises(UnknownFormat, match="table, json, csv, xlsx, docx") as caught:
        exports.export_ledgers([ledger], "odt")
    assert caught.value.name == "odt"


def test_json_loads_no_spreadsheet_and_no_template_engine() -> None:
    code = (
        "import sys, outputs.exports as e; e.export_ledgers([], 'json');"
        "heavy = ('openpyxl', 'docx', 'jinja2', 'rich', 'scipy');"
        "print(','.join(m for m in heavy if m in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
