"""The veil: sensitive stretches of a text replaced, all else left exactly as it is."""

from __future__ import annotations

import html
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from urllib.parse import unquote

from remnant.model import (
    STORY_ROLES,
    VEILED,
    Block,
    Claim,
    Digest,
    Field,
    How,
    Person,
    Reading,
    Region,
    Span,
    Voice,
    Witness,
    Work,
    WorkWish,
)
from remnant.shield.addresses import Stretch, addresses

Place = tuple[Digest, str]


@dataclass(frozen=True, slots=True)
class Veil:
    """What is hidden: stretches of originals, and words that are sensitive wherever they stand outside a story."""

    hidden: dict[Place, tuple[Stretch, ...]]
    secret: re.Pattern[str] | None
    whole: frozenset[str]
    withheld: re.Pattern[str] | None = None
    """Names that stand nowhere, not even inside a story or in a link: somebody wished them withheld."""

    def words(self, text: str) -> str:
        """A value, a name, a label: without addresses, and without what a sensitive claim says."""
        if text.strip().casefold() in self.whole:
            return VEILED
        return replaced(text, self._telling(text))

    def value(self, claim: Claim) -> str | None:
        """What a claim may be shown to say: normalised where there is a normal form."""
        said = claim.normalised if claim.normalised is not None else claim.value
        if said is None:
            return None
        return VEILED if self._hides(claim) else self.words(said)

    def claim(self, claim: Claim) -> Claim:
        """The claim as it may be shown: its id, field, witness and places stay, what it says may not."""
        veiled = self._veiled(claim) if self._hides(claim) else self._cleared(claim)
        return replace(
            veiled,
            witness=self._witness(claim.witness),
            piece=self.words(claim.piece),
            evidence=tuple(replace(region, part=self.words(region.part)) for region in claim.evidence),
        )

    def block(self, block: Block) -> Block:
        """The block with what is hidden cut out of its spans, and without links that carry an address."""
        cuts = self.cuts(block)
        spans = _cut(block.spans, cuts) if cuts else block.spans
        if any(span.href is not None and self._is_telling(span.href) for span in spans):
            spans = tuple(self.unlinked(span) for span in spans)
        if spans is block.spans:
            return block
        return replace(block, spans=spans, voices=tuple(moved(voice, cuts) for voice in block.voices))

    def cuts(self, block: Block) -> list[Stretch]:
        """The stretches of the block's text to hide. An address inside a story stays, unless a claim points at it."""
        cuts = list(self._pointed_at(block.spans)) if self.hidden else []
        if block.role not in STORY_ROLES:
            cuts += self._telling(block.text)
        elif self.withheld is not None:
            cuts += [match.span() for match in self.withheld.finditer(block.text)]
        return _merged(cuts)

    def unlinked(self, span: Span) -> Span:
        """The span without its link, if that carries an address or a withheld name."""
        return replace(span, href=None) if span.href is not None and self._is_telling(span.href) else span

    def _is_telling(self, href: str) -> bool:
        return _carries_address(href) or (self.withheld is not None and bool(self.withheld.search(unquote(href))))

    def regions(self, blocks: Iterable[Block]) -> Iterator[Region]:
        """Where in the originals the hidden stretches of these blocks stand."""
        for block in blocks:
            at, cuts = 0, self.cuts(block)
            for span in block.spans if cuts else ():
                end = at + len(span.text)
                for start, stop in _meeting(cuts, at, end):
                    yield _piece(span, max(start, at) - at, min(stop, end) - at).source
                at = end

    def hidden_in(self, region: Region) -> Sequence[Stretch]:
        """What of the region sensitive claims point at."""
        return _meeting(self.hidden.get((region.original, region.part), ()), region.start, region.end)

    def _veiled(self, claim: Claim) -> Claim:
        said = None if claim.value is None else VEILED
        return replace(claim, value=said, normalised=None, detail=MappingProxyType({}))

    def _cleared(self, claim: Claim) -> Claim:
        detail = MappingProxyType({name: self._item(item) for name, item in claim.detail.items()})
        said, normal = self._perhaps(claim.value), self._perhaps(claim.normalised)
        return replace(claim, value=said, normalised=normal, detail=detail)

    def in_markup(self, markup: str) -> list[Stretch]:
        """What a stretch of tags, attributes or comments gives away.

        An address written so that only a browser can read it (as entities, in percents) hides the whole stretch.
        """
        found = self._telling(markup)
        plain = unquote(html.unescape(markup))
        return [(0, len(markup))] if len(self._telling(plain)) > len(found) else found

    def known(self, text: str) -> str:
        """The text without what sensitive claims say; an address that no claim speaks of stays."""
        known = text if self.secret is None else self.secret.sub(VEILED, text)
        return known if self.withheld is None else self.withheld.sub(VEILED, known)

    def _hides(self, claim: Claim) -> bool:
        """Sensitive itself, or read wholly out of something that is: a name taken from an address tells the address."""
        return claim.sensitive or (bool(claim.evidence) and all(map(self._covers, claim.evidence)))

    def _covers(self, region: Region) -> bool:
        return any(start <= region.start and region.end <= end for start, end in self.hidden_in(region))

    def _pointed_at(self, spans: tuple[Span, ...]) -> Iterator[Stretch]:
        at = 0
        for span in spans:
            for start, end in self.hidden_in(span.source):
                if span.how is How.VERBATIM:
                    yield at + max(start - span.source.start, 0), at + min(end - span.source.start, len(span.text))
                else:
                    yield at, at + len(span.text)
            at += len(span.text)

    def _telling(self, text: str) -> list[Stretch]:
        found = addresses(text)
        if self.secret is not None:
            found += [match.span() for match in self.secret.finditer(text)]
        if self.withheld is not None:
            found += [match.span() for match in self.withheld.finditer(text)]
        return _merged(found)

    def _perhaps(self, text: str | None) -> str | None:
        return None if text is None else self.words(text)

    def _item(self, item: str | int | bool | tuple[str, ...] | None) -> str | int | bool | tuple[str, ...] | None:
        match item:
            case str():
                return self.words(item)
            case tuple():
                return tuple(map(self.words, item))
        return item

    def _witness(self, witness: Witness) -> Witness:
        return replace(witness, name=self.words(witness.name)) if isinstance(witness, Person) else witness


def veil_of(work: Work, reading: Reading | None = None, more: Iterable[Claim] = ()) -> Veil:
    """The veil over a work and the reading it came of; it honours the wish to withhold its author's name."""
    claims = (*work.claims, *(reading.claims if reading else ()), *more)
    if WorkWish.WITHHOLD_NAME not in work.wishes:
        return veil_over(claims)
    said = _sayings(claim for claim in claims if claim.field is Field.AUTHOR)
    names = frozenset(name for whole in said for name in _names_in(whole))
    marked = (replace(claim, sensitive=True) if claim.field is Field.AUTHOR else claim for claim in claims)
    return replace(veil_over(marked), withheld=_withheld(names))


_PSEUD = re.compile(r"(?P<pseud>[^()]++)\((?P<account>[^()]++)\)")


def _names_in(whole: str) -> Iterator[str]:
    """A pen name, and where it is written "pseud (account)" each of the two, as addresses of pages have them."""
    yield whole
    if found := _PSEUD.fullmatch(whole):
        yield from found.groups()


def _withheld(names: frozenset[str]) -> re.Pattern[str] | None:
    """However it is written: with other signs between its words, or with none, as in addresses of pages."""
    words = (re.findall(r"[^\W_]+", name) for name in sorted(names - {VEILED}, key=len, reverse=True))
    written = [r"[\W_]{0,3}".join(map(re.escape, name)) for name in words if name]
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(written)})(?![^\W_])", re.IGNORECASE) if written else None


def veil_over(claims: Iterable[Claim]) -> Veil:
    """The veil that these claims ask for. A claim that was withdrawn still hides what it points at.

    A name that also stands openly in the file (a byline under a mail's From line) is no secret: its sensitive place
    is hidden, the name is not.
    """
    claims = tuple(claims)
    hidden: defaultdict[Place, list[Stretch]] = defaultdict(list)
    for region in (region for claim in claims if claim.sensitive for region in claim.evidence):
        hidden[region.original, region.part].append((region.start, region.end))
    places = {place: tuple(_merged(found)) for place, found in hidden.items()}
    whole = frozenset(_sayings(claim for claim in claims if claim.sensitive))
    whole -= frozenset(_sayings(claim for claim in claims if _is_open(claim, Veil(places, None, frozenset()))))
    return Veil(places, _secret(whole), whole)


def _sayings(claims: Iterable[Claim]) -> Iterator[str]:
    for claim in claims:
        for text in (claim.value, claim.normalised):
            if text and text.strip():
                yield text.strip().casefold()


def _is_open(claim: Claim, veil: Veil) -> bool:
    """Stated of the work itself, in a place that no sensitive claim points at, and no address."""
    if claim.sensitive or claim.field is not Field.AUTHOR or addresses(claim.value or ""):
        return False
    return any(not veil.hidden_in(region) for region in claim.evidence)


def _secret(values: frozenset[str]) -> re.Pattern[str] | None:
    """Single words are left out: hiding a given name everywhere would black out titles and canon."""
    telling = sorted((value for value in values if re.search(r"\w\W+\w", value)), key=len, reverse=True)
    if not telling:
        return None
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, telling))})(?!\w)", re.IGNORECASE)


def _carries_address(href: str) -> bool:
    return href.strip().casefold().startswith("mailto:") or bool(addresses(unquote(href)))


def _merged(stretches: list[Stretch]) -> list[Stretch]:
    merged: list[Stretch] = []
    for start, end in sorted(stretch for stretch in stretches if stretch[0] < stretch[1]):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged


def _meeting(stretches: Sequence[Stretch], start: int, end: int) -> Sequence[Stretch]:
    """Those of the sorted stretches, apart from one another, that share a character with this one."""
    first = bisect_left(stretches, (start, start))
    if first and stretches[first - 1][1] > start:
        first -= 1
    return stretches[first : bisect_left(stretches, (end, end))]


def clipped(stretches: list[Stretch], start: int, end: int) -> list[Stretch]:
    """The sorted stretches as they fall between two places, counted from the first."""
    inside = [(max(s, start) - start, min(e, end) - start) for s, e in stretches if s < end and e > start]
    return _merged(inside)


def replaced(text: str, cuts: list[Stretch]) -> str:
    """The text with the veil's word in place of each stretch; they are sorted and apart."""
    pieces, at = [], 0
    for start, end in cuts:
        pieces += [text[at:start], VEILED]
        at = end
    return "".join([*pieces, text[at:]])


def _cut(spans: tuple[Span, ...], cuts: list[Stretch]) -> tuple[Span, ...]:
    """Each stretch becomes one veiled span, where it begins; what stands around it keeps its exact place."""
    kept: list[Span] = []
    at = 0
    for span in spans:
        position, end = at, at + len(span.text)
        for start, stop in _meeting(cuts, at, end):
            if start > position:
                kept.append(_piece(span, position - at, start - at))
            if start >= at:
                veiled = _piece(span, start - at, min(stop, end) - at)
                kept.append(replace(veiled, text=VEILED, how=How.DECODED, href=None))
            position = min(stop, end)
        if position < end:
            kept.append(_piece(span, position - at, end - at))
        at = end
    return tuple(kept)


def _piece(span: Span, start: int, end: int) -> Span:
    """Part of a span. Of decoded text only the whole has a known place, so its parts keep that."""
    if (start, end) == (0, len(span.text)):
        return span
    if span.how is How.DECODED:
        return replace(span, text=span.text[start:end])
    source = replace(span.source, start=span.source.start + start, end=span.source.start + end)
    return replace(span, text=span.text[start:end], source=source)


def moved(voice: Voice, cuts: list[Stretch]) -> Voice:
    return replace(voice, start=_after(voice.start, cuts), end=_after(voice.end, cuts))


def _after(offset: int, cuts: list[Stretch]) -> int:
    """Where an offset stands once every stretch before it has become the veil's own word."""
    shift = 0
    for start, end in cuts:
        if end <= offset:
            shift += len(VEILED) - (end - start)
        elif start < offset:
            return start + shift
    return offset + shift
