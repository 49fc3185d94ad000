"""DOCX: the text of a Word document with its notes, what stands over and under its pages, and its core properties."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from remnant.model import Finding, Original
from remnant.understand.draft import Draft, Element, Fact, Line
from remnant.understand.findings import finding
from remnant.understand.formats.box import Box, Faults
from remnant.understand.formats.docx_fields import Notes
from remnant.understand.formats.docx_styles import Styles, read_styles
from remnant.understand.formats.docx_text import Text
from remnant.understand.formats.package import Node, nodes, resolved
from remnant.understand.formats.source import Source
from remnant.understand.formats.walk import unshown

FORMAT = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MAIN = "word/document.xml"

_FAULTS = Faults(member="D001", listing="D002")
_CORE = "docProps/core.xml"
_NO_STYLES = Styles({})
_PLACES = {
    "footnotes": (Element("style:footnote"),),
    "endnotes": (Element("style:footnote"),),
    "header": (Element("header"),),
    "footer": (Element("footer"),),
}
"""Parts beside the text, in the order in which they are read, and where they stand."""


@dataclass(frozen=True, slots=True)
class _Target:
    """What a part links to: the kind of link, and the member or the address."""

    kind: str
    to: str
    outside: bool


@dataclass(slots=True)
class _Document:
    """What is read of a document so far."""

    box: Box
    styles: Styles = _NO_STYLES
    notes: Notes = field(default_factory=Notes)
    read: dict[str, Text] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)

    def take(self, path: str, inside: tuple[Element, ...] = ()) -> None:
        """Read one part as text, once."""
        source = self.box.text(path) if path not in self.read else None
        if source is None:
            return
        links = {name: found.to for name, found in _targets(self.box, path).items() if found.outside}
        text = Text(source, len(self.read), self.styles, links, self.notes, inside)
        self.read[path] = text
        self.lines.extend(text.read(self.box.bom(path)))


def is_docx(names: Iterable[str]) -> bool:
    """Whether a zip is a Word document, by what only that holds."""
    return any(name.startswith("word/document") and name.endswith(".xml") for name in names)


def draft(original: Original, data: bytes) -> Draft:
    """Read a document, or as much of it as its bytes still hold."""
    box = Box.opened(original, data, _FAULTS)
    main = _main(box)
    targets = list(_targets(box, main).values())
    document = _Document(box)
    styles = next((box.text(found.to) for found in targets if found.kind == "styles"), None)
    document.styles = read_styles(styles) if styles is not None else _NO_STYLES
    document.take(main)
    if main not in document.read:
        box.findings.append(finding("D003"))
    for kind, inside in _PLACES.items():
        for found in targets:
            if found.kind == kind:
                document.take(found.to, inside)
    comments = [source for found in targets if found.kind == "comments" and (source := box.text(found.to))]
    return _bound(document, comments)


def _main(box: Box) -> str:
    """The member that holds the text: the one the package names, else the one it is usually in."""
    named = (found.to for found in _targets(box, "").values() if found.kind == "officeDocument")
    found = sorted(path for path in box.members if is_docx([path]))
    return next((path for path in (*named, MAIN, *found) if path in box.members), MAIN)


def _targets(box: Box, path: str) -> Mapping[str, _Target]:
    """What a part, or the package itself, links to, by the ids that it has for it."""
    folder, _, name = path.rpartition("/")
    source = box.text(f"{folder}/_rels/{name}.rels".lstrip("/"))
    return dict(_links(path, nodes(source))) if source else {}


def _links(path: str, found: Iterable[Node]) -> Iterator[tuple[str, _Target]]:
    for node in found:
        target = node.get("target")
        if node.local == "relationship" and target:
            outside = node.get("targetmode") == "External"
            kind = (node.get("type") or "").rpartition("/")[2]
            yield node.get("id") or "", _Target(kind, target if outside else resolved(path, target)[0], outside)


def _bound(document: _Document, comments: list[Source]) -> Draft:
    box = document.box
    core = box.text(_CORE)
    facts = tuple(core_facts(core)) if core else ()
    rest = [path for path in box.texts if path not in document.read]
    skips = [skip for text in document.read.values() for skip in text.skips()]
    findings = [*box.findings, *(found for text in document.read.values() for found in text.findings())]
    return Draft(
        FORMAT,
        box.parts((*document.read, *rest)),
        tuple(document.lines),
        facts,
        (*skips, *box.passed_over(rest)),
        (*findings, *_unsaid(document, comments)),
    )


def _unsaid(document: _Document, comments: list[Source]) -> Iterator[Finding]:
    """What stands in the document and is not shown: comments, what was struck out, hidden text, unknown signs."""
    texts = document.read.values()
    said = [(source, node) for source in comments for node in nodes(source) if node.local == "comment"]
    if said:
        yield finding("D004", *(source.region(0, len(source.text)) for source in comments), count=len(said))
    yield from unshown("D005", ((text.source, text.changed) for text in texts))
    yield from unshown("D006", ((text.source, text.hidden) for text in texts))
    yield from unshown("D007", ((text.source, text.unknown) for text in texts))


def core_facts(source: Source) -> Iterator[Fact]:
    """What a document's properties say: `core:title`, `core:creator`, `core:created` ..."""
    for node in nodes(source):
        if node.text and node.inside is not None and node.local != "coreproperties":
            yield Fact(f"core:{node.local}", node.text, source.region(node.start, node.end))
