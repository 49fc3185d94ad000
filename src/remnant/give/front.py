"""The title page: what the work is called, what is said of it and by whom, and how it was given back."""

from __future__ import annotations

from html import escape

from remnant.give.clean import fit, marked_up, unfit
from remnant.give.fields import Said, length, said
from remnant.give.inline import safe_link
from remnant.give.manner import Manner
from remnant.model import Field, Shown
from remnant.wire.canonical import time_to_json

GENERATOR = '<meta name="generator" content="Remnant"/>'
"""Who made this, so that our own reader knows our own work when it comes back."""


def title_page(shown: Shown, manner: Manner, notices: str = "") -> str:
    """Title, authors, length, then `notices`, then the fields and a word on this copy."""
    told = said(shown)
    authors = [one for one in told if one.field is Field.AUTHOR]
    by = f'<p class="by">by {", ".join(map(_author, authors))}</p>\n' if authors else ""
    return (
        f'<header class="title-page"{manner.typed("titlepage")}>\n'
        f'<h1 class="{"titled" if shown.titled else "untitled"}" dir="auto">{marked_up(fit(shown.label))}</h1>\n'
        f'{by}<p class="length">{length(shown)}</p>\n</header>\n'
        f"{notices}{_fields([one for one in told if one.field is not Field.AUTHOR])}{_this_copy(shown)}"
    )


def _author(one: Said) -> str:
    return f"<bdi>{marked_up(one.value)}</bdi>{_by(one)}"


def _fields(told: list[Said]) -> str:
    """One term for all neighbouring values of a field, so that each name is said once."""
    if not told:
        return ""
    lines = []
    for number, one in enumerate(told):
        if number == 0 or told[number - 1].field is not one.field:
            lines.append(f"<dt>{one.label}</dt>")
        lines.append(f'<dd class="{one.field.value}" dir="auto">{_value(one)}{_by(one)}</dd>')
    return '<dl class="fields">\n' + "\n".join(lines) + "\n</dl>\n"


def _value(one: Said) -> str:
    link = safe_link(one.value) if one.field is Field.SOURCE_URL else None
    text = marked_up(one.value)
    return f'<a href="{escape(link)}" rel="noreferrer">{text}</a>' if link else text


def _by(one: Said) -> str:
    return f' <small class="witness">({marked_up(one.by)})</small>' if one.by else ""


def _this_copy(shown: Shown) -> str:
    sentences = [f"Given back by Remnant from what is kept of work {shown.work}, as known on {_day(shown)}."]
    if not shown.titled:
        sentences.append("No title is stated; the label is not the author’s.")
    sentences += shown.why
    if shown.body and (lost := unfit(shown.body.blocks)):
        sentences.append(f"Characters that no book can hold were left out: {lost}. They stand in the original.")
    return f'<p class="copy">{marked_up(" ".join(sentences))}</p>\n'


def _day(shown: Shown) -> str:
    return time_to_json(shown.since)[:10]
