"""Stories posted in parts, and often posted again: which posts are of one story, and which of these one telling."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Sequence
from typing import Generic, Protocol, TypeVar

from remnant.understand.likeness import words_of

MOST_TELLINGS = 64
"""Of one story; a post beyond them stands alone, so that what is posted every week costs no more than it should."""

_AGAIN = frozenset({"repost", "reposted", "rep", "revised", "rev", "new", "complete", "completed", "final", "update"})
"""Said behind a title, of this post and not of the story."""
_NOBODY = frozenset({"", "anonymous", "anon", "unknown", "nobody", "moderator", "list", "listmom", "author", "no name"})


class Post(Protocol):
    """One part as it was posted."""

    @property
    def number(self) -> int: ...

    @property
    def file(self) -> str:
        """What it stands in: of two tellings that a part fits, that in its own file is the likelier."""


P = TypeVar("P", bound=Post)


def names_of(address: str | None, author: str | None, title: str) -> tuple[tuple[str, str], ...]:
    """What tells posts of one story: who sent it, by address and by name, and what they called it.

    None where either is missing. Who changes their address goes on under their name.
    """
    called = _title(title)
    name = " ".join(words_of(author or ""))
    senders = (" ".join((address or "").split()).casefold(), "" if name in _NOBODY else name)
    return tuple((sender, called) for sender in senders if sender and called)


def _title(title: str) -> str:
    words = words_of(title)
    while len(words) > 1 and words[-1] in _AGAIN:
        words.pop()
    return " ".join(words)


def together(named: Sequence[Collection[Hashable]]) -> list[list[int]]:
    """The places of what has a name in common, at however many removes; the groups by their first members."""
    heads = list(range(len(named)))

    def head(at: int) -> int:
        while heads[at] != at:
            heads[at] = at = heads[heads[at]]
        return at

    first: dict[Hashable, int] = {}
    for at, names in enumerate(named):
        for name in names:
            one, other = sorted((head(at), head(first.setdefault(name, at))))
            heads[other] = one
    groups: defaultdict[int, list[int]] = defaultdict(list)
    for at in range(len(named)):
        groups[head(at)].append(at)
    return [groups[at] for at in sorted(groups)]


def tellings(posts: Iterable[P]) -> list[list[P]]:
    """The posts of one story, given in the order in which they came, as its tellings; each by the numbers of its parts.

    A number that comes again begins another telling, and later parts go on with the one that was posted up to them.
    A part that was mended, and posted again alone, takes no later part away from the first telling.
    """
    found: list[_Telling[P]] = []
    alone: list[list[P]] = []
    for post in posts:
        home = _home(found, post)
        if home is not None:
            home.take(post)
        elif len(found) < MOST_TELLINGS:
            found.append(_Telling(post, whole=not found or post.number <= min(found[0].parts)))
        else:
            alone.append([post])
    return [[one.parts[number] for number in sorted(one.parts)] for one in found] + alone


class _Telling(Generic[P]):
    """Parts by number. `whole`: it begins where the first one begins, and so may be the story anew."""

    def __init__(self, first: P, *, whole: bool) -> None:
        self.parts: dict[int, P] = {first.number: first}
        self.last = first
        self.whole = whole

    def take(self, post: P) -> None:
        self.parts[post.number] = self.last = post


def _home(found: Sequence[_Telling[P]], post: P) -> _Telling[P] | None:
    """The telling that a post goes on with, if any lacks its number; of several the last that is the likeliest."""
    able = [one for one in found if post.number not in one.parts and (one.whole or post.number - 1 in one.parts)]
    return max(reversed(able), key=lambda one: _likely(one, post), default=None)


def _likely(telling: _Telling[P], post: P) -> tuple[bool, bool, bool, int]:
    goes_on = post.number - 1 in telling.parts
    return telling.whole, goes_on, telling.last.file == post.file, len(telling.parts)
