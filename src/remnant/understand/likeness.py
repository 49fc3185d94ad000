"""How much one story is another: by the words of its story text alone, whatever form they came in.

Case, quotes, dashes, white space, italics and line ends do not count, nor do notes, headings, lyrics and furniture.
Texts are compared by samples of runs of words: `RUN` words in a row seldom stand in two texts by chance, while lines of
dialogue that two tellings of one scene share are mostly shorter than that.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from itertools import pairwise
from zlib import crc32

from remnant.model.likeness import Alike, ChapterTrace, Kinship, Likeness
from remnant.model.reading import Reading
from remnant.model.text import Block, Piece, Role

COMPARED = frozenset({Role.STORY, Role.LETTER})
"""Lyrics and epigraphs are others' words: two stories around one song are two stories."""

RUN = 6
"""Words in a run."""

FEWEST = 20
"""Words below which a text says nothing about whose it is."""

GATE = 8
"""Where not every run is taken, about one in so many may be: cheap to tell, so that few have to be hashed."""

FINEST, MOST = 512, 8192
"""Up to FINEST words every run is taken; of longer texts about 256 to 512, and more than MOST of none."""

COARSE = 128
"""The scale that a text is given for its length at most, unless it would leave more than MOST."""

FEW = 8
"""Sampled runs below which shares say nothing."""

EDITED, CONTAINED, COMMON = 0.5, 0.5, 0.1
"""Shares from which two texts are one edited, one inside the other, or have parts in common."""

STRETCH = 500
"""Words in one run that make a part in common. A song, or a speech that everybody quotes, is shorter."""

LONGER = 1.1
"""How many times the words of the other a text has that is a longer one."""

A_CHAPTER, A_LITTLE = 100, 0.02
"""Words, and the share of a text, below which what is new is no chapter: a note that was taken for story, mostly."""

LATE = 0.1
"""The share of the longer text that may stand before the shorter begins in it; beyond, it is one story of several."""

_TOP = 2**63

_APOSTROPHES = "'`\u2019\u2018\u02bc\xb4\xad\u200b\u200c\u200d\u2060\ufeff"
"""Also what stands within words and is not seen."""
_SIGNS = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_PLAIN_WORD = re.compile(r"[a-z0-9]+")
_WORD = re.compile(rf"[{_SIGNS}]|[^\W_{_SIGNS}]+")


def words_of(text: str) -> list[str]:
    """The words of a text as they are compared; where words are not parted by blanks, each sign is one."""
    if text.isascii():
        return _PLAIN_WORD.findall(text.lower().replace("'", "").replace("`", ""))
    for sign in _APOSTROPHES:
        text = text.replace(sign, "")
    # Normalising is slow, and what most texts have beside letters and quotes is these.
    text = text.replace("\u2026", " ").replace("\xa0", " ")
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())


def likeness_of(reading: Reading, pieces: Sequence[Piece], addresses: Iterable[str] = ()) -> Likeness | None:
    """What to remember of the story that these pieces make; None where it has too few words to tell by."""
    sections = (section for piece in pieces for section in reading.sections[piece.first : piece.last + 1])
    chapters = (_chapter(reading.blocks[section.first : section.last + 1]) for section in sections)
    return likeness(chapters, addresses)


def _chapter(blocks: Sequence[Block]) -> list[str]:
    return [word for block in blocks if block.role in COMPARED for word in words_of(block.text)]


def likeness(chapters: Iterable[Sequence[str]], addresses: Iterable[str] = ()) -> Likeness | None:
    """The same, of the words of its chapters; those without any are passed over."""
    traces: list[ChapterTrace] = []
    words: list[str] = []
    up_to = blake2b(digest_size=8)
    for chapter in chapters:
        if chapter:
            joined = _bytes(" ".join(chapter)) + b" "
            up_to.update(joined)
            traces.append(ChapterTrace(len(chapter), _number(joined), _cut(up_to.digest())))
            words += chapter
    if len(words) < FEWEST:
        return None
    scale = scale_of(len(words))
    found = dict.fromkeys(filter(None, map(address_of, addresses)))
    return Likeness(len(words), tuple(traces), scale, tuple(_sampled(words, scale)), tuple(found))


def scale_of(words: int) -> int:
    """Of how many runs one is taken, for a text of so many words."""
    if words <= FINEST:
        return 1
    scale = GATE
    while words > scale * FINEST and (scale < COARSE or words > scale * MOST):
        scale *= 2
    return scale


def _sampled(words: Sequence[str], scale: int) -> Iterator[int]:
    """The hashes of the runs chosen, each once, in order. The last bit says whether a run passes the gate."""
    codes = {word: crc32(_bytes(word)) for word in set(words)}
    coded = [codes[word] for word in words]
    gated = [
        not ((a * 0x9E37 ^ b * 0x85EB ^ c * 0xC2B3) >> 9) % GATE
        for a, b, c in zip(coded, coded[1:], coded[2:], strict=False)
    ]
    below = _TOP * GATE // scale if scale > 1 else _TOP
    seen: set[int] = set()
    for at in range(len(words) - RUN + 1):
        if gated[at] or scale == 1:
            number = _number(_bytes(" ".join(words[at : at + RUN]))) & ~1 | gated[at]
            if number < below and number not in seen:
                seen.add(number)
                yield number


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _number(data: bytes) -> int:
    return _cut(blake2b(data, digest_size=8).digest())


def _cut(digest: bytes) -> int:
    return int.from_bytes(digest, "big") >> 1


def traces(one: Likeness) -> tuple[int, ...]:
    """A few hashes by which texts that share much find one another, however their lengths differ."""
    gated = [number for number in one.sample if number & 1]
    chosen = sorted(gated)[:12] + [number for number in gated if number < _TOP // 64]
    whole = [chapter.digest for chapter in one.chapters if chapter.words >= FEWEST]
    return tuple(dict.fromkeys(chosen + whole))


def compare(one: Likeness, other: Likeness) -> Alike:
    """What the two are to one another; the same whichever comes first, but for the order of its shares."""
    if _order(one) > _order(other):
        turned = compare(other, one)
        return Alike(
            turned.kinship,
            (turned.shares[1], turned.shares[0]),
            turned.unchanged,
            turned.changed,
            turned.new,
            turned.stretch,
            1 - turned.longer,
            turned.exact,
        )
    return _same_words(one, other) or _all_inside(one, other) or _by_samples(one, other)


def _order(one: Likeness) -> tuple[int, int, int, tuple[ChapterTrace, ...]]:
    return one.words, len(one.chapters), one.whole, one.chapters


def _same_words(one: Likeness, other: Likeness) -> Alike | None:
    if one.whole != other.whole:
        return None
    many = len(one.chapters)
    return Alike(Kinship.SAME_WORDS, (1.0, 1.0), many, 0, max(0, len(other.chapters) - many), one.words, 1, exact=True)


def _all_inside(shorter: Likeness, longer: Likeness) -> Alike | None:
    """Every chapter of the shorter in its order, or all its words from the beginning on, whatever its chapters are."""
    theirs = enumerate(longer.chapters)
    found = [next((at for at, there in theirs if there.digest == chapter.digest), -1) for chapter in shorter.chapters]
    beginning = any(chapter.up_to == shorter.whole for chapter in longer.chapters)
    if found[-1] < 0 and not beginning:
        return None
    many, more = len(shorter.chapters), longer.words - shorter.words
    before = 0 if beginning else sum(chapter.words for chapter in longer.chapters[: found[0]])
    kinship = Kinship.MORE_CHAPTERS if before <= LATE * longer.words else Kinship.IN_COMMON
    if more < A_CHAPTER and before < A_CHAPTER and more < A_LITTLE * longer.words:
        kinship = Kinship.EDITED
    new = max(1, len(longer.chapters) - many)
    return Alike(kinship, (1.0, shorter.words / longer.words), many, 0, new, shorter.words, 1, exact=True)


def _by_samples(shorter: Likeness, longer: Likeness) -> Alike:
    scale = max(shorter.scale, longer.scale)
    ours, theirs = _thinned(shorter, scale), _thinned(longer, scale)
    where = {number: place for place, number in enumerate(theirs)}
    met = [where[number] for number in ours if number in where]
    share, back = len(met) / max(1, len(ours)), len(met) / max(1, len(theirs))
    same = {chapter.digest for chapter in longer.chapters}
    unchanged = sum(chapter.digest in same for chapter in shorter.chapters if chapter.words >= FEWEST)
    stretch = max(
        _stretch(ours, where) * scale,
        *(chapter.words for chapter in shorter.chapters if chapter.digest in same),
        0,
    )
    kinship = _kinship(shorter, longer, (share, back), len(ours), met, stretch)
    return Alike(
        kinship,
        (share, back),
        unchanged,
        len(shorter.chapters) - unchanged,
        max(0, len(longer.chapters) - len(shorter.chapters)),
        min(stretch, shorter.words),
        1,
        exact=False,
    )


def _kinship(
    shorter: Likeness, longer: Likeness, shares: tuple[float, float], runs: int, met: Sequence[int], stretch: int
) -> Kinship:
    grown = longer.words >= LONGER * shorter.words
    if runs >= FEW and grown and shares[0] >= CONTAINED and _from_the_beginning(met, runs):
        return Kinship.MORE_CHAPTERS
    if runs >= FEW and not grown and min(shares) >= EDITED:
        return Kinship.EDITED
    if stretch >= STRETCH and shares[0] >= COMMON:
        return Kinship.IN_COMMON
    return Kinship.NOT_ALIKE


def _from_the_beginning(met: Sequence[int], runs: int) -> bool:
    """Whether what is shared begins where the longer begins, and not somewhere inside it."""
    return sorted(met)[len(met) // 10] <= runs / 4 + 4


def _stretch(ours: Sequence[int], where: dict[int, int]) -> int:
    """The longest run of sampled runs that follow one another in both."""
    longest = run = 0
    places = [where.get(number, -9) for number in ours]
    for before, place in pairwise([-9, *places]):
        run = 0 if place < 0 else run + 1 if 0 < place - before <= 2 else 1
        longest = max(longest, run)
    return longest


def _thinned(one: Likeness, scale: int) -> Sequence[int]:
    """The sample as it would be at a coarser scale."""
    if one.scale == scale:
        return one.sample
    below = _TOP * GATE // scale
    return [number for number in one.sample if number & 1 and number < below]


_TWIN_HOSTS = re.compile(r"(?:www\.|m\.|mobile\.)+")
_SAME_PLACE = (
    re.compile(r"(?:archiveofourown\.(?:org|com|net)|ao3\.org)/(?:collections/[^/]+/)?(?:works|downloads)/(\d{1,12})"),
    re.compile(r"(?:fanfiction\.net|fictionpress\.com)/s/(\d{1,12})"),
)
_STORY_NUMBER = re.compile(r"(?:^|&)(sid|storyid|story|no|id|t|p)=(\d{1,12})(?:&|$)", re.IGNORECASE)


def address_of(url: str) -> int | None:
    """A hash of where a story stands, the same for all its chapters and views; None for what names no one story."""
    plain = url.strip().casefold().partition("#")[0]
    scheme, parted, rest = plain.partition("://")
    if not parted or scheme not in ("http", "https") or len(plain) > 2000:
        return None
    place, _, query = rest.partition("?")
    place = place[found.end() :] if (found := _TWIN_HOSTS.match(place)) else place
    for shape in _SAME_PLACE:
        if found := shape.match(place):
            return _number(_bytes(f"address {place.partition('/')[0]} {found[1]}"))
    path = place.partition("/")[2].strip("/")
    numbered = _STORY_NUMBER.search(query)
    if numbered is None and (query or not path):
        return None
    told = f"{numbered[1]}={numbered[2]}" if numbered else ""
    return _number(_bytes(f"address {place.strip('/')} {told}"))
