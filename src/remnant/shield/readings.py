"""A reading as it may be shown: every place stays as it is, what is sensitive is replaced where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from remnant.model import Block, Claim, Finding, How, Link, Reader, Reading, Region, Settled, Span
from remnant.shield.names import veiled_name
from remnant.shield.veil import Veil, clipped, moved, replaced, veil_over


def show_reading(
    reading: Reading, settled: Mapping[str, Settled], reader: Reader
) -> tuple[Reading, dict[str, Settled]]:
    """The reading, and what was settled of its pieces, as this reader may see them.

    Blocks, spans and regions stay one for one, so that offsets hold. A span that holds something hidden becomes
    decoded text of the same place. The texts of parts are the file itself and stay: they are not for showing.
    """
    veiling = _Veiling(veil_over(reading.claims), _names(reading))
    return veiling.reading(reading), {
        veiling.name(key): Settled(
            {field: tuple(map(veiling.claim, claims)) for field, claims in chosen.fields.items()}
        )
        for key, chosen in settled.items()
    }


def _names(reading: Reading) -> dict[str, str]:
    """Parts and pieces by the names they are shown under: two that are veiled alike stay two."""
    shown: dict[str, str] = {}
    for name in dict.fromkeys([*(part.path for part in reading.parts), *(piece.key for piece in reading.pieces)]):
        veiled, number = veiled_name(name), 1
        while veiled in shown.values():
            number += 1
            veiled = f"{veiled_name(name)} ({number})"
        shown[name] = veiled
    return {name: veiled for name, veiled in shown.items() if name != veiled}


@dataclass(frozen=True, slots=True)
class _Veiling:
    veil: Veil
    names: Mapping[str, str]

    def reading(self, reading: Reading) -> Reading:
        return replace(
            reading,
            parts=tuple(replace(part, path=self.name(part.path)) for part in reading.parts),
            blocks=tuple(map(self.block, reading.blocks)),
            sections=tuple(replace(section, title=self._words(section.title)) for section in reading.sections),
            pieces=tuple(replace(piece, key=self.name(piece.key)) for piece in reading.pieces),
            claims=tuple(map(self.claim, reading.claims)),
            links=tuple(map(self._link, reading.links)),
            repairs=tuple(
                replace(repair, region=self._region(repair.region), text=self.veil.words(repair.text))
                for repair in reading.repairs
            ),
            findings=tuple(map(self._finding, reading.findings)),
            skipped=tuple(replace(skip, region=self._region(skip.region)) for skip in reading.skipped),
        )

    def name(self, name: str) -> str:
        return self.names.get(name, name)

    def claim(self, claim: Claim) -> Claim:
        places = tuple(map(self._region, claim.evidence))
        return replace(self.veil.claim(claim), piece=self.name(claim.piece), evidence=places)

    def block(self, block: Block) -> Block:
        cuts, spans, hidden, at = self.veil.cuts(block), [], [], 0
        for span in block.spans:
            inside = clipped(cuts, at, at + len(span.text))
            spans.append(self._span(span, inside))
            hidden += [(at + start, at + end) for start, end in inside]
            at += len(span.text)
        voices = tuple(replace(moved(voice, hidden), speaker=self._words(voice.speaker)) for voice in block.voices)
        return replace(block, spans=tuple(spans), voices=voices)

    def _span(self, span: Span, cuts: list[tuple[int, int]]) -> Span:
        shown = self.veil.unlinked(replace(span, source=self._region(span.source)))
        return replace(shown, text=replaced(span.text, cuts), how=How.DECODED) if cuts else shown

    def _region(self, region: Region) -> Region:
        return replace(region, part=self.names[region.part]) if region.part in self.names else region

    def _link(self, link: Link) -> Link:
        target = None if link.target is None else self._region(link.target)
        return replace(link, source=self._region(link.source), target=target)

    def _finding(self, finding: Finding) -> Finding:
        where = tuple(map(self._region, finding.where))
        return replace(finding, message=self.veil.words(finding.message), where=where)

    def _words(self, text: str | None) -> str | None:
        return None if text is None else self.veil.words(text)
