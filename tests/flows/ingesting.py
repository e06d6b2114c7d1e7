"""Processes that take files in, to be killed: the flow with the plain reader and rules of
``conftest``, each file taking a moment, its tasks called as functions.

Everything is loaded once; for every line “HOME DATABASE FOLDER” on standard input a process is
forked, which tells its number and every step on standard output.
"""

from __future__ import annotations

import os
import sys
import time
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

_MOMENT = 0.002  # seconds: that a kill may find a file half read


def _plain() -> Any:
    path = Path(__file__).with_name("conftest.py")
    spec = spec_from_file_location("plain_reader", path)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def _prepare() -> None:
    """The plain reader and rules, and every task its function."""
    import corpus.compare.similarity
    import corpus.parse
    import extractors.learned.choice
    import extractors.run
    from flows import compare, extract, ingest, parse, pipeline, versions

    plain = _plain()

    def read(content: bytes, *, source: str, **_more: Any) -> Any:
        time.sleep(_MOMENT)
        return plain._read(content, source)

    def find(document: Any, **_more: Any) -> Any:
        time.sleep(_MOMENT)
        return plain._found(document)

    corpus.parse.parse = corpus.parse.parse_apart = read
    extractors.run.extract = find
    for module in (compare, extract, ingest, parse):
        for name, value in list(vars(module).items()):
            if hasattr(value, "fn"):
                setattr(module, name, value.fn)
    pipeline.publish = _publish
    # Reads all of the code; kept for the processes that are forked.
    for version in (versions.parse_version, versions.extract_version, versions.compare_version):
        version()


def _publish(run_id: int, outcomes: Any, store_url: str) -> None:
    from corpus.store import open_store

    with open_store(store_url) as store:
        store.finish_run(run_id, outcomes)


def _say(*words: Any) -> None:
    os.write(1, (" ".join(map(str, words)) + "\n").encode())


def _take_in(home: str, database: str, folder: str) -> None:
    from flows.pipeline import pipeline
    from flows.progress import reporting

    _say("pid", os.getpid())
    with reporting(_say):
        pipeline.fn([str(path) for path in sorted(Path(folder).iterdir())], home, database)


def main() -> None:
    _prepare()
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            _take_in(*line.split())
            os._exit(0)
        _say("ended", os.waitpid(child, 0)[1])


if __name__ == "__main__":
    main()
