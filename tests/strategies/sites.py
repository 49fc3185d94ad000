"""A fan's site as it was saved: a page that lists stories, lists by author, stories in one file and in several."""

from __future__ import annotations

from collections.abc import Iterator


def _page(title: str, body: str) -> bytes:
    return f"<html><head><title>{title}</title></head><body bgcolor=black>\n{body}\n</body></html>".encode("cp1252")


INDEX = _page(
    "The Lamp Room",
    """<h1>The Lamp Room</h1>
<p><a href="about.html">About</a> | <a href="mailto:keeper@example.org">E-mail</a> | <a href="http://ring.example/">Ring</a></p>
<h2>Stories</h2>
<p><a href="stories/lamp.html">The Lamp on the <i>Stair</i></a> by Odile (PG-13)<br>
Noor counts the steps and finds one more than there should be.</p>
<p><a href="stories/ferry1.html">The Ferry</a> by Maud Tern [R]
<a href="stories/ferry1.html">1</a> | <a href="stories/ferry2.html">2</a> | <a href="stories/ferry3.html">3</a><br>
Title: The Ferry<br>Pairing: Noor/Maren<br>Summary: It goes one way, as they all do, and nobody says so.</p>
<p>Salt: <a href="Stories/SALT-1.HTML">Part 1</a> <a href="stories/salt-2.html">Part 2</a></p>
<p><a href="stories/gone.html">The One That Is Not Here</a> by Odile</p>
<p><a href="authors/odile.html">More by Odile</a></p>
""",
)
_LINES = (
    '<p>{0} began with rain, and it went on with rain.</p><p>"{0}," she said, and nobody answered her for a while.</p>'
)


def _story(name: str, nav: str = "", head: str = "") -> bytes:
    return _page(name, f"{head}{_LINES.format(name)}{nav}")


FILES = {
    "index.html": INDEX,
    "about.html": _page(
        "About", "<p>This page is about the archive, its lists, its rules, its guestbook and links.</p>"
    ),
    "stories/lamp.html": _story("Lamp"),
    "stories/ferry1.html": _story("Ferry one"),
    "stories/ferry2.html": _story("Ferry two"),
    "stories/salt-1.html": _story("Salt one"),
    "stories/salt-2.html": _story("Salt two"),
    "authors/odile.html": _page(
        "Odile",
        """<h2>Odile</h2><ul><li><a href="../stories/lamp.html">The Lamp on the Stair</a></li>
<li><a href="../stories/rope.html">Rope</a> (G) A short thing about a rope that nobody had tied to anything.</li>
<li><a href="../stories/stair.html">Stair</a></li></ul><p><a href="../index.html">Back</a></p>""",
    ),
    "stories/rope.html": _story(
        "Rope",
        '<p><a href="rope2.html">Next part</a> <a href="../index.html">Home</a></p>',
        "<h1>The Rope, Untied</h1>",
    ),
    "stories/rope2.html": _story("Rope again", '<p><a href="rope.html">Back</a> <a href="stair.html">Next</a></p>'),
    "stories/stair.html": _story("Stair"),
    "stories/nobody.html": _story("Nobody"),
}
"""Five stories that are here, of which one lacks its third part; one that is not; one page that nobody names."""


def folders() -> Iterator[dict[str, bytes]]:
    """The same in the orders in which they could come."""
    names = list(FILES)
    for start in (0, 5, len(names) - 1):
        yield {name: FILES[name] for name in names[start:] + names[:start]}
