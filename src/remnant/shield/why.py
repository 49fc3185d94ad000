"""What was held back or moved, and why, in plain sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from remnant.model import STORY_ROLES, VEILED, Block, Body, Claim, How, Notice
from remnant.shield.labels import counted


def why(claims: Iterable[Claim], notices: tuple[Notice, ...], body: Body | None) -> tuple[str, ...]:
    """For the reader: what stands elsewhere than its author put it, and what is covered."""
    return tuple(_sentences(claims, notices, body))


def _sentences(claims: Iterable[Claim], notices: tuple[Notice, ...], body: Body | None) -> Iterator[str]:
    if body is not None and (moved := _moved(notices, body.blocks)):
        verb = "was" if moved == 1 else "were"
        yield f"{counted(moved, 'warning', 'warnings')} from further down {verb} brought before the story."
    if covered := len({claim.value for claim in claims if claim.sensitive and claim.value is not None}):
        told = counted(covered, "address or name is", "addresses or names are")
        yield (
            f"{told} veiled: it is not ours to show." if covered == 1 else f"{told} veiled: they are not ours to show."
        )
    if body is not None and (cut := sum(map(_veiled_places, body.blocks))):
        yield f"In the text, {counted(cut, 'place reads', 'places read')} {VEILED} for that reason."


def _moved(notices: tuple[Notice, ...], blocks: tuple[Block, ...]) -> int:
    story = next((index for index, block in enumerate(blocks) if block.role in STORY_ROLES), len(blocks))
    return sum(notice.block is not None and notice.block > story for notice in notices)


def _veiled_places(block: Block) -> int:
    return sum(span.text == VEILED and span.how is How.DECODED for span in block.spans)
