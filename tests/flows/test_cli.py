"""The command line as a person meets it: results on standard output, errors in one line."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from flows.cli import main

Plan = Callable[..., Path]


class Said(NamedTuple):
    """What a command left behind."""

    status: int
    out: str
    err: str


@pytest.fixture
def taizhang(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> Callable[..., Said]:
    """Runs a command in an empty folder, which is where the library goes."""
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)

    def run(*words: object) -> Said:
        monkeypatch.setattr(sys, "argv", ["taizhang", *map(str, words)])
        capfdbinary.readouterr()
        status: Any = 0
        try:
            main()
        except SystemExit as leaving:
            status = leaving.code
        captured = capfdbinary.readouterr()
        return Said(status or 0, captured.out.decode("utf-8"), captured.err.decode("utf-8"))

    return run


def _old(plan: Plan) -> Path:
    return plan("old.txt", number="云政发〔2021〕3号", issued="2021-03-01", 养老院=70, 食堂=20)


def _new(plan: Plan) -> Path:
    return plan("new.txt", number="云政发〔2023〕9号", issued="2023-05-01", 养老院=90, 食堂=20)


def test_extract_prints_json_and_nothing_else(taizhang: Any, worked: Any, plan: Plan) -> None:
    said = taizhang("extract", _old(plan), "--format", "json")
    assert (said.status, said.err) == (0, "")
    assert len(json.loads(said.out)["commitments"]) == 2


def test_format_follows_the_name_of_the_output(taizhang: Any, worked: Any, plan: Plan) -> None:
    assert taizhang("extract", _old(plan), "-o", "账.xlsx").status == 0
    assert Path("账.xlsx").read_bytes().startswith(b"PK")
    assert [path.name for path in Path().iterdir()] == ["账.xlsx"]


def test_diff_takes_the_last_file_for_the_new_one(taizhang: Any, worked: Any, plan: Plan) -> None:
    said = taizhang("diff", _old(plan), _new(plan), "--format", "json")
    found = json.loads(said.out)
    assert found["new"]["source"] == "new.txt"
    assert [change["kind"] for change in found["changes"]] == ["changed", "carried_over"]


def test_diff_of_one_file_is_a_usage_error(taizhang: Any, worked: Any, plan: Plan) -> None:
    said = taizhang("diff", _old(plan))
    assert said.status == 2
    assert "至少要两个文件" in said.err


@pytest.mark.parametrize("words", [("ledger",), ("changes",), ("documents",)])
def test_there_is_no_library_until_something_is_taken_in(taizhang: Any, words: Any) -> None:
    said = taizhang(*words)
    assert (said.status, said.out) == (2, "")
    assert "taizhang ingest" in said.err
    assert said.err.count("\n") == 1
    assert list(Path().iterdir()) == []


@pytest.mark.parametrize(
    "words", [("extract", "没有.pdf"), ("ingest", "没有.pdf"), ("extract", ".")]
)
def test_file_that_is_not_there_is_one_line(taizhang: Any, words: Any) -> None:
    said = taizhang(*words)
    assert (said.status, said.out) == (2, "")
    assert said.err.count("\n") == 1
    assert list(Path().iterdir()) == []


def test_output_that_cannot_be_written_is_one_line(taizhang: Any, worked: Any, plan: Plan) -> None:
    Path("blocked").write_text("a file, not a folder")
    said = taizhang("extract", _old(plan), "-o", "blocked/out.json")
    assert said.status == 2
    assert "无法写入" in said.err


def test_output_stays_as_it_was_when_the_input_cannot_be_read(taizhang: Any, worked: Any) -> None:
    Path("empty.pdf").write_bytes(b"")
    Path("out.json").write_text("last week's")
    assert taizhang("extract", "empty.pdf", "-o", "out.json").status == 2
    assert Path("out.json").read_text() == "last week's"


def test_setting_that_is_none_is_named(taizhang: Any) -> None:
    Path("taizhang.toml").write_text('databse = "sqlite://"')
    said = taizhang("documents")
    assert said.status == 2
    assert "databse" in said.err


@pytest.mark.usefixtures("prefect")
def test_library_from_folder_to_changes(taizhang: Any, worked: Any, plan: Plan) -> None:
    folder = _old(plan).parent
    _new(plan)
    said = taizhang("ingest", folder)
    assert said.status == 0
    assert "共 2 份 = 完成 2 + 部分 0 + 失败 0" in said.err
    assert "new.txt" in said.out

    everything = json.loads(taizhang("ledger", "--format", "json").out)
    assert [each["document"]["source"] for each in everything] == ["old.txt", "new.txt"]
    one = json.loads(taizhang("ledger", "--document", "云政发[2023]9号", "--format", "json").out)
    assert one["document"]["source"] == "new.txt"
    (changed,) = [json.loads(taizhang("changes", "--format", "json").out)]
    assert [change["kind"] for change in changed["changes"]] == ["changed", "carried_over"]
    assert len(json.loads(taizhang("documents", "--format", "json").out)) == 2

    nothing = taizhang("ledger", "--unit", "松山市财政局", "--format", "json")
    assert (nothing.status, json.loads(nothing.out)) == (0, [])
    assert "没有符合条件" in nothing.err
    early = taizhang("ledger", "--due-before", "2025-12-31", "--format", "json")
    assert json.loads(early.out) == []

    again = taizhang("ingest", folder)
    assert again.status == 0
    assert "其中未变动 2" in again.err
    assert sorted(path.name for path in Path().iterdir()) == ["library"]


@pytest.mark.usefixtures("prefect")
def test_ingest_says_by_its_status_how_it_went(taizhang: Any, worked: Any, plan: Plan) -> None:
    good = _old(plan)
    bad = good.with_name("bad.pdf")
    bad.write_bytes(b"")
    assert taizhang("ingest", bad).status == 2
    said = taizhang("ingest", good, bad)
    assert said.status == 1
    assert "完成 1 + 部分 0 + 失败 1" in said.err
    assert "文件是空的" in said.out.replace("\n", "")


def test_empty_folder_is_one_line(taizhang: Any, tmp_path: Path) -> None:
    Path("empty").mkdir()
    said = taizhang("ingest", "empty")
    assert said.status == 2
    assert said.err.count("\n") == 1


def test_document_that_is_not_there_is_named(taizhang: Any, tmp_path: Path) -> None:
    from corpus.store import open_store

    open_store("sqlite:///library/taizhang.db").close()
    said = taizhang("ledger", "--document", "云政发〔2030〕1号")
    assert said.status == 2
    assert "云政发〔2030〕1号" in said.err


def _process(*words: str, **environ: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-c", "from flows.cli import main; main()", *words],
        capture_output=True,
        env=os.environ | environ,
        check=False,
    )


@pytest.mark.parametrize("locale", ["C", "POSIX", "zh_CN.GB18030"])
def test_chinese_is_written_in_utf8_whatever_the_locale(locale: str, tmp_path: Path) -> None:
    home = str(tmp_path / "none")
    environ = {"LC_ALL": locale, "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    found = _process("ledger", "--home", home, **environ, PYTHONPATH=str(Path.cwd()))
    assert "还没有台账库" in found.stderr.decode("utf-8")
    assert "责任单位" in _process("ledger", "--help", **environ).stdout.decode("utf-8")


def test_reader_that_has_enough_ends_the_command_quietly(tmp_path: Path) -> None:
    from corpus.store import open_store

    open_store(f"sqlite:///{tmp_path / 'taizhang.db'}").close()
    command = [sys.executable, "-c", "from flows.cli import main; main()", "documents"]
    running = subprocess.Popen(
        [*command, "--home", str(tmp_path)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert running.stdout is not None
    running.stdout.close()
    assert running.stderr is not None
    assert running.stderr.read() == b""
    assert running.wait() == 1
