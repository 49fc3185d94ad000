"""Where the links of a saved site lead: to stories, to their chapters, to other lists, out of the folder."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote

from remnant.understand.formats.limits import MAX_TOKENS
from remnant.unpack.markup import Token, TokenKind, attributes, tokens

MOST_LINKS = 20_000
"""Of one page."""

_PAGE = re.compile(r"[^?#]+\.(?:x?html?|shtml|txt)", re.IGNORECASE)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
_CHAPTER = re.compile(
    r"\W*(?:(?:chapters?|chap|ch|parts?|pt|teil|kapitel|chapitre|cap[ií]tulo)\b\W*)?(?P<number>\d{1,3})\W*",
    re.IGNORECASE,
)
_NAMED_CHAPTER = re.compile(
    r"\W*(?:(?:chapter|chap|ch|part|pt|teil|kapitel|chapitre)\b\W*(?P<number>\d{1,3}|one)\b.{0,80}|prologue|epilogue)\W*",
    re.IGNORECASE | re.DOTALL,
)
_NEXT = re.compile(
    r"\W*(?:(?:go )?(?:on )?to (?:the )?)?(?:next|continued?|more|weiter|suivante?|siguiente)\b"
    r"(?:\W+(?:chapter|part|page|section|kapitel|teil|chapitre))?\W*|[>»→]{1,3}",
    re.IGNORECASE,
)
_AROUND = re.compile(
    r"\W*(?:back|home|index|main|top|up|prev(?:ious)?|next|e-?mail|mail|feedback|guest ?book|links?|contact|about|faq"
    r"|search|site ?map|return|(?:back|return) to .{1,60}|(?:fan)?fic(?:tion)?|stories|archive|here|\W*|[<«←]{1,3}"
    r"|home ?page|main page|title page|previous (?:chapter|part|page))\W*",
    re.IGNORECASE | re.DOTALL,
)


def target_of(page: str, href: str) -> str | None:
    """The page of the folder that a link in `page` leads to, there or not; None for all other links."""
    if _SCHEME.match(href) or href.startswith(("/", "#", "?")):
        return None
    path = unquote(href.partition("#")[0].partition("?")[0]).replace("\\", "/").strip()
    if not _PAGE.fullmatch(path):
        return None
    joined = posixpath.normpath(posixpath.join(posixpath.dirname(page), path))
    return None if joined.startswith("..") else joined


def chapter_number(text: str) -> int | None:
    """The number of a link that is one of a row of chapters; None for any other."""
    found = _CHAPTER.fullmatch(text[:100]) or _NAMED_CHAPTER.fullmatch(text[:100])
    if found is None:
        return None
    said = found["number"] or ""
    return int(said) if said.isdigit() else 1


def is_furniture(text: str) -> bool:
    """Whether a link of these words is a way about a site, and names nothing."""
    return _AROUND.fullmatch(text[:100]) is not None or _NEXT.fullmatch(text[:100]) is not None


@dataclass(frozen=True, slots=True)
class Ways:
    """What a page's links say: its chapters by number, what comes next, and what else it names."""

    chapters: Mapping[int, str]
    onward: str | None
    named: tuple[str, ...]
    prose: int

    @property
    def lists(self) -> bool:
        """Whether it is a list of pages: it names several and tells little between."""
        return len(self.named) >= LEAST and self.prose <= TALK * len(self.named)


LEAST, TALK = 3, 400
"""Pages that a list names, and characters that it may say of each."""


class Folder:
    """The pages at hand, found whatever the case of a link's letters: old servers did not mind."""

    def __init__(self, paths: Iterable[str]) -> None:
        self._paths = frozenset(paths)
        self._folded: dict[str, str | None] = {}
        for path in self._paths:
            folded = path.casefold()
            self._folded[folded] = None if folded in self._folded else path

    def __contains__(self, path: str) -> bool:
        return path in self._paths

    def found(self, path: str) -> str:
        """The page at this path, or the only one that differs in the case of letters; else the path as it is."""
        return path if path in self._paths else self._folded.get(path.casefold()) or path


@dataclass(slots=True)
class _Link:
    href: str
    words: list[str] = field(default_factory=list)


def ways_of(page: str, text: str, folder: Folder) -> Ways:
    """Read the links of a page from its tags alone: cheap, and never raises."""
    chapters: dict[int, str] = {}
    onward: str | None = None
    named: dict[str, None] = {}
    links, prose = _links(text)
    for link in links:
        target = target_of(page, link.href)
        said = " ".join("".join(link.words).split())
        if target is None or (target := folder.found(target)) == page:
            continue
        if (number := chapter_number(said)) is not None:
            chapters.setdefault(number, target)
        elif _NEXT.fullmatch(said[:100]):
            onward = onward or target
        elif not is_furniture(said):
            named.setdefault(target)
    return Ways(chapters, onward, tuple(named), prose)


def _links(text: str) -> tuple[list[_Link], int]:
    found: list[_Link] = []
    open_link: _Link | None = None
    prose = 0
    for token in _some(text):
        if token.kind is TokenKind.START and token.name == "a" and len(found) < MOST_LINKS:
            href = next((one.value for one in attributes(text, token) if one.name == "href"), None)
            open_link = _Link(href.strip()) if href else None
            found += [open_link] if open_link else []
        elif token.kind is TokenKind.END and token.name == "a":
            open_link = None
        elif token.kind in (TokenKind.TEXT, TokenKind.REFERENCE):
            said = token.value or text[token.start : token.end]
            if open_link is None:
                prose += len(said.strip())
            elif len(open_link.words) < 20:
                open_link.words.append(said)
    return found, prose


def _some(text: str) -> Iterator[Token]:
    for number, token in enumerate(tokens(text)):
        if number >= MAX_TOKENS:
            return
        yield token
