"""Characters as numbers, one for one."""

from __future__ import annotations

from pathlib import Path

from extractors.learned.characters import SPECIAL, Characters


def test_characters_are_numbered_one_for_one(tmp_path: Path) -> None:
    path = tmp_path / "vocab.txt"
    path.write_text("\n".join([*SPECIAL, "建", "设", "7", "0"]) + "\n", encoding="utf-8")
    characters = Characters.read(path)
    assert characters.encode("建设70所") == [5, 6, 7, 8, SPECIAL.index("[UNK]")]
    assert len(characters) == 9
