"""One story with everything in it that a story can have, written for the tests."""

from __future__ import annotations

from tests.strategies.readings import READER, Page, claim, work_of

from remnant.model import BlockKind, Field, Link, LinkKind, Mark, Reading, Role, Section, Shown
from remnant.shield.showing import show

NOTE = "Well, that took a few hours, and the kettle is cold. I had to write this as soon as the lamp went out."


def sample_reading(language: str | None = "en") -> Reading:
    """A warning, a pointer to a note at the end, two chapters, breaks, verse, a letter, marks, links."""
    page = Page()
    page.block(Role.TITLE, "Night Shift")
    page.block(Role.BYLINE, "by Mara Quill <mara@inn.example>")
    page.block(Role.WARNING, "Warnings: spoilers if you haven't seen Part Four.")
    page.block(Role.NOTE, "Please read the note at the bottom of the page.")
    page.block(Role.CHAPTER_HEADING, "Chapter One", kind=BlockKind.HEADING)
    page.block(Role.CHAPTER_HEADING, "The Lamp", kind=BlockKind.HEADING)
    page.block(Role.STORY, "It was ", page.span("dark", frozenset({Mark.EMPHASIS})), " & <cold>, and nobody sang.")
    page.block(Role.SCENE_BREAK, "* * * * *")
    page.block(Role.LYRICS, "The lamp is low\nthe night is long", kind=BlockKind.VERSE)
    page.block(Role.LETTER, "Dear Jack,")
    page.block(Role.LETTER, "I have gone to see about the oil.")
    page.block(Role.STORY, "bread", kind=BlockKind.LIST_ITEM)
    page.block(Role.STORY, "oil", kind=BlockKind.LIST_ITEM)
    page.block(Role.CHAPTER_HEADING, "Chapter Two", kind=BlockKind.HEADING)
    page.block(Role.EPIGRAPH, "All lamps are one lamp.")
    page.block(
        Role.STORY, "He waited.", page.decoded("\n", "<br>"), page.span("She came.", href="https://a.example/?a=1&b")
    )
    page.block(Role.SCENE_BREAK, kind=BlockKind.BREAK)
    page.block(Role.STORY, "Later", kind=BlockKind.HEADING)
    page.block(Role.STORY, "And then he slept.")
    page.block(Role.NOTE, NOTE)
    page.block(Role.NOTE, "Thanks, everyone.")
    claims = [
        claim(Field.TITLE, "Night Shift", page.region(0)),
        claim(Field.AUTHOR, "Mara Quill", page.place_of("Mara Quill")),
        claim(Field.EMAIL, "mara@inn.example", page.place_of("mara@inn.example"), sensitive=True),
        claim(Field.SPOILER, "Part Four", page.place_of("Part Four"), part="Part Four"),
        claim(Field.RATING, "Teen"),
        claim(Field.FANDOM, "The Lamplighters"),
        claim(Field.SUMMARY, "Somebody waits & somebody comes."),
        claim(Field.SOURCE_URL, "https://lamps.example/story/1"),
    ]
    if language:
        claims.append(claim(Field.LANGUAGE, language))
    links = (Link(page.place_of("read the note"), page.region(19), LinkKind.NOTE),)
    sections = (Section("The Lamp", 1, 0, 12), Section(None, 2, 13, len(page.blocks) - 1))
    return page.reading(tuple(claims), links, sections)


def sample(language: str | None = "en") -> Shown:
    reading = sample_reading(language)
    return show(work_of(reading), reading, READER)
