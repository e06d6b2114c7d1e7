"""Real files of every format, broken at random: each is read or refused, and nothing else happens.

``python -m tests.corpus.parse.corruption 500`` breaks 500 files and says what became of them. A
file is cut short, bytes are flipped, blocks are zeroed, doubled or taken from another file; of
formats that are ZIPs, half of the time a part inside is broken and packed anew, because a broken
check sum only tests the unpacker.
"""

from __future__ import annotations

import io
import multiprocessing
import random
import sys
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image, ImageDraw

import corpus.samples
from tests.corpus.parse.docx_files import cell, docx, levels, lists, numbered, packed, row, table
from tests.corpus.parse.ofd_files import Package, grid, image, ofd, page, text

# A page may be recognised for two minutes, and the machine may be busy.
SECONDS = 300.0
LINE = "到2027年，新增技工12万人，森林覆盖率达到45%以上。"


@dataclass
class Report:
    """What became of the files. ``wrong`` says which and how."""

    counts: Counter[str] = field(default_factory=Counter)
    formats: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    slowest: tuple[float, str] = (0.0, "")


def originals() -> dict[str, bytes]:
    """Whole files by name, at least one of each format that needs no other program."""
    picture = Image.new("RGB", (620, 877), "white")
    ImageDraw.Draw(picture).text((80, 120), "Target 2027: 45% by June", fill="black", font_size=24)
    body = (
        numbered("总体要求")
        + numbered(LINE)
        + table(row(cell("任务"), cell("单位")), row(cell("甲"), cell("乙")))
    )
    words = docx(body, numbering=levels(("chineseCounting", "%1、")) + lists(n1="0"))
    ruled = page(
        text(LINE, 28, 60), grid([30, 100, 170], [100, 110, 120]), text("任务", 32, 108, size=4)
    )
    samples = Path(corpus.samples.__file__).parent / "documents"
    whole = {path.name: path.read_bytes() for path in sorted(samples.iterdir()) if path.is_file()}
    found = {name: _begin(x) if name.endswith(".pdf") else x for name, x in whole.items()}
    found |= {f"page.{format}": _saved(picture, format) for format in _PICTURES}
    found |= {
        "words.docx": words,
        "pages.ofd": ofd(Package([ruled, ruled])),
        "scan.ofd": ofd(Package([page(image(200))], pictures={"a.png": found["page.png"]})),
        "plan.txt": (LINE * 20).encode("gb18030"),
        "plan.md": f"# 规划\n\n{LINE}\n\n| 任务 | 单位 |\n| --- | --- |\n| 甲 | 乙 |\n".encode(),
        "attached.zip": packed({"附件1.docx": words}),
    }
    return found


def _begin(content: bytes) -> bytes:
    """The first two pages: where a font breaks, every page is recognised, which takes its time."""
    import pypdfium2

    cut, made = pypdfium2.PdfDocument.new(), io.BytesIO()
    cut.import_pages(pypdfium2.PdfDocument(content), [0, 1])
    cut.save(made)
    return made.getvalue()


_PICTURES = ("png", "jpeg", "tiff", "bmp", "webp", "pdf")


def _saved(picture: Image.Image, format: str) -> bytes:
    made = io.BytesIO()
    picture.save(made, format)
    return made.getvalue()


def broken(content: bytes, other: bytes, chance: random.Random) -> bytes:
    """The file with one to three kinds of damage."""
    if content.startswith(b"PK\x03\x04") and chance.random() < 0.5:
        return _broken_inside(content, other, chance)
    damage: list[Callable[[bytearray, bytes, random.Random], bytearray]] = [
        _cut, _flip, _zero, _double, _splice,
    ]  # fmt: skip
    made = bytearray(content)
    for hurt in chance.choices(damage, k=chance.randint(1, 3)):
        made = hurt(made, other, chance)
    return bytes(made)


def _broken_inside(content: bytes, other: bytes, chance: random.Random) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = chance.choice(list(parts))
    if chance.random() < 0.15:
        del parts[name]
    else:
        parts[name] = broken(parts[name], other, chance)
    return packed(parts)


def _block(made: bytearray, chance: random.Random) -> tuple[int, int]:
    start = chance.randrange(len(made) + 1)
    return start, min(len(made), start + chance.choice((4, 64, 1024, 20_000)))


def _cut(made: bytearray, _: bytes, chance: random.Random) -> bytearray:
    return made[: chance.randrange(len(made) + 1)]


def _flip(made: bytearray, _: bytes, chance: random.Random) -> bytearray:
    for _time in range(chance.choice((1, 8, 64, 512))):
        if made:
            made[chance.randrange(len(made))] = chance.randrange(256)
    return made


def _zero(made: bytearray, _: bytes, chance: random.Random) -> bytearray:
    start, end = _block(made, chance)
    made[start:end] = bytes(end - start)
    return made


def _double(made: bytearray, _: bytes, chance: random.Random) -> bytearray:
    start, end = _block(made, chance)
    made[start:start] = made[start:end] * chance.choice((1, 2, 50))
    return made


def _splice(made: bytearray, other: bytes, chance: random.Random) -> bytearray:
    start, end = _block(made, chance)
    first, last = _block(bytearray(other), chance)
    made[start:end] = other[first:last]
    return made


def _try(content: bytes, source: str, told: object) -> None:
    """Read one file in a process of its own."""
    from corpus.model.errors import PolicyError
    from corpus.parse import parse

    try:
        outcome = "read" if parse(content, source=source).text else "read without text"
    except PolicyError as error:
        outcome = f"refused {getattr(error, 'reason', type(error).__name__)}"
        if "|" not in str(error):
            outcome = f"wrong: no two languages in {error}"
    except BaseException:
        outcome = f"wrong: {traceback.format_exc()}"
    told.send(outcome)  # type: ignore[attr-defined]


def outcome_of(content: bytes, source: str, *, seconds: float = SECONDS) -> str:
    """What became of one file: read, refused …, or what went wrong."""
    context = multiprocessing.get_context("fork")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_try, args=(content, source, there))
    process.start()
    there.close()
    try:
        if not here.poll(seconds):
            return f"wrong: not done after {seconds:g} s"
        outcome: str = here.recv()
    except EOFError:
        process.join()
        outcome = f"wrong: the process died ({process.exitcode})"
    finally:
        process.kill()
        process.join()
    return outcome


def run(count: int, *, seed: int = 1, keep: Path | None = None, until: float = 1e9) -> Report:
    """Break ``count`` files, fewer where the seconds ``until`` are over, and try each."""
    report, started = Report(), time.monotonic()
    for name, content in _cases(count, seed):
        if time.monotonic() - started > until:
            break
        begun = time.monotonic()
        outcome = outcome_of(content, name)
        report.slowest = max(report.slowest, (round(time.monotonic() - begun, 1), name))
        report.counts[outcome.partition(":")[0]] += 1
        report.formats[name.rpartition(".")[2]] += 1
        if outcome.startswith("wrong"):
            report.wrong.append(f"{name}: {outcome}")
            if keep is not None:
                (keep / f"{len(report.wrong)}-{name}").write_bytes(content)
    return report


def _cases(count: int, seed: int) -> Iterator[tuple[str, bytes]]:
    chance = random.Random(seed)
    found = originals()
    names = list(found)
    for number in range(count):
        name = names[number % len(names)]
        yield name, broken(found[name], found[chance.choice(names)], chance)


def main() -> int:
    """Break as many files as are asked for; 1 where anything went wrong."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    keep = Path(sys.argv[3]) if len(sys.argv) > 3 else None
    report = run(count, seed=seed, keep=keep)
    lines = [f"{outcome}: {times}" for outcome, times in report.counts.most_common()]
    sys.stdout.write(
        "\n".join([*lines, str(dict(report.formats)), f"slowest {report.slowest}"]) + "\n"
    )
    sys.stdout.write("\n".join(report.wrong) + "\n")
    return 1 if report.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
