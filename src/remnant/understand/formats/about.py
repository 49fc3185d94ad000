"""What a file says of itself where no text of it says so: written out, a line for each thing said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from remnant.model import Digest
from remnant.understand.draft import Fact
from remnant.understand.formats.source import Source

_ABOUT = "about"


def written(
    digest: Digest, encoding: str, said: Sequence[tuple[str, str]], facts: Mapping[str, str]
) -> tuple[Source, tuple[Fact, ...]]:
    """The lines as a part, and what they say as facts; `facts` has the names of those that become one."""
    source = Source(digest, _ABOUT, encoding, "".join(f"{name}: {value}\n" for name, value in said))
    found: list[Fact] = []
    at = 0
    for name, value in said:
        at += len(name) + 2
        if value and name in facts:
            found.append(Fact(facts[name], value, source.region(at, at + len(value))))
        at += len(value) + 1
    return source, tuple(found)
