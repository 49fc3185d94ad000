"""A library as pages for anybody with a browser: no script, no program, warnings before each link."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from remnant.give.fields import one_line, values
from remnant.model import Field, Shown

PER_PAGE = 1000
FIRST = "index.html"

_STYLE = """\
:root { color-scheme: light dark; }
body { max-width: 44em; margin: 0 auto; padding: 1em; font: 1.05em/1.5 Georgia, serif; }
article { border-top: 1px solid; margin: 1.5em 0 0; padding: 0.5em 0 0; }
h2 { font-size: 1.15em; margin: 0.3em 0; }
p, ul { margin: 0.3em 0; }
.warn { border-left: 0.3em solid; padding-left: 0.7em; }
a:focus { outline: 0.2em solid; }
"""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_ABOUT = """\
<p>This page was made by Remnant and needs nothing but a browser. What an author warns of stands before the link to the
story. README.txt in this folder says how to check that every file is whole.</p>
<p>Each link opens a file exactly as it came. A page that somebody saved may hold scripts of its maker's: if you do not
trust it, open it with scripts switched off, or in a text editor.</p>"""

_END = "</main>\n</body>\n</html>\n"


@dataclass(frozen=True, slots=True)
class Link:
    """Where an original lies from here, and what kind of file it is; without an address only `why` is said."""

    place: str
    address: str | None
    ending: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """A work as it may be shown, and its originals."""

    shown: Shown
    links: tuple[Link, ...]


def pages_for(works: int) -> int:
    return max(1, -(-works // PER_PAGE))


def page_name(number: int) -> str:
    """`index.html`, `index-2.html` ...: pages count from 1."""
    return FIRST if number == 1 else f"index-{number}.html"


def page(articles: Sequence[str], number: int, pages: int, total: int) -> bytes:
    """One page of the list; the same works give the same bytes."""
    way = _way(number, pages)
    told = f"{total:,} {'work' if total == 1 else 'works'}" + (f", page {number} of {pages}" if pages > 1 else "")
    body = "\n".join(articles)
    return "\n".join([_head(told), f"<p>{told}, by title.</p>", _ABOUT, f"{way}{body}", f"{way}{_END}"]).encode()


def _head(told: str) -> str:
    return f"""\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>A library of stories: {told}</title>
<meta http-equiv="Content-Security-Policy" content="{_POLICY}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>
{_STYLE}</style>
</head>
<body>
<main>
<h1>A library of stories</h1>"""


def _way(number: int, pages: int) -> str:
    """To the other pages, those near this one and the ends."""
    if pages == 1:
        return ""
    near = sorted({1, pages, *range(max(1, number - 3), min(pages, number + 3) + 1)})
    items = "".join(
        f'<li><a aria-current="page">{n}</a></li>' if n == number else f'<li><a href="{page_name(n)}">Page {n}</a></li>'
        for n in near
    )
    return f'<nav aria-label="Pages"><ul>{items}</ul></nav>\n'


def article(one: Listed) -> str:
    """One work on a page."""
    shown = one.shown
    lines = [f'<article id="{shown.work}">', f"<h2>{_said(shown.label)}</h2>", *_facts(shown), *_warnings(shown)]
    return "\n".join([*lines, *map(_link, one.links), "</article>"])


def _facts(shown: Shown) -> Iterator[str]:
    if authors := values(shown, Field.AUTHOR):
        yield f"<p>by {_said(', '.join(authors))}</p>"
    told = [*values(shown, Field.FANDOM), f"{shown.measure.words:,} words" if shown.measure.words else ""]
    if any(told):
        yield f"<p>{_said(' · '.join(filter(None, told)))}</p>"


def _warnings(shown: Shown) -> Iterator[str]:
    """What was written behind the beginning of the story may itself tell of it, and is only counted."""
    said = [notice for notice in shown.notices if not notice.late]
    if said:
        items = "".join(f"<li>{_said(f'{notice.kind.capitalize()}: {notice.text}')}</li>" for notice in said)
        yield f'<ul class="warn" aria-label="What its author warns of">{items}</ul>'
    if len(said) < len(shown.notices):
        yield '<p class="warn">Its author warns of more, at the end of the story.</p>'


def _link(link: Link) -> str:
    if link.address is None:
        return f"<p>{_said(link.why)}</p>"
    return f'<p><a href="{escape(link.address)}" rel="noreferrer">Open the original ({_said(link.ending)})</a></p>'


def _said(text: str) -> str:
    return escape(one_line(text))
