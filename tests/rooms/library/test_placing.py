"""The place of a reader is found again without looking at all the text before it each time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import overload

import pytest
from tests.strategies.libraries import READER, ticking

from remnant.library import deciding_likeness
from remnant.library.opening import Library
from remnant.library.placing import AROUND, _block_at, being_read, keep_place
from remnant.library.readers import file_of, reader_of, take_in
from remnant.library.tellings import tellings
from remnant.model import Block, BlockKind, Digest, ProfileKind, Role, Spot

GONE = Spot(Digest.of(b"gone"), "piece", "", None, None, "", "", "")
STORY = "Title: {}\nAuthor: Ann\nRating: {}\n{}\nThe {} stood by the water. {}\n"
LONG = " ".join(f"It was night {number}, and nobody came over the bridge." for number in range(99))
RULES = tuple(Block(BlockKind.BREAK, Role.STORY, ()) for _ in range(300))


class Watched(Sequence[Block]):
    """Blocks that remember the longest run of them that was copied."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._blocks = blocks
        self.copied = 0

    def __len__(self) -> int:
        return len(self._blocks)

    @overload
    def __getitem__(self, index: int) -> Block: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Block]: ...
    def __getitem__(self, index: int | slice) -> Block | Sequence[Block]:
        if isinstance(index, slice):
            self.copied = max(self.copied, len(self._blocks[index]))
        return self._blocks[index]


def test_looking_for_a_divider_copies_only_what_stands_next_to_each() -> None:
    blocks = Watched(RULES)
    spot = Spot(Digest.of(b"story"), "piece", "", None, None, "", "", "")

    assert _block_at(spot, blocks) == 0
    assert blocks.copied <= AROUND


def _story(title: str, rating: str = "G", more: str = "", body: str = LONG) -> bytes:
    return STORY.format(title, rating, more, title, body).encode()


def test_what_is_being_read_is_the_last_first_another_telling_too_and_nothing_that_is_not_open(
    library: Library, put: Callable[..., tuple[str, ...]]
) -> None:
    works = put(_story("Quay"), _story("Pier"), _story("Rope", more="Spoilers: Night Four\n", body="Nobody came."))
    deciding_likeness.accept(library, READER, [works[:2]], clock=ticking())
    for work in works:
        keep_place(library, READER, work, 0, clock=ticking())
    file_of(library, READER.name).keep("0" * 20, GONE, ticking()())
    everything, careful = being_read(library, READER, 9), being_read(library, reader_of(library, READER.name), 9)

    assert len(tellings(library, READER, works[0])) == 2
    assert [shown.work for shown in everything] == [*reversed(works)]
    assert [shown.work for shown in careful] == [works[1], works[0]]
    assert [shown.work for shown in being_read(library, READER, 1)] == [works[2]]


def test_what_is_being_read_is_one_answer_however_much_is_gone(
    library: Library, put: Callable[..., tuple[str, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    quay, dark = put(_story("Quay"), _story("Dark", "NC-17", body="Nobody came."))
    take_in(library, READER, "kit", ProfileKind.CHILD)
    kit, answers = reader_of(library, "kit"), list[float]()
    for work in (quay, *(f"{number:020}" for number in range(20)), dark):
        file_of(library, "kit").keep(work, GONE, ticking()())
    monkeypatch.setattr("time.sleep", answers.append)

    assert [shown.work for shown in being_read(library, kit, 3)] == [quay]
    assert len(answers) == 1
