"""What a page's style sheets say of classes, as far as it changes what text means: italics, weight, lines, place.

Many makers write `<span class="c3">` where a writer meant emphasis, and say what `c3` is elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_SIMPLE = re.compile(r"\s*([a-z][a-z0-9]*)?\.([\w-]+)\s*", re.IGNORECASE)
_TELLING = re.compile(r"font-style|font-weight|text-decoration|vertical-align|text-align")
_MAX_SHEET = 2_000_000
_MAX_BODY = 2_000


class Styles:
    """Declarations by class, or by tag and class; no other selector is read."""

    def __init__(self, sheets: Iterable[str] = ()) -> None:
        self._said: dict[tuple[str, str], str] = {}
        for sheet in sheets:
            for rule in _COMMENT.sub(" ", sheet[:_MAX_SHEET]).split("}"):
                self._read(rule)

    def _read(self, rule: str) -> None:
        *_, selectors, body = ("", *rule.split("{"))
        body = body.lower()[:_MAX_BODY]
        if not _TELLING.search(body):
            return
        for selector in selectors.rpartition(";")[2].split(","):
            simple = _SIMPLE.fullmatch(selector)
            if simple:
                self._add((simple[1] or "").lower(), simple[2], body)

    def _add(self, tag: str, name: str, body: str) -> None:
        self._said[tag, name] = f"{self._said.get((tag, name), '')}{body};"

    def of(self, tag: str, classes: Iterable[str]) -> str:
        """All that is said of an element of these classes; what is said of its tag too comes last, and wins."""
        if not self._said:
            return ""
        return "".join(self._said.get((told, name), "") for told in ("", tag) for name in classes)
