"""The catalogue as OPDS 2.0: JSON, for reading apps of today."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import groupby

from remnant.give import opds
from remnant.give.clean import fit
from remnant.give.opds import Addresses, Facet, Feed, Way
from remnant.give.package import identifier
from remnant.model import Shown
from remnant.wire.canonical import Json, time_to_json

FEED = "application/opds+json"
PUBLICATION = "application/opds-publication+json"

_A_DAY = len("2009-03-12")


def feed(of: Feed) -> bytes:
    """The feed, in UTF-8. ValueError if a veiled work is in it."""
    record: Json = {"metadata": _metadata(of), "links": list(_links(of))}
    if of.ways:
        record["navigation"] = list(map(_way, of.ways))
    if of.facets:
        record["facets"] = list(_facets(of.facets))
    if of.works:
        record["publications"] = [_publication(work, of.addresses) for work in of.works]
    if not of.ways and not of.works:
        # A list may not be empty, and one of them has to be there.
        record["navigation"] = [_linked(of.start, FEED, title="The whole catalogue")]
    return _bytes(record)


def entry(shown: Shown, addresses: Addresses) -> bytes:
    """One work by itself. ValueError for a veiled one."""
    return _bytes(_publication(shown, addresses))


def _metadata(of: Feed) -> Json:
    told: Json = {"title": opds.titled(of.title), "identifier": of.id, "modified": time_to_json(of.changed)}
    if of.says:
        told["subtitle"] = fit(of.says)
    if of.pages is not None:
        told |= {"itemsPerPage": of.pages.size, "currentPage": of.pages.page}
    if of.pages is not None and of.pages.total is not None:
        told["numberOfItems"] = of.pages.total
    return told


def _links(of: Feed) -> Iterator[Json]:
    yield _linked(of.at, FEED, rel="self")
    yield _linked(of.start, FEED, rel="start")
    if of.up is not None:
        yield _linked(of.up, FEED, rel="up")
    yield _linked(f"{of.search.asks}{{?query}}", FEED, rel="search", templated=True)
    if of.pages is not None:
        yield from (_linked(address, FEED, rel=rel) for rel, address in of.pages.ways)


def _way(way: Way) -> Json:
    counted = {} if way.works is None else {"properties": {"numberOfItems": way.works}}
    return _linked(way.address, FEED, rel=way.rel, title=opds.titled(way.title)) | counted


def _facets(facets: tuple[Facet, ...]) -> Iterator[Json]:
    for group, members in groupby(facets, key=lambda facet: facet.group):
        yield {"metadata": {"title": fit(group)}, "links": list(map(_facet, members))}


def _facet(facet: Facet) -> Json:
    told = _linked(facet.address, FEED, title=opds.titled(facet.title))
    told |= {"rel": "self"} if facet.on else {}
    return told | ({} if facet.works is None else {"properties": {"numberOfItems": facet.works}})


def _publication(shown: Shown, addresses: Addresses) -> Json:
    shown = opds.open_only(shown)
    books = (
        _linked(addresses.book(shown.work, form), media, rel=opds.ACQUISITION, title=title)
        for form, media, title in opds.BOOKS
    )
    return {
        "metadata": _of_work(shown),
        "links": [_linked(addresses.entry(shown.work), PUBLICATION, rel="self"), *books],
    }


def _of_work(shown: Shown) -> Json:
    told: Json = {
        "@type": "http://schema.org/Book",
        "identifier": identifier(shown),
        "title": fit(shown.label),
        "modified": time_to_json(shown.since),
        "description": fit(opds.told(shown)),
        "numberOfWords": shown.measure.words,
    }
    if authors := opds.authors(shown):
        told["author"] = [{"name": fit(name)} for name in authors]
    if (language := opds.tongue(shown)) is not None:
        told["language"] = language
    if (issued := opds.issued(shown)) is not None and len(issued) == _A_DAY:
        told["published"] = issued
    if subjects := [_subject(field.value, value) for field, value in opds.subjects(shown)]:
        told["subject"] = subjects
    if series := opds.series(shown):
        told["belongsTo"] = {"series": [{"name": fit(name)} for name in series]}
    return told


def _subject(field: str, value: str) -> Json:
    return {"name": fit(value), "scheme": f"urn:remnant:{field}"}


def _linked(address: str, media: str, **more: str | bool) -> Json:
    return {"href": address, "type": media, **more}


def _bytes(record: Json) -> bytes:
    return f"{json.dumps(record, ensure_ascii=False, allow_nan=False)}\n".encode()
