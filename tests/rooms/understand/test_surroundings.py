"""What a page says is furniture in no dialect, and a story that quotes a page stays a story."""

from __future__ import annotations

import pytest

from remnant.model import Role
from remnant.understand.reader import understand_bytes

ABOVE = "The keeper had never seen a screen before, and he read it twice."
BELOW = "Nobody had told him what a thread was, and he thought of wool."
MORE = "He put the lamp back where it had been, and the sea went on without it."


def roles(*lines: str) -> dict[str, Role]:
    reading = understand_bytes("\n\n".join(lines).encode())
    return {block.text.strip(): block.role for block in reading.blocks}


@pytest.mark.parametrize("said", ["(Reply to this) (Parent) (Thread)", "Page 3 of 11 | Next chapter >>"])
def test_a_page_quoted_between_two_sentences_stays_told(said: str) -> None:
    told = roles(ABOVE, said, BELOW, MORE)

    assert told[said] is Role.STORY


@pytest.mark.parametrize("said", ["(Reply to this) (Parent) (Thread)", "Posted by wickery at 9:12 pm | 12 comments"])
def test_a_page_at_the_foot_is_furniture(said: str) -> None:
    told = roles(ABOVE, BELOW, MORE, said)

    assert told[said] is Role.CHROME
    assert told[MORE] is Role.STORY


def test_speech_is_never_a_pages() -> None:
    said = '"Reply to this thread," he read aloud.'
    told = roles(ABOVE, BELOW, said)

    assert told[said] is Role.STORY
