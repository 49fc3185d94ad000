"""Disclaimers in any words: who says, above a story told of the past, what is whose now."""

from __future__ import annotations

import re
from collections.abc import Sequence

from remnant.understand.register import is_dialogue, says_i_or_you, share_in_first_person

LONGEST = 300
"""Characters of a disclaimer without a label."""
_WHOSE = re.compile(
    r"\b(?:mine|(?:some(?:body|one)|any(?:body|one)) else['’]?s?|owns?|owned|belongs?|borrow(?:ed|ing)?|nobody['’]s"
    r"|property|copyright|rights|profit|lawyers?|sue|not ours|play(?:ing)? with|put (?:them|him|her|it) back)\b",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"\b(?:not|no|none|nothing|nobody|never|neither|nor|without|only|just|else|back)\b|n['’]t\b|\bbelongs? to\b",
    re.IGNORECASE,
)
_NOW = re.compile(
    r"\b(?:is|are|am|has|have|do|does|owns?|belongs?|make|makes|making|mean|means)\b|['’](?:s|re|m)\b|n['’]t\b"
    r"|^\W*(?:not|none|no)\b",
    re.IGNORECASE,
)
_THEN = re.compile(r"\b(?:was|were|had|did|said|could|would|went|came)\b|\bdidn['’]t\b", re.IGNORECASE)


def disclaims(text: str, below: Sequence[str]) -> bool:
    """Whether a line says what is whose, in the present, and the story below it is told in the past.

    It may go on in the past where "I" says it, and the story has no such teller.
    """
    if len(text) > LONGEST or is_dialogue(text) or not _WHOSE.search(text):
        return False
    if not _DENIED.search(text) or not _NOW.search(text):
        return False
    if _THEN.search(text) and not (says_i_or_you(text) and share_in_first_person(below) == 0):
        return False
    told = [one for one in below if not is_dialogue(one)]
    return 2 * sum(1 for one in told if _THEN.search(one)) >= len(told) > 0 and not any(map(_WHOSE.search, told))
