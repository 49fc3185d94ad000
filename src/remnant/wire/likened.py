"""Words on which works are one story, as JSON, and the one way to make one with its id."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from dataclasses import replace

from remnant.model import Likened, Likening, Told, Witness
from remnant.wire.arrival import digest_from_json
from remnant.wire.canonical import Json, canonical
from remnant.wire.claim import witness_from_json, witness_to_json


def new_likened(what: Likening, of: Iterable[Told], witness: Witness, batch: str, undoes: str | None = None) -> Likened:
    """Make one; the same word by the same witness on the same works has the same id, whichever is named first.

    The version of a rule is left out: what was taken back of an older one stays so.
    """
    told = tuple(sorted(of, key=lambda one: (one.work, one.original)))
    made = Likened("", what, told, witness, batch, undoes)
    seed = to_json(made)
    seed["witness"].pop("version", None)
    return replace(made, id=base64.b32encode(hashlib.sha256(canonical(seed)).digest()[:10]).decode("ascii").lower())


def to_json(one: Likened) -> Json:
    record: Json = {
        "id": one.id,
        "what": one.what.value,
        "of": [{"work": told.work, "original": f"sha512:{told.original.hex}"} for told in one.of],
        "witness": witness_to_json(one.witness),
        "at_once": one.batch,
    }
    return record if one.undoes is None else record | {"undoes": one.undoes}


def from_json(record: Json) -> Likened:
    return Likened(
        id=record["id"],
        what=Likening(record["what"]),
        of=tuple(Told(told["work"], digest_from_json(told["original"])) for told in record["of"]),
        witness=witness_from_json(record["witness"]),
        batch=record["at_once"],
        undoes=record.get("undoes"),
    )
