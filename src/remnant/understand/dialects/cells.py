"""What dialects of databases share: claims from a cell as it stands, and from dates as databases write them."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from remnant.model import Confidence, Field
from remnant.understand.draft import Fact
from remnant.understand.normal import normal
from remnant.understand.sheet import Remark

_UNIX = re.compile(r"\d{8,11}")


def said_in(fact: Fact, field: Field, *, sensitive: bool = False) -> Remark:
    """A claim of a whole cell."""
    said = normal(field, fact.value)
    return Remark(field, fact.value, Confidence.STATED, (fact.region,), 0, *said, sensitive=sensitive)


def dated_in(fact: Fact, field: Field) -> Remark:
    """A date that is written out, or counted in seconds since 1970."""
    if not _UNIX.fullmatch(fact.value):
        return said_in(fact, field)
    day = datetime.fromtimestamp(int(fact.value), UTC).date().isoformat()
    return Remark(field, fact.value, Confidence.STATED, (fact.region,), 0, day, {"precision": "day"})
