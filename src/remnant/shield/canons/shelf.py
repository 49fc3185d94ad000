"""The canons that are known, found by any of their names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from remnant.model import Canon
from remnant.shield.canons.naming import LONGEST, fold

_MEDIUM = re.compile(r"\((?:TV|tv show|tv series|books?|novels?|movies?|films?)\)\s{0,4}$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Canons:
    """Known canons by id; of two with one id, the later stands."""

    by_id: dict[str, Canon]
    _by_name: dict[str, tuple[str, ...]] = field(repr=False)

    @classmethod
    def of(cls, canons: Iterable[Canon]) -> Canons:
        by_id = {canon.id: canon for canon in canons}
        by_name: defaultdict[str, list[str]] = defaultdict(list)
        for canon in by_id.values():
            for name in {fold(name) for name in (canon.id, canon.name, *canon.aliases)} - {""}:
                by_name[name].append(canon.id)
        return cls(by_id, {name: tuple(ids) for name, ids in by_name.items()})

    def __iter__(self) -> Iterator[Canon]:
        return iter(self.by_id.values())

    def get(self, identity: str) -> Canon | None:
        return self.by_id.get(identity)

    def called(self, name: str) -> tuple[Canon, ...]:
        """The canons that bear this name; "Torchwood (TV)" bears that of its canon, "Doctor Who (1963)" need not."""
        ids = self._by_name.get(fold(name)) or self._by_name.get(fold(_MEDIUM.sub("", name[:LONGEST]))) or ()
        return tuple(self.by_id[identity] for identity in ids)

    def related(self, canon: Canon) -> tuple[Canon, ...]:
        """Canons of the same world, whichever of the two says so."""
        ids = [*canon.related, *(other.id for other in self if canon.id in other.related)]
        return tuple(self.by_id[identity] for identity in dict.fromkeys(ids) if identity in self.by_id)
