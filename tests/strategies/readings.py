"""Readings of every shape, each word of which is found nowhere else: so one lost, doubled or moved is seen."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import UTC, datetime

from hypothesis import strategies as st

from remnant.give.breaks import words_of
from remnant.model import (
    EVERY_CANON,
    STORY_ROLES,
    Block,
    BlockKind,
    Bundle,
    Claim,
    Confidence,
    Digest,
    Edition,
    Field,
    How,
    Link,
    LinkKind,
    Mark,
    Measure,
    Original,
    Part,
    Person,
    Piece,
    PieceKind,
    Reader,
    Reading,
    Region,
    Role,
    Rule,
    Section,
    Seen,
    Span,
    Work,
    work_id,
)
from remnant.understand.settle import settle
from remnant.wire.claim import new_claim

ORIGINAL = Original(Digest.of(b"a story"), 7)
WHEN = datetime(2009, 7, 9, 3, 0, tzinfo=UTC)
READER = Reader("Ada", {EVERY_CANON: Seen(dont_mind=True)})
RULE = Rule("test", 1)

ODD = (
    "",
    "<b>",
    "&amp;",
    "]]>",
    '"',
    "\x00",
    "\x0b",
    "\ufffe",
    "\ud800",
    "é",
    "שלום",
    "\u202e",
    "\u00a0",
    "😀",
    "\u0301",
    "_",
    "--",
)
_UNIQUE = re.compile(r"w\d+$")
PARTING = (" ", "  ", "\n", "\r\n", "\t", " \n ", "\x0c", "\u2028")


@dataclass
class Page:
    """A plain part being written: text goes in, spans with their places come out."""

    path: str = ""
    text: str = ""
    count: int = 0
    blocks: list[Block] = field(default_factory=list)

    def span(self, text: str, marks: frozenset[Mark] = frozenset(), href: str | None = None) -> Span:
        return Span(text, self._place(text), marks, href=href)

    def decoded(self, text: str, source: str) -> Span:
        return Span(text, self._place(source), how=How.DECODED)

    def block(self, role: Role, *texts: str | Span, kind: BlockKind = BlockKind.PARAGRAPH) -> Block:
        block = Block(kind, role, tuple(self.span(text) if isinstance(text, str) else text for text in texts))
        self.blocks.append(block)
        self.text += "\n\n"
        return block

    def word(self, odd: str = "") -> str:
        self.count += 1
        return f"{odd}w{self.count}"

    def region(self, block: int) -> Region:
        spans = self.blocks[block].spans
        return Region(ORIGINAL.digest, self.path, "utf-8", spans[0].source.start, spans[-1].source.end)

    def place_of(self, text: str) -> Region:
        start = self.text.index(text)
        return Region(ORIGINAL.digest, self.path, "utf-8", start, start + len(text))

    def reading(
        self, claims: tuple[Claim, ...] = (), links: tuple[Link, ...] = (), sections: tuple[Section, ...] = ()
    ) -> Reading:
        sections = sections or (Section(None, None, 0, len(self.blocks) - 1),)
        pieces = (Piece("0", PieceKind.STORY, 0, len(sections) - 1),) if self.blocks else ()
        return Reading(
            bundle=Bundle.of_one(ORIGINAL),
            reader=RULE,
            format="text/plain",
            dialect=None,
            parts=(Part(self.path, "utf-8", self.text),),
            blocks=tuple(self.blocks),
            sections=sections if self.blocks else (),
            pieces=pieces,
            claims=claims,
            links=links,
            ranges=(),
            repairs=(),
            findings=(),
            skipped=(),
        )

    def _place(self, source: str) -> Region:
        start = len(self.text)
        self.text += source
        return Region(ORIGINAL.digest, self.path, "utf-8", start, len(self.text))


def work_of(reading: Reading, *said: Claim, words: int | None = None) -> Work:
    """The one work of a reading, with more claims if there are any."""
    claims = (*reading.claims, *said)
    counted = sum(len(block.text.split()) for block in reading.blocks if block.role in STORY_ROLES)
    return Work(
        id=work_id(ORIGINAL.digest, "0"),
        kind=PieceKind.STORY,
        editions=(Edition(ORIGINAL.digest, tuple(piece.key for piece in reading.pieces)),),
        claims=claims,
        settled=settle(claims),
        measure=Measure(counted if words is None else words, len(reading.sections), len(reading.blocks)),
        added=WHEN,
        since=WHEN,
    )


def claim(
    field: Field,
    value: str | None,
    *evidence: Region,
    confidence: Confidence = Confidence.STATED,
    sensitive: bool = False,
    normalised: str | None = None,
    **detail: str,
) -> Claim:
    return new_claim(
        field, value, RULE, confidence, "0", evidence, sensitive=sensitive, normalised=normalised, detail=detail
    )


def person(field: Field, value: str | None, name: str = "Ada") -> Claim:
    return new_claim(field, value, Person(name, WHEN), Confidence.STATED, "0")


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    """Blocks of all roles and kinds, marks and links of all sorts, sections anywhere, warnings anywhere."""
    page = Page()
    for _ in range(draw(st.integers(1, 9))):
        _draw_block(draw, page)
    sections = tuple(_sections(draw, len(page.blocks)))
    standing = [index for index, block in enumerate(page.blocks) if block.spans]
    claims = [
        claim(
            draw(st.sampled_from([Field.WARNING, Field.SPOILER, Field.RATING, Field.AUTHOR])),
            page.word(),
            page.region(n),
        )
        for n in (draw(st.lists(st.sampled_from(standing), max_size=3)) if standing else ())
    ]
    links = [
        Link(page.region(draw(st.sampled_from(standing))), page.region(draw(st.sampled_from(standing))), kind)
        for kind in (draw(st.lists(st.sampled_from(list(LinkKind)), max_size=3)) if standing else ())
    ]
    return page.reading(tuple(claims), tuple(links), sections)


def _draw_block(draw: st.DrawFn, page: Page) -> None:
    role = draw(st.sampled_from([*Role, *[Role.STORY] * 8, *[Role.SCENE_BREAK] * 2]))
    kind = draw(st.sampled_from([*BlockKind, *[BlockKind.PARAGRAPH] * 8]))
    if kind is BlockKind.BREAK or role is Role.SCENE_BREAK:
        text = draw(st.sampled_from(["", "* * *", "xxx", "later", "later"]))
        page.block(role, *filter(None, [f"{page.word()} {text}" if text == "later" else text]), kind=kind)
        return
    page.block(role, *[_draw_span(draw, page) for _ in range(draw(st.integers(1, 4)))], kind=kind)


def _draw_span(draw: st.DrawFn, page: Page) -> Span:
    if draw(st.integers(0, 5)) == 0:
        return page.decoded("\n", "<br>")
    words = [page.word(draw(st.sampled_from(ODD))) for _ in range(draw(st.integers(1, 4)))]
    text = (
        draw(st.sampled_from(["", *PARTING]))
        + draw(st.sampled_from(PARTING)).join(words)
        + draw(st.sampled_from(["", *PARTING]))
    )
    marks = frozenset(draw(st.sets(st.sampled_from(list(Mark)), max_size=2)))
    href = draw(
        st.sampled_from(
            [None, None, None, "https://a.example/x y?q=[1]", "javascript:alert(1)", "/b", "http://[", "https://é/"]
        )
    )
    return page.span(text, marks, href)


def _sections(draw: st.DrawFn, blocks: int) -> list[Section]:
    cuts = sorted(draw(st.sets(st.integers(1, blocks - 1), max_size=3))) if blocks > 1 else []
    titles = st.none() | st.sampled_from(["The Rift", "<i>", "Chapter 2", "\x00", "…"])
    return [
        Section(draw(titles), draw(st.none() | st.integers(1, 9)), first, last - 1)
        for first, last in zip([0, *cuts], [*cuts, blocks], strict=True)
    ]


def story_words(blocks: tuple[Block, ...]) -> list[str]:
    """Every word of the story in order: what law 10 asks of each surface. Mere ornament between scenes is no word."""
    said = " ".join(block.text for block in blocks if block.role in STORY_ROLES and not _is_ornament(block))
    return [word for word in words_in(said) if _UNIQUE.search(word)]


def _is_ornament(block: Block) -> bool:
    return (block.role is Role.SCENE_BREAK or block.kind is BlockKind.BREAK) and words_of(block.text) is None


def words_in(text: str) -> list[str]:
    """Letters and digits in runs, as a person would say them: no sign, no control character."""
    return re.findall(r"[^\W_]+", "".join(map(_heard, text)))


def _heard(char: str) -> str:
    if char.isspace():
        return " "
    if "\ud800" <= char <= "\udfff":
        return "\ufffd"
    return "" if unicodedata.category(char) == "Cc" or char in "\ufffe\uffff" else char
