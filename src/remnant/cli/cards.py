"""A work in a few lines: what `find` and `show` share."""

from __future__ import annotations

from remnant.cli.terminal import clean, counted, folded
from remnant.model import Field, Notice, Shown


def head(shown: Shown) -> str:
    """Label, author, length, id; of a veiled work its id."""
    if shown.veiled:
        return clean(f"{shown.label} · {shown.work}")
    authors = ", ".join(shown.fields.get(Field.AUTHOR, ())) or "author not stated"
    label = shown.label if shown.titled else f"[{shown.label}]"
    return clean(f"{label} · {authors} · {counted(shown.measure.words, 'word')} · {shown.work}")


def notice_lines(notices: tuple[Notice, ...]) -> list[str]:
    """What a person should know before reading; a rating is told plainly, since it warns of nothing by itself."""
    return [
        line
        for notice in notices
        for line in folded(
            f"{notice.kind.value}: {notice.text}", "    " if notice.kind is Field.RATING else "  ! ", "    "
        )
    ]


def sign_lines(shown: Shown) -> list[str]:
    """What this reader asked to be told, and what a rule only thinks."""
    perhaps = [f"it may contain: {notice.text} (nobody says so)" for notice in shown.perhaps]
    return [line for text in (*shown.signs, *perhaps) for line in folded(text, "  * ", "    ")]


def veiled_lines(shown: Shown) -> list[str]:
    """A veiled work: its id, what its author says, and why."""
    why = [line for text in shown.why for line in folded(text, "    ", "    ")]
    return [clean(f"{shown.label} · {shown.work}"), *notice_lines(shown.notices), *why]


def snippet_lines(shown: Shown) -> list[str]:
    if shown.snippet is None:
        return []
    text = "".join(f"*{piece}*" if hit else piece for piece, hit in shown.snippet.pieces)
    return folded(" ".join(text.split()), "    ", "    ")
