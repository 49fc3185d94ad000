"""Which works share traces: found in one walk over the table, so that no work is compared with all others."""

from __future__ import annotations

import sqlite3
from array import array
from collections import Counter
from collections.abc import Collection, Iterable
from itertools import combinations, groupby, pairwise
from operator import itemgetter

from remnant.find.embedded.conditions import documents

_SHARED = """
WITH shared AS (SELECT trace FROM trace GROUP BY trace HAVING count(*) > 1)
SELECT trace, work FROM shared JOIN trace USING (trace) JOIN entry USING (doc) ORDER BY trace, work
"""


_SHARED_BY = """
SELECT trace, work FROM json_each(?) AS told CROSS JOIN trace ON trace.trace = told.value
JOIN entry USING (doc) ORDER BY trace, work
"""


def sharing(
    sql: sqlite3.Connection, most: int, among: Collection[str] | None = None
) -> tuple[tuple[str, str, int], ...]:
    """Every two works with traces in common, and how many; of a trace that many have, only neighbours are paired."""
    pairs: Counter[tuple[str, str]] = Counter()
    rows = sql.execute(_SHARED) if among is None else sql.execute(_SHARED_BY, (documents(_traces(sql, among)),))
    for _, group in groupby(rows, itemgetter(0)):
        pairs.update(_paired([work for _, work in group], most))
    wanted = pairs.keys() if among is None else {pair for pair in pairs if not {*pair}.isdisjoint(among)}
    return tuple(sorted((*pair, pairs[pair]) for pair in wanted))


def _traces(sql: sqlite3.Connection, works: Collection[str]) -> set[int]:
    asked = "SELECT traces FROM entry JOIN likeness USING (doc) WHERE work = ?"
    return {trace for work in works for (held,) in sql.execute(asked, (work,)) for trace in array("q", held)}


def _paired(works: list[str], most: int) -> Iterable[tuple[str, str]]:
    return combinations(works, 2) if len(works) <= most else pairwise(works)


def likenesses(sql: sqlite3.Connection, works: Collection[str]) -> dict[str, bytes]:
    asked = "SELECT work, likeness FROM entry JOIN likeness USING (doc) WHERE work = ?"
    return {work: held for one in works for work, held in sql.execute(asked, (one,))}
