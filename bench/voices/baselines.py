"""What one gets without weighing cues: the nearest name, and taking turns."""

from __future__ import annotations

from collections.abc import Sequence

from remnant.understand.voices.people import Cast
from remnant.understand.voices.quotes import Quote


def nearest_name(texts: Sequence[str], spoken: Sequence[tuple[Quote, ...]], cast: Cast) -> dict[int, str]:
    """Each paragraph's speaker is whoever is named nearest to its words, outside them; else whoever was last."""
    speakers: dict[int, str] = {}
    last: str | None = None
    for at, text in enumerate(texts):
        named = [m for m in cast.mentions(text) if not any(q.start <= m.start < q.end for q in spoken[at])]
        if spoken[at]:
            quote = spoken[at][0]
            near = min(named, key=lambda m: min(abs(m.start - quote.end), abs(m.end - quote.start)), default=None)
            who = cast.people[near.person].name if near else last
            if who is not None:
                speakers[at] = who
        if named:
            last = cast.people[named[-1].person].name
    return speakers


def taking_turns(texts: Sequence[str], spoken: Sequence[tuple[Quote, ...]], cast: Cast) -> dict[int, str]:
    """Two people talk: whoever is named beside the words, else whoever spoke before the last speaker."""
    speakers: dict[int, str] = {}
    recent: list[str] = []
    for at, text in enumerate(texts):
        named = [m for m in cast.mentions(text) if not any(q.start <= m.start < q.end for q in spoken[at])]
        names = [cast.people[m.person].name for m in named]
        if not spoken[at]:
            recent = [*recent, *names][-2:]
            continue
        who = names[0] if names else recent[0] if recent else None
        if who is not None:
            speakers[at] = who
            recent = [*(one for one in recent if one != who), who][-2:]
    return speakers
