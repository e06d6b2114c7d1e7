"""Which documents of the library came before a new one (文件沿革): earlier versions of it, what it
cites, the “十三五” plan before the “十四五” one, and what promises mostly the same.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from corpus.compare.align import assign
from corpus.compare.catalogue import Catalogue
from corpus.compare.dates import is_later
from corpus.compare.fold import fold, letters
from corpus.compare.titles import own_title, plan_name, same_title
from corpus.model.change import Relation
from corpus.model.commitment import Ledger
from corpus.model.document import Document

# Rules by which the new document takes the place of the prior one, so that what is missing counts.
SUCCEEDS = frozenset({"given", "same_number", "supersedes", "same_title", "earlier_plan"})
_SCORES = {
    "same_number": 1.0,
    "supersedes": 0.97,
    "same_title": 0.95,
    "earlier_plan": 0.9,
    "cited": 0.7,
}
# 《…》（豫政〔2019〕23号）同时废止: said of what is named right before it, or in the same list.
_ENDS = re.compile(r"(?:同时|即行|予以|自行|一并|宣布)?(?:废止|停止执行|失效)")
_NAMED = 240
# 通知 or 工作方案 alone names nothing.
_SHORTEST_TITLE = 6
_NUMBER = re.compile(r"(?P<code>\D*)\((?P<year>\d{4})\)第?0*(?P<serial>\d+)号?")


@dataclass(frozen=True, slots=True)
class FamilyOptions:
    """When commitments alone make a prior document.

    ``share`` of the shorter ledger must have a counterpart, it must have that many
    ``commitments``, and ``vocabulary`` of the letter pairs of its indicators must be the other's.
    Measured on 77 documents: successive plans and yearly reports share 0.4 to 1.0 of their
    commitments where the vocabulary agrees by 0.3; unrelated ones of that vocabulary 0.17 at most.
    """

    share: float = 0.4
    vocabulary: float = 0.3
    commitments: int = 5


def find_priors(
    new: Ledger, library: Iterable[Ledger], *, options: FamilyOptions | None = None
) -> list[Relation]:
    """The prior documents of ``new``, surest first. Never itself, never one dated later."""
    options = options or FamilyOptions()
    found: list[Relation] = []
    periods: dict[str, int] = {}
    for prior in library:
        if _is_itself(prior.document, new.document) or _is_after(prior.document, new.document):
            continue
        related = _related(prior, new, options)
        if related is not None:
            rule, score = related
            found.append(Relation(new.document.id, prior.document.id, rule, score))
            periods[prior.document.id] = plan_name(prior.document.official.title or "").period or 0
    return sorted(
        _nearest_plans(found, periods), key=lambda relation: (-relation.score, relation.prior_id)
    )


def succeeded(relations: Iterable[Relation]) -> Collection[str]:
    """Ids of the priors whose place the new document takes; see ``compare(dropped_from=…)``."""
    return frozenset(relation.prior_id for relation in relations if relation.rule in SUCCEEDS)


def _is_itself(prior: Document, new: Document) -> bool:
    return prior.id == new.id or prior.provenance.sha256 == new.provenance.sha256


def _is_after(prior: Document, new: Document) -> bool:
    """True where its date is later, or its title is of a later period or edition of the plan."""
    return is_later(prior, new) or _earlier_plan(new, prior)


def _nearest_plans(relations: list[Relation], periods: dict[str, int]) -> list[Relation]:
    """Of earlier plans only those of the last period before: a “十四五” plan takes the place of
    the “十三五” plan, which took that of the “十二五” one."""
    plans = [r.prior_id for r in relations if r.rule == "earlier_plan"]
    last = max((periods[prior_id] for prior_id in plans), default=0)
    return [r for r in relations if r.rule != "earlier_plan" or periods[r.prior_id] == last]


def _related(prior: Ledger, new: Ledger, options: FamilyOptions) -> tuple[str, float] | None:
    rules = {
        "same_number": _same_number,
        "supersedes": _supersedes,
        "same_title": _same_title,
        "earlier_plan": _earlier_plan,
        "cited": _cited,
    }
    for rule, holds in rules.items():
        if holds(prior.document, new.document):
            return rule, _SCORES[rule]
    share = shared_commitments(prior, new, options)
    return ("alike", round(share, 4)) if share >= options.share else None


def _same_number(prior: Document, new: Document) -> bool:
    number = folded_number(prior.official.document_number)
    return number is not None and number == folded_number(new.official.document_number)


def _same_title(prior: Document, new: Document) -> bool:
    titles = prior.official.title, new.official.title
    if not titles[0] or not titles[1] or len(letters(own_title(titles[0]))) < _SHORTEST_TITLE:
        return False
    return same_title(titles[0], titles[1]) and _same_place(prior, new)


def _earlier_plan(prior: Document, new: Document) -> bool:
    titles = prior.official.title, new.official.title
    if not titles[0] or not titles[1]:
        return False
    before, after = plan_name(titles[0]), plan_name(titles[1])
    if before.period is None or after.period is None or len(before.name) < _SHORTEST_TITLE - 2:
        return False
    # A year and the number of an edition can't be put in order.
    earlier = before.period < after.period and (before.period > 1900) == (after.period > 1900)
    return before.name == after.name and earlier and _same_place(prior, new)


def _same_place(prior: Document, new: Document) -> bool:
    """False where both issuers are known and of different places: 河南省人民政府, 河北省教育厅."""
    before = {letters(issuer)[:2] for issuer in prior.official.issuers}
    after = {letters(issuer)[:2] for issuer in new.official.issuers}
    return not before or not after or bool(before & after)


def _supersedes(prior: Document, new: Document) -> bool:
    """True where the new document says that the prior one ends: …同时废止."""
    if not _cited(prior, new):
        return False
    text = fold(new.text)
    number = folded_number(prior.official.document_number)
    title = fold(own_title(prior.official.title or "")) or None
    for end in _ENDS.finditer(text):
        stop = text.rfind("。", 0, end.start()) + 1
        named = text[max(stop, end.start() - _NAMED) : end.start()]
        if any(name is not None and name in named for name in (number, title)):
            return True
    return False


def _cited(prior: Document, new: Document) -> bool:
    """By number; by title only where one of the two numbers is not known; both also misread."""
    own = folded_number(prior.official.document_number)
    for cited in new.cited_documents:
        number = folded_number(cited.document_number)
        if own is not None and number is not None:
            if own == number:
                return True
        elif prior.official.title and same_title(cited.title, prior.official.title):
            return True
    if not new.cited_documents:
        return False
    alone = Catalogue([prior])
    return any(alone.find(each.title, each.document_number) for each in new.cited_documents)


def folded_number(number: str | None) -> str | None:
    """豫政〔2021〕2号, 豫政[2021]02号 and 豫政（2021）2号 are one number."""
    match = _NUMBER.search(fold(number or ""))
    return f"{match['code']}({match['year']}){match['serial']}" if match else None


def shared_commitments(prior: Ledger, new: Ledger, options: FamilyOptions) -> float:
    """Share of the shorter ledger that has a counterpart in the other; 0 if it is too short."""
    fewest = min(len(prior.commitments), len(new.commitments))
    if fewest < options.commitments or _vocabulary_shared(prior, new) < options.vocabulary:
        return 0.0
    return len(assign(prior.commitments, new.commitments)) / fewest


def _vocabulary_shared(prior: Ledger, new: Ledger) -> float:
    """A quick look before aligning: how many of the pairs of letters that one ledger's indicators
    are made of the other's have too."""
    before, after = _bigrams(prior), _bigrams(new)
    return len(before & after) / max(min(len(before), len(after)), 1)


def _bigrams(ledger: Ledger) -> set[str]:
    texts = (letters(c.indicator or c.task) for c in ledger.commitments)
    return {text[i : i + 2] for text in texts for i in range(len(text) - 1)}
