"""Lines of a head that can only be notes, by the words that they begin with or the reader that they speak to."""

from __future__ import annotations

import re

from remnant.understand.pointers import is_pointer
from remnant.understand.register import is_surely_authors

_DEDICATION = re.compile(
    r"^\W*[Ff]or (?:(?:my|the lovely|the wonderful) )?(?:[a-z]\w+(?=, who\b)|[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*)?)"
    r"(?:[.!]?$|, (?:who|because|with|as|on|without)\b|.*\b(?:birthday|request|prompt|challenge)\b)"
)


def is_dedication(text: str) -> bool:
    """ "For Anna, who asked for boats." A story may begin so too: only under a title or fields."""
    return len(text) <= 100 and bool(_DEDICATION.match(text) or _TO_SOME.match(text))


_TO_SOME = re.compile(r"^\W*[Ff]or (?:the|all|everyone|everybody|those|anyone|my)\b[^.!?\"”]{2,60}[^.!?,;:\"”]$")


_OF_THE_MAKING = re.compile(
    r"^\W*(?:translated|beta(?:['’]?d|ed)?|written|posted|typed|inspired|based|set)\b[^\n]{4,110}[^.!?\"”\s]\W?$",
    re.IGNORECASE,
)


def is_of_the_making(text: str) -> bool:
    """ "translated from the Polish by Ania": no sentence, under a title or fields."""
    return not text.endswith((".", "!", "?")) and bool(_OF_THE_MAKING.match(text))


NOTE_CUE = re.compile(
    r"^[\s*_~\[(<{>=#-]{0,6}(?:a/?n'?s?\b\s*[-–—:.,]|\(a/n|authors?['’]?s? ?['’]? notes?\b|authors?['’]? ?note"
    r"|note from the author|n\.b\.|nb:|disclaimer\b|i (?:do not|don['’]?t) own\b|dedicated to\b|(?:this (?:is"
    r"|one['’]?s) )?for my\b.{0,40}\bbeta|(?:many|special|huge|big)? ?thanks to\b|written for\b|for the prompt\b"
    r"|this (?:one['’]?s|one is|is|goes out) (?:for|to) (?:everyone|everybody|all of you|all those|anyone)\b"
    r"|previously\b[^:.]{0,40}:|last time\b[^:.]{0,40}:)",
    re.IGNORECASE,
)


def is_cued(text: str) -> bool:
    """Whether a line begins as authors' notes do."""
    return bool(NOTE_CUE.match(text)) or is_pointer(text)


def surely_said(text: str, *, begun: bool) -> bool:
    """Where prose may have begun the story, one who tells it may also hope that you like it: but not at once."""
    heard = is_surely_authors(text[:_AT_ONCE] if begun else text)
    return len(text) <= 1500 and heard and bool(_TO_THE_READER.search(text))


_AT_ONCE = 80


_TO_THE_READER = re.compile(
    r"\b(?:anyway|on with|mine|sue|i|i['’]m|i['’]ve|i['’]ll|my|me|you|your|please|thanks?|enjoy|sorry|own|belongs?"
    r"|copyright|reviews?"
    r"|this (?:fan)?(?:fic|story|chapter|one)|public domain|fan[ -]?fiction|disclaimer)\b",
    re.IGNORECASE,
)
