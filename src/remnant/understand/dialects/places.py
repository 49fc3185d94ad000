"""What dialects share: claims from links, from rows of a table, from the address a link bears."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from remnant.model import Confidence, Field, Region
from remnant.understand.addresses import ADDRESS
from remnant.understand.draft import Fact, Line
from remnant.understand.headings import heading_of
from remnant.understand.normal import normal
from remnant.understand.places import joined, places, trimmed
from remnant.understand.sheet import Heading, Remark, Sheet

Stretch = tuple[int, int]
"""Characters from and to of a line's text."""


def stated(field: Field, index: int, line: Line, stretch: Stretch) -> Iterator[Remark]:
    """A claim of what stands in a stretch of a line, as the maker's form states it."""
    start, end = trimmed(line.text, *stretch)
    value = " ".join(line.text[start:end].split())
    if value:
        yield Remark(field, value, Confidence.STATED, places(line, start, end), index, *normal(field, value))


def author(index: int, line: Line, stretch: Stretch, href: str) -> Iterator[Remark]:
    """An author, and the page that their name leads to; an address to write to is none."""
    for remark in stated(Field.AUTHOR, index, line, stretch):
        page = {} if ADDRESS.search(href) else {"page": href}
        yield replace(remark, detail={**remark.detail, **page})


def other(label: str, index: int, line: Line, stretch: Stretch) -> Iterator[Remark]:
    """A fact that no field is for: the maker's label stands before the value, and apart from it in `detail`."""
    start, end = trimmed(line.text, *stretch)
    yield from labelled(label, line.text[start:end], places(line, start, end), index)


def other_fact(label: str, fact: Fact) -> Iterator[Remark]:
    """The same of what stands in the container."""
    yield from labelled(label, fact.value, (fact.region,), 0)


_NEVER = re.compile(r"\b(?:ip|passwords?)\b", re.IGNORECASE)
"""Labels of what is never claimed: whoever runs a site sees more of a work than its readers do."""


def labelled(label: str, value: str, evidence: tuple[Region, ...], index: int) -> Iterator[Remark]:
    """A value under a label that no field is for. One that holds somebody's address is veiled."""
    named, said = " ".join(label.strip(" :\n").split()), " ".join(value.split())
    if said and not _NEVER.search(named):
        detail = {"label": named.lower(), "said": said}
        sensitive = ADDRESS.search(said) is not None
        yield Remark(
            Field.OTHER, f"{named}: {said}", Confidence.STATED, evidence, index, None, detail, sensitive=sensitive
        )


def links_of(line: Line) -> list[tuple[str, Stretch]]:
    """Each link of a line: its address, and the characters it is laid over."""
    found: list[tuple[str, Stretch]] = []
    at = 0
    for span in line.spans:
        end = at + len(span.text)
        if span.href is not None:
            if found and found[-1][0] == span.href and found[-1][1][1] == at:
                found[-1] = (span.href, (found[-1][1][0], end))
            else:
                found.append((span.href, (at, end)))
        at = end
    return [(href, stretch) for href, stretch in found if line.text[slice(*stretch)].strip()]


def linked(field: Field, index: int, line: Line) -> Iterator[Remark]:
    """A claim for each link of a line; of a line without links, one for each item between commas."""
    links = [stretch for _, stretch in links_of(line)]
    for stretch in links or _items(line.text):
        yield from stated(field, index, line, stretch)


def _items(text: str) -> Iterator[Stretch]:
    at = 0
    for cut in re.finditer(r",\s+", text):
        yield at, cut.start()
        at = cut.end()
    yield at, len(text)


_COUNTED = re.compile(r"(?P<number>\d{1,4})\.\s+(?P<title>\S.*)", re.DOTALL)
_UNNAMED = re.compile(r"chapter \d+", re.IGNORECASE)


def heading(text: str) -> Heading:
    """A chapter's heading where a program set one. It may count ("3. Ebb"), and call what has no name "Chapter 3"."""
    if counted := _COUNTED.fullmatch(text):
        title = " ".join(counted["title"].split())
        return Heading(int(counted["number"]), None if _UNNAMED.fullmatch(title) else title)
    return heading_of(text) or Heading(None, " ".join(text.split()))


def together(field: Field, sheet: Sheet, lines: list[int], start: int = 0) -> Iterator[Remark]:
    """One claim of several lines, as a summary of two paragraphs is; `start` is where it begins in the first."""
    told = [(index, start if at == 0 else 0) for at, index in enumerate(lines) if sheet.texts[index]]
    texts = [" ".join(sheet.lines[index].text[begin:].split()) for index, begin in told]
    regions: Iterator[Region] = (
        region for index, begin in told for region in _trimmed_places(sheet.lines[index], begin)
    )
    if value := "\n".join(text for text in texts if text):
        yield Remark(field, value, Confidence.STATED, joined(regions), told[0][0])


def _trimmed_places(line: Line, start: int) -> tuple[Region, ...]:
    return places(line, *trimmed(line.text, start, len(line.text)))
