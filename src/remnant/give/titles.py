"""What the sections of a work are called, and how long they are."""

from __future__ import annotations

from dataclasses import dataclass

from remnant.give.clean import fit
from remnant.give.flow import sections_of
from remnant.model import STORY_ROLES, Body, Role, Section, Shown


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents: `number` is the section's position, `anchor` its id in a page of the whole work."""

    number: int
    label: str
    anchor: str
    words: int


def contents(shown: Shown) -> tuple[Entry, ...]:
    """The sections in order, each with a label that is never empty; none on a card."""
    if shown.body is None:
        return ()
    sections = sections_of(shown.body)
    return tuple(
        Entry(number, _label(shown, section, number, len(sections)), f"s{number}", _words(shown.body, section))
        for number, section in enumerate(sections)
    )


def heading_of(body: Body, section: Section) -> str | None:
    """The heading to set over a section whose text has none of its own; None where it has, or nobody named it."""
    return None if has_heading(body, section) else named(section)


def has_heading(body: Body, section: Section) -> bool:
    """Whether the text of the section brings a heading of its own."""
    return any(block.role is Role.CHAPTER_HEADING for block in body.blocks[section.first : section.last + 1])


def named(section: Section) -> str | None:
    """The section's title with its number where the title does not say it; None if it has neither."""
    title = " ".join(fit(section.title or "").split())
    if section.number is None:
        return title or None
    if not title:
        return f"Chapter {section.number}"
    return title if str(section.number) in title else f"{section.number}. {title}"


def _label(shown: Shown, section: Section, number: int, count: int) -> str:
    if count == 1:
        return named(section) or shown.label
    return named(section) or ("Beginning" if number == 0 else f"Part {number + 1}")


def _words(body: Body, section: Section) -> int:
    blocks = body.blocks[section.first : section.last + 1]
    return sum(len(b.text.split()) for b in blocks if b.role in STORY_ROLES and b.role is not Role.SCENE_BREAK)
