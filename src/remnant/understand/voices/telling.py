"""One paragraph: what is told in it beside the words that are spoken."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from remnant.understand.voices.people import Cast, Mention
from remnant.understand.voices.quotes import Quote
from remnant.understand.voices.verbs import HE, KIN, SAYING, SHE

NARRATOR = "I"


@dataclass(frozen=True, slots=True)
class Subject:
    """Who does something in the telling: a name, a pronoun, or "the" and a noun; `says` if it is a verb of saying."""

    who: str
    pronoun: str | None
    says: bool
    quote: int


_NOT_OF_IT = (
    r"(?:of|in|with|at|on|from|who|to|as|and|by|for|over|when|but|while|that|after|again|beside|behind|looking"
    r"|[a-z]+ly)\b"
)
_A_NOUN = rf"(?:\s+(?!{_NOT_OF_IT})[a-z-]+){{1,3}}?(?=\W*$|[.,;:!?—\"”]|\s+{_NOT_OF_IT}|\s+[A-Z])"
_TAG_AFTER = re.compile(
    r"^[\s,—–-]*(?P<verb>[a-z]+)(?:\s+[a-z]+ly)?\s+"
    rf"(?P<who>he|she|I|(?:(?:the|a|an|his|her|my)\s+)?(?:{'|'.join(sorted(KIN))})|(?:the|a|an|his|her|my){_A_NOUN})(?!\w)"
)
_VERB_FIRST = re.compile(r"^[\s,—–-]*(?P<verb>[a-z]+)(?:\s+[a-z]+ly)?\s+(?:the\s+)?$")
_WORD = re.compile(r"[A-Za-z'’]+")
_SUBJECT = re.compile(
    r"\b(?P<pronoun>[Hh]e|[Ss]he|I)\b|\b(?P<noun>[Tt]he\s+(?:[a-z]+\s+){0,2}?[a-z-]+)(?=\s+(?P<verb>[a-z]+))"
)
_PRONOUN = re.compile(r"\b(?:[Hh]e|[Ss]he|I)\b")
_LEFT_OUT = ("...", "…")
_CUT = re.compile(r"(?:\.\.\.|…)\s?([a-z]{3,})(?=[,.!?])")
_SENTENCE = re.compile(r"[.!?…][\"”'’)]*\s+")


class Telling:
    """One paragraph: what is told in it beside the words that are spoken."""

    def __init__(self, text: str, spoken: tuple[Quote, ...], cast: Cast) -> None:
        self.text = text
        self.spoken = spoken
        self.cast = cast
        mentions = cast.mentions(text)
        self.inside = [m for m in mentions if any(q.start <= m.start < q.end for q in spoken)]
        self.outside = [m for m in mentions if m not in self.inside] if self.inside else mentions
        self.called = {self.name(m) for m in self.inside if self._is_called(m)} | set(self._cut_short())
        self.spoken_of = {self.name(m) for m in self.inside} - self.called
        self.subjects = list(self._subjects()) if spoken else []

    def name(self, mention: Mention) -> str:
        return self.cast.people[mention.person].name

    def _is_called(self, mention: Mention) -> bool:
        """ "Jack, come here", "Come here, Jack!": a name between marks."""
        before = self.text[max(0, mention.start - 3) : mention.start]
        after = self.text[mention.end : mention.end + 2]
        opens = before.rstrip()[-1:] in ",\"“'‘«„.!?…—-" if before.strip() else mention.start == 0
        return opens and after[:1] in tuple(",.!?…\"”'’—-;")

    def _cut_short(self) -> Iterator[str]:
        """Names of which only the end is heard, as by somebody who comes to: "... anto, stay with me"."""
        if not self.spoken or not any(sign in self.text for sign in _LEFT_OUT):
            return
        for cut in _CUT.finditer(self.text):
            for form, person in self.cast.forms.items():
                if " " not in form and len(form) > len(cut[1]) and form.lower().endswith(cut[1]):
                    yield self.cast.people[person].name

    def gaps(self) -> Iterator[tuple[int, int, int]]:
        """The stretches of telling: start, end, and the number of the quote before each (-1: none)."""
        at = 0
        for number, quote in enumerate(self.spoken):
            if quote.start > at:
                yield at, quote.start, number - 1
            at = quote.end
        if at < len(self.text):
            yield at, len(self.text), len(self.spoken) - 1

    def _subjects(self) -> Iterator[Subject]:
        for start, end, quote in self.gaps():
            if quote >= 0 and (after := self._after(start, end, quote)):
                yield after
            if quote + 1 < len(self.spoken) and (before := self._before(start, end, quote)):
                yield before

    def _subject(self, who: str, says: bool, quote: int) -> Subject:
        small = who.lower()
        if small in HE or small in SHE:
            return Subject("", small, says, quote)
        return Subject(NARRATOR if who == "I" else who if who[0].isupper() else small, None, says, quote)

    def _after(self, start: int, end: int, quote: int) -> Subject | None:
        """The clause after a quote: "said Jack", "Jack said quietly", "the man muttered"."""
        clause = self.text[start : min(end, start + 90)]
        first = next((m for m in self.outside if start <= m.start < start + 90), None)
        inverted = _TAG_AFTER.match(clause)
        if inverted and inverted["verb"] in SAYING:
            return self._subject(inverted["who"], True, quote)
        if first is not None:
            verb = _VERB_FIRST.match(self.text[start : first.start])
            if verb and verb["verb"] in SAYING:
                return Subject(self.name(first), None, True, quote)
        return self._leading(start, clause, first, quote)

    def _leading(self, start: int, clause: str, first: Mention | None, quote: int) -> Subject | None:
        """Whoever the clause begins with, and whether a verb of saying follows soon."""
        found = _SUBJECT.search(clause)
        at = found.start() if found else len(clause)
        if first is not None and first.start - start <= at:
            says = _says(self.text[first.end : first.end + 40])
            return Subject(self.name(first), None, says, quote) if first.start - start < 40 else None
        if not found or at > 30:
            return None
        who = found["pronoun"] or found["noun"]
        return self._subject(who, _says(clause[found.end() :][:40]), quote)

    def _before(self, start: int, end: int, quote: int) -> Subject | None:
        """The last sentence before a quote: 'Jack smiled. "', 'He said, "'."""
        whole = self.text[start:end]
        stretch = whole.rstrip()
        cuts = [match.end() for match in _SENTENCE.finditer(stretch)]
        begin = start + (cuts[-1] if cuts else 0)
        clause = self.text[begin : start + len(stretch)]
        if quote >= 0 and not cuts and not clause.endswith((",", ":")):
            return None
        said = self._sayer(begin, start + len(stretch))
        if said:
            return self._subject(said, True, quote + 1)
        first = next((m for m in self.outside if begin <= m.start < start + len(stretch)), None)
        return self._leading(begin, clause, first, quote + 1)

    def _sayer(self, begin: int, end: int) -> str | None:
        """Whoever stands last before a verb of saying: "so that Angela remarked", "the Rabbit, who said"."""
        found = [(m.start, m.end, self.name(m)) for m in self.outside if begin <= m.start < end]
        found += [(m.start(), m.end(), m[0]) for m in _PRONOUN.finditer(self.text, begin, end)]
        says = [item for item in sorted(found) if _says(self.text[item[1] : min(end, item[1] + 40)])]
        return says[-1][2] if says else None


def _says(after: str) -> bool:
    words = _WORD.findall(after.split(".", 1)[0])[:4]
    return any(word in SAYING for word in words)
