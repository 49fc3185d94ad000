"""Names as they are written in a story, each with what speaks for its being a person's, and of which sex."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum
from math import sqrt

from remnant.understand.voices.given import OF_HER, OF_HIM
from remnant.understand.voices.quotes import Quote
from remnant.understand.voices.verbs import HE, OF_MEN, OF_WOMEN, SAYING, SHE, THINKING, TITLES, words


class Sex(Enum):
    """By what pronouns and forms of address a story speaks of somebody."""

    HE = "he"
    SHE = "she"
    UNKNOWN = "unknown"


_CAPITAL_LETTER = r"[^\W\d_a-zµß-öø-ÿ]"
_REST = r"(?:[^\W_]|['’](?=[^\W\d_]{2}))*"
_WORD = _CAPITAL_LETTER + _REST
_SHORT = r"(?:M(?:rs?|me|lle|s)|Dr|St|Prof|Col|Capt|Lt|Sgt|Rev|Gen|[A-Z])\."
_REST_OF_SHORT = (
    r"(?:(?<=M)(?:rs?|me|lle|s)|(?<=D)r|(?<=S)(?:t|gt)|(?<=P)rof|(?<=C)(?:ol|apt)|(?<=L)t|(?<=R)ev|(?<=G)en"
    r"|(?<=[A-Z]))\."
)
# One to five words. The first letter stands by itself, since a pattern that begins with a letter is looked for fast.
RUN = re.compile(
    rf"{_CAPITAL_LETTER}(?<![\w'’][\s\S])"
    rf"(?:(?:{_REST_OF_SHORT}|{_REST})[ \n-](?:(?:{_SHORT}|{_WORD})[ \n-]){{0,3}}{_WORD}|{_REST})"
)
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
    "god's jesus christ sir madam ma'am miss mrs mr dr "
    "zero four five eight nine eleven twelve thirteen fourteen fifteen seventeen eighteen nineteen twenty thirty forty "
    "fifty sixty seventy eighty ninety hundred thousand million second third half "
    "hullo hallo hulloa holla mm mmm mmmm hm hmmm uh er erm eh ooh oooh aah aw aww woah whoa yep nope nah okey "
    "thing things people everybody anybody goodness bah halloo gosh blimey"
)
_PLACED = re.compile(r"\b(?:in|at|to|from|near|of|into|towards?|around|outside|across)\s+$")
_DIALOGUE_VOCATIVE = re.compile(r"[,!?.…—-]\s*$")


@dataclass
class Form:
    """What is known of one written form of a name."""

    count: int = 0
    within: int = 0
    acts: int = 0
    says: int = 0
    called: int = 0
    placed: int = 0
    he: float = 0.0
    she: float = 0.0
    told: set[int] = field(default_factory=set)
    """Paragraphs in whose telling it stands."""


PIECE = re.compile(r"[^\s-]+")


def form_of(words: Iterable[str]) -> str:
    """A name as it is looked up: without full stops after titles, and without a possessive."""
    return " ".join(_BELONGS.sub("", word) if word[-1] in "'’s." else word for word in words)


_BELONGS = re.compile(r"['’]s?$|\.$")


def _balance(forms: Collection[Form]) -> None:
    """Pronouns weigh less where the story says them of everybody: told of her, it says "her" beside his name."""
    he, she = sum(known.he for known in forms), sum(known.she for known in forms)
    lean = sqrt(max(0.25, min((he + 5) / (she + 5), 4.0)))
    for known in forms:
        known.he, known.she = known.he / lean, known.she * lean


def forms_of(texts: Sequence[str], quotes: Sequence[tuple[Quote, ...]]) -> dict[str, Form]:
    """Every form of a name in these paragraphs, given where people speak in them."""
    forms: dict[str, Form] = defaultdict(Form)
    common = _common_words(texts)
    known: dict[str, tuple[tuple[int, int, str], ...]] = {}
    for at, (text, spoken) in enumerate(zip(texts, quotes, strict=True)):
        for run in RUN.finditer(text):
            named = known.get(run[0])
            if named is None:
                named = known[run[0]] = tuple(_names_in(run[0], common))
            for start, end, form in named:
                if form.lower() not in TITLES or text[max(0, run.start() - 4) : run.start()] in ("the ", "The "):
                    _note(forms[form], at, text, run.start() + start, run.start() + end, spoken)
    _balance(forms.values())
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


def _names_in(run: str, common: frozenset[str]) -> Iterator[tuple[int, int, str]]:
    """The run without words that are no names, as one form or several."""
    words = list(PIECE.finditer(run))
    first = next((at for at, word in enumerate(words) if _may_begin(word[0], common)), len(words))
    words = words[first:]
    begin = 0
    for end in range(1, len(words) + 1):
        if end == len(words) or not _may_go_on(words[end][0]):
            chosen = words[begin:end]
            form = form_of(word[0] for word in chosen)
            if form:
                yield chosen[0].start(), chosen[-1].end(), form
            begin = end + 1


def _may_begin(word: str, common: frozenset[str]) -> bool:
    small = _small(word)
    if small.endswith("ly") and len(small) > 6:
        return False
    return small in TITLES or (small not in NEVER and len(small) > 1 and small not in common)


def _may_go_on(word: str) -> bool:
    return _small(word) not in NEVER


def _small(word: str) -> str:
    return _OWNED.sub("", word).lower() if word[-1] in "s." else word.lower()


_OWNED = re.compile(r"['’]s$|\.$")


def _note(known: Form, at: int, text: str, start: int, end: int, spoken: tuple[Quote, ...]) -> None:
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
    known.told.add(at)
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


def sex_of(form: str, known: Form) -> Sex:
    title = form.split(" ", 1)[0].lower()
    if title in OF_MEN:
        return Sex.HE
    if title in OF_WOMEN:
        return Sex.SHE
    return sex_by_pronouns(form.split(), known.he, known.she)


def sex_by_pronouns(names: Sequence[str], he: float, she: float) -> Sex:
    """Only where one kind is heard half as often again as the other, the given name reckoned in."""
    he += GIVEN * any(name in OF_HIM for name in names)
    she += GIVEN * any(name in OF_HER for name in names)
    if he >= 1.5 * she + 1:
        return Sex.HE
    return Sex.SHE if she >= 1.5 * he + 1 else Sex.UNKNOWN


GIVEN = 10
"""Pronouns that a given name is worth."""
