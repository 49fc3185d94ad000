"""The fields whose values are counted; apart from the port, so that a worker names them without loading it."""

from __future__ import annotations

from enum import StrEnum


class Facet(StrEnum):
    """Fields whose values are counted. Each is also the name of a filter: `fandom:torchwood`."""

    FANDOM = "fandom"
    AUTHOR = "author"
    CHARACTER = "character"
    RELATIONSHIP = "relationship"
    RATING = "rating"
    WARNING = "warning"
    TAG = "tag"
    STATUS = "status"
    LANGUAGE = "lang"
    SERIES = "series"
    KIND = "kind"
