"""Talk to readers before a story that has no such voice: after a greeting, around quoted mail, or plainly typed."""

from __future__ import annotations

import re

from remnant.understand.bylines import is_byline
from remnant.understand.register import Voice, is_dialogue, is_typed, says_i_or_you, shifts, voice_of
from remnant.understand.sheet import Sheet
from remnant.understand.tone import opens_a_talk, speaks_of_the_making, steps_in, tells_of_itself

_LONGEST_LINE = 2500
_GREETING = re.compile(
    r"^\W{0,3}(?:hi|hey|hello|hiya|greetings|dear|ok|okay|howdy|aloha)\b[ ,]*(?:again )?(?:all|everyone|everybody"
    r"|every1|guys|folks|people|peeps|gang|list(?:ers|ies|mates)?|there|ladies|friends|y['’]?all|again|minna(?:-san)?)\b",
    re.IGNORECASE,
)
_SIGNED = re.compile(r"^\W{0,4}[\w.'’*-]{1,20}(?: [\w.'’*-]{1,20}){0,2}\W{0,4}$")
_ATTRIBUTED = re.compile(r"\b(?:wrote|writes):\s*(?:$|\n\s*>)")
IN_BRACKETS = re.compile(r"^\W*\[[^\[\]]*\]\W*$|^\W*\([^()]*\)\W*$")
_BRIEF = 200
"""Characters of an aside in brackets."""
_LONGEST = 8
"""Lines of it that are looked for."""


def chat_before(sheet: Sheet, told: list[int], *, headed: bool) -> list[int]:
    """The first of these lines that are said to readers; none if that would be most of what there is.

    `headed` is whether a head stands above them: there an author often says one thing more.
    """
    chat: list[int] = []
    for place, index in enumerate(told[:_LONGEST]):
        rest = [sheet.texts[at] for at in told[place + 1 :]]
        above = sheet.texts[chat[-1]] if chat else ""
        if len(rest) < 3 or not (
            _is_chat(sheet.texts[index], rest, above)
            or (headed and not above and opens_a_talk(sheet.texts[index], rest))
        ):
            break
        chat.append(index)
    alone = len(chat) == 1 and _SIGNED.match(sheet.texts[chat[0]])
    return [] if alone or 2 * len(chat) > len(told) else chat


def _is_chat(text: str, rest: list[str], above: str) -> bool:
    """Whether a line is talk, by itself, beside the story below it, or as it goes on from the talk above it, if any."""
    if is_dialogue(text) or len(text) > _LONGEST_LINE:
        return False
    if _GREETING.match(text) or text.startswith(">") or _ATTRIBUTED.search(text) or shifts(text, rest):
        return True
    if IN_BRACKETS.match(text) and len(text) <= _BRIEF and speaks_of_the_making(text):
        return True
    if not above and steps_in(text, rest):
        return True
    if not above:
        return is_typed(text) and voice_of(text) is not Voice.NONE and sum(map(is_typed, rest)) <= 1
    most = 3 * len(rest) / 4 if above.startswith(">") else len(rest) / 3
    speaks = says_i_or_you(text) and sum(map(says_i_or_you, rest)) <= most and not tells_of_itself(rest)
    return speaks or (len(text) <= 40 < len(above) and bool(_SIGNED.match(text)) and not _may_be_title(text, rest))


def _may_be_title(text: str, rest: list[str]) -> bool:
    """Whether a short line may be the story's title and no signature: more words than a name has, or a byline below."""
    return len(text.split()) > 2 or is_byline(rest[0])
