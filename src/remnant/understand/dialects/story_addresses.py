"""One address for a story, however it is written: `http`, `www`, a chapter's number and a title's words fall away."""

from __future__ import annotations

import re

_WORK = re.compile(
    r"^https?://(?:www\.|download\.|insecure\.|m\.)?archiveofourown\.(?:org|com|net)"
    r"(?:/collections/[\w-]+)?/works/(?P<id>\d+)"
)
_STORY = re.compile(
    r"^(?:https?:)?//(?:www\.|m\.)?(?P<site>fanfiction\.net|fictionpress\.com)/s/(?P<id>\d+)(?:/(?P<chapter>\d+))?"
)


def address_of(href: str) -> str | None:
    """The address of the whole story, or None if the site is not known here."""
    if work := _WORK.match(href.strip()):
        return f"https://archiveofourown.org/works/{work['id']}"
    if story := _STORY.match(href.strip()):
        return f"https://www.{story['site']}/s/{story['id']}"
    return None


def chapter_of(href: str) -> str | None:
    """The number of the chapter that an address names."""
    story = _STORY.match(href.strip())
    return story["chapter"] if story else None
