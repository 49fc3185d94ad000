"""What dialects of databases share: claims from a cell as it stands, and from dates as databases write them."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from remnant.model import Confidence, Field
from remnant.understand.draft import Fact
from remnant.understand.normal import normal
from remnant.understand.sheet import Remark

_DAY = re.compile(r"(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)(?:\d{6})?")
_UNIX = re.compile(r"\d{9,10}")
"""Nine digits go back to 1973; eight are a day written together, or nothing that we know."""


def said_in(fact: Fact, field: Field, *, sensitive: bool = False) -> Remark:
    """A claim of a whole cell."""
    said = normal(field, fact.value)
    return Remark(field, fact.value, Confidence.STATED, (fact.region,), 0, *said, sensitive=sensitive)


def dated_in(fact: Fact, field: Field) -> Remark:
    """A date that is written out, with marks between or without, or counted in seconds since 1970."""
    if written := _DAY.fullmatch(fact.value):
        said = normal(field, "-".join(written.group("year", "month", "day")))
        return Remark(field, fact.value, Confidence.STATED, (fact.region,), 0, *said)
    if not _UNIX.fullmatch(fact.value):
        return said_in(fact, field)
    day = datetime.fromtimestamp(int(fact.value), UTC).date().isoformat()
    return Remark(field, fact.value, Confidence.STATED, (fact.region,), 0, day, {"precision": "day"})
