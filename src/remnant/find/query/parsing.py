"""A person's words to a question. Never raises: what cannot be understood becomes a note."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from remnant.find.query import fields
from remnant.find.query.tree import All, Any, Node, Not, Query, Text
from remnant.find.words import words

MOST_CHARACTERS = 4_000
MOST_TERMS = 64
LONGEST_QUOTED = 40
"""Characters of what was ignored that a note repeats."""

_QUOTES = str.maketrans("“”„«»", '"""""')
_TERM = re.compile(
    r"""(?P<minus>-(?=[^\s-]))?
        (?:(?P<field>[^\W\d_]+):(?:\ *(?P<equals>=)?"(?P<quoted>[^"]*)(?P<closed>"?)|(?P<value>[^\s"]*))
          |"(?P<phrase>[^"]*)(?P<end>"?)
          |(?P<word>[^\s"]+))""",
    re.VERBOSE,
)


def parse(text: str) -> Query:
    """Understand as much as can be; the notes say what was ignored and what would work.

    Words must all be there; `OR` joins the two things beside it; `-` or `NOT` refuses what follows.
    """
    notes: list[str] = []
    asked = text[:MOST_CHARACTERS].translate(_QUOTES)
    terms = list(_terms(asked, notes))
    if len(text) > MOST_CHARACTERS or len(terms) > MOST_TERMS:
        notes.append(f"Only the first {MOST_TERMS} words and filters were used.")
    node = _joined(terms[:MOST_TERMS], notes)
    return Query(node, tuple(dict.fromkeys(notes)))


def filter_for(field: str, value: str) -> str:
    """The words that ask for exactly this value of a field: what a facet's link adds to a question."""
    plain = value.translate(_QUOTES).replace('"', " ")
    return f'{field}:="{" ".join(plain.split())}"'


@dataclass(frozen=True, slots=True)
class _Or:
    """The word OR, before it has been seen what stands beside it."""


_Term = Node | _Or


def _terms(text: str, notes: list[str]) -> Iterator[_Term]:
    refused = False
    for found in _TERM.finditer(text):
        if found["word"] == "OR":
            yield _Or()
        elif found["word"] == "NOT":
            refused = True
        elif found["word"] != "AND" and (node := _term(found, notes)) is not None:
            yield Not(node) if refused or found["minus"] else node
            refused = False
    if refused:
        notes.append("NOT was ignored: it needs something after it, as in NOT dragon.")


def _term(found: re.Match[str], notes: list[str]) -> Node | None:
    quoted = found["quoted"] is not None or found["phrase"] is not None
    if quoted and not (found["closed"] or found["end"]):
        notes.append('A quotation mark was never closed, so all after it was taken together: "like this".')
    if found["field"]:
        return _filter(found, notes)
    asked = words(found["phrase"] or found["word"] or "")
    if not asked and found["phrase"] != "":
        notes.append(f"{_cut(found[0])} was ignored: there is no letter and no digit in it.")
    return Text(tuple(asked)) if asked else None


def _cut(written: str) -> str:
    return written if len(written) <= LONGEST_QUOTED else f"{written[:LONGEST_QUOTED]}…"


def _filter(found: re.Match[str], notes: list[str]) -> Node | None:
    written, value = found["field"], found["value"] or ""
    if found["quoted"] is not None:
        value = (found["equals"] or "") + found["quoted"]
    field = fields.NAMES.get(written.lower())
    if field is None:
        notes.append(fields.unknown_field(written, value))
        return None
    node = fields.understood(field, value)
    if node is None:
        notes.append(fields.no_sense(written, field, value))
    return node


def _joined(terms: Iterable[_Term], notes: list[str]) -> Node | None:
    """All of the terms, those with OR between them as alternatives."""
    groups: list[list[Node]] = []
    joining = dangling = False
    for term in terms:
        if isinstance(term, _Or):
            dangling = dangling or joining or not groups
            joining = bool(groups)
        elif joining:
            groups[-1].append(term)
            joining = False
        else:
            groups.append([term])
    if joining or dangling:
        notes.append("OR was ignored where nothing stands on one of its sides: write dragon OR wyvern.")
    nodes = tuple(group[0] if len(group) == 1 else Any(tuple(group)) for group in groups)
    return All(nodes) if len(nodes) > 1 else next(iter(nodes), None)
