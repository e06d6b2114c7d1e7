"""What the pages say, found in templates and code, and the catalogues brought up to it.

``_("待核")`` in a template, ``visitor.words("本机用户")`` and ``N_("副本")`` in code, and tables
of words (``STATE_WORDS``), are messages. ``make messages`` adds new ones to every catalogue
without a translation, and takes out those that nothing says any more.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import IO, Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po
from jinja2 import Environment, nodes

import outputs
from outputs.review.words import catalogue_path, strings

# Babel asks for: line, function, message, comments.
Found = tuple[int, str, str | tuple[str, str], list[str]]

_FOLDER = Path(outputs.__file__).parent
_METHODS = [
    ("review/templates/**.html", f"{__name__}:in_template"),
    ("review/**.py", f"{__name__}:in_code"),
    ("labels.py", f"{__name__}:in_code"),
    ("wording.py", f"{__name__}:in_code"),
]
_CHINESE = re.compile(r"[\u3000-\u9fff“”，；：（）]")
_NAMES = frozenset({"_", "N_", "words"})
# Tables whose words go through ``_`` at run time.
_TABLES = re.compile(r"(?:_WORDS|^_NAVIGATION|^STATES|^SEVERITIES|^BOUNDS|^_ZH)$")


def in_code(
    file: IO[bytes], _keywords: Any, _tags: Any, options: Mapping[str, Any]
) -> Iterator[Found]:
    """Messages of a Python file, as Babel asks for them."""
    for node in ast.walk(ast.parse(file.read())):
        if isinstance(node, ast.Call) and _called(node.func) and node.args:
            yield from _texts(node.args[0])
        elif isinstance(node, ast.Assign) and _TABLES.search(getattr(node.targets[0], "id", "")):
            yield from _texts(node.value)


def _called(function: ast.expr) -> bool:
    name = getattr(function, "id", getattr(function, "attr", ""))
    return name in _NAMES


def _texts(tree: ast.expr) -> Iterator[Found]:
    for leaf in ast.walk(tree):
        if isinstance(leaf, ast.Constant) and isinstance(leaf.value, str):
            yield from _message(leaf.lineno, leaf.value)


def in_template(
    file: IO[bytes], _keywords: Any, _tags: Any, options: Mapping[str, Any]
) -> Iterator[Found]:
    """Messages of a template: also those that an expression in ``_(…)`` chooses from."""
    for call in Environment().parse(file.read().decode("utf-8")).find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name == "_" and call.args:
            argument = call.args[0]
            if isinstance(argument, nodes.Const):
                yield from _message(argument.lineno, argument.value)
            for leaf in argument.find_all(nodes.Const):
                yield from _message(leaf.lineno, leaf.value)


def _message(line: int, text: object) -> Iterator[Found]:
    """One that counts something, {n}, is counted in the words of other languages too."""
    if isinstance(text, str) and _CHINESE.search(text):
        if "{n}" in text:
            yield line, "ngettext", (text, text), []
        else:
            yield line, "gettext", text, []


@cache
def messages() -> frozenset[str]:
    """Everything that the pages say in words of ours."""
    return frozenset(_key(message.id) for message in _extracted() if message.id)


def _key(found: Any) -> str:
    return str(found[0] if isinstance(found, tuple) else found)


def _extracted() -> Catalog:
    found = Catalog(domain="review", project="taizhang", charset="utf-8")
    keywords = {"gettext": None, "ngettext": (1, 2)}
    parts = extract_from_dir(_FOLDER, method_map=_METHODS, keywords=keywords)
    for name, line, message, comments, context in parts:
        found.add(message, None, [(name, line)], auto_comments=comments, context=context)
    return found


def update(language: str) -> list[str]:
    """Bring the catalogue of a language up to what the pages say; what still lacks words."""
    path = catalogue_path(language)
    with path.open("rb") as file:
        catalogue = read_po(file, locale=language, domain="review")
    # Guesses from similar messages would be words that nobody chose.
    catalogue.update(_extracted(), no_fuzzy_matching=True, update_creation_date=False)
    catalogue.obsolete.clear()
    with path.open("wb") as file:
        write_po(
            file, catalogue, width=0, sort_output=True, include_lineno=False, omit_header=False
        )
    return [_key(each.id) for each in catalogue if each.id and not all(strings(each.string))]


def main(languages: Iterable[str] = ("en",)) -> int:
    """Bring all catalogues up to what the pages say."""
    lacking = [f"{language}: {text}" for language in languages for text in update(language)]
    if lacking:
        sys.stderr.write("缺少译文 | without words:\n" + "\n".join(lacking) + "\n")
    return 1 if lacking else 0


if __name__ == "__main__":
    sys.exit(main())
