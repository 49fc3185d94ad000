"""Which written forms of names are one person's: a name and its parts, a title before a part of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from remnant.understand.voices.namings import Form, Sex, sex_of
from remnant.understand.voices.verbs import TITLES, words


def one_by_one(kept: Mapping[str, Form]) -> Iterator[tuple[str, list[str]]]:
    """The forms of each person, under the fullest: they stand first."""
    # A title seldom heard belongs to a name; one heard more often than the name may be another's of the family.
    order = sorted(kept, key=lambda form: (-len(form.split()), -kept[form].count, title_of(form) is not None, form))
    owners: dict[str, str] = {}
    bearing: dict[str, list[str]] = defaultdict(list)
    for form in order:
        for word in set(form.split()):
            bearing[word].append(form)
    for form in order:
        owners[form] = _owner(form, owners, kept, bearing)
    for form in order:
        if owners[form] == form:
            owners[form] = _full_name(form, owners, kept)
    # With fewer to choose from, a surname alone may be somebody's.
    for form in order:
        if owners[form] == form and " " not in form:
            owners[form] = _owner(form, owners, kept, bearing)
    groups: dict[str, list[str]] = defaultdict(list)
    for form in order:
        groups[_root(form, owners)].append(form)
    yield from groups.items()


APART = 8
"""Two names of one person are hardly ever told of together: in one paragraph out of so many."""

BY_SURNAME = 3
"""Somebody goes by the surname who is told of so many times as often by it as by the full name."""

OF_ONE = words("miss mr dr doctor captain professor inspector detective sergeant")


def _full_name(form: str, owners: Mapping[str, str], kept: Mapping[str, Form]) -> str:
    """Whose full name goes with a title and a surname told of more often: "Miss Quested" is Adela Quested.

    Only where one alone bears that surname with a given name, and the two are not told of side by side: else it is
    the father, or the sister.
    """
    words = form.split()
    if len(words) != 2 or title_of(form) not in OF_ONE:
        return form
    sex = sex_of(form, kept[form])
    bearing = {
        _root(other, owners)
        for other in owners
        if other.endswith(" " + words[1]) and title_of(other) is None and _agree(sex, sex_of(other, kept[other]))
    }
    bearing.discard(form)
    if len(bearing) != 1:
        return form
    root = bearing.pop()
    names = [other for other in owners if _root(other, owners) == root]
    there = set().union(*(kept[other].told for other in names))
    both = len(there & kept[form].told)
    return form if APART * both > min(len(there), len(kept[form].told)) else root


KIN_TITLES = words("uncle aunt auntie brother sister cousin father mother sir lady dame")
"""Titles before a given name."""


def title_of(form: str) -> str | None:
    first, _, rest = form.lower().partition(" ")
    return first if rest and first in TITLES else None


def _root(form: str, owners: Mapping[str, str]) -> str:
    while owners[form] != form:
        form = owners[form]
    return form


def _owner(form: str, owners: Mapping[str, str], kept: Mapping[str, Form], bearing: Mapping[str, Sequence[str]]) -> str:
    """The longer form that this one stands for, if only one can be meant; the commonest of several by far.

    `bearing`: by each word the forms that have it.
    """
    words = form.split()
    title = title_of(form)
    bare = words[1:] if title else words
    sex = sex_of(form, kept[form])
    fitting = [
        other
        for other in bearing[bare[0]]
        if other in owners
        and other != form
        and _is_part(bare, other.split(), title)
        and _agree(sex, sex_of(other, kept[other]))
    ]
    roots = Counter[str]()
    for other in fitting:
        roots[_root(other, owners)] += kept[other].count
    if not roots:
        return form
    (best, most), *rest = roots.most_common(2)
    if not rest or most >= 3 * rest[0][1]:
        return best
    if title is not None:
        return form
    given = [other for other in fitting if other.split()[: len(words)] == words]
    free = {_root(other, owners) for other in given if not _goes_by_surname(other, kept)}
    return free.pop() if len(free) == 1 and len({_root(other, owners) for other in given}) > 1 else form


def _goes_by_surname(name: str, kept: Mapping[str, Form]) -> bool:
    """Whether somebody is told of by the surname: whoever is told of by the same given name is another."""
    surname = kept.get(name.rsplit(" ", 1)[-1])
    return surname is not None and len(surname.told) > BY_SURNAME * len(kept[name].told)


def _is_part(bare: list[str], other: list[str], title: str | None) -> bool:
    """Whether these words end the other name, or begin it: "Jones" and "Ianto" of "Ianto Jones"."""
    core = other[1:] if other[0].lower() in TITLES else other
    if core == other and len(core) < 2:
        return False
    if title and (other[0].lower() == title or (title in KIN_TITLES and core == other)) and _begins(bare, core):
        return True
    if title:
        return core[-len(bare) :] == bare and other[0].lower() != title and core != other[1:]
    return core[-len(bare) :] == bare or core[: len(bare)] == bare


def _agree(one: Sex, other: Sex) -> bool:
    return Sex.UNKNOWN in (one, other) or one is other


def _begins(bare: list[str], core: list[str]) -> bool:
    """Whether a name goes on with one surname: not "Ada" in "Ada Marsh Lane"."""
    longer = len(core) - len(bare)
    return core[: len(bare)] == bare and (longer == 1 or (longer == 2 and core[len(bare)] in _OF_A_SURNAME))


_OF_A_SURNAME = ("St", "De", "Van", "Von", "La", "Le")
