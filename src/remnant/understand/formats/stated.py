"""What a page states for machines (JSON-LD): each value a fact, named by the keys that lead to it: `ld:author.name`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from remnant.understand.draft import Fact
from remnant.understand.formats.source import Source

TYPE = "application/ld+json"

_LONGEST = 100_000
_DEEPEST = 8
_MOST = 300
_MARK = re.compile(r'"(?P<said>(?:[^"\\]|\\.)*+)"|[{}\[\]:,]|(?P<bare>[^\s"{}\[\]:,]++)', re.DOTALL)


@dataclass(slots=True)
class _Open:
    """An object or a list that is open, and the key whose value comes next; a list's members have the list's own."""

    is_list: bool
    path: str
    key: str = ""
    valued: bool = False

    @property
    def here(self) -> str:
        return self.path if self.is_list else f"{self.path}.{self.key}".lstrip(".")


def stated_in(source: Source, start: int, end: int) -> Iterator[Fact]:
    """The strings and numbers of one script, up to a depth and a number; what is no JSON gives what can be read."""
    open_ones = [_Open(is_list=True, path="")]
    count = 0
    for mark in _MARK.finditer(source.text, start, min(end, start + _LONGEST)):
        inner, sign = open_ones[-1], mark[0]
        if sign in ("{", "["):
            if len(open_ones) > _DEEPEST:
                return
            open_ones.append(_Open(sign == "[", inner.here))
        elif sign in ("}", "]"):
            if len(open_ones) > 1:
                open_ones.pop()
        elif sign == ":":
            inner.valued = True
        elif sign == ",":
            inner.valued = False
        elif mark["said"] is not None and not inner.is_list and not inner.valued:
            inner.key = mark["said"][:100]
        elif inner.is_list or inner.valued:
            count += 1
            yield _fact(source, inner.here, mark)
        if count >= _MOST:
            return


def _fact(source: Source, path: str, mark: re.Match[str]) -> Fact:
    group = "said" if mark["said"] is not None else "bare"
    region = source.region(*mark.span(group))
    return Fact(f"ld:{path.lower()}", _decoded(mark[group]) if group == "said" else mark[group], region)


def _decoded(said: str) -> str:
    """The string without its escapes; as it stands, if they are none of JSON's."""
    if "\\" not in said:
        return said
    try:
        value = json.loads(f'"{said}"', strict=False)
    except ValueError:
        return said
    return value if isinstance(value, str) and not _SURROGATE.search(value) else said


_SURROGATE = re.compile("[\ud800-\udfff]")
