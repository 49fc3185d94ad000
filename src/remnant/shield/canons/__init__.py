"""What stories are about, in order; and what a notice asks of a reader."""

from remnant.shield.canons.listing import empty, listed
from remnant.shield.canons.naming import fold
from remnant.shield.canons.ordering import aired, comes_before, in_order, label_of, part_of, seen_up_to
from remnant.shield.canons.reading import Problem, read
from remnant.shield.canons.resolving import Condition, Unresolved, named, resolve
from remnant.shield.canons.shelf import Canons
from remnant.shield.canons.writing import write

__all__ = [
    "Canons",
    "Condition",
    "Problem",
    "Unresolved",
    "aired",
    "comes_before",
    "empty",
    "fold",
    "in_order",
    "label_of",
    "listed",
    "named",
    "part_of",
    "read",
    "resolve",
    "seen_up_to",
    "write",
]
