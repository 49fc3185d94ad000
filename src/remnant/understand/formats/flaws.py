"""What is wrong with the tokens of one part, gathered while they are read: one finding a kind, with its places."""

from __future__ import annotations

from collections import defaultdict

from remnant.model import Finding, Region
from remnant.understand.findings import finding
from remnant.understand.formats.source import MAX_WHERE, Source
from remnant.unpack.markup import MAX_TAG, Flaw, Token, TokenKind


class Flaws:
    """The flaws of one part, by code."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self._where: defaultdict[str, list[Region]] = defaultdict(list)
        self._said: dict[str, dict[str, object]] = {}

    def add(self, code: str, start: int = -1, end: int = -1, **said: object) -> None:
        """One more place of a flaw, or the flaw of the whole part; what is said of the first holds for all."""
        self._where[code].extend([self.source.region(start, end)] if start >= 0 else [])
        self._said.setdefault(code, said)

    def note(self, token: Token) -> None:
        """What the tokenizer found wrong with a token."""
        if token.flaw is Flaw.LONG:
            self.add("H001", token.start, token.end, limit=MAX_TAG)
        elif token.flaw is Flaw.UNCLOSED:
            self.add("H004" if token.kind is TokenKind.COMMENT else "H002", token.start, token.end)
        elif token.kind is TokenKind.COMMENT:
            self.add("H003", token.start, token.end)
        elif token.kind is TokenKind.RAW:
            self.add("H005", token.start, token.end, name=token.name)
        else:
            self.add("H009", token.start, token.end, name=token.name)

    def findings(self) -> tuple[Finding, ...]:
        """All of them, in the order of their codes."""
        return tuple(finding(code, *self._where[code][:MAX_WHERE], **self._said[code]) for code in sorted(self._where))
