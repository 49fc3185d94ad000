"""The rules of OPDS 1.2 (its text and opds.rnc) and 2.0 (its text and JSON schemas), as far as our feeds go.

One rule of 2.0 is not kept: `images` of every publication, for works that have no covers (docs/apps.md).
"""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import datetime
from typing import Any
from xml.etree import ElementTree

ATOM, DC, OPDS = "{http://www.w3.org/2005/Atom}", "{http://purl.org/dc/terms/}", "{http://opds-spec.org/2010/catalog}"
SEARCHED = "{http://a9.com/-/spec/opensearch/1.1/}"
NAVIGATION = "application/atom+xml;profile=opds-catalog;kind=navigation"
ACQUISITION = "application/atom+xml;profile=opds-catalog;kind=acquisition"
ENTRY = "application/atom+xml;type=entry;profile=opds-catalog"
GET = "http://opds-spec.org/acquisition"
FACET = "http://opds-spec.org/facet"
FEED2, PUBLICATION = "application/opds+json", "application/opds-publication+json"

_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")
_ID = re.compile(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_ISSUED = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
_TAG = re.compile(r"[a-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|\d{3}))?")
_NO_ADDRESS = re.compile(r'[ <>{}|^`"\\\n\r\t]')
_ESCAPE = re.compile(rb"&(?!(?:amp|lt|gt|quot);)")


def atom(data: bytes) -> ElementTree.Element:
    """A document of OPDS 1.2, with every rule asserted: a feed, or an entry by itself."""
    assert data.startswith(b'<?xml version="1.0" encoding="utf-8"?>')
    assert not _ESCAPE.search(data), "KOReader knows no other references"
    assert b"<![CDATA[" not in data
    root = ElementTree.fromstring(data)
    if root.tag == f"{ATOM}entry":
        _entry(root)
        assert [link.get("type") for link in _links(root, "self")] == [ENTRY]
        return root
    assert root.tag == f"{ATOM}feed"
    _named(root)
    entries = root.findall(f"{ATOM}entry")
    assert len({entry.findtext(f"{ATOM}id") for entry in entries}) == len(entries)
    _of_feed(root, entries)
    for entry in entries:
        (_entry if _links(entry, GET) else _way)(entry)
    return root


def _of_feed(root: ElementTree.Element, entries: list[ElementTree.Element]) -> None:
    (own,), (start,) = _links(root, "self"), _links(root, "start")
    offers = [bool(_links(entry, GET)) for entry in entries]
    facets = _links(root, FACET)

    assert start.get("type") == NAVIGATION
    assert len(_links(root, "up")) <= 1
    assert own.get("type") == ACQUISITION if any(offers) or facets else own.get("type") in (NAVIGATION, ACQUISITION)
    assert all(offers) or not any(offers), "a feed leads on, or offers works"
    assert {link.get("type") for link in _links(root, "search")} == {
        "application/opensearchdescription+xml",
        "application/atom+xml",
    }
    for rel in ("first", "previous", "next", "last"):
        assert [link.get("type") for link in _links(root, rel)] in ([], [own.get("type")])
    groups = Counter(link.get(f"{OPDS}facetGroup") for link in facets)
    active = Counter(link.get(f"{OPDS}facetGroup") for link in facets if link.get(f"{OPDS}activeFacet") == "true")
    assert None not in groups
    assert all(active[group] == 1 for group in groups)
    assert {link.get(f"{OPDS}activeFacet") for link in facets} <= {"true", None}


def _named(element: ElementTree.Element) -> None:
    (named,), (titled,), (updated,) = (element.findall(f"{ATOM}{name}") for name in ("id", "title", "updated"))
    assert _ID.fullmatch(named.text or "")
    assert (titled.text or "").strip()
    assert _TIME.fullmatch(updated.text or "")
    assert datetime.fromisoformat(updated.text or "").tzinfo
    for link in element.findall(f"{ATOM}link"):
        address = link.get("href") or ""
        words = link.get("rel") == "search" and link.get("type") == "application/atom+xml"
        assert address.startswith("/")
        assert not _NO_ADDRESS.search(address.replace("{searchTerms}", "") if words else address)
        assert re.fullmatch(r"[a-z]+/[a-z+-]+(;[a-z]+=[a-z-]+)*", link.get("type") or "")
        assert link.get("rel")


def _way(entry: ElementTree.Element) -> None:
    _named(entry)
    (link,) = entry.findall(f"{ATOM}link")

    assert link.get("type") in (NAVIGATION, ACQUISITION)
    assert link.get("rel") in ("subsection", "http://opds-spec.org/sort/new")
    assert entry.find(f"{ATOM}content").get("type") == "text"  # type: ignore[union-attr]


def _entry(entry: ElementTree.Element) -> None:
    _named(entry)
    authors = [name.text for name in entry.findall(f"{ATOM}author/{ATOM}name")]
    (summary,) = entry.findall(f"{ATOM}summary")

    assert authors
    assert all(authors)
    assert summary.get("type") == "text"
    assert len(summary) == 0
    assert entry.find(f"{DC}title") is None
    assert entry.findtext(f"{DC}identifier") != entry.findtext(f"{ATOM}id")
    assert _ISSUED.fullmatch(entry.findtext(f"{DC}issued", "2009"))
    assert _TAG.fullmatch(entry.findtext(f"{DC}language", "en"))
    assert all(link.get("type") for link in _links(entry, GET))
    assert all(one.get("term") and one.get("scheme") for one in entry.findall(f"{ATOM}category"))
    assert all(link.get("type") == ENTRY for link in _links(entry, "alternate"))


def _links(element: ElementTree.Element, rel: str) -> list[ElementTree.Element]:
    return [link for link in element.findall(f"{ATOM}link") if link.get("rel") == rel]


def opds2(data: bytes) -> dict[str, Any]:
    """A document of OPDS 2.0, with every rule asserted: a feed, or a publication by itself."""
    record: dict[str, Any] = json.loads(data)
    _no_blanks(record)
    if "@type" in record["metadata"]:
        _publication(record)
        return record
    assert record["metadata"]["title"]
    assert _TIME.fullmatch(record["metadata"]["modified"])
    assert {"navigation", "publications", "groups"} & record.keys()
    assert [link["type"] for link in record["links"] if link.get("rel") == "self"] == [FEED2]
    _links2(record["links"])
    (search,) = (link for link in record["links"] if link["rel"] == "search")
    assert search["templated"] is True
    assert search["href"].endswith("{?query}")
    _links2(record.get("navigation", []))
    assert all(link["title"] for link in record.get("navigation", []))
    for group in record.get("facets", []):
        assert group["metadata"]["title"]
        assert len(group["links"]) > 1
        _links2(group["links"])
        assert sum(link.get("rel") == "self" for link in group["links"]) == 1
    for publication in record.get("publications", []):
        _publication(publication)
    return record


def _publication(record: dict[str, Any]) -> None:
    told = record["metadata"]
    _links2(record["links"])

    assert told["title"]
    assert told["@type"] == "http://schema.org/Book"
    assert _ID.fullmatch(told["identifier"])
    assert _TIME.fullmatch(told["modified"])
    assert isinstance(told["description"], str)
    assert _TAG.fullmatch(told.get("language", "en"))
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", told.get("published", "2009-03-12"))
    assert all(author["name"] for author in told.get("author", []))
    assert all(subject["name"] and subject["scheme"] for subject in told.get("subject", []))
    assert GET in [link.get("rel") for link in record["links"]]
    assert [link["type"] for link in record["links"] if link["rel"] == "self"] == [PUBLICATION]
    assert record.keys() == {"metadata", "links"}


def _links2(links: list[dict[str, Any]]) -> None:
    assert len({json.dumps(link, sort_keys=True) for link in links}) == len(links)
    for link in links:
        address = link["href"].removesuffix("{?query}") if link.get("templated") else link["href"]
        assert address.startswith("/")
        assert not _NO_ADDRESS.search(address)
        assert re.fullmatch(r"[a-z]+/[a-z+-]+", link["type"])
        assert link.get("properties", {}).get("numberOfItems", 0) >= 0


def _no_blanks(value: object) -> None:
    """No null, no empty text, list or object."""
    assert value not in (None, "", [], {})
    if isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            _no_blanks(one)
