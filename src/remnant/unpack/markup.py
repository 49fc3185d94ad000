"""Our own tokens of HTML and XML: every character of the text in exactly one, in linear time on any input.

The states are those of the HTML standard, with three rescues where a browser would throw text away, each told by
the token's `flaw`: a tag or comment that is never closed ends at its first `>`; a stray `</` is text; and with no
`>` left at all, `<` is text, unless what follows is short enough to be a tag cut off by the end of the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum, auto
from typing import NamedTuple

from remnant.unpack.references import decoded, reference

MAX_TAG = 65_536
"""Characters of a tag beyond which its attributes are not read."""
MAX_CUT_TAG = 1_000
"""Characters at the end of a file that may be a tag cut off; more than that is text."""


CDATA = "![CDATA["
"""The name of the comment tokens that stand for `<![CDATA[` and `]]>`."""


class TokenKind(Enum):
    TEXT = auto()
    REFERENCE = auto()
    START = auto()
    END = auto()
    COMMENT = auto()
    DOCTYPE = auto()
    RAW = auto()


class Flaw(Enum):
    """What is wrong with a token."""

    LONG = auto()
    UNCLOSED = auto()
    CUT = auto()


class Token(NamedTuple):
    """Characters `start` to `end` of the text, and what they are.

    `name` is a tag's name in lower case, or the element that raw text stands in; `value` is what a reference means.
    `closed` says that a start tag ends in `/>`, which only XML means. Processing instructions are comments.
    """

    kind: TokenKind
    start: int
    end: int
    name: str = ""
    value: str = ""
    closed: bool = False
    flaw: Flaw | None = None


class Attribute(NamedTuple):
    """An attribute's name in lower case, its value with references read, and where the raw value stands."""

    name: str
    value: str
    start: int
    end: int


_SPACE = r"\t\n\f\r "
_VALUE = rf"""(?:"[^"]*+"|'[^']*+'|(?!["'])[^{_SPACE}>]*+)"""
_ATTRIBUTE = rf"[^{_SPACE}/>][^{_SPACE}/>=]*+(?:[{_SPACE}]*+=[{_SPACE}]*+{_VALUE}|(?![{_SPACE}]*+=))"
_STEP = re.compile(
    rf"""
      ([^<&]++)
    | <([A-Za-z][^{_SPACE}/>]*+)(?:[{_SPACE}/]++|{_ATTRIBUTE})*+>
    | </([A-Za-z][^{_SPACE}/>]*+)(?:[{_SPACE}/]++|{_ATTRIBUTE})*+>
    """,
    re.VERBOSE,
)
_TEXT, _START = 1, 2
"""Groups of a step: a run of text, the name of a start tag; else it is that of an end tag."""
_token = tuple.__new__
"""What a NamedTuple is made of; by its own name it takes twice as long, and a page has tens of thousands."""
_PLAIN = re.compile(r"[^<&]*+")
_OPEN_TAG = re.compile(r"</?[A-Za-z]")
_NAME = re.compile(rf"</?([A-Za-z][^{_SPACE}/>]*+)")
_READ_ATTRIBUTE = re.compile(
    rf"""
    ([^{_SPACE}/>][^{_SPACE}/>=]*+)
    (?:[{_SPACE}]*+=[{_SPACE}]*+(?:"([^"]*+)"|'([^']*+)'|([^{_SPACE}>"'][^{_SPACE}>]*+))?)?+
    """,
    re.VERBOSE,
)
_BETWEEN = re.compile(rf"[{_SPACE}/]*+")
_EMPTY_COMMENT = re.compile(r"<!---?>")
_COMMENT_END = re.compile(r"--!?>")
_DOCTYPE = re.compile(r"<!doctype", re.IGNORECASE)
_SUBSET = re.compile(
    r"""<!doctype(?:[^\[>"']++|"[^"]*+"|'[^']*+')*+
        (?:\[(?:[^\]"']++|"[^"]*+"|'[^']*+')*+\][\t\n\f\r\ ]*+)?>""",
    re.IGNORECASE | re.VERBOSE,
)
_SCRIPT_STEP = re.compile(rf"<!--|-->|<(/?)script[{_SPACE}/>]", re.IGNORECASE)

HIDDEN_RAW = frozenset({"script", "style", "iframe", "noembed", "noframes", "noscript"})
"""Elements whose content no browser shows, and in which nothing but their end tag is markup."""
SHOWN_RAW = frozenset({"textarea", "xmp", "plaintext"})
"""Elements whose content is shown with its tags as text."""
_REFERENCES_IN = frozenset({"title", "textarea"})
_RAW_IN_HTML = HIDDEN_RAW | SHOWN_RAW | {"title"}
_RAW_IN_XML = frozenset({"script", "style", "noscript"})
RESCUED = frozenset({"title", "noscript", "noembed", "noframes", "iframe"})
"""Elements that a browser lets swallow the rest of a page if they are never closed; we read on as if they were not
there, and their start tag has the flaw CUT."""


def tokens(text: str, *, xml: bool = False, raw: bool = True) -> Iterator[Token]:
    """Cut a text into tokens, in order and without a gap; never raises.

    In XML, `<a/>` closes itself, CDATA is text and so are `<title>` and the like read as any element; the entities
    of a DTD are never expanded. Without `raw`, so are `<style>` and `<script>`: what they mean in HTML they mean in no
    other format.
    """
    return _Tokenizer(text, xml, raw).run()


def attributes(text: str, token: Token) -> tuple[Attribute, ...]:
    """The attributes of a start tag, the first of each name; none if the tag is longer than `MAX_TAG`."""
    if token.end - token.start > MAX_TAG:
        return ()
    found: dict[str, Attribute] = {}
    at = token.start + 1 + len(token.name)
    while True:
        at = _end_of(_BETWEEN, text, at)
        match = _READ_ATTRIBUTE.match(text, at, token.end)
        if match is None:
            return tuple(found.values())
        found.setdefault(match[1].lower(), _attribute(match))
        at = match.end()


def _end_of(pattern: re.Pattern[str], text: str, at: int) -> int:
    match = pattern.match(text, at)
    return match.end() if match else at


def _attribute(match: re.Match[str]) -> Attribute:
    group = match.lastindex or 1
    if group == 1:
        return Attribute(match[1].lower(), "", match.end(), match.end())
    return Attribute(match[1].lower(), decoded(match[group]), match.start(group), match.end(group))


class _Tokenizer:
    """One pass over one text. What was once sought in vain is not sought again, which keeps the pass linear."""

    def __init__(self, text: str, xml: bool, raw: bool) -> None:
        self.text = text
        self.xml = xml
        self.raw = (_RAW_IN_XML if xml else _RAW_IN_HTML) if raw else frozenset[str]()
        self.rough = False
        self.missing: set[str] = set()

    def run(self) -> Iterator[Token]:
        text, step, at, size = self.text, _STEP.match, 0, len(self.text)
        start_tag, end_tag, plain = TokenKind.START, TokenKind.END, TokenKind.TEXT
        while at < size:
            match = None if self.rough else step(text, at)
            if match is None:
                token = self._odd(at)
            elif (group := match.lastindex or 0) == _TEXT:
                end = match.end()
                yield _token(Token, (plain, at, end, "", "", False, None))
                at = end
                continue
            else:
                end = match.end()
                name = match[group].lower()
                if end - at <= MAX_TAG and name not in RESCUED:
                    is_start = group == _START
                    closed = is_start and text[end - 2] == "/"
                    token = _token(Token, (start_tag if is_start else end_tag, at, end, name, "", closed, None))
                else:
                    token = self._rescued(self._tag(group == _START, name, at, end))
            yield token
            at = token.end
            if token.name in self.raw or token.name is CDATA:
                for inner in self._after(token):
                    yield inner
                    at = inner.end

    def _after(self, token: Token) -> Iterator[Token]:
        """What stands behind a token in which markup is not markup."""
        if token.name is CDATA:
            return self._cdata(token.end)
        if self._opens_raw(token) and token.flaw is not Flaw.CUT:
            return self._raw(token.name, token.end)
        return iter(())

    def _opens_raw(self, token: Token) -> bool:
        return token.kind is TokenKind.START and token.name in self.raw and not (self.xml and token.closed)

    def _rescued(self, token: Token) -> Token:
        if token.name in RESCUED and self._opens_raw(token) and self._raw_end(token.name, token.end) < 0:
            return token._replace(flaw=Flaw.CUT)
        return token

    def _tag(self, is_start: bool, name: str, at: int, end: int, flaw: Flaw | None = None) -> Token:
        kind = TokenKind.START if is_start else TokenKind.END
        if flaw is None and end - at > MAX_TAG:
            flaw = Flaw.LONG
        closed = is_start and self.text[end - 2] == "/"
        return Token(kind, at, end, name.lower(), "", closed, flaw)

    def _odd(self, at: int) -> Token:
        """Whatever does not begin a run of text or a whole tag."""
        text = self.text
        if text[at] == "&":
            meant = reference(text, at)
            return Token(TokenKind.REFERENCE, at, meant[1], "", meant[0]) if meant else self._text(at)
        if text[at] != "<":
            return self._text(at)
        if text.startswith("!", at + 1):
            return self._declaration(at)
        if text.startswith("?", at + 1):
            return self._until("?>" if self.xml else ">", at, TokenKind.COMMENT)
        if _OPEN_TAG.match(text, at):
            return self._unclosed_tag(at)
        if text.startswith("</>", at):
            return Token(TokenKind.COMMENT, at, at + 3)
        return self._text(at)

    def _text(self, at: int) -> Token:
        """Text from here to the next character that may be more than text."""
        return Token(TokenKind.TEXT, at, _end_of(_PLAIN, self.text, at + 1))

    def _find(self, wanted: str, at: int) -> int:
        if wanted in self.missing:
            return -1
        found = self.text.find(wanted, at)
        if found < 0:
            self.missing.add(wanted)
        return found

    def _unclosed_tag(self, at: int) -> Token:
        # In the tags before this one quotes were paired; from here on they cannot be trusted.
        flaw = None if self.rough else Flaw.UNCLOSED
        self.rough = True
        end = self._find(">", at) + 1
        if end:
            name = _NAME.match(self.text, at, end)
            return self._rescued(self._tag(self.text[at + 1] != "/", name[1] if name else "", at, end, flaw))
        return self._cut(at)

    def _cut(self, at: int) -> Token:
        size = len(self.text)
        if size - at <= MAX_CUT_TAG:
            return Token(TokenKind.COMMENT, at, size, flaw=Flaw.CUT)
        return self._text(at)

    def _declaration(self, at: int) -> Token:
        if self.text.startswith("<!--", at):
            return self._comment(at)
        if self.xml and self.text.startswith("<![CDATA[", at):
            return Token(TokenKind.COMMENT, at, at + 9, CDATA)
        if _DOCTYPE.match(self.text, at):
            return self._doctype(at)
        return self._until(">", at, TokenKind.COMMENT)

    def _comment(self, at: int) -> Token:
        empty = _EMPTY_COMMENT.match(self.text, at)
        if empty:
            return Token(TokenKind.COMMENT, at, empty.end())
        found = None if "-->" in self.missing else _COMMENT_END.search(self.text, at + 4)
        if found:
            return Token(TokenKind.COMMENT, at, found.end())
        self.missing.add("-->")
        return self._until(">", at, TokenKind.COMMENT, Flaw.UNCLOSED)

    def _cdata(self, at: int) -> Iterator[Token]:
        """What stands after `<![CDATA[`: text to the next `]]>`, or markup as ever if there is none."""
        end = self._find("]]>", at)
        if end > at:
            yield Token(TokenKind.TEXT, at, end)
        if end >= 0:
            yield Token(TokenKind.COMMENT, end, end + 3, CDATA)

    def _doctype(self, at: int) -> Token:
        match = _SUBSET.match(self.text, at) if self.xml and "subset" not in self.missing else None
        if match:
            return Token(TokenKind.DOCTYPE, at, match.end())
        self.missing.add("subset")
        return self._until(">", at, TokenKind.DOCTYPE)

    def _until(self, wanted: str, at: int, kind: TokenKind, flaw: Flaw | None = None) -> Token:
        found = self._find(wanted, at)
        if found >= 0:
            return Token(kind, at, found + len(wanted), flaw=flaw)
        return self._until(">", at, kind, Flaw.UNCLOSED) if wanted != ">" else self._cut(at)

    def _raw(self, name: str, at: int) -> Iterator[Token]:
        """The content of an element in which only its own end tag is markup."""
        end = self._raw_end(name, at)
        flaw = Flaw.CUT if end < 0 and name != "plaintext" else None
        end = len(self.text) if end < 0 else end
        if name in _REFERENCES_IN:
            yield from self._with_references(at, end)
        elif end > at:
            yield Token(TokenKind.TEXT if name in SHOWN_RAW else TokenKind.RAW, at, end, name, flaw=flaw)

    def _raw_end(self, name: str, at: int) -> int:
        if name == "plaintext" or f"</{name}" in self.missing:
            return -1
        end = self._script_end(at) if name == "script" and not self.xml else self._plain_end(name, at)
        if end < 0:
            self.missing.add(f"</{name}")
        return end

    def _plain_end(self, name: str, at: int) -> int:
        found = re.compile(rf"</{name}[{_SPACE}/>]", re.IGNORECASE).search(self.text, at)
        return found.start() if found else -1

    def _script_end(self, at: int) -> int:
        """Inside `<!--` a script may hold another, whose end tag does not end the first."""
        commented = doubled = False
        for found in _SCRIPT_STEP.finditer(self.text, at):
            if found[0] == "<!--":
                commented = True
            elif found[0] == "-->":
                commented = doubled = False
            elif not found[1]:
                doubled = doubled or commented
            elif doubled:
                doubled = False
            else:
                return found.start()
        return -1

    def _with_references(self, at: int, end: int) -> Iterator[Token]:
        while at < end:
            meant = reference(self.text, at) if self.text[at] == "&" else None
            if meant and meant[1] <= end:
                token = Token(TokenKind.REFERENCE, at, meant[1], "", meant[0])
            else:
                following = self.text.find("&", at + 1, end)
                token = Token(TokenKind.TEXT, at, following if following >= 0 else end)
            yield token
            at = token.end
