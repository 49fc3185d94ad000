"""What to call a file that is given back."""

from __future__ import annotations

import re
import unicodedata

from remnant.give.fields import values
from remnant.model import Field, Shown

LONGEST = 100
ID_LETTERS = 10
_FORBIDDEN = re.compile(r'[<>:"/\\|?*%\x00-\x1f\x7f-\x9f]')
_RESERVED = re.compile(r"(?:CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|COM[0-9¹²³]|LPT[0-9¹²³])\Z", re.IGNORECASE)
_ENDING = re.compile(rf" [a-z2-7]{{{ID_LETTERS}}}\.[a-z0-9]{{1,8}}\Z")
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


def file_name(shown: Shown, suffix: str) -> str:
    """A name of at most 100 bytes that every file system takes and no other work has; `suffix` is like `.epub`.

    The id's first letters end it, so two works of one title never share a name, whatever case or accents a file
    system folds together.
    """
    ending = f" {shown.work[:ID_LETTERS]}.{suffix.lstrip('.')}"
    name = _cut(_plain(_called(shown)), LONGEST - len(ending.encode()))
    return f"{name or 'Untitled'}{ending}"


def veiled(name: str) -> str:
    """The name of a file that was written, without the title and the author that it may hold: what ends it finds it."""
    ending = _ENDING.search(name)
    return f"…{ending[0]}" if ending else "…"


def _called(shown: Shown) -> str:
    """The title and author; else the label without the id that ends it."""
    if not shown.titled:
        return shown.label.rpartition(" · ")[0]
    authors = values(shown, Field.AUTHOR)
    return f"{shown.label} - {authors[0]}" if authors else shown.label


def _plain(text: str) -> str:
    seen = (char if unicodedata.category(char) not in _UNSEEN else " " for char in unicodedata.normalize("NFC", text))
    name = " ".join(_FORBIDDEN.sub(" ", "".join(seen)).split()).strip(" .-~")
    return f"_{name}" if _RESERVED.match(name.partition(".")[0].strip()) else name


def _cut(name: str, most: int) -> str:
    """At a character, never within one."""
    return name.encode()[:most].decode("utf-8", "ignore").rstrip(" .-~")
