"""What a page says of itself: title, meta, links, comments. Told as facts, each with the place where it stands."""

from __future__ import annotations

from collections.abc import Iterator

from remnant.understand.draft import Fact
from remnant.understand.formats.limits import MAX_COMMENT
from remnant.understand.formats.source import Source
from remnant.unpack.markup import Attribute, Token

SPEAKING_TAGS = frozenset({"html", "meta", "link", "base", "span"})
"""Tags that may state a fact."""
_SECONDS = "data-xutime"
"""Where pages of fanfiction.net tell machines a time of which people are told only "5/8" or "3h ago"."""
_NAMED_BY = ("name", "property", "itemprop", "http-equiv")


def facts_of(source: Source, token: Token, attributes: dict[str, Attribute]) -> Iterator[Fact]:
    """The facts that one start tag states; its attributes stand where they say, counted from its start."""
    if token.name == "meta":
        yield from _meta(source, token.start, attributes)
    elif token.name == "link" and "href" in attributes and "rel" in attributes:
        for rel in attributes["rel"].value.lower().split():
            yield _fact(source, token.start, f"link:{rel}", attributes, "href", "rel")
    elif token.name == "base" and "href" in attributes:
        yield _fact(source, token.start, "base:href", attributes, "href")
    elif token.name == "span" and _SECONDS in attributes:
        yield _fact(source, token.start, f"span:{_SECONDS}", attributes, _SECONDS)
    elif token.name == "html":
        name = "lang" if "lang" in attributes else "xml:lang"
        if name in attributes:
            yield _fact(source, token.start, "html:lang", attributes, name)


def _meta(source: Source, at: int, attributes: dict[str, Attribute]) -> Iterator[Fact]:
    if "charset" in attributes:
        yield _fact(source, at, "meta:charset", attributes, "charset")
    named_by = next((name for name in _NAMED_BY if name in attributes), None)
    if named_by and "content" in attributes:
        name = f"meta:{attributes[named_by].value.strip().lower()}"
        yield _fact(source, at, name, attributes, "content", named_by)


def _fact(source: Source, at: int, name: str, attributes: dict[str, Attribute], value: str, *known: str) -> Fact:
    stated = attributes[value]
    detail = tuple((other.name, other.value) for other in attributes.values() if other.name not in {value, *known})
    return Fact(name, stated.value, source.region(at + stated.start, at + stated.end), detail)


def comment_fact(source: Source, token: Token) -> Fact | None:
    """A short comment, by which makers mark what they made: the fact `comment:`."""
    text = source.text
    if token.end - token.start > MAX_COMMENT or not text.startswith("<!--", token.start):
        return None
    inner = text[token.start + 4 : token.end].removesuffix(">").removesuffix("--")
    value = inner.strip()
    start = token.start + 4 + len(inner) - len(inner.lstrip())
    return Fact("comment:", value, source.region(start, start + len(value))) if value else None
