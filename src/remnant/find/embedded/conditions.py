"""A question as a condition on entries: words go to the text index, all else becomes SQL."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from remnant.find.embedded.schema import FACETS
from remnant.find.port import Facet
from remnant.find.query import All, Any, Day, Match, Node, Not, Number, Text, Untitled

Found = Callable[[Node], dict[int, int]]
"""Asks the text index: documents and their scores."""

_DAYS = {"added": "substr(added, 1, 10)", "published": "published", "updated": "updated"}
_FIRST = "{0} || substr('-00-00', length({0}) - 3)"
_LAST = "{0} || substr('-99-99', length({0}) - 3)"


@dataclass(slots=True)
class Condition:
    """What entries must be: of the documents in `scores` if there were words, and `sql` true of them."""

    scores: dict[int, int] | None = None
    sql: str = "TRUE"
    values: list[str | int] = field(default_factory=list)


def condition_of(node: Node | None, open_docs: str, found: Found) -> Condition:
    """Ask the text index once for all the words that every match must have; the rest goes to the catalogue.

    `open_docs` is the condition that an entry is open to whoever asks.
    """
    needed, rest = _parted(node)
    condition = Condition()
    if needed:
        condition.scores = found(needed[0] if len(needed) == 1 else All(needed))
    condition.sql = " AND ".join([open_docs, *(_sql(part, condition, found) for part in rest)])
    return condition


def documents(docs: Iterable[int]) -> str:
    """Documents as SQL takes them: for `json_each`."""
    return json.dumps(list(docs))


def _parted(node: Node | None) -> tuple[tuple[Node, ...], tuple[Node, ...]]:
    """What asks for words that must be there, with the words that must not; and all else."""
    parts = node.nodes if isinstance(node, All) else (node,) if node else ()
    if not any(_wordy(part) and not isinstance(part, Not) for part in parts):
        return (), parts
    return tuple(part for part in parts if _wordy(part)), tuple(part for part in parts if not _wordy(part))


def _wordy(node: Node) -> bool:
    """Whether it asks for words only."""
    match node:
        case All(nodes=nodes) | Any(nodes=nodes):
            return all(map(_wordy, nodes))
        case Not(node=inner):
            return _wordy(inner)
    return isinstance(node, Text)


def _sql(node: Node, into: Condition, found: Found) -> str:
    match node:
        case Not(node=inner):
            return f"NOT {_sql(inner, into, found)}"
        case All(nodes=nodes):
            return f"({' AND '.join(_sql(inner, into, found) for inner in nodes)})"
        case Any(nodes=nodes):
            return f"({' OR '.join(_sql(inner, into, found) for inner in nodes)})"
        case Untitled():
            return "(title IS NULL)"
        case Number():
            return _number(node, into)
        case Day():
            return _day(node, into)
        case Match():
            return _title(node, into) if node.field == "title" else _label(node, into)
    into.values.append(documents(found(node)))
    return "(entry.doc IN (SELECT value FROM json_each(?)))"


def _number(node: Number, into: Condition) -> str:
    column = {"words": "words", "sections": "sections"}[node.field]
    return _between((column, node.low), (column, node.high), into)


def _day(node: Day, into: Condition) -> str:
    column = _DAYS[node.field]
    return _between((_FIRST.format(column), node.low), (_LAST.format(column), node.high), into)


def _between(low: tuple[str, str | int | None], high: tuple[str, str | int | None], into: Condition) -> str:
    """Never NULL, so that refusing it is right for what has no value."""
    parts = [f"{term} {sign} ?" for (term, bound), sign in ((low, ">="), (high, "<=")) if bound is not None]
    into.values.extend(bound for _, bound in (low, high) if bound is not None)
    return f"(({' AND '.join(parts)}) IS TRUE)"


def _title(node: Match, into: Condition) -> str:
    if node.exact:
        into.values.append(node.parts[0])
        return "(title IS NOT NULL AND title_name = ?)"
    into.values.extend(f" {part} " for part in node.parts)
    return f"({' AND '.join(['instr(title_key, ?)'] * len(node.parts))})"


def _label(node: Match, into: Condition) -> str:
    facet = FACETS.index(Facet(node.field))
    into.values.extend((facet, *(node.parts if node.exact else (f" {part} " for part in node.parts))))
    which = "name = ?" if node.exact else " AND ".join(["instr(key, ?)"] * len(node.parts))
    values = f"SELECT id FROM value WHERE facet = ? AND {which}"
    return f"(entry.doc IN (SELECT doc FROM label WHERE label.value IN ({values})))"
