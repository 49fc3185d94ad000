"""The language of questions: ours, and the same whatever index answers."""

from remnant.find.query.parsing import filter_for, parse
from remnant.find.query.tree import EVERYTHING, All, Any, Day, Match, Node, Not, Number, Query, Text, Untitled

__all__ = [
    "EVERYTHING",
    "All",
    "Any",
    "Day",
    "Match",
    "Node",
    "Not",
    "Number",
    "Query",
    "Text",
    "Untitled",
    "filter_for",
    "parse",
]
