"""Subjects of posts in parts, as people wrote them: which part of which story each says it is."""

from __future__ import annotations

import pytest
from tests.strategies.posts import mail

from remnant.understand.reader import understand_bytes
from remnant.understand.serials import numbered

WRITTEN = {
    "FIC: The Harbour (3/7)": (3, 3, 7),
    "[lamp-fic] The Harbour, Part 3 of 7 (PG)": (3, 3, 7),
    "NEW: The Harbour 3/? [R]": (3, 3, None),
    "REPOST: The Harbour [03/12] (WIP)": (3, 3, 12),
    "FIC:The Harbour{3/7}": (3, 3, 7),
    "The Harbour (3/7) - REVISED": (3, 3, 7),
    "The Harbour 4-6/10": (4, 6, 10),
    "The Harbour, parts 4 to 6 of 10": (4, 6, 10),
    "[FIC] The Harbour Ch 12 [R]": (12, 12, None),
    "Fic: The Harbour, Chapter Seven": (7, 7, None),
    "Fic: The Harbour, Part IV (PG)": (4, 4, None),
}
NO_PARTS = ("FIC: The Harbour (PG)", "Fic: The part I love", "FIC: Harbour 2001")


@pytest.mark.parametrize("subject", WRITTEN)
def test_a_subject_says_which_part_of_which_story(subject: str) -> None:
    [told] = numbered(understand_bytes(mail(1, subject=subject)))

    assert (told.title, (told.number, told.through, told.total)) == ("The Harbour", WRITTEN[subject])


@pytest.mark.parametrize("subject", NO_PARTS)
def test_other_numbers_are_no_parts(subject: str) -> None:
    assert numbered(understand_bytes(mail(1, subject=subject))) == ()
