"""A story and everything claimed of it as JSON, for other programs."""

from __future__ import annotations

import json
from collections.abc import Iterator

from remnant.model import Block, Body, Notice, Places, Shown, Span
from remnant.wire import claim as claim_wire
from remnant.wire.canonical import Json, time_to_json

VERSION = 1


def card(shown: Shown) -> Json:
    """What is known of a work but its claims and its text, as docs/commands.md has it under `find`."""
    return {
        "work": shown.work,
        "kind": shown.kind.value,
        "label": shown.label,
        "titled": shown.titled,
        "notices": [{"field": n.kind.value, "text": n.text, "late": n.late} for n in shown.notices],
        "fields": {field.value: list(values) for field, values in shown.fields.items()},
        "words": shown.measure.words,
        "sections": shown.measure.sections,
        "originals": [f"sha512:{digest.hex}" for digest in shown.originals],
        "added": time_to_json(shown.added),
        "since": time_to_json(shown.since),
        "veiled": shown.veiled,
        "why": list(shown.why),
        "signs": list(shown.signs),
        "perhaps": [notice.text for notice in shown.perhaps],
        "snippet": [[piece, hit] for piece, hit in shown.snippet.pieces] if shown.snippet else None,
    }


def record(shown: Shown) -> bytes:
    """One JSON object in UTF-8, as documented in docs/formats/exports.md; text as it stands in the original."""
    text = json.dumps(_record(shown), ensure_ascii=False, indent=1, allow_nan=False)
    # Half a surrogate pair has no UTF-8; written as \udc80 it is a JSON escape, and comes back as it was.
    return f"{text}\n".encode("utf-8", "backslashreplace")


def _record(shown: Shown) -> Json:
    return {
        "v": VERSION,
        "work": shown.work,
        "kind": shown.kind.value,
        "label": shown.label,
        "titled": shown.titled,
        "originals": [f"sha512:{digest.hex}" for digest in shown.originals],
        "added": time_to_json(shown.added),
        "since": time_to_json(shown.since),
        "measure": {
            "words": shown.measure.words,
            "sections": shown.measure.sections,
            "blocks": shown.measure.blocks,
        },
        "notices": list(map(_notice, shown.notices)),
        "fields": {field.value: list(values) for field, values in shown.fields.items()},
        "claims": list(map(claim_wire.to_json, shown.claims)),
        "why": list(shown.why),
        **(_body(shown.body) if shown.body else {}),
    }


def _notice(notice: Notice) -> Json:
    return {"kind": notice.kind.value, "text": notice.text, "claim": notice.claim, "block": notice.block}


def _body(body: Body) -> Json:
    places = Places(body.blocks)
    sections = [
        {"title": s.title, "number": s.number, "first_block": s.first, "last_block": s.last} for s in body.sections
    ]
    links = [
        {"from_block": places.block(link.source), "to_block": places.block(link.target), "kind": link.kind.value}
        for link in body.links
    ]
    return {"sections": sections, "blocks": list(map(_block, body.blocks)), "links": links}


def _block(block: Block) -> Json:
    """Kind, role and text; marks and links as stretches of the text, only where there are any."""
    record: Json = {"kind": block.kind.value, "role": block.role.value, "text": block.text}
    if block.level:
        record["level"] = block.level
    if marks := [[start, end, *sorted(span.marks)] for start, end, span in _placed(block) if span.marks]:
        record["marks"] = marks
    if links := [[start, end, span.href] for start, end, span in _placed(block) if span.href is not None]:
        record["hrefs"] = links
    return record


def _placed(block: Block) -> Iterator[tuple[int, int, Span]]:
    at = 0
    for span in block.spans:
        yield at, at + len(span.text), span
        at += len(span.text)
