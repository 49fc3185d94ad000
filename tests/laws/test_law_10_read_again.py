"""Law 10, all the way round: what we gave back, added again, is the same story, and says no more than it did."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.strategies.readings import READER, WHEN, readings, story_words, words_in, work_of

from remnant.give import epub, page
from remnant.library.works import works_of
from remnant.model import STORY_ROLES, Block, BlockKind, Claim, Field, Reading, Role, Shown
from remnant.shield.showing import show
from remnant.understand.reader import understand_bytes

EXAMPLES = Path(__file__).parents[2] / "examples" / "stories"
FORMS: tuple[Callable[[Shown], bytes], ...] = (epub.book, page.document)
OURS = {Role.CHROME, Role.TITLE, Role.BYLINE, Role.HEADER, Role.SCENE_BREAK}
"""Of these roles we give what stands for them: a title page, a line drawn across."""
STATED_AGAIN = {Field.TITLE, Field.AUTHOR, Field.FANDOM, Field.SUMMARY, Field.RATING, Field.LANGUAGE, Field.PUBLISHED}

each_form = pytest.mark.parametrize("give", FORMS, ids=["book", "page"])
each_example = pytest.mark.parametrize(
    "example", sorted(path for path in EXAMPLES.iterdir() if path.suffix != ".zip"), ids=lambda path: path.stem[:20]
)


@given(readings(), st.sampled_from(FORMS))
def test_what_was_given_back_comes_home_as_what_it_was(reading: Reading, give: Callable[[Shown], bytes]) -> None:
    shown = show(work_of(reading), reading, READER)
    read = understand_bytes(give(shown))

    assert read.dialect == "remnant"
    assert story_words(read.blocks) == story_words(reading.blocks)
    for role in (Role.NOTE, Role.SUMMARY):
        assert _words(read.blocks, role) == _words(reading.blocks, role)
    assert set(_words(reading.blocks, Role.CHAPTER_HEADING)) <= set(_words(read.blocks, Role.CHAPTER_HEADING))


@given(readings(), st.sampled_from(FORMS))
def test_given_again_it_warns_and_says_the_same_again(reading: Reading, give: Callable[[Shown], bytes]) -> None:
    shown = show(work_of(reading), reading, READER)
    once = understand_bytes(give(shown))
    [again] = [show(work, once, READER) for work in works_of(once, (), WHEN)]
    said = [words_in(notice.text) for notice in again.notices]

    assert _told(understand_bytes(give(again))) == _told(once)
    assert [notice for notice in shown.notices if words_in(notice.text) not in said] == []


@each_form
@each_example
def test_an_example_comes_home(example: Path, give: Callable[[Shown], bytes]) -> None:
    reading, shown = _read(example.read_bytes())
    read, again = _read(give(shown))
    last, _ = _read(give(again))

    assert (again.titled, shown.titled and shown.label) == (shown.titled, again.titled and again.label)
    assert {field: again.fields.get(field) for field in STATED_AGAIN} == {
        field: shown.fields.get(field) for field in STATED_AGAIN
    }
    for role in set(Role) - OURS - {Role.WARNING, Role.SPOILER}:
        assert _words(read.blocks, role) == _words(reading.blocks, role)
    assert _told(last) == _told(read)


@each_form
@each_example
def test_nothing_is_surer_for_having_been_given_back(example: Path, give: Callable[[Shown], bytes]) -> None:
    _, shown = _read(example.read_bytes())
    _, again = _read(give(shown))
    sure = _surely(shown)

    assert {key for key, rank in _surely(again).items() if key[0] in STATED_AGAIN and rank > sure[key]} == set()


def _read(data: bytes) -> tuple[Reading, Shown]:
    reading = understand_bytes(data)
    return reading, show(works_of(reading, (), WHEN)[0], reading, READER)


def _words(blocks: tuple[Block, ...], role: Role) -> list[str]:
    """The words under a role, in order. A break that is no story is not given at all."""
    told = (b for b in blocks if b.role is role and (b.kind is not BlockKind.BREAK or role in STORY_ROLES))
    return [word for block in told for word in words_in(block.text)]


def _told(reading: Reading) -> list[tuple[Role, list[str]]]:
    """All that is not furniture, by role: neighbouring lines of a heading come home as one."""
    told = (block for block in reading.blocks if block.role is not Role.CHROME)
    return [
        (role, [word for block in run for word in words_in(block.text)])
        for role, run in groupby(told, key=lambda block: block.role)
    ]


def _surely(shown: Shown) -> dict[tuple[Field, str | None], int]:
    ranks: dict[tuple[Field, str | None], int] = {}
    for claim in shown.claims:
        key = claim.field, _said(claim)
        ranks[key] = max(claim.confidence.rank, ranks.get(key, -1))
    return ranks


def _said(claim: Claim) -> str | None:
    return claim.value if claim.normalised is None else claim.normalised
