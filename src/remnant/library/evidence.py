"""What speaks for two works being one story, in a plain sentence."""

from __future__ import annotations

from remnant.model import Alike, Kinship


def evidence(alike: Alike) -> str:
    """How the second of two compares with the first, as `alike` says it."""
    return f"{_head(alike)}; {_chapters(alike)}." if _chapters(alike) else f"{_head(alike)}."


def _head(alike: Alike) -> str:
    ours, theirs = (_share(share) for share in alike.shares)
    match alike.kinship:
        case Kinship.SAME_WORDS:
            return "Every word of the story is the same"
        case Kinship.MORE_CHAPTERS if alike.exact:
            return f"{_which(alike)} goes on; every word of the shorter stands in it unchanged"
        case Kinship.MORE_CHAPTERS:
            return f"{_which(alike)} goes on; about {max(alike.shares):.0%} of the shorter stands in it"
        case Kinship.EDITED if alike.exact:
            return f"{_which(alike)} says every word of the other, and a little more"
        case Kinship.EDITED:
            return f"About {ours} of the first stands in this one, about {theirs} of this one in the first"
        case Kinship.IN_COMMON if alike.exact:
            return f"{_which(alike)} holds the whole of the other, among much else"
        case Kinship.IN_COMMON:
            return f"They have about {alike.stretch:,} words in one run in common, and little else"
    return "They have nothing in common that tells"


def _which(alike: Alike) -> str:
    return "This one" if alike.longer == 1 else "The first"


def _chapters(alike: Alike) -> str:
    if alike.kinship in (Kinship.SAME_WORDS, Kinship.IN_COMMON) or alike.unchanged + alike.changed + alike.new < 2:
        return ""
    told = [(alike.unchanged, "unchanged"), (alike.changed, "changed"), (alike.new, "new")]
    return "chapters: " + ", ".join(f"{many} {what}" for many, what in told if many)


def _share(share: float) -> str:
    return f"{share:.0%}"
