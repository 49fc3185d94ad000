"""Stories long enough to be compared, and what becomes of them: other forms, more chapters, edits."""

from __future__ import annotations

import random

_WORDS = """
the a of and to in was it had that with at on for from by as not but all one out up so harbour lamp rain ferry light
door window stair kettle coat letter street bridge river stone garden clock paper glass hand morning evening winter
silence water shadow voice story promise answer question table corner road train ticket station walked waited turned
opened closed carried remembered forgot listened answered laughed counted folded washed painted slowly again never
always almost perhaps quietly yesterday tomorrow somewhere cold warm narrow empty bright old green
"""


def chapter(seed: int, words: int = 160) -> list[str]:
    """Paragraphs that no other seed has, of forty words each."""
    chance = random.Random(seed)
    drawn = chance.choices(_WORDS.split(), k=words)
    return [" ".join(drawn[at : at + 40]).capitalize() + "." for at in range(0, words, 40)]


def text(
    *chapters: list[str], title: str = "The Ferry", author: str = "Ann", found_at: str | None = None, more: str = ""
) -> bytes:
    """A plain file with a header, each chapter under its heading."""
    head = [
        f"Title: {title}",
        f"Author: {author}",
        *([f"Source: {found_at}"] if found_at else []),
        *filter(None, [more]),
    ]
    told = [f"Chapter {number}\n\n" + "\n\n".join(one) for number, one in enumerate(chapters, 1)]
    return ("\n".join(head) + "\n\n\n" + "\n\n\n".join(told) + "\n").encode()


def page(*chapters: list[str], title: str = "The Ferry", author: str = "Ann") -> bytes:
    """The same words as a page, in other type."""
    told = "".join(
        f"<h2>Chapter {number}</h2>" + "".join(f"<p>{line.replace(' not ', ' <em>not</em> ')}</p>" for line in one)
        for number, one in enumerate(chapters, 1)
    )
    return f"<html><head><title>{title} by {author}</title></head><body><h1>{title}</h1>{told}</body></html>".encode()


def edited(one: list[str]) -> list[str]:
    """A word in each paragraph is another."""
    return [line.replace(line.split()[20], "altogether", 1) for line in one]
