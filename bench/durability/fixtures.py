"""The specification's own objects, good, odd and bad, and what our judge of OCFL says of each."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from bench.durability.campaign import say

from remnant.keep.ocfl_object import judge

_CODE = re.compile(r"[EW][0-9]{3}")
_KINDS = ("good-objects", "warn-objects", "bad-objects")


def ocfl_fixtures(folder: Path) -> bool:
    """Judge every object in a checkout of github.com/OCFL/fixtures. Whether each was judged rightly.

    Rightly is: of a good one nothing is said; of an odd one the very remarks that its name holds and no error; of a bad
    one at least every error that its name holds.
    """
    rows, wrong = Counter[tuple[str, str]](), []
    for home in sorted(home for kind in _KINDS for home in folder.glob(f"1.?/{kind}/*")):
        version, kind = home.parts[-3], home.parts[-2]
        rows[version, kind] += 1
        found = {fault.code for fault in judge(home)}
        if not _rightly(kind, set(_CODE.findall(home.name)), found):
            wrong.append(f"- {version}/{kind}/{home.name}: {', '.join(sorted(found)) or 'nothing'}")
    table = "".join(f"| {version} | {kind} | {many} |\n" for (version, kind), many in sorted(rows.items()))
    text = (
        "*Rightly*: of a good object nothing is said; of an odd one exactly the remarks that its name holds; of a bad "
        f"one every error that its name holds.\n\n| OCFL | | objects |\n|---|---|---|\n{table}\n"
        f"{rows.total()} judged, **{len(wrong)} wrongly.**\n" + "\n".join(wrong)
    )
    say("ocfl-fixtures", "OCFL's own fixtures", "python -m bench.durability ocfl-fixtures DIR", text)
    return bool(rows) and not wrong


def _rightly(kind: str, named: set[str], found: set[str]) -> bool:
    if kind == "good-objects":
        return not found
    if kind == "warn-objects":
        return found == named
    return named <= found
