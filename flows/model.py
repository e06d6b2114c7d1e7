"""Which model reads beside the rules, from the settings or, stronger, from a command's option."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.settings import ModelSettings, choose_model, load

if TYPE_CHECKING:
    from extractors.learned.choice import NerChoice
    from extractors.learned.ner import Ner


def ner_choice(source: str | None = None, settings: ModelSettings | None = None) -> NerChoice:
    """``source`` is what was asked for on the command line."""
    from extractors.learned.choice import NerChoice

    settings = settings or load().model
    labels = tuple(sorted(settings.labels.items()))
    return NerChoice(source or settings.ner, labels)


def use_model(source: str | None) -> None:
    """What a command asks for, or else the settings, holds for the whole of a run; a model that
    can't be had is told before any work is done (ModelNotInstalled)."""
    from extractors.learned.choice import chosen

    choose_model(source)
    chosen(ner_choice())


def ner_of(source: str | None = None) -> Ner:
    """The model to be measured: the one chosen, or where that is none, the one that ships. It is
    loaded by the first way that reads with it."""
    from extractors.learned.choice import RULES_ALONE, chosen
    from extractors.learned.ner import Ner

    choice = ner_choice(source)
    return Ner() if choice.source == RULES_ALONE else chosen(choice) or Ner()
