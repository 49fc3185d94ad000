"""What stands after a story and inside it: last words, signatures, songs, asides, pointers; and what is no story."""

from __future__ import annotations

import pytest

from remnant.model import Field, PieceKind, Reading, Role
from remnant.understand.reader import understand_bytes

STORY = "\n\n".join(
    [
        "The lamp had gone out twice before anybody thought to look at the oil.",
        '"It is the wick," said the keeper, who had been wrong before.',
        "They climbed the stair together, one behind the other, and neither of them counted.",
        "At the top there was a lamp, and it was burning.",
    ]
)


def read(text: str) -> Reading:
    return understand_bytes(text.encode())


def role_of(reading: Reading, start: str) -> Role:
    [role] = [block.role for block in reading.blocks if block.text.strip().startswith(start)]
    return role


@pytest.mark.parametrize(
    "tail",
    [
        "\n\n\nWell, this had to be written, sorry for any typos.\n\nHe was my favourite.\n\nGoodnight, keeper.",
        "\n\nA/N: I hope you liked it. More soon.",
        "\n\nTHE END\n\nAda Marsh\n\nada@example.org",
        "\n\n* * *\n\nThanks for reading, and please review!",
        "\n\nPlease review! This is my first fic.",
        "\n\nDisclaimer: I don't own the lamp.",
    ],
)
def test_last_words_are_no_part_of_the_story(tail: str) -> None:
    reading = read(STORY + tail)
    told = [block.text.strip() for block in reading.blocks if block.role is Role.STORY]

    assert [text for text in told if text != "THE END"][-1].startswith("At the top there was a lamp")


@pytest.mark.parametrize(
    "tail",
    [
        "\n\n\nHe never went up there again.\n\nBut on some nights you could see it from the road.",
        "\n\n* * *\n\nIn the morning the oil was gone, and so was she.",
        '\n\n\n"Goodnight," said the keeper.',
        "\n\nP.S. The wick was fine.",
    ],
)
def test_a_storys_own_last_words_stay_story(tail: str) -> None:
    reading = read(STORY + tail)

    assert {block.role for block in reading.blocks} <= {Role.STORY, Role.SCENE_BREAK}


@pytest.mark.parametrize(
    ("line", "title", "artist"),
    [
        ("Song I was listening to:Salt by Ada Marsh.", "Salt", "Ada Marsh"),
        ('Song: "Salt" by Ada Marsh', "Salt", "Ada Marsh"),
        ("Music: Salt", "Salt", None),
        ("Song: Ada Marsh - Salt", "Ada Marsh - Salt", None),
    ],
)
def test_a_song_is_named_with_its_singer_if_anybody_says(line: str, title: str, artist: str | None) -> None:
    reading = read(f"{STORY}\n\n\nThis had to be written, please review.\n\n{line}")
    [song] = [claim for claim in reading.claims if claim.field is Field.SONG]

    assert (song.value, song.detail["title"], song.detail["artist"]) == (title, title, artist)
    assert reading.text_of(song.evidence[0]) == title


def test_an_aside_is_a_note_and_what_follows_it_is_story() -> None:
    reading = read(f"{STORY}\n\n(A/N: I imagine a green lamp.)\n\n{STORY}")

    assert role_of(reading, "(A/N") is Role.NOTE
    assert reading.blocks[-1].role is Role.STORY


def test_a_pointer_is_tied_to_the_note_it_points_to() -> None:
    reading = read(f"Please read the note at the bottom of the page.\n\n{STORY}\n\n\nA/N: It was the wick.")
    [link] = reading.links

    assert reading.text_of(link.source) == "Please read the note at the bottom of the page"
    assert link.target is not None
    assert reading.text_of(link.target) == "A/N: It was the wick."


def test_a_pointer_to_nothing_dangles_and_is_a_finding() -> None:
    reading = read(f"Please read the note at the bottom of the page.\n\n{STORY}")

    assert [link.target for link in reading.links] == [None]
    assert [finding.code for finding in reading.findings] == ["R001"]


def test_each_divider_breaks_a_scene_and_one_at_the_edge_breaks_none() -> None:
    reading = read(f"The Lamp\n\nby Ada\n\n* * *\n\n{STORY}\n\n~*~\n\n{STORY}")

    assert [block.role for block in reading.blocks if not any(map(str.isalnum, block.text))] == [
        Role.CHROME,
        Role.SCENE_BREAK,
    ]
    assert len(reading.ranges) == 2


@pytest.mark.parametrize(
    "text",
    [
        "Shopping list\n\n- milk\n- eggs\n- bread\n",
        "body { color: red; }\np { margin: 0; }\nh1 { font: serif; }\n",
        "# lamp\n\nA small tool.\n\n## Installation\n\npip install lamp\n\n## Usage\n\nRun it.\n\n## License\n\nMIT\n",
        "<html><head><title>404 Not Found</title></head><body><h1>404 Not Found</h1><p>Sorry.</p></body></html>",
        "<html><body><p>This work is only available to registered users of the Archive.</p></body></html>",
    ],
)
def test_what_is_no_story_is_called_other(text: str) -> None:
    reading = read(text)

    assert [piece.kind for piece in reading.pieces] == [PieceKind.OTHER]
    assert "R003" in {finding.code for finding in reading.findings}
    assert Role.STORY not in {block.role for block in reading.blocks}


def test_a_poem_of_short_lines_is_a_story() -> None:
    reading = read(
        "The lamp goes out,\nthe sea comes in,\nthe keeper counts.\n\nHe lit it twice.\nIt burned for ten.\n"
    )

    assert [piece.kind for piece in reading.pieces] == [PieceKind.STORY]
