"""WARC: every captured page a leaf; what is no text, and what servers refused, is counted."""

from __future__ import annotations

from collections import Counter
from functools import partial

from remnant.model import Finding, Original, SkipClass
from remnant.understand.draft import Draft, Fact, Leaf, Volume
from remnant.understand.findings import finding
from remnant.understand.formats import html, sniff, txt
from remnant.understand.formats.source import Source, decoding_findings
from remnant.unpack import warc
from remnant.unpack.decode import Decoded, decode

FORMAT = "application/warc"

_TEXTS = frozenset({"text/html", "application/xhtml+xml", "text/plain"})
LONGEST_KEY = 1000


def may_be(data: bytes) -> bool:
    """Whether it begins like a web archive, compressed or not."""
    return data.startswith((b"WARC/", b"\x1f\x8b\x08")) and warc.begins_like_one(data)


def volume(original: Original, data: bytes) -> Volume:
    """The pages in the order in which they were captured; the same page again, byte for byte, is passed over."""
    plain, sound = warc.whole(data)
    leaves: list[Leaf] = []
    counts: Counter[str] = Counter()
    seen: set[tuple[str, bytes]] = set()
    keys: set[str] = set()
    for number, record in enumerate(warc.records(plain), 1):
        held = warc.payload(record) if record is not None else None
        if record is None or number > warc.MAX_RECORDS:
            counts["cut" if record is None else "many"] += 1
        elif held is None:
            continue
        elif held.status != 200:
            counts["refused"] += 1
        elif held.media_type not in _TEXTS or not held.body.strip():
            counts["others"] += 1
        elif (record.address, held.body) in seen:
            counts["again"] += 1
        else:
            seen.add((record.address, held.body))
            key = _key(record.address, number, keys)
            leaves.append(Leaf(key, partial(_page, original, number, record.address, held)))
    return Volume(tuple(leaves), Draft(FORMAT, (), (), (), (), tuple(_findings(counts, sound=sound))))


def _key(address: str, number: int, keys: set[str]) -> str:
    """The page's address; of a page captured more than once, with the number of the record."""
    key = address[:LONGEST_KEY] or str(number)
    key = f"{key} ({number})" if key in keys else key
    keys.add(key)
    return key


def _findings(counts: Counter[str], *, sound: bool) -> list[Finding]:
    found: list[Finding] = []
    if counts["others"]:
        found.append(finding("W001", count=counts["others"]))
    if counts["refused"]:
        found.append(finding("W002", count=counts["refused"]))
    if counts["again"]:
        found.append(finding("W003", count=counts["again"]))
    if counts["cut"] or counts["many"] or not sound:
        found.append(finding("W004"))
    return found


def _page(original: Original, number: int, address: str, held: warc.Payload) -> Draft:
    """A captured page, with its address as a part of its own."""
    decoded = decode(held.body, held.charset or html.declared_charset(held.body))
    source = Source.of(original.digest, f"{number}", decoded)
    place = Source.of(original.digest, f"{number}/WARC-Target-URI", Decoded(address, "utf-8"))
    if held.media_type != "text/plain" or sniff.is_html(decoded.text):
        xml = sniff.is_xhtml(decoded.text)
        read: html.Page | txt.Text = html.read(source, decoded.bom, xml=xml)
        form = html.XHTML if xml else html.FORMAT
        facts = read.facts if isinstance(read, html.Page) else ()
    else:
        read, form, facts = txt.read(source, decoded.bom), txt.FORMAT, ()
    told = (Fact("warc:target-uri", address, place.region(0, len(address))),) if address else ()
    return Draft(
        form,
        (source.part, place.part),
        read.lines,
        (*facts, *told),
        (*read.skips, *place.passed_over(SkipClass.HEAD)),
        (*decoding_findings(source, decoded), *read.findings),
    )
