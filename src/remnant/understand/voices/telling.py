"""One paragraph: what is told in it beside the words that are spoken."""

from __future__ import annotations

import re
from collections.abc import Iterator

from remnant.understand.voices.clauses import CUT, LEFT_OUT, Subject, brings_in, subjects_of
from remnant.understand.voices.namings import Sex
from remnant.understand.voices.people import Cast, Mention
from remnant.understand.voices.quotes import Quote

_TO = tuple(f" {word} " for word in ("to", "at", "toward", "towards", "upon", "on", "from", "with"))
_SIR = re.compile(
    r"[,\"“‘'—-]\s?(?:(sir|my lord|mister|papa|dad|daddy|father|my boy|old man|old chap)"
    r"|(?:ma['’]?am|madam|my lady|miss|mother|mamma|mama|mummy|my girl))(?=[,.!?;\"”’—-])",
    re.IGNORECASE,
)


def _called_sir(text: str, spoken: tuple[Quote, ...]) -> Sex | None:
    """As what somebody is called who is given no name: "Yes, sir." """
    for quote in spoken:
        found = _SIR.search(text, quote.start, quote.end)
        if found:
            return Sex.HE if found[1] else Sex.SHE
    return None


class Telling:
    """One paragraph: what is told in it beside the words that are spoken."""

    __slots__ = (
        "brings_in",
        "called",
        "cast",
        "inside",
        "outside",
        "sir",
        "spoken",
        "spoken_of",
        "subjects",
        "text",
    )

    def __init__(self, text: str, spoken: tuple[Quote, ...], cast: Cast) -> None:
        self.text = text
        self.spoken = spoken
        self.cast = cast
        self.inside: list[Mention] = []
        self.outside: list[Mention] = []
        self._part(cast.mentions(text))
        self.called = {self.name(m) for m in self.inside if self._is_called(m)} | set(self._cut_short())
        self.spoken_of = {self.name(m) for m in self.inside} - self.called
        named = [(m.start, m.end, self.name(m)) for m in self.outside]
        self.subjects: tuple[Subject, ...] = tuple(subjects_of(text, spoken, named)) if spoken else ()
        self.sir = _called_sir(text, spoken)
        self.brings_in = None if spoken else brings_in(text, named)

    def _part(self, mentions: list[Mention]) -> None:
        """Names inside what is spoken, and those in the telling."""
        at = 0
        for mention in mentions:
            while at < len(self.spoken) and self.spoken[at].end <= mention.start:
                at += 1
            spoken = at < len(self.spoken) and self.spoken[at].start <= mention.start
            (self.inside if spoken else self.outside).append(mention)

    @property
    def is_bare(self) -> bool:
        """Whether nothing stands in the paragraph but what is spoken."""
        said = sum(quote.end - quote.start for quote in self.spoken)
        return len(self.text) - said < 3

    @property
    def asks(self) -> bool:
        """Whether what is spoken ends with a question."""
        return bool(self.spoken) and "?" in self.text[self.spoken[-1].end - 3 : self.spoken[-1].end]

    def to_whom(self) -> list[str]:
        """Who stands behind "to" or "at" in the telling: "she said to Jack"."""
        return [
            self.name(mention)
            for mention in self.outside
            if self.text[max(0, mention.start - 9) : mention.start].endswith(_TO)
        ]

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
        if not self.spoken or not any(sign in self.text for sign in LEFT_OUT):
            return
        for cut in CUT.finditer(self.text):
            for _, person in self.cast.ending(cut[1]):
                yield self.cast.people[person].name
