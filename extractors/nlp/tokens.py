"""The linguistic view: spaCy's Chinese pipeline over jieba, asked where the list of verbs ends.

jieba cuts 人数最多 as 人 / 数最多, so characters stay the currency and tokens are hints: a rule
asks for the first verb of a clause, and keeps its own offsets.
"""

from __future__ import annotations

import functools
import logging
from importlib import resources
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

# jieba.posseg tags of words that state an action (v), not a thing done (vn) or a quality (a).
_VERB_TAGS = frozenset({"v", "vd", "vi"})
_WEAK_WORDS = "是 有 为 在 使 让 令 可 能 会 要 应 需 须 把 将 对 按 以 到 来 去 等 等同 包括 含"
_WEAK_VERBS = frozenset(_WEAK_WORDS.split())


@functools.lru_cache(maxsize=1)
def pipeline() -> Language:
    """The pipeline: jieba's words with its part-of-speech tags, and the project's dictionary."""
    import spacy

    logging.getLogger("jieba").setLevel(logging.ERROR)
    import jieba

    jieba.setLogLevel(logging.ERROR)
    _load_dictionary(jieba.dt)
    for word in _dictionary():
        jieba.add_word(word)
    nlp = spacy.blank("zh")
    nlp.tokenizer = _JiebaTokenizer(nlp)
    return nlp


def _load_dictionary(tokenizer: Any) -> None:
    """jieba's own dictionary, without the cache that it would write to, and trust in, the folder
    for temporary files that everybody may write to."""
    with tokenizer.lock:
        if not tokenizer.initialized:
            tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
            tokenizer.initialized = True


@functools.lru_cache(maxsize=4096)
def first_verb(text: str) -> tuple[int, int] | None:
    """Where the first full verb of ``text`` stands, or None."""
    for token in pipeline()(text):
        if token.tag_ in _VERB_TAGS and len(token.text) > 1 and token.text not in _WEAK_VERBS:
            return token.idx, token.idx + len(token.text)
    return None


class _JiebaTokenizer:
    """Words and tags from jieba.posseg as a spaCy Doc; every character of the text is kept."""

    def __init__(self, nlp: Language) -> None:
        self.vocab = nlp.vocab

    def __call__(self, text: str) -> Doc:
        import jieba.posseg
        from spacy.tokens import Doc

        pairs = [(pair.word, pair.flag) for pair in jieba.posseg.cut(text) if pair.word]
        return Doc(
            self.vocab,
            words=[word for word, _ in pairs],
            spaces=[False] * len(pairs),
            tags=[flag for _, flag in pairs],
        )


def _dictionary() -> list[str]:
    source = resources.files("extractors.nlp").joinpath("dictionary.txt")
    lines = source.read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]
