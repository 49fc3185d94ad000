"""What a worker can be asked: to read a file for someone who wants the reading, or for the index.

How it answers stands in `answering`, which only a worker loads.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from remnant.library.cards import Beside, Standing, beside_to_json, standing_to_json
from remnant.model import Claim, Original
from remnant.wire import claim as claim_wire
from remnant.wire.arrival import original_to_json
from remnant.wire.canonical import Json, time_to_json


def to_read(original: Original, pieces: Sequence[str] = (), beside: Beside = (), *, voices: bool = False) -> Json:
    """Asks for the whole reading, or for that of the story these pieces make, without what stands around it.

    With `voices`, also for whose voice is heard inside the story, which takes several times as long. The bytes of what
    stands `beside` an anchor follow its own, in order.
    """
    asked = {"task": "read", **_bundle(original, beside), "pieces": list(pieces)}
    return {**asked, "voices": True} if voices else asked


def to_index(
    original: Original,
    said: tuple[Claim, ...],
    added: datetime,
    beside: Beside = (),
    standing: Mapping[str, Standing] | None = None,
    pieces: Sequence[str] = (),
) -> Json:
    """Asks for what is to be indexed, given what persons said of the works in it and when it was added.

    `standing` says of works by id how they stand among other tellings. `pieces` are those of the one story that is
    asked for; without them it is everything.
    """
    claims = [claim_wire.to_json(claim) for claim in said]
    asked = {"task": "index", **_bundle(original, beside), "said": claims, "added": time_to_json(added)}
    asked |= {"standing": {work: standing_to_json(one) for work, one in (standing or {}).items()}}
    return {**asked, "pieces": list(pieces)} if pieces else asked


def _bundle(original: Original, beside: Beside) -> Json:
    record: Json = {"original": original_to_json(original)}
    if beside:
        record["beside"] = beside_to_json(beside)
    return record
