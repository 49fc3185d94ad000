"""The catalogue as OPDS 1.2: Atom, for reading apps of every age."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from remnant.give import opds
from remnant.give.clean import fit
from remnant.give.fields import length
from remnant.give.opds import Addresses, Facet, Feed, Way
from remnant.give.package import identifier
from remnant.model import Shown
from remnant.wire.canonical import time_to_json

NAVIGATION = "application/atom+xml;profile=opds-catalog;kind=navigation"
ACQUISITION = "application/atom+xml;profile=opds-catalog;kind=acquisition"
ENTRY = "application/atom+xml;type=entry;profile=opds-catalog"
DESCRIPTION = "application/opensearchdescription+xml"
ATOM = "application/atom+xml"

_ASKED = "?q={searchTerms}"
_HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'
_NAMES = (
    ' xmlns="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/terms/"'
    ' xmlns:opds="http://opds-spec.org/2010/catalog" xmlns:thr="http://purl.org/syndication/thread/1.0"'
    ' xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/"'
)
"""Declared in every document: one prefix unbound, and an app refuses the whole catalogue."""


def feed(of: Feed) -> bytes:
    """The feed, in UTF-8. ValueError if a veiled work is in it."""
    body = "".join(
        (
            _element("id", of.id),
            _element("title", opds.titled(of.title)),
            _element("subtitle", of.says) if of.says else "",
            _element("updated", time_to_json(of.changed)),
            "<author><name>Remnant</name></author>\n",
            *_links(of),
            *_counted(of),
            *map(_facet, of.facets),
            *(_way(way, of.changed) for way in of.ways),
            *(_entry(work, of.addresses) for work in of.works),
        )
    )
    return _bytes(f"<feed{_NAMES}>\n{body}</feed>\n")


def entry(shown: Shown, addresses: Addresses) -> bytes:
    """One work by itself. ValueError for a veiled one."""
    return _bytes(_entry(shown, addresses, _NAMES))


def description(asks: str) -> bytes:
    """How to search here (OpenSearch); `asks` is the whole address that a question is put behind."""
    body = (
        "<ShortName>Remnant</ShortName>\n"
        "<Description>Stories of this library, by words, phrases and fields</Description>\n"
        "<InputEncoding>UTF-8</InputEncoding>\n<OutputEncoding>UTF-8</OutputEncoding>\n"
        f'<Url type="{ACQUISITION}" template="{_quoted(asks)}{_ASKED}"/>\n'
    )
    return _bytes(
        f'<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">\n{body}</OpenSearchDescription>\n'
    )


def kind(of: Feed) -> str:
    """The media type of a feed."""
    return ACQUISITION if of.lists_works else NAVIGATION


def _links(of: Feed) -> Iterator[str]:
    yield _link("self", of.at, kind(of))
    yield _link("start", of.start, NAVIGATION)
    if of.up is not None:
        yield _link("up", of.up, NAVIGATION)
    # Not every app reads a description: the second is for those that look for the words' place in the feed itself.
    yield _link("search", of.search.described, DESCRIPTION)
    yield _link("search", f"{of.search.asks}{_ASKED}", ATOM)
    if of.pages is not None:
        yield from (_link(rel, address, kind(of)) for rel, address in of.pages.ways)


def _counted(of: Feed) -> Iterator[str]:
    if of.pages is not None and of.pages.total is not None:
        yield _element("opensearch:totalResults", str(of.pages.total))
        yield _element("opensearch:itemsPerPage", str(of.pages.size))
        yield _element("opensearch:startIndex", str((of.pages.page - 1) * of.pages.size + 1))


def _facet(facet: Facet) -> str:
    more = f' title="{_quoted(opds.titled(facet.title))}" opds:facetGroup="{_quoted(facet.group)}"'
    more += ' opds:activeFacet="true"' if facet.on else ""
    more += f' thr:count="{facet.works}"' if facet.works is not None else ""
    return _link(opds.FACET, facet.address, ACQUISITION, more)


def _way(way: Way, updated: datetime) -> str:
    count = f' thr:count="{way.works}"' if way.works is not None else ""
    return (
        f"<entry>\n{_element('title', opds.titled(way.title))}{_element('id', opds.feed_id(way.address))}"
        f"{_element('updated', time_to_json(updated))}"
        f'<content type="text">{_text(way.says or _works(way.works))}</content>\n'
        f"{_link(way.rel, way.address, ACQUISITION if way.to_works else NAVIGATION, count)}</entry>\n"
    )


def _works(count: int | None) -> str:
    return "" if count is None else f"{count:,} work{'' if count == 1 else 's'}"


def _entry(shown: Shown, addresses: Addresses, names: str = "") -> str:
    shown = opds.open_only(shown)
    own = addresses.entry(shown.work)
    return "".join(
        (
            f"<entry{names}>\n",
            _element("title", shown.label),
            _element("id", opds.entry_id(shown)),
            _element("updated", time_to_json(shown.since)),
            _element("published", time_to_json(shown.added)),
            *(f"<author><name>{_text(name)}</name></author>\n" for name in opds.authors(shown) or (opds.NOBODY_SAID,)),
            _element("dc:identifier", identifier(shown)),
            *_element_if("dc:language", opds.tongue(shown)),
            *_element_if("dc:issued", opds.issued(shown)),
            _element("dc:extent", length(shown)),
            *(f"<dc:isPartOf>{_text(name)}</dc:isPartOf>\n" for name in opds.series(shown)),
            *(_category(field.value, value) for field, value in opds.subjects(shown)),
            f'<summary type="text">{_text(opds.told(shown))}</summary>\n',
            _link("self" if names else "alternate", own, ENTRY),
            *(
                _link(opds.ACQUISITION, addresses.book(shown.work, form), media, f' title="{_quoted(title)}"')
                for form, media, title in opds.BOOKS
            ),
            "</entry>\n",
        )
    )


def _category(field: str, value: str) -> str:
    named = _quoted(value)
    return f'<category scheme="urn:remnant:{field}" term="{named}" label="{named}"/>\n'


def _link(rel: str, address: str, media: str, more: str = "") -> str:
    return f'<link rel="{rel}" href="{_quoted(address)}" type="{media}"{more}/>\n'


def _element(name: str, text: str) -> str:
    return f"<{name}>{_text(text)}</{name}>\n"


def _element_if(name: str, text: str | None) -> Iterator[str]:
    if text is not None:
        yield _element(name, text)


def _text(text: str) -> str:
    return fit(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _quoted(text: str) -> str:
    """For an attribute in double quotes. KOReader knows no hexadecimal references, so that apostrophes stay."""
    return " ".join(_text(text).split()).replace('"', "&quot;")


def _bytes(document: str) -> bytes:
    return f"{_HEAD}{document}".encode()
