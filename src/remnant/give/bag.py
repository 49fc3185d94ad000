"""A BagIt bag (RFC 8493) to hand originals over in, and its events in PREMIS 3: what its files say, to the byte."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from xml.sax.saxutils import escape

from remnant.give.clean import fit
from remnant.wire.canonical import time_to_json

DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
AGENT = "Remnant"
_PREMIS = "http://www.loc.gov/premis/v3"


@dataclass(frozen=True, slots=True)
class Payload:
    """A file of the bag by its path in it, and its SHA-512 in hex."""

    path: str
    sha512: str
    size: int


@dataclass(frozen=True, slots=True)
class Held:
    """An original in the bag: its identifier, and the name it came with, as it may be shown."""

    identifier: str
    name: str
    payload: Payload


@dataclass(frozen=True, slots=True)
class Happened:
    """An event in an original's life; `identifier` names the line of the ledger that tells of it."""

    identifier: str
    kind: str
    at: datetime
    about: str
    original: str


def manifest(files: Iterable[Payload]) -> bytes:
    """A manifest, sorted by path, in the form that `sha512sum -c` reads."""
    return "".join(f"{one.sha512}  {_path(one.path)}\n" for one in sorted(files, key=_by_path)).encode()


def info(files: Sequence[Payload], at: datetime, about: str) -> bytes:
    """`bag-info.txt`: when, how much, and by what."""
    oxum = f"{sum(one.size for one in files)}.{len(files)}"
    lines = {
        "Bag-Software-Agent": AGENT,
        "Bagging-Date": f"{at:%Y-%m-%d}",
        "External-Description": about,
        "Payload-Oxum": oxum,
    }
    return "".join(f"{name}: {value}\n" for name, value in lines.items()).encode()


def premis(held: Iterable[Held], events: Iterable[Happened]) -> bytes:
    """The originals as objects, what happened to them as events, and the agent that wrote it down."""
    told = [*map(_object, held), *map(_event, events), _AGENT]
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<premis xmlns="{_PREMIS}" version="3.0"'
    space = ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\n'
    return f"{head}{space}{''.join(told)}</premis>\n".encode()


def _object(one: Held) -> str:
    return f"""\
<object xsi:type="file">
<objectIdentifier>{_identifier("object", one.identifier)}</objectIdentifier>
<objectCharacteristics>
<fixity><messageDigestAlgorithm>SHA-512</messageDigestAlgorithm><messageDigest>{one.payload.sha512}</messageDigest></fixity>
<size>{one.payload.size}</size>
<format><formatDesignation><formatName>unknown</formatName></formatDesignation></format>
</objectCharacteristics>
<originalName>{_text(one.name)}</originalName>
<storage><contentLocation><contentLocationType>bag</contentLocationType>\
<contentLocationValue>{_text(one.payload.path)}</contentLocationValue></contentLocation></storage>
</object>
"""


def _event(one: Happened) -> str:
    return f"""\
<event>
<eventIdentifier>{_identifier("event", one.identifier)}</eventIdentifier>
<eventType>{_text(one.kind)}</eventType>
<eventDateTime>{time_to_json(one.at)}</eventDateTime>
<eventDetailInformation><eventDetail>{_text(one.about)}</eventDetail></eventDetailInformation>
<linkingAgentIdentifier>{_identifier("linkingAgent", AGENT)}</linkingAgentIdentifier>
<linkingObjectIdentifier>{_identifier("linkingObject", one.original)}</linkingObjectIdentifier>
</event>
"""


def _identifier(what: str, value: str) -> str:
    kind = f"{what}IdentifierType"
    return f"<{kind}>local</{kind}><{what}IdentifierValue>{_text(value)}</{what}IdentifierValue>"


def _by_path(one: Payload) -> str:
    return one.path


def _path(path: str) -> str:
    """RFC 8493 writes these three in percents; our own paths hold none of them but the first."""
    return path.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _text(text: str) -> str:
    return escape(fit(text))


_AGENT = f"""\
<agent>
<agentIdentifier>{_identifier("agent", AGENT)}</agentIdentifier>
<agentName>{AGENT}</agentName>
<agentType>software</agentType>
</agent>
"""
