"""ODT: the text of an OpenDocument file, packed or flat, and what it says of itself."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from remnant.model import Finding, Original
from remnant.understand.draft import Draft, Element, Fact, Line
from remnant.understand.findings import finding
from remnant.understand.formats.box import Box, Faults
from remnant.understand.formats.odt_styles import read_styles
from remnant.understand.formats.odt_text import Text
from remnant.understand.formats.package import nodes
from remnant.understand.formats.source import Source, decoding_findings
from remnant.understand.formats.walk import unshown
from remnant.unpack.decode import Decoded

FORMAT = "application/vnd.oasis.opendocument.text"
FLAT = "application/vnd.oasis.opendocument.text-flat-xml"

_FAULTS = Faults(member="D001", listing="D002")
_CONTENT, _STYLES, _META, _MANIFEST = "content.xml", "styles.xml", "meta.xml", "META-INF/manifest.xml"
_SIGN = f"mimetype{FORMAT}".encode()
_CALLED = {
    "initial-creator": "creator",
    "creator": "lastmodifiedby",
    "creation-date": "created",
    "date": "modified",
    "keyword": "keywords",
}
"""What this format calls the properties that others call otherwise; here a creator is who wrote last."""
_STATED = frozenset({"title", "description", "subject", "language", "generator", *_CALLED})


def is_odt(data: bytes, names: Collection[str]) -> bool:
    """Whether a zip is an OpenDocument text: it says so at its top, or in the list of what it holds."""
    if _SIGN in data[30 : 30 + len(_SIGN) + 64]:
        return True
    return {_CONTENT, _MANIFEST} <= set(names) and b"opendocument" not in data[30:120] and _STYLES in names


def draft(original: Original, data: bytes) -> Draft:
    """Read a document, or as much of it as its bytes still hold."""
    box = Box.opened(original, data, _FAULTS)
    manifest = box.text(_MANIFEST)
    locked = manifest is not None and _is_locked(manifest)
    content = None if locked else box.text(_CONTENT)
    if content is None:
        box.findings.append(finding("D008" if locked else "D003"))
    styles = None if locked else box.text(_STYLES)
    known = read_styles(*(source for source in (styles, content) if source is not None))
    texts: dict[str, Text] = {}
    for source, inside in ((content, ()), (styles, (Element("header"),))):
        if source is not None:
            texts[source.path] = Text(source, len(texts), known, inside)
    lines = [line for path, text in texts.items() for line in text.read(box.bom(path))]
    meta = None if locked else box.text(_META)
    rest = [path for path in box.texts if path not in texts]
    return Draft(
        FORMAT,
        box.parts((*texts, *rest)),
        tuple(lines),
        tuple(_facts(meta)) if meta is not None else (),
        (*(skip for text in texts.values() for skip in text.skips()), *box.passed_over(rest)),
        (*box.findings, *_findings(texts.values())),
    )


def flat(original: Original, decoded: Decoded) -> Draft:
    """Read a document that is one XML file."""
    source = Source.of(original.digest, "", decoded)
    text = Text(source, 0, read_styles(source))
    lines: tuple[Line, ...] = text.read(decoded.bom)
    findings = (*decoding_findings(source, decoded), *_findings([text]))
    return Draft(FLAT, (source.part,), lines, tuple(_facts(source)), text.skips(), findings)


def _is_locked(manifest: Source) -> bool:
    return any(node.local == "encryption-data" for node in nodes(manifest))


def _findings(texts: Collection[Text]) -> Iterator[Finding]:
    for text in texts:
        yield from text.findings()
    yield from unshown("D004", ((text.source, text.remarks) for text in texts))
    yield from unshown("D005", ((text.source, text.changed) for text in texts))
    yield from unshown("D006", ((text.source, text.hidden) for text in texts))


def _facts(source: Source) -> Iterator[Fact]:
    """What a document's properties say, by the names that DOCX has for them."""
    for node in nodes(source, until="body"):
        if node.text and node.local in _STATED and node.inside is not None and node.inside.local == "meta":
            name = _CALLED.get(node.local, node.local)
            yield Fact(f"core:{name}", node.text, source.region(node.start, node.end))
