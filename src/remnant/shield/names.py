"""Names of files, which people also fill with addresses: `from jess@inn.example.txt`; and sentences about files."""

from __future__ import annotations

import re
from dataclasses import replace

from remnant.model import VEILED, Arrival
from remnant.shield.addresses import addresses
from remnant.shield.veil import replaced

# Without its suffix "7 @ home.html" is no address; of any other end nobody can tell whether it is a host's.
_SUFFIX = re.compile(
    r"\.(?:txt|text|x?html?|epub|zip|pdf|docx?|odt|rtf|mobi|azw3?|fb2|lit|prc|mht(?:ml)?|eml|mbox|sql|json|xml|warc"
    r"|gz|tar|7z|rar|png|jpe?g|gif)\Z",
    re.IGNORECASE,
)


def veiled_name(name: str) -> str:
    """The name with every address in it veiled; all its other characters stay, its suffix too."""
    suffix = _SUFFIX.search(name)
    stem = name[: suffix.start()] if suffix else name
    return replaced(stem, addresses(stem)) + name[len(stem) :]


def veiled_words(sentence: str) -> str:
    """A sentence of ours about a file, with every address in it veiled: it may quote a name out of the file."""
    return replaced(sentence, addresses(sentence))


def veiled_arrival(arrival: Arrival, *, withheld: bool = False) -> Arrival:
    """The arrival as it may be shown: its name, those of its containers, and from whom it came.

    Where an author's name is `withheld` no name of a file is told, but for its suffix: people write half a pen name, or
    one that no page mentions, into the names of files.
    """
    shown = _unnamed if withheld else veiled_name
    whom = None if arrival.from_whom is None else shown(arrival.from_whom)
    return replace(arrival, name=shown(arrival.name), inside=tuple(map(shown, arrival.inside)), from_whom=whom)


def _unnamed(name: str) -> str:
    suffix = _SUFFIX.search(name)
    return VEILED + (suffix[0] if suffix else "")
