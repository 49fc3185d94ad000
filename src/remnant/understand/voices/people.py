"""Who is in a story: names with their evidence, joined where they are one person's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice

from remnant.understand.voices.given import OF_HER, OF_HIM
from remnant.understand.voices.namings import PIECE, RUN, Form, Sex, form_of, forms_of, sex_by_pronouns, sex_of
from remnant.understand.voices.one_person import one_by_one
from remnant.understand.voices.quotes import Quote
from remnant.understand.voices.verbs import OF_MEN, OF_WOMEN, TITLES


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in the story: the fullest of the names, and all of them."""

    name: str
    names: tuple[str, ...]
    sex: Sex


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a paragraph: half-open characters, and whose it is."""

    start: int
    end: int
    person: int


MOST = 1_000
"""Names of one story, the commonest first: to join them costs the square of their number."""

MENTIONS = 400
"""Names looked at in one paragraph."""

FEW = 20
"""Names thought of where only the end of one is heard."""

LONGEST = 4
"""Words of the longest form of a name that is looked up."""


@dataclass(frozen=True)
class Cast:
    """The people of a story, and whose each written form is."""

    people: tuple[Person, ...]
    forms: dict[str, int]
    known: dict[str, tuple[Mention, ...]] = field(default_factory=dict, repr=False, compare=False)
    """Whom a run of words names, counted from its beginning: the same runs come again and again."""

    def mentions(self, text: str) -> list[Mention]:
        """Where somebody is named, in order; the longest known form counts."""
        found: list[Mention] = []
        for run in RUN.finditer(text):
            named = self.known.get(run[0])
            if named is None:
                named = self.known[run[0]] = tuple(self._in_run(run[0]))
            if named:
                at = run.start()
                found += [Mention(at + one.start, at + one.end, one.person) for one in named]
                if len(found) >= MENTIONS:
                    return found[:MENTIONS]
        return found

    def ending(self, cut: str) -> Iterator[tuple[str, int]]:
        """Names of one word of which these letters, three or more, are the end; a few at most."""
        longer = (name for name in self._ends.get(cut[-3:], ()) if len(name[0]) > len(cut))
        return islice((name for name in longer if name[0].lower().endswith(cut)), FEW)

    @cached_property
    def sexes(self) -> Mapping[str, Sex]:
        """Of each person, by name."""
        return {person.name: person.sex for person in self.people}

    @cached_property
    def _ends(self) -> dict[str, list[tuple[str, int]]]:
        ends: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for form, person in self.forms.items():
            if " " not in form and len(ends[form[-3:].lower()]) < MENTIONS:
                ends[form[-3:].lower()].append((form, person))
        return ends

    def _in_run(self, run: str) -> Iterator[Mention]:
        words = list(PIECE.finditer(run))
        at = 0
        while at < len(words):
            for size in range(min(LONGEST, len(words) - at), 0, -1):
                form = form_of(word[0] for word in words[at : at + size])
                person = self.forms.get(form)
                if person is not None:
                    yield Mention(words[at].start(), words[at + size - 1].end(), person)
                    at += size
                    break
            else:
                at += 1


def cast_of(texts: Sequence[str], quotes: Sequence[tuple[Quote, ...]]) -> Cast:
    """Who is in these paragraphs, given where people speak in them. A name needs evidence that it is a person's."""
    forms = forms_of(texts, quotes)
    kept = {form: known for form, known in forms.items() if _is_persons(form, known)}
    kept |= {form: known for form, known in forms.items() if _is_fuller(form, known, kept)}
    parts = {word for form in kept if " " in form for word in (form.split()[0], form.split()[-1])}
    kept |= {form: known for form, known in forms.items() if form in parts and known.acts + known.within > 0}
    named = [form for form, known in kept.items() if not _is_chance(form, known, kept)]
    named.sort(key=lambda form: (-kept[form].count, form))
    return _joined({form: kept[form] for form in named[:MOST]})


def _is_fuller(form: str, known: Form, kept: dict[str, Form]) -> bool:
    """Whether a name of two or three words begins with a person's: "Ianto Jones", said only once."""
    words = form.split()
    seen = known.within + known.acts + known.says
    return 2 <= len(words) <= 3 and words[0] in kept and seen > 0 and not known.placed


def _is_chance(form: str, known: Form, kept: dict[str, Form]) -> bool:
    """Whether a word only happens to stand before a name: "Presently Tony", where Tony alone is common."""
    words = form.split()
    if len(words) < 2 or (len(words) == 2 and words[0].lower() in TITLES):
        return False
    tails = (" ".join(words[at:]) for at in range(1, len(words)))
    return any(tail in kept and kept[tail].count >= 15 * known.count for tail in tails)


def _is_persons(form: str, known: Form) -> bool:
    title = form.split(" ", 1)[0].lower()
    if title in TITLES and " " in form:
        return True
    given = any(word in OF_HIM or word in OF_HER for word in form.split())
    evidence = 3 * known.says + 2 * known.acts + 2 * known.called + min(known.he + known.she, 3) + 2 * given
    named = given or known.within + known.says > 0 or known.acts > 1 or (known.acts > 0 and known.called > 0)
    often = given or 10 * (known.within + known.called + known.says + known.acts) >= known.count
    return evidence >= 3 and evidence > known.placed and named and often


def _joined(kept: Mapping[str, Form]) -> Cast:
    people: list[Person] = []
    forms: dict[str, int] = {}
    for root, names in one_by_one(kept):
        people.append(_person(root, names, kept))
        forms |= dict.fromkeys(names, len(people) - 1)
    return Cast(tuple(people), forms)


def _person(root: str, names: list[str], kept: Mapping[str, Form]) -> Person:
    sexes = {sex_of(name, kept[name]) for name in names if name.split()[0].lower() in OF_MEN | OF_WOMEN}
    if len(sexes) == 1:
        sex = sexes.pop()
    else:
        he, she = sum(kept[name].he for name in names), sum(kept[name].she for name in names)
        sex = sex_by_pronouns([name.split()[0] for name in names], he, she)
    return Person(root, tuple(names), sex)
