"""What a check of the installation (体检) comes to: 正常, 未装/未设, 有问题."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """正常, 可选部分未装, 有问题."""

    GOOD = "good"
    LACKING = "lacking"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at, and what was found."""

    subject: str
    state: State
    detail: str
