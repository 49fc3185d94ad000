"""What a long piece of work tells whoever watches it, and how they may stop it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

Clock = Callable[[], datetime]
Stop = Callable[[], bool]


class Stage(StrEnum):
    KEEPING = "keeping"
    UNDERSTANDING = "understanding"
    SETTING_APART = "setting apart"
    CHECKING = "checking"
    EXPORTING = "exporting"
    PUSHING = "pushing"
    TENDING = "reading vaults"
    RESTORING = "restoring"


@dataclass(frozen=True, slots=True)
class Step:
    """How far one stage has come; `total` is None while nobody knows yet."""

    stage: Stage
    done: int
    total: int | None = None


Progress = Callable[[Step], None]


def nobody_watches(_step: Step) -> None:
    """The progress of those who do not look."""


def never() -> bool:
    """The stop of those who never stop."""
    return False


def utc_now() -> datetime:
    """The clock on the wall, handed to whatever needs one."""
    return datetime.now(UTC)
