"""What stands before a story, read through the door: fields, notices, titles, and story that only looks like them."""

from __future__ import annotations

import pytest

from remnant.model import Claim, Confidence, Field, PieceKind, Reading, Role
from remnant.understand.reader import understand_bytes
from remnant.understand.settle import settle

STORY = """
She had been told that the lamp would be lit by six, and it was a quarter past, and nobody had come.

"You're late," she said to the dark, and the dark, being polite, said nothing.

He came up the stair at seven with the oil on his hands and an excuse that he did not use.
"""


def read(head: str, tail: str = "") -> Reading:
    return understand_bytes(f"{head}\n{STORY}{tail}".encode())


def settled(reading: Reading, field: Field) -> tuple[str, ...]:
    return settle(reading.claims).values(field)


def claim(reading: Reading, field: Field) -> Claim:
    [only] = [claim for claim in reading.claims if claim.field is field]
    return only


def story(reading: Reading) -> list[str]:
    return [block.text.strip() for block in reading.blocks if block.role is Role.STORY]


@pytest.mark.parametrize(
    ("head", "field", "values"),
    [
        ("Title: The Lamp\nAuthor: Ada Marsh (ada@example.org)\n", Field.AUTHOR, ("Ada Marsh",)),
        ("Title: The Lamp\nAuthor: Ada Marsh (ada@example.org)\n", Field.EMAIL, ("ada@example.org",)),
        ('Title: "The Lamp" (1/3)\nAuthor: Ada\n', Field.TITLE, ("The Lamp",)),
        ("TITLE: The Lamp  AUTHOR: Ada  RATING: PG-13\n", Field.RATING, ("PG-13",)),
        ("Title: The Lamp | Rating: R | Pairing: A/B\n", Field.RELATIONSHIP, ("A/B",)),
        ("**Title:** The Lamp\n**Rating:** Teen\n", Field.TITLE, ("The Lamp",)),
        ("Name=The Lamp\nAuthor=Ada\nSynopsis=She waits.\n", Field.TITLE, ("The Lamp",)),
        ("Title: The Lamp\nDistribution: ask first\n", Field.PERMISSION, ("ask first",)),
        ("Title: The Lamp\nCharacter(s): Ada, Bea; Cai\n", Field.CHARACTER, ("Ada", "Bea", "Cai")),
        ("Title: The Lamp\nFandom: Buffy, the Vampire Slayer\n", Field.FANDOM, ("Buffy, the Vampire Slayer",)),
        ("Title: TBA\nAuthor: see above\n", Field.TITLE, ()),
        ("Title: TBA\nAuthor: see above\n", Field.AUTHOR, ()),
        ("The Lamp\nby Ada Marsh\n", Field.TITLE, ("The Lamp",)),
        ("The Lamp\n\nby Ada Marsh\n", Field.AUTHOR, ("Ada Marsh",)),
        ("# The Lamp\n\nWritten by [Ada](https://example.org/ada).\n", Field.AUTHOR, ("Ada",)),
        ("---\ntitle: The Lamp\npubDate: 2020-07-10\n---\n", Field.PUBLISHED, ("2020-07-10",)),
    ],
)
def test_a_head_says_what_its_labels_and_shape_say(head: str, field: Field, values: tuple[str, ...]) -> None:
    reading = read(head)

    assert settled(reading, field) == values
    assert story(reading)[0].startswith("She had been told")


@pytest.mark.parametrize(
    ("line", "part", "relation"),
    [
        ("Warnings: spoilers if you haven't seen Glass Harbour Episode Nine.", "Glass Harbour Episode Nine", "seen up"),
        ("Spoilers for 3x04!", "3x04", "contains"),
        ("spoilers up to season two", "season two", "seen up"),
        ("Spoilers: Deathly Hallows", "Deathly Hallows", "contains"),
        ("If you haven't seen Exit Wounds, don't read this.", "Exit Wounds", "seen up"),
        ("Major Season 3 spoilers ahead!", "Season 3", "contains"),
    ],
)
def test_a_spoiler_notice_says_of_what(line: str, part: str, relation: str) -> None:
    reading = read(line + "\n")
    notice = claim(reading, Field.SPOILER)

    assert notice.value == part
    assert [reading.text_of(region) for region in notice.evidence] == [part]
    assert str(notice.detail["relation"]).startswith(relation)
    assert reading.blocks[0].role is Role.SPOILER


def test_several_episodes_are_several_notices() -> None:
    reading = read("Spoilers for 3x04, 3x05 and Exit Wounds.\n")

    assert set(settled(reading, Field.SPOILER)) == {"3x04", "3x05", "Exit Wounds"}


@pytest.mark.parametrize(
    ("head", "normal"),
    [
        ("Title: X\nWarnings: none\n", "none apply"),
        ("Title: X\nArchive Warning: No Archive Warnings Apply\n", "none apply"),
        ("Title: X\nArchive Warning: Choose Not To Use Archive Warnings\n", "chose not to warn"),
        ("Title: X\nWarnings: character death\n", "character death"),
    ],
)
def test_silence_is_not_safety(head: str, normal: str) -> None:
    assert claim(read(head), Field.WARNING).normalised == normal


def test_a_warning_with_a_spoiler_in_it_says_both() -> None:
    reading = read("Warnings: character death, spoilers for Exit Wounds\n")

    assert settled(reading, Field.WARNING) == ("character death",)
    assert settled(reading, Field.SPOILER) == ("Exit Wounds",)


@pytest.mark.parametrize(
    "first",
    [
        '"Warning: the floor is wet," said the sign, which was a talking one.',
        '"Note: buy milk," she read aloud, and put the paper down on the stove.',
        "Chapter 11 was what the lawyers called it, and he had been there ever since the spring.",
        "Part of her had always known that the lamp would go out on a Tuesday.",
        "By noon the rain had stopped, and by one it had begun again, and so it went.",
        "Death by Chocolate was what the menu said, and for once it was no lie.",
        "This was the story of how the lamp went out, as they told it in the harbour.",
    ],
)
def test_story_stays_story(first: str) -> None:
    reading = understand_bytes(f"{first}\n{STORY}".encode())

    assert story(reading)[0] == first
    assert not [claim for claim in reading.claims if claim.field in (Field.TITLE, Field.AUTHOR, Field.WARNING)]


def test_a_letter_and_an_address_inside_a_story_are_nobodys_testimony() -> None:
    letter = "Dear Ada,\n\nWrite to me at lamp@harbour.example, if you can.\n\nYours ever,\n\nThomas\n"
    reading = understand_bytes(f"{STORY}\n{letter}{STORY}".encode())

    assert reading.claims == ()
    letters = [block.text.strip() for block in reading.blocks if block.role is Role.LETTER]
    assert letters == [line for line in letter.splitlines() if line]
    assert {block.role for block in reading.blocks} == {Role.STORY, Role.LETTER}


def test_nobody_said_a_title_so_there_is_none() -> None:
    reading = read("Please read the note at the bottom of the page.\n")

    assert not settled(reading, Field.TITLE)
    assert not settled(reading, Field.AUTHOR)


def test_a_bare_first_line_is_only_guessed_to_be_a_title() -> None:
    assert claim(read("The Lamp at Harrow Light\n"), Field.TITLE).confidence is Confidence.GUESSED


def test_one_numbered_heading_is_a_chapter_saved_alone() -> None:
    reading = read("Chapter 3: The Gate\n")

    assert [piece.kind for piece in reading.pieces] == [PieceKind.CHAPTER]
    assert dict(claim(reading, Field.CHAPTER).detail) == {"number": 3, "title": "The Gate"}
    assert "R005" in {finding.code for finding in reading.findings}


def test_a_jump_in_the_count_of_chapters_is_a_finding() -> None:
    reading = understand_bytes(f"Chapter 1\n{STORY}\nChapter 3\n{STORY}".encode())

    assert [finding.code for finding in reading.findings] == ["R006"]
    assert [(section.number, section.title) for section in reading.sections] == [(1, None), (3, None)]
