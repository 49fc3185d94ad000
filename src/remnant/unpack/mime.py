"""Mails as bytes: their entities within entities, within limits, and what their transfer encodings hide.

Everything is total: what is no mail is one entity with an empty head, and what cannot be decoded stays as it is.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import unquote_to_bytes

MAX_DEPTH = 12
"""Entities inside one another; what lies deeper stays in the body of the last one that was opened."""
MAX_ENTITIES = 2_000
MAX_HEAD = 256 * 1024

_HEAD_END = re.compile(rb"\r?\n\r?\n|\A\r?\n")
_FIELD = re.compile(r"^([!-9;-~]{1,76}):[ \t]*+([^\r\n]*+(?:\r?\n[ \t][^\r\n]*+)*+)", re.MULTILINE)
_TYPED = re.compile(r"^[ \t]*+([!-9;-~]{1,76}):[ \t]*+([^\r\n]*+)", re.MULTILINE)
_PARAMETER = re.compile(r""";\s*+([\w!#$&^.+*'-]++)\s*+=\s*+(?:"((?:[^"\\]|\\.)*+)"|([^\s;"]*+))""")
_BLANKS = re.compile(r"\s+")
_ESCAPED = re.compile(r"\\(.)")
_PIECE = re.compile(r"(?P<name>[^*]+)(?:\*(?P<order>\d{1,3}))?(?P<coded>\*)?")
_NOT_BASE64 = bytes(set(range(256)) - set(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"))
_STUFFED = re.compile(rb"^>(?=>*From )", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Field:
    """One header field: its lower-case name, and where its value stands in the head's text, folded lines included."""

    name: str
    start: int
    end: int
    raw: str

    @property
    def value(self) -> str:
        """The value with its folds undone."""
        return _BLANKS.sub(" ", self.raw).strip()


@dataclass(frozen=True, slots=True)
class Entity:
    """A mail, or a part of one. `section` is its number as IMAP counts: the second part of the first is "1.2"."""

    section: str
    head: bytes
    body: bytes
    media_type: str = "text/plain"
    parameters: Mapping[str, str] = field(default_factory=dict)
    attached: bool = False
    filename: str | None = None
    transfer: str = "7bit"
    children: tuple[Entity, ...] = ()
    cut: bool = False
    """Whether its last boundary is missing: the end of the mail is gone."""
    before: bytes = b""
    after: bytes = b""
    """What stands around the boundaries of its children: programs hide it, and lists have set their words there."""

    def content(self) -> bytes:
        """The body with its transfer encoding undone."""
        return transferred(self.body, self.transfer)

    def walk(self) -> Iterator[Entity]:
        """This entity and all in it, but not what is inside mails of their own."""
        yield self
        for child in self.children if self.media_type != "message/rfc822" else ():
            yield from child.walk()


def fields_of(head: str) -> list[Field]:
    """The header fields of a head's text, in order; lines that are none are passed over."""
    return [Field(m[1].lower(), *m.span(2), m[2]) for m in _FIELD.finditer(head[:MAX_HEAD])]


def typed_fields_of(head: str) -> list[Field]:
    """The same of a head typed into a digest, where lines are indented and none is folded."""
    return [Field(m[1].lower(), *m.span(2), m[2]) for m in _TYPED.finditer(head[:MAX_HEAD])]


def entity(data: bytes) -> Entity:
    """The mail that these bytes are, with all that is inside it."""
    return _Parser().opened(data, "", 0, "text/plain")


def parted(data: bytes) -> tuple[bytes, bytes]:
    """Head and body; the empty line between them goes with the head."""
    found = _HEAD_END.search(data, 0, MAX_HEAD)
    at = found.end() if found else len(data)
    return data[:at], data[at:]


def unstuffed(body: bytes) -> bytes:
    """Without the marks that an mbox sets before lines beginning with "From "."""
    return _STUFFED.sub(b"", body) if b">From " in body else body


def transferred(body: bytes, encoding: str) -> bytes:
    """What a transfer encoding says; an unknown one says what stands there."""
    if encoding == "quoted-printable":
        return binascii.a2b_qp(body)
    return _base64(body) if encoding == "base64" else body


def _base64(body: bytes) -> bytes:
    """Padding inside (several encoded pieces, one after the other) parts what is decoded by itself."""
    pieces = re.split(rb"=[=\s]*", body) if b"=" in body else [body]
    return b"".join(map(_unpadded, pieces))


def _unpadded(piece: bytes) -> bytes:
    letters = piece.translate(None, _NOT_BASE64)
    if len(letters) % 4 == 1:
        letters = letters[:-1]
    return binascii.a2b_base64(letters + b"=" * (-len(letters) % 4))


@dataclass(slots=True)
class _Parser:
    """Counts entities, so that a mail of nothing but boundaries ends."""

    left: int = MAX_ENTITIES

    def opened(self, data: bytes, section: str, depth: int, usual: str) -> Entity:
        head, body = parted(data)
        told = {one.name: one.value for one in reversed(fields_of(head.decode("latin-1")))}
        media_type, parameters = _typed(told.get("content-type", usual))
        disposition, more = _typed(told.get("content-disposition", ""))
        made = Entity(
            section=section,
            head=head,
            body=body,
            media_type=media_type or usual,
            parameters=parameters,
            attached=disposition == "attachment",
            filename=more.get("filename") or parameters.get("name"),
            transfer=told.get("content-transfer-encoding", "7bit").lower().split(";")[0].strip(),
        )
        self.left -= 1
        return self._with_children(made, depth)

    def _with_children(self, made: Entity, depth: int) -> Entity:
        if depth >= MAX_DEPTH or self.left <= 0:
            return made
        if made.media_type == "message/rfc822":
            return replace(made, children=(self.opened(made.content(), made.section, depth + 1, "text/plain"),))
        if not made.media_type.startswith("multipart/") or not made.parameters.get("boundary"):
            return made
        usual = "message/rfc822" if made.media_type == "multipart/digest" else "text/plain"
        found = _bounded(made.body, made.parameters["boundary"], self.left)
        stem = f"{made.section}." if made.section else ""
        children = tuple(
            self.opened(piece, f"{stem}{number}", depth + 1, usual) for number, piece in enumerate(found.pieces, 1)
        )
        if not children:
            return made
        return replace(made, children=children, cut=not found.whole, before=found.before, after=found.after)


@dataclass(slots=True)
class _Bounded:
    """What stands between boundaries and around them, and whether the last one is there."""

    pieces: list[bytes] = field(default_factory=list)
    before: bytes = b""
    after: bytes = b""
    whole: bool = False


def _bounded(body: bytes, boundary: str, most: int) -> _Bounded:
    """Cut a body at its boundaries."""
    line = re.compile(
        rb"(?:\A|\r?\n)--" + re.escape(boundary.encode("latin-1", "replace")) + rb"(--)?+[ \t]*+(?=\r?\n|\Z)"
    )
    found = _Bounded()
    start: int | None = None
    for mark in line.finditer(body):
        if start is None:
            found.before = body[: mark.start()]
        else:
            found.pieces.append(_without_first_line_end(body[start : mark.start()]))
        if mark[1]:
            found.after, found.whole = body[mark.end() :], True
            return found
        if len(found.pieces) >= most:
            return found
        start = mark.end()
    if start is not None:
        found.pieces.append(_without_first_line_end(body[start:]))
    return found


def _without_first_line_end(piece: bytes) -> bytes:
    return piece[2:] if piece.startswith(b"\r\n") else piece[1:] if piece.startswith(b"\n") else piece


def _typed(value: str) -> tuple[str, dict[str, str]]:
    """A media type or a disposition, lower-case, and its parameters."""
    name = value.partition(";")[0].strip().lower()
    pieces: dict[str, list[tuple[int, bool, str]]] = {}
    for found in _PARAMETER.finditer(value[:8192]):
        said = _ESCAPED.sub(r"\1", found[2]) if found[2] is not None else found[3]
        match = _PIECE.fullmatch(found[1].lower())
        if match:
            pieces.setdefault(match["name"], []).append((int(match["order"] or 0), bool(match["coded"]), said))
    return name, {key: _put_together(parts) for key, parts in pieces.items()}


def _put_together(parts: list[tuple[int, bool, str]]) -> str:
    """RFC 2231: a value in numbered pieces, or with its charset in front."""
    said = "".join(value for _, _, value in sorted(parts))
    if not any(coded for _, coded, _ in parts):
        return said
    charset, _, rest = said.partition("'")
    data = unquote_to_bytes(rest.partition("'")[2] or said)
    try:
        return data.decode(charset or "utf-8", "replace")
    except (LookupError, ValueError):
        return data.decode("utf-8", "replace")
