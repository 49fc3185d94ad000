"""Text made fit to be given back: what no page, book or terminal should carry is left out, and counted."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape

from remnant.model import Block

_PARTS_WORDS = re.compile(r"[\x0b\x0c\x1c-\x1f\x85\u2028\u2029]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff\ud800-\udfff]")
_LINE_END = re.compile(r"[\r\n]+")
# A single blank is no match, so that ordinary text is passed over and not put together anew word by word.
_BLANKS = re.compile(r"[ \t\r\n]{2,}|[\t\r\n]")


def fit(text: str) -> str:
    """The text without control characters and non-characters; half a surrogate pair becomes U+FFFD.

    XML cannot hold them, and a terminal may obey them. What parts words still parts them.
    """
    if _UNFIT.search(text) is None:
        return text
    return _UNFIT.sub("", _SURROGATE.sub("\ufffd", _PARTS_WORDS.sub(" ", text)))


def unfit(blocks: Iterable[Block]) -> int:
    """How many characters `fit` leaves out or replaces."""
    return sum(len(_UNFIT.findall(span.text)) for block in blocks for span in block.spans)


def flowing(text: str) -> str:
    """As a browser would show it: all white space but no-break spaces is one blank."""
    return _BLANKS.sub(" ", fit(text))


def lined(text: str) -> str:
    """With its line ends, each as one newline, and nothing else of its layout."""
    first, *rest = _LINE_END.split(fit(text))
    if not rest:
        return _BLANKS.sub(" ", first)
    *between, last = rest
    lines = [first.rstrip(" \t"), *filter(None, (line.strip(" \t") for line in between)), last.lstrip(" \t")]
    return "\n".join(_BLANKS.sub(" ", line) for line in lines)


def kept(text: str) -> str:
    """With all its layout: only the line ends are made alike."""
    return fit(text).replace("\r\n", "\n").replace("\r", "\n")


def marked_up(text: str) -> str:
    """Text for the inside of an element."""
    return escape(text, quote=False)


def quoted(text: str) -> str:
    """Text for the inside of an attribute, on one line."""
    return escape(flowing(text).strip())
