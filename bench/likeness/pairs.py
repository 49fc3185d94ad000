"""Pairs of made-up stories of which it is known what they are to one another: some one story, some two."""

from __future__ import annotations

import random
import re
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from bench.speed.corpus import Story, as_book, as_page, as_text, tell
from bench.speed.prose import Prose

from remnant.model import Kinship

NEAR = frozenset(Kinship) - {Kinship.NOT_ALIKE}
FEWEST, MOST = 300, 14_000


@dataclass(frozen=True)
class Pair:
    """Two files, and what may rightly be said of them. `one` says whether they are one story."""

    kind: str
    first: bytes
    second: bytes
    right: frozenset[Kinship]
    one: bool


Maker = Callable[[Prose, random.Random], tuple[Story, Story, frozenset[Kinship], bool]]


def pairs(each: int, seed: int) -> Iterator[Pair]:
    """So many pairs of every kind; the same for the same seed."""
    for place, (kind, maker) in enumerate(KINDS.items()):
        for number in range(each):
            chance = random.Random(f"{seed} {place} {number}")
            first, second, right, one = maker(Prose(chance.getrandbits(32)), chance)
            forms = [chance.choice(FORMS), chance.choice(FORMS)]
            yield Pair(kind, _written(first, forms[0]), _written(second, forms[1]), right, one)


FORMS = (as_text, as_page, as_book)


def _written(story: Story, form: Callable[[Path, Story], None]) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "story"
        form(file, story)
        return file.read_bytes()


def _told(prose: Prose, chance: random.Random, least: int = FEWEST) -> Story:
    return tell(prose, chance, chance.randint(least, MOST))


def _only(*kinships: Kinship) -> frozenset[Kinship]:
    return frozenset(kinships)


def _another_form(prose: Prose, chance: random.Random) -> tuple[Story, Story, frozenset[Kinship], bool]:
    story = _told(prose, chance)
    return story, _each(story, _retyped), _only(Kinship.SAME_WORDS), True


def _other_notes(prose: Prose, chance: random.Random) -> tuple[Story, Story, frozenset[Kinship], bool]:
    """A cross-post: another summary, another rating, what is said before and after is new, in another type."""
    story = _told(prose, chance)
    other = replace(_each(story, _retyped), summary=next(prose.paragraphs(60)), rating="Not Rated")
    return story, other, _only(Kinship.SAME_WORDS, Kinship.EDITED), True


def _more_chapters(prose: Prose, chance: random.Random) -> tuple[Story, Story, frozenset[Kinship], bool]:
    whole = _told(prose, chance, 6000)
    kept = chance.randint(1, len(whole.chapters) - 1)
    old = replace(whole, chapters=whole.chapters[:kept])
    return old, whole, _only(Kinship.MORE_CHAPTERS), True


def _more_and_mended(prose: Prose, chance: random.Random) -> tuple[Story, Story, frozenset[Kinship], bool]:
    old, new, right, one = _more_chapters(prose, chance)
    return old, _each(new, lambda text: _changed(text, chance, 0.02)), right, one


def _edited(prose: Prose, chance: random.Random) -> tuple[Story, Story, frozenset[Kinship], bool]:
    """One word in a hundred to one in sixteen is another."""
    story, share = _told(prose, chance), chance.uniform(0.01, 0.06)
    return story, _each(story, lambda text: _changed(text, chance, share)), _only(Kinship.EDITED), True


def _one_of_several(prose: Prose, chance: random.Random) -> tuple[Story, Story, frozenset[Kinship], bool]:
    """A story of its own and the same in a file of several."""
    story = _told(prose, chance, 1500)
    others = [_told(prose, chance) for _ in range(2)]
    whole = [*others[0].chapters, *story.chapters, *others[1].chapters]
    return story, replace(story, title=prose.title(), chapters=whole), _only(Kinship.IN_COMMON), True


def _another_story(prose: Prose, chance: random.Random) -> tuple[Story, Story, frozenset[Kinship], bool]:
    """By the same writer, in the same fandom, about the same people."""
    return _told(prose, chance), _told(prose, chance), _only(Kinship.NOT_ALIKE), False


def _retold(prose: Prose, chance: random.Random) -> tuple[Story, Story, frozenset[Kinship], bool]:
    """One scene told twice: what is said in it stands in both word for word, what tells it is each one's own."""
    words = chance.randint(FEWEST, MOST // 2)
    said = _said(prose, words)
    tellings = [_around(said, prose, chance, chance.uniform(0.2, 0.5)) for _ in range(2)]
    base = _told(prose, chance)
    return (
        replace(base, chapters=[tellings[0]]),
        replace(base, title=prose.title(), author=prose.name(), chapters=[tellings[1]]),
        _only(Kinship.NOT_ALIKE),
        False,
    )


def _one_song(prose: Prose, chance: random.Random) -> tuple[Story, Story, frozenset[Kinship], bool]:
    """Two stories with the whole of one song in them, verse by verse between their own paragraphs."""
    song = [" ".join(line.split()[:7]) for line in prose.paragraphs(chance.randint(150, 350))]
    first, second = (_sung(_told(prose, chance, 1000), song) for _ in range(2))
    return first, second, _only(Kinship.NOT_ALIKE), False


def _one_speech(prose: Prose, chance: random.Random) -> tuple[Story, Story, frozenset[Kinship], bool]:
    """Two stories that quote one long speech of the canon, in one run."""
    speech = [f"“{' '.join(prose.paragraphs(chance.randint(100, 350)))}”"]
    first, second = _told(prose, chance, 1000), _told(prose, chance, 1000)
    return (*(_with_speech(one, speech, chance) for one in (first, second)), _only(Kinship.NOT_ALIKE), False)  # type: ignore[return-value]


def _each(story: Story, change: Callable[[str], str]) -> Story:
    return replace(story, chapters=[[change(text) for text in chapter] for chapter in story.chapters])


def _retyped(text: str) -> str:
    """The same words as another machine sets them."""
    curly = re.sub(r'"([^"]*)"', "“\\1”", text).replace("'", "’").replace("...", "…")
    return curly.replace(" - ", "—").replace("--", " – ")


def _changed(text: str, chance: random.Random, share: float) -> str:
    words = text.split(" ")
    for at, word in enumerate(words):
        if chance.random() < share:
            words[at] = chance.choice([word[::-1], "", f"quite {word}", word[:-1] or "so"])
    return " ".join(words)


def _said(prose: Prose, words: int) -> list[str]:
    """Lines as people speak them: from three words to some fifteen."""
    sentences = [line for text in prose.paragraphs(words) for line in re.split(r"(?<=[.!?]) ", text)]
    return [f'"{" ".join(line.replace(chr(34), "").split()[:15])}"' for line in sentences if len(line.split()) > 2]


def _around(said: list[str], prose: Prose, chance: random.Random, share: float) -> list[str]:
    """The lines in their order, in words of one's own: `share` of the telling is what was said."""
    telling: list[str] = []
    own = prose.paragraphs(10**9)
    for line in said:
        left = int(len(line.split()) / share - len(line.split()))
        before = " ".join(next(own).replace('"', "").split()[: max(3, left)])
        telling.append(f"{before} {line}" if chance.random() < 0.5 else f"{line} {before}")
    return telling


def _sung(story: Story, song: list[str]) -> Story:
    """A few lines of the song before every so many paragraphs."""
    paragraphs = [text for chapter in story.chapters for text in chapter]
    step = max(1, len(paragraphs) * 4 // len(song))
    told: list[str] = []
    for at in range(0, len(paragraphs), step):
        told += [*song[at // step * 4 : at // step * 4 + 4], *paragraphs[at : at + step]]
    return replace(story, chapters=[told])


def _with_speech(story: Story, speech: list[str], chance: random.Random) -> Story:
    first = story.chapters[0]
    at = chance.randint(0, len(first))
    return replace(story, chapters=[[*first[:at], *speech, *first[at:]], *story.chapters[1:]])


KINDS: dict[str, Maker] = {
    "the same words in another form": _another_form,
    "a cross-post with other notes": _other_notes,
    "more chapters, the old ones unchanged": _more_chapters,
    "more chapters, the old ones mended": _more_and_mended,
    "edited, 1 to 6 words in 100": _edited,
    "inside a file of several stories": _one_of_several,
    "two stories of one writer": _another_story,
    "one scene told by two": _retold,
    "two stories around one song": _one_song,
    "two stories with one long speech": _one_speech,
}
