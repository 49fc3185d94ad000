"""A story posted in several mails that stand in several files: the file of its first part, and the others beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

from remnant.model import Original, Part
from remnant.understand.draft import Draft, Leaf, Volume
from remnant.understand.formats.enclosures import moved

Files = Mapping[str, tuple[Original, bytes]]
Open = Callable[[Original, bytes], Volume | None]


def volume(first: Volume, beside: Files, opened: Open) -> Volume:
    """The leaves of the first part's file, then those of the others, each under its own path."""
    leaves = list(first.leaves)
    for path in sorted(beside):
        found = opened(*beside[path])
        others = found.leaves if found else ()
        leaves += [Leaf(f"{path}/{leaf.key}", partial(_moved, leaf, path)) for leaf in others]
    return replace(first, leaves=tuple(leaves))


def _moved(leaf: Leaf, path: str) -> Draft:
    draft = moved(leaf.made(), path)
    return replace(draft, parts=(*draft.parts, Part(path, "binary", "")))
