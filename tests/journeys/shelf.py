"""Stories of our own for the journeys, in the shapes that kept fan fiction comes in."""

from __future__ import annotations

from pathlib import Path

LIGHT = """\
Warnings: spoilers if you haven't seen The Long Watch part two. Major character death.

Please read the note at the bottom of the page.


They say that every lighthouse has a keeper, whether or not there is a light.

Maren had never believed it. She climbed the stairs because of the rain, and for no better reason.

"You took your time," said somebody above her.

{middle}

* * *

In the morning there was no one in the lamp room, and the cup on the floor was cold.

She washed it anyway, and put it back on its hook.

"Thank you," said the stairs, or the wind in them.


Note: {note}
"""

NOTE = (
    "This was written on a night train between two exams. If you know what the ending means, please write and tell me, "
    "because I do not. It is set after part two, which is why the warning is there. The keeper is nobody's, and the "
    "cat belongs to herself. Everything else belongs to the people who made The Long Watch, and they are welcome to it."
)

CHAPTERS = """\
Title: Tea for Two Ghosts
Author: Saltwater
Fandom: The Long Watch
Rating: PG
Summary: The kettle boils by itself on Thursdays.

Chapter One

{first}

Chapter Two

{second}

Chapter Three

{third}
"""

LETTERS = """\
Title: Letters the Tide Brought
Author: Ottoline
Fandom: Harbour Lights
Rating: PG-13
Warnings: drowning

{text}
"""

_SENTENCES = (
    "The harbour lay as flat as a plate that nobody had eaten from.",
    "She counted the steps twice and came to a different number each time.",
    "He had a way of folding a newspaper so that the worst of it was inside.",
    "Somewhere under the floor the sea was moving its furniture about.",
    "It was not the kind of evening that one remembers, and so she remembered it.",
    "The kettle began to sing before anybody had filled it.",
    "A gull walked past the window with the air of a landlord.",
)


def prose(paragraphs: int, turn: int = 0) -> str:
    """Plain paragraphs, always the same ones for the same numbers."""
    return "\n\n".join(
        " ".join(_SENTENCES[(turn + number + step) % len(_SENTENCES)] for step in range(3 + number % 4))
        for number in range(paragraphs)
    )


def write(folder: Path) -> Path:
    """A folder of stories, and one file that is none."""
    folder.mkdir(parents=True, exist_ok=True)
    chapters = CHAPTERS.format(first=prose(20), second=prose(20, 2), third=prose(12, 4))
    (folder / "light.txt").write_text(LIGHT.format(middle=prose(40), note=NOTE), encoding="utf-8")
    (folder / "tea.txt").write_text(chapters, encoding="utf-8")
    (folder / "letters.txt").write_text(LETTERS.format(text=prose(12, 3)), encoding="utf-8")
    (folder / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8)
    return folder


_SHOUT = "window.ran=(window.ran||0)+1"

SCRIPTS = (
    f"<script>{_SHOUT}</script>",
    f'<img src=x onerror="{_SHOUT}">',
    f'<svg onload="{_SHOUT}"><script>{_SHOUT}</script></svg>',
    f'<a href="javascript:{_SHOUT}">press here</a>',
    f'<a href=" java\tscript:{_SHOUT}">press here too</a>',
    f'<a href="&#106;avascript:{_SHOUT}">and here</a>',
    f'<a href="data:text/html,<script>{_SHOUT}</script>">or here</a>',
    f'<iframe srcdoc="<script>parent.{_SHOUT}</script>"></iframe>',
    f'<object data="data:text/html,<script>{_SHOUT}</script>"></object>',
    f'<embed src="javascript:{_SHOUT}">',
    f'<form action="javascript:{_SHOUT}"><button>send</button></form>',
    "<style>body{background:url(javascript:1)} p{display:none}</style>",
    f'<p style="background:url(\'javascript:{_SHOUT}\')" onmouseover="{_SHOUT}">styled</p>',
    '<meta http-equiv="refresh" content="0;url=http://127.0.0.1:9/away">',
    '<base href="http://127.0.0.1:9/">',
    '<link rel=stylesheet href="http://127.0.0.1:9/x.css">',
    f'<details open ontoggle="{_SHOUT}"><summary>open</summary></details>',
    f'<math><mtext><style><img src=x onerror="{_SHOUT}"></style></mtext></math>',
    f'<noscript><p title="</noscript><img src=x onerror={_SHOUT}>"></noscript>',
    f"&lt;script&gt;{_SHOUT}&lt;/script&gt;",
    f"&amp;lt;img src=x onerror={_SHOUT}&amp;gt;",
    f"<!--><script>{_SHOUT}</script>-->",
    f"<textarea><script>{_SHOUT}</script></textarea>",
    f"</title><script>{_SHOUT}</script>",
)
"""A script in every place one can stand; each, if it ran, would count itself in `window.ran`."""

_ENTITY = f"&lt;script&gt;{_SHOUT}&lt;/script&gt;&quot; onmouseover=&quot;{_SHOUT}"


def write_hostile(folder: Path) -> Path:
    """Stories whose every field and paragraph tries to run something."""
    folder.mkdir(parents=True, exist_ok=True)
    shout = f'<script>{_SHOUT}</script><img src=x onerror="{_SHOUT}">'
    header = f'Title: Nightfall {shout}\nAuthor: Anon" onmouseover="{_SHOUT}\nFandom: Sea {shout}\nRating: PG {shout}\n'
    header += f"Warnings: storms {shout}\nSummary: {shout}\n\n"
    paragraphs = "".join(
        f"<p>Paragraph {number} stands here, quite calm.</p>\n{script}\n" for number, script in enumerate(SCRIPTS)
    )
    title = f"Nightwatch {_ENTITY}"
    page = f"<html><head><title>{title}</title></head><body><h1>{title}</h1>{paragraphs}</body></html>"
    (folder / "plain.txt").write_text(header + "\n\n".join(SCRIPTS) + "\n\n" + prose(6), encoding="utf-8")
    (folder / "page.html").write_text(page, encoding="utf-8")
    name = '"><img src=x onerror=window.ran=1>.txt'.replace("/", "_")
    (folder / name).write_text(prose(5, 5), encoding="utf-8")
    return folder
