"""A scene: something that changes what is kept, recorded, and judged as a power cut leaves it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.harm.recording import Passed, even_dice, is_scratch, record
from tests.harm.tape import Tape


@dataclass(frozen=True, slots=True)
class Scene:
    """`act` is recorded in the place that `prepare` made, and says what is acknowledged when.

    `wrong` is what is wrong with such a place found after a power cut; `after`, once it was done again whole. What is
    `passed` over is not watched.
    """

    prepare: Callable[[Path], object]
    act: Callable[[Path, Tape], None]
    wrong: Callable[[Path, list[object]], list[str]]
    after: Callable[[Path], list[str]]
    passed: Passed = is_scratch
    only_looks: bool = False
    """Whether `wrong` leaves everything as it is."""


def recorded(
    scene: Scene,
    place: Path,
    patch: pytest.MonkeyPatch,
    skip: str | None = None,
    threads: int = 1,
    *,
    whole_renames: bool = True,
) -> Tape:
    """What a scene asks of the disk; syncs asked for at `skip` in the code are left out."""
    place.mkdir(exist_ok=True)
    with even_dice(patch), patch.context() as during:
        scene.prepare(place)
        with record(place, during, skip, threads, whole_renames=whole_renames, passed=scene.passed) as tape:
            scene.act(place, tape)
    return tape
