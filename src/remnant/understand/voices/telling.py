"""One paragraph: what is told in it beside the words that are spoken."""

from __future__ import annotations

from collections.abc import Iterator

from remnant.understand.voices.clauses import CUT, LEFT_OUT, Subject, brings_in, subjects_of
from remnant.understand.voices.people import Cast, Mention
from remnant.understand.voices.quotes import Quote


class Telling:
    """One paragraph: what is told in it beside the words that are spoken."""

    __slots__ = ("brings_in", "called", "cast", "inside", "outside", "spoken", "spoken_of", "subjects", "text")

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
