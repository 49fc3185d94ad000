"""The catalogue for reading apps: feeds of works that were asked for, as bytes."""

from __future__ import annotations

from remnant.give import opds_atom, opds_json
from remnant.give.opds import NEWEST, Addresses, Facet, Feed, Pages, Search, Way
from remnant.model import Shown

__all__ = ["NEWEST", "Addresses", "Facet", "Feed", "Given", "Pages", "Search", "Way"]

Given = tuple[bytes, str]
"""Bytes and their media type."""


def atom(feed: Feed) -> Given:
    """The feed as OPDS 1.2. ValueError if a veiled work is in it."""
    return opds_atom.feed(feed), opds_atom.kind(feed)


def atom_entry(shown: Shown, addresses: Addresses) -> Given:
    """One work of it. ValueError for a veiled one."""
    return opds_atom.entry(shown, addresses), opds_atom.ENTRY


def description(asks: str) -> Given:
    """How to search the catalogue (OpenSearch); `asks` is the whole address that a question is put behind."""
    return opds_atom.description(asks), opds_atom.DESCRIPTION


def json(feed: Feed) -> Given:
    """The feed as OPDS 2.0. ValueError if a veiled work is in it."""
    return opds_json.feed(feed), opds_json.FEED


def json_entry(shown: Shown, addresses: Addresses) -> Given:
    """One work of it. ValueError for a veiled one."""
    return opds_json.entry(shown, addresses), opds_json.PUBLICATION
