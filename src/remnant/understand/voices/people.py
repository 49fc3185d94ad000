"""Who is in a story: names with their evidence, joined where they are one person's."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import islice

from remnant.understand.voices.quotes import Quote
from remnant.understand.voices.verbs import HE, OF_MEN, OF_WOMEN, SAYING, SHE, THINKING, TITLES, words


class Sex(Enum):
    """By what pronouns and forms of address a story speaks of somebody."""

    HE = "he"
    SHE = "she"
    UNKNOWN = "unknown"


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


_WORD = r"[^\W\d_a-zµß-öø-ÿ](?:[^\W_]|['’](?=[^\W\d_]{2}))*"
_SHORT = r"(?:M(?:rs?|me|lle|s)|Dr|St|Prof|Col|Capt|Lt|Sgt|Rev|Gen|[A-Z])\."
_RUN = re.compile(rf"(?<![\w'’])(?:(?:{_SHORT}|{_WORD})[ \n-]){{0,4}}{_WORD}")
_NEXT = re.compile(r"['’]s\b|\s*[,.;:!?…\"”—-]|\s+([a-z]+)")
_HE_OR_SHE = re.compile(r"\b(?:he|him|his|himself|she|her|hers|herself)\b")

NEVER = words(
    "a about above after again ah aha all almost alright also although am amen an and another any anyone anything "
    "are as at away back be because been before behind being below beside besides between beyond both but by bye "
    "can can't come could damn day days dear did didn't do does doesn't don't done down during each either enough "
    "even ever every everyone everything except fine first for forget from fuck get give go god good goodbye "
    "great had half has have having he heavens hell hello help her here hers hey hi him his hmm how however huh "
    "hush i i'd i'll i'm i've if in indeed inside instead into is isn't it it's its just keep know last later "
    "least less let let's like listen look lord lots many maybe me mean meanwhile mine moments more most much "
    "must my neither never next nice no nobody none nor not nothing now obviously of off oh ok okay on once one "
    "only or other ouch our out outside over perhaps please poor pray quick quickly rather really right same see "
    "seven she should shut silence silent since six sixteen so some somebody somehow someone something sometimes "
    "somewhere soon sorry still stop such suddenly sure surely take tell ten thank thanks that that's the their "
    "them then there there's therefore these they thing things think third this those though three through thus "
    "till time to today together tomorrow tonight too two ugh um under unless unlike until up upon us very wait "
    "was wasn't we we're we've well were what whatever what's when where which while who whoever whole whom whose "
    "why will with within without wow would yeah yes yesterday yet you you're you've your yours yup chapter part "
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december christmas easter english french german american british english earth "
    "god's jesus christ sir madam ma'am miss mrs mr dr"
)
MOST = 1_000
"""Names of one story, the commonest first: to join them costs the square of their number."""

MENTIONS = 400
"""Names looked at in one paragraph."""

LONGEST = 4
"""Words of the longest form of a name that is looked up."""

_PLACED = re.compile(r"\b(?:in|at|to|from|near|of|into|towards?|around|outside|across)\s+$")
_DIALOGUE_VOCATIVE = re.compile(r"[,!?.…—-]\s*$")


@dataclass
class _Form:
    """What is known of one written form of a name."""

    count: int = 0
    within: int = 0
    acts: int = 0
    says: int = 0
    called: int = 0
    placed: int = 0
    he: int = 0
    she: int = 0


@dataclass(frozen=True)
class Cast:
    """The people of a story, and whose each written form is."""

    people: tuple[Person, ...]
    forms: dict[str, int]

    def mentions(self, text: str) -> list[Mention]:
        """Where somebody is named, in order; the longest known form counts."""
        return list(islice((mention for run in _RUN.finditer(text) for mention in self._in_run(run)), MENTIONS))

    def _in_run(self, run: re.Match[str]) -> Iterator[Mention]:
        words = list(_PIECE.finditer(run[0]))
        at = 0
        while at < len(words):
            for size in range(min(LONGEST, len(words) - at), 0, -1):
                form = form_of(word[0] for word in words[at : at + size])
                person = self.forms.get(form)
                if person is not None:
                    start = run.start() + words[at].start()
                    yield Mention(start, run.start() + words[at + size - 1].end(), person)
                    at += size
                    break
            else:
                at += 1


_PIECE = re.compile(r"[^\s-]+")


def form_of(words: Iterable[str]) -> str:
    """A name as it is looked up: without full stops after titles, and without a possessive."""
    return " ".join(re.sub(r"['’]s?$|\.$", "", word) for word in words)


def cast_of(texts: Sequence[str], quotes: Sequence[tuple[Quote, ...]]) -> Cast:
    """Who is in these paragraphs, given where people speak in them. A name needs evidence that it is a person's."""
    forms = _forms_of(texts, quotes)
    kept = {form: known for form, known in forms.items() if _is_persons(form, known)}
    kept |= {form: known for form, known in forms.items() if _is_fuller(form, known, kept)}
    parts = {word for form in kept if " " in form for word in (form.split()[0], form.split()[-1])}
    kept |= {form: known for form, known in forms.items() if form in parts and known.acts + known.within > 0}
    named = [form for form, known in kept.items() if not _is_chance(form, known, kept)]
    named.sort(key=lambda form: (-kept[form].count, form))
    return _joined({form: kept[form] for form in named[:MOST]})


def _is_fuller(form: str, known: _Form, kept: dict[str, _Form]) -> bool:
    """Whether a name of two or three words begins with a person's: "Ianto Jones", said only once."""
    words = form.split()
    seen = known.within + known.acts + known.says
    return 2 <= len(words) <= 3 and words[0] in kept and seen > 0 and not known.placed


def _is_chance(form: str, known: _Form, kept: dict[str, _Form]) -> bool:
    """Whether a word only happens to stand before a name: "Presently Tony", where Tony alone is common."""
    words = form.split()
    if len(words) < 2 or (len(words) == 2 and words[0].lower() in TITLES):
        return False
    tails = (" ".join(words[at:]) for at in range(1, len(words)))
    return any(tail in kept and kept[tail].count >= 15 * known.count for tail in tails)


def _forms_of(texts: Sequence[str], quotes: Sequence[tuple[Quote, ...]]) -> dict[str, _Form]:
    forms: dict[str, _Form] = defaultdict(_Form)
    common = _common_words(texts)
    for text, spoken in zip(texts, quotes, strict=True):
        for run in _RUN.finditer(text):
            for start, end, form in _names_in(run, common):
                _note(forms[form], text, start, end, spoken)
    return forms


def _common_words(texts: Sequence[str]) -> frozenset[str]:
    """Words written small: no names where they begin a sentence. One that is as often written large within
    them is a name after all: "the Cat", "said Bill"."""
    small: Counter[str] = Counter()
    named: Counter[str] = Counter()
    for text in texts:
        small.update(_SMALL.findall(text))
        named.update(_NAMED.findall(text))
    titled = {word.lower() for word, count in named.items() if count >= 3 and 2 * count >= small[word.lower()]}
    return frozenset(word for word, count in small.items() if count > 1 and word not in titled)


_SMALL = re.compile(r"(?<![\w'’])[a-z][a-z'’]*")
_NAMED = re.compile(r"(?<=[a-z,;]\s)([A-Z][a-z]+)(?![\w'’]*\s[A-Z])")


def _names_in(run: re.Match[str], common: frozenset[str]) -> Iterator[tuple[int, int, str]]:
    """The run without words that are no names, as one form or several."""
    words = list(_PIECE.finditer(run[0]))
    while words and not _may_begin(words[0][0], common):
        words.pop(0)
    begin = 0
    for end in range(1, len(words) + 1):
        if end == len(words) or not _may_go_on(words[end][0]):
            chosen = words[begin:end]
            form = form_of(word[0] for word in chosen)
            if form and (
                form.lower() not in TITLES or run.string[max(0, run.start() - 4) : run.start()] in ("the ", "The ")
            ):
                yield run.start() + chosen[0].start(), run.start() + chosen[-1].end(), form
            begin = end + 1


def _may_begin(word: str, common: frozenset[str]) -> bool:
    small = _small(word)
    if small.endswith("ly") and len(small) > 6:
        return False
    return small in TITLES or (small not in NEVER and len(small) > 1 and small not in common)


def _may_go_on(word: str) -> bool:
    return _small(word) not in NEVER


def _small(word: str) -> str:
    return re.sub(r"['’]s$|\.$", "", word).lower()


def _note(known: _Form, text: str, start: int, end: int, spoken: tuple[Quote, ...]) -> None:
    known.count += 1
    known.within += _is_within(text, start)
    after = _NEXT.match(text, end)
    following = after[1] if after else None
    if any(quote.start <= start < quote.end for quote in spoken):
        alone = start > 0 and (
            text[start - 1] in "\"'“‘«„" or _DIALOGUE_VOCATIVE.search(text[max(0, start - 4) : start])
        )
        known.called += bool(alone and after and after[0].strip()[:1] in tuple(',.!?…"”—-'))
        return
    before = text[max(0, start - 14) : start]
    word = _LAST_WORD.search(before)
    said = bool((following and following in SAYING) or (word and word[1] in SAYING))
    known.says += said
    known.acts += bool(following and _is_act(following)) and not said
    known.placed += bool(_PLACED.search(before))
    tail = text[end : end + 60].split(".", 1)[0]
    pronoun = _HE_OR_SHE.search(tail)
    if pronoun and not _CAPITAL.search(tail, 1, pronoun.start()):
        known.he += pronoun[0] in HE
        known.she += pronoun[0] in SHE


def _is_within(text: str, start: int) -> bool:
    """Whether it stands inside a sentence, where only names are written large."""
    before = text[max(0, start - 4) : start].rstrip("\"'”’»« \n")
    return bool(before) and (before[-1].isalnum() or before[-1] in ",;")


_LAST_WORD = re.compile(r"([a-z]+)\s+$")
_CAPITAL = re.compile(r"[A-Z]")


def _is_act(word: str) -> bool:
    return word in THINKING or word in _ACTS or (word.endswith("ed") and len(word) > 3)


_ACTS = words(
    "was is had has looked looks felt feels knew knows saw sees turned turns took takes sat sits stood stands got "
    "gets gave gives made makes ran runs walked walks left leaves held holds wanted wants could would should must "
    "did does didn't doesn't lets let lay lies heard hears found finds kept keeps shook shakes rolled rolls who"
)


def _is_persons(form: str, known: _Form) -> bool:
    title = form.split(" ", 1)[0].lower()
    if title in TITLES and " " in form:
        return True
    evidence = 3 * known.says + 2 * known.acts + 2 * known.called + min(known.he + known.she, 3)
    named = known.within + known.says > 0 or known.called + (known.acts > 0) > 1
    often = 10 * (known.within + known.called + known.says) >= known.count
    return evidence >= 3 and evidence > known.placed and named and often


def _sex_of(form: str, known: _Form) -> Sex:
    title = form.split(" ", 1)[0].lower()
    if title in OF_MEN:
        return Sex.HE
    if title in OF_WOMEN:
        return Sex.SHE
    return _sex_by_pronouns(known.he, known.she)


def _sex_by_pronouns(he: int, she: int) -> Sex:
    """Only where one kind is heard more than twice as often as the other."""
    if he >= 2 * she + 1:
        return Sex.HE
    return Sex.SHE if she >= 2 * he + 1 else Sex.UNKNOWN


def _joined(kept: dict[str, _Form]) -> Cast:
    """Forms that are one person's: a name and its parts, a title before a part of it."""
    # A title seldom heard belongs to a name; one heard more often than the name may be another's of the family.
    order = sorted(kept, key=lambda form: (-len(form.split()), -kept[form].count, _title_of(form) is not None, form))
    owners: dict[str, str] = {}
    for form in order:
        owners[form] = _owner(form, owners, kept)
    groups: dict[str, list[str]] = defaultdict(list)
    for form in order:
        groups[_root(form, owners)].append(form)
    people: list[Person] = []
    forms: dict[str, int] = {}
    for root, names in groups.items():
        people.append(_person(root, names, kept))
        forms |= dict.fromkeys(names, len(people) - 1)
    return Cast(tuple(people), forms)


def _title_of(form: str) -> str | None:
    first, _, rest = form.lower().partition(" ")
    return first if rest and first in TITLES else None


def _root(form: str, owners: dict[str, str]) -> str:
    while owners[form] != form:
        form = owners[form]
    return form


def _owner(form: str, owners: dict[str, str], kept: dict[str, _Form]) -> str:
    """The longer form that this one stands for, if only one can be meant; the commonest of several by far."""
    words = form.split()
    title = _title_of(form)
    bare = words[1:] if title else words
    sex = _sex_of(form, kept[form])
    fitting = [
        other
        for other in owners
        if other != form and _is_part(bare, other.split(), title) and _agree(sex, _sex_of(other, kept[other]))
    ]
    roots = Counter[str]()
    for other in fitting:
        roots[_root(other, owners)] += kept[other].count
    if not roots:
        return form
    (best, most), *rest = roots.most_common(2)
    return best if not rest or most >= 3 * rest[0][1] else form


def _is_part(bare: list[str], other: list[str], title: str | None) -> bool:
    """Whether these words end the other name, or begin it: "Jones" and "Ianto" of "Ianto Jones"."""
    core = other[1:] if other[0].lower() in TITLES else other
    if core == other and len(core) < 2:
        return False
    if title:
        return core[-len(bare) :] == bare and other[0].lower() != title and core != other[1:]
    return core[-len(bare) :] == bare or core[: len(bare)] == bare


def _agree(one: Sex, other: Sex) -> bool:
    return Sex.UNKNOWN in (one, other) or one is other


def _person(root: str, names: list[str], kept: dict[str, _Form]) -> Person:
    sexes = {_sex_of(name, kept[name]) for name in names if name.split()[0].lower() in OF_MEN | OF_WOMEN}
    if len(sexes) == 1:
        sex = sexes.pop()
    else:
        sex = _sex_by_pronouns(sum(kept[name].he for name in names), sum(kept[name].she for name in names))
    return Person(root, tuple(names), sex)
