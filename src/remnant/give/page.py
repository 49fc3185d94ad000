"""A story as HTML: a fragment for a face to frame, or one file that needs nothing else."""

from __future__ import annotations

from collections.abc import Callable

from remnant.give import markup, style
from remnant.give.clean import marked_up
from remnant.give.fields import language, one_line, right_to_left
from remnant.give.flow import Flow, flow_of, sections_of
from remnant.give.front import GENERATOR, title_page
from remnant.give.manner import Manner
from remnant.give.titles import Entry, contents, heading_of
from remnant.model import Section, Shown

__all__ = ["Entry", "body", "contents", "document", "notices", "stretch"]


def body(shown: Shown, section: int | None = None) -> str:
    """The story, or one section of it, as clean markup; the notices stand first, always.

    A section has the id `sN`, a block the id `pN`, N its position. Chapter headings are `h2`. ValueError for a card.
    """
    flow, manner = flow_of(shown), Manner()
    chosen = [(n, s) for n, s in enumerate(sections_of(flow.body)) if section is None or section == n]
    return markup.notices(shown, flow, manner) + "".join(
        _section(flow, manner, n, s, s.first, s.last) for n, s in chosen
    )


def notices(shown: Shown, address: Callable[[int], str]) -> str:
    """What stands before the story, for a face that sets it before a stretch; empty if there is nothing."""
    return markup.notices(shown, flow_of(shown), Manner(address=address), folded=True)


def stretch(
    shown: Shown,
    first: int,
    last: int,
    address: Callable[[int], str],
    mark: Callable[[int], str] | None = None,
) -> str:
    """The blocks `first` to `last`, both included, for a face that sets the notices itself, before this.

    Warnings at the top of the file are left out in their place, since they stand among those notices. `address` leads
    to a block on this page or another. `mark` is the face's own markup, set at the end of each block of the story;
    those blocks then carry `data-story`.
    """
    flow, manner = flow_of(shown), Manner(address=address, mark=mark)
    return "".join(
        _section(flow, manner, number, section, max(first, section.first), min(last, section.last))
        for number, section in enumerate(sections_of(flow.body))
        if section.first <= last and section.last >= first
    )


def document(shown: Shown) -> bytes:
    """The whole story as one HTML file: no script, no network, fit for print, for a light room and a dark one."""
    flow, manner = flow_of(shown), Manner()
    front = title_page(shown, manner, markup.notices(shown, flow, manner))
    story = "".join(_section(flow, manner, n, s, s.first, s.last) for n, s in enumerate(sections_of(flow.body)))
    direction = ' dir="rtl"' if right_to_left(shown) else ""
    page = (
        f'<!DOCTYPE html>\n<html lang="en">\n{_head(shown)}<body>\n<main>\n{front}{_contents(shown)}'
        f'<article lang="{language(shown)}"{direction}>\n{story}</article>\n</main>\n</body>\n</html>\n'
    )
    return page.encode("utf-8")


def _head(shown: Shown) -> str:
    """Nothing may be fetched and nothing run, whatever should ever stand in the page."""
    policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
    return (
        f'<head>\n<meta charset="utf-8"/>\n<meta http-equiv="Content-Security-Policy" content="{policy}"/>\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"/>\n{GENERATOR}\n'
        f"<title>{marked_up(one_line(shown.label))}</title>\n<style>\n{style.PAGE}</style>\n</head>\n"
    )


def _contents(shown: Shown) -> str:
    entries = contents(shown)
    if len(entries) < 2:
        return ""
    items = "\n".join(
        f'<li><a href="#{entry.anchor}" dir="auto">{marked_up(entry.label)}</a></li>' for entry in entries
    )
    return f'<nav class="contents" aria-label="Contents">\n<ol>\n{items}\n</ol>\n</nav>\n'


def _section(flow: Flow, manner: Manner, number: int, section: Section, first: int, last: int) -> str:
    writer = markup.Writer(flow, manner)
    title = heading_of(flow.body, section) if first == section.first else None
    heading = writer.heading(marked_up(title), ' class="chapter"') if title is not None else ""
    return f'<section id="s{number}">\n{heading}{writer.blocks(first, last)}</section>\n'
