"""What may stand in a canon file, key by key: a value that may not is noted, and the next is looked at."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from remnant.model import PartKind
from remnant.shield.canons.naming import LONGEST, fold

MOST_ALIASES = 60
MOST_FAULTS = 100
"""Nobody mends more at once; each is looked for in the text."""

Table = Mapping[str, object]


class Where(NamedTuple):
    """The nth table of a name, the nth part in it, and words that stand there."""

    table: str = ""
    nth: int = 0
    part: int | None = None
    words: str = ""

    def at(self, key: str) -> Where:
        """The line of a key, where there is one for each; a part has one line for all of its keys."""
        return self if self.part is not None else self._replace(words=key)


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong, before it is known in which line."""

    where: Where
    message: str
    remedy: str


class Fields:
    """Takes values out of tables; what is wrong lies in `faults`."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def tables(self, table: Table, key: str) -> Iterator[tuple[int, Table]]:
        found = table.get(key, [])
        if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
            self.say(Where(words=key), f"`{key}` is not a list of tables.", f"Open each with [[{key}]].")
            return
        yield from enumerate(found)

    def known(self, table: Table, keys: frozenset[str], where: Where, *, regions: bool = False) -> None:
        for key in table:
            if key not in keys and not (regions and REGION.fullmatch(key)):
                known = ", ".join(sorted(keys))
                more = ", or a region such as GB" if regions else ""
                self.say(where.at(key), f"{told(key)} means nothing here.", f"There are: {known}{more}.")

    def name(self, table: Table, key: str, where: Where) -> str | None:
        said = table.get(key)
        if isinstance(said, str) and 0 < len(said.strip()) <= LONGEST and fold(said):
            return said.strip()
        self.say(where.at(key), f"`{key}` is not a name.", f'Write {key} = "...", with letters or digits in it.')
        return None

    def names(self, table: Table, key: str, where: Where) -> tuple[str, ...]:
        said = table.get(key, [])
        if not isinstance(said, list) or not all(isinstance(one, str) and 0 < len(one) <= LONGEST for one in said):
            self.say(where.at(key), f"`{key}` is not a list of names.", f'Write {key} = ["...", "..."].')
            return ()
        if len(said) > MOST_ALIASES and key == "aliases":
            self.say(where.at(key), f"There are {len(said)} aliases.", f"{MOST_ALIASES} are enough.")
            return ()
        return tuple(said)

    def identity(self, table: Table, otherwise: str, where: Where) -> str:
        said = table.get("id", otherwise)
        if isinstance(said, str) and _ID.fullmatch(said):
            return said
        self.say(
            where.at("id"),
            f"id = {told(said)} cannot be one.",
            "An id has small letters, digits and dashes: doctor-who.",
        )
        return otherwise

    def part_identity(self, row: Table, otherwise: str, where: Where) -> str:
        said = row.get("id", otherwise)
        if isinstance(said, str) and _PART_ID.fullmatch(said):
            return said
        self.say(where.at("id"), f"id = {told(said)} cannot be one.", "The id of a part is like 3.4 or book.2.")
        return otherwise

    def number(self, table: Table, where: Where) -> int | None:
        said = table.get("number")
        if said is None or (isinstance(said, int) and not isinstance(said, bool) and 0 <= said < 100_000):
            return said
        self.say(where.at("number"), f"number = {told(said)} is not a whole number.", "Write number = 3.")
        return None

    def kind(self, table: Table, otherwise: PartKind, where: Where) -> PartKind:
        said = table.get("kind", otherwise)
        if said in tuple(PartKind):
            return PartKind(str(said))
        self.say(where.at("kind"), f"kind = {told(said)} is none.", f"There are: {_KINDS}.")
        return otherwise

    def word(self, table: Table, key: str, where: Where) -> str:
        said = table.get(key, "")
        if isinstance(said, str) and len(said) <= LONGEST:
            return said
        self.say(where.at(key), f"`{key}` is not a word.", f'Write {key} = "..."')
        return ""

    def flag(self, table: Table, key: str, where: Where) -> bool:
        said = table.get(key, False)
        if isinstance(said, bool):
            return said
        self.say(
            where.at(key), f"{key} = {told(said)} is neither true nor false.", f"Write {key} = true, or leave it out."
        )
        return False

    def say(self, where: Where, message: str, remedy: str) -> None:
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(Fault(where, message, remedy))


def told(value: object) -> str:
    """A value as a message may quote it: Python will not write out a number of thousands of digits."""
    if isinstance(value, int) and value.bit_length() > 64:
        return "a very large number"
    told = repr(value) if isinstance(value, str | int | float | date) else type(value).__name__
    return told if len(told) <= 60 else f"{told[:60]}..."


REGION = re.compile(r"[A-Z]{2}")
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
_PART_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,59}\.[a-z0-9-]{1,60}")
_KINDS = ", ".join(PartKind)
