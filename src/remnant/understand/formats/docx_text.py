"""The text of a Word document: what fields, links, notes, drawings and tracked changes put into its paragraphs."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from remnant.model import Mark, SkipClass
from remnant.understand.draft import Element
from remnant.understand.formats.docx_fields import MAX_FIELDS, Field, Notes
from remnant.understand.formats.docx_paragraphs import Paragraphs
from remnant.understand.formats.docx_styles import Styles
from remnant.understand.formats.source import Source
from remnant.understand.formats.surroundings import safe_link
from remnant.understand.formats.walk import local
from remnant.unpack.markup import Attribute, Token

_SYMBOLS = {"f04a": "☺", "f04b": "😐", "f04c": "☹", "f0e0": "→", "f0df": "←", "f0e8": "➔", "f0f3": "⇔", "f0a7": "▪"}
"""Signs of Word's own fonts for which it changes what people type, by their place in the font."""


class Text(Paragraphs):
    """One part of the document. `targets` are the links by the ids that the part has for them."""

    def __init__(
        self,
        source: Source,
        page: int,
        styles: Styles,
        targets: Mapping[str, str],
        notes: Notes,
        inside: tuple[Element, ...] = (),
    ) -> None:
        super().__init__(source, page, styles, inside)
        self.targets, self.notes = targets, notes
        self.changed: list[Token] = []
        self.hidden: list[Token] = []
        self.unknown: list[Token] = []
        self._note: str | None = None
        self._drawn = False

    def started(self, name: str, token: Token) -> bool:
        starts = _STARTS.get(name)
        if starts is not None:
            return starts(self, token)
        parent = self.open[-1] if self.open else ""
        if parent == "rpr" and self._runs and self.open[-2:-1] == ["r"]:
            self._property(name, token)
        return False

    def ended(self, name: str) -> None:
        if name == "p" and self._paragraphs:
            self._end_paragraph(self._paragraphs.pop())
        elif name == "r" and self._runs:
            self._runs.pop()
        elif name == "tc" and self.cell is not None:
            self.end_cell()
        elif name in {"hyperlink", "fldsimple"} and self._links:
            self._links.pop()
        elif name in {"footnote", "endnote"}:
            self._note = None

    def said(self, token: Token) -> None:
        parent = self.open[-1] if self.open else ""
        if self._deleted or parent == "deltext":
            self.changed.append(token)
            self.hide(token)
        elif parent == "t" and not self.within("fallback"):
            self._say(token)
        elif parent == "instrtext" and self._fields and not self._fields[-1].shown:
            self._fields[-1].instruction.append(token.value or self.source.text[token.start : token.end])
            self.hide(token, SkipClass.PACKAGE)
        else:
            self.hide(token, SkipClass.PACKAGE)

    def _say(self, token: Token) -> None:
        if self._runs and self._runs[-1].hidden:
            self.hidden.append(token)
            self.hide(token)
            return
        if not self.is_space(token):
            self._speak()
        self.lines.show(token, self._place())

    def start_link(self, token: Token) -> bool:
        found = self.attributes(token)
        target = self.targets.get(_said(found, "id") or "")
        anchor = _said(found, "anchor")
        self._links.append(safe_link(target or "") if target else f"#{anchor}" if anchor else None)
        return False

    def start_simple_field(self, token: Token) -> bool:
        simple = Field([self.attribute(token, "instr") or ""])
        simple.show()
        self._links.append(simple.link)
        return False

    def field_mark(self, token: Token) -> bool:
        kind = self.attribute(token, "fldchartype")
        if kind == "begin" and len(self._fields) < MAX_FIELDS:
            self._fields.append(Field())
        elif kind == "separate" and self._fields:
            self._fields[-1].show()
        elif kind == "end" and self._fields:
            self._fields.pop()
        return False

    def bookmark(self, token: Token) -> bool:
        name = self.attribute(token, "name")
        if name and name != "_GoBack":
            self.lines.anchor(token.start, name)
        return False

    def line_break(self, token: Token) -> bool:
        if self._unseen or not self._runs:
            return False
        if token.name.endswith("br") and self.attribute(token, "type") in {"page", "column"}:
            self.lines.blank_line()
            return False
        return self.mean(token, self._place(), "\n")

    def character(self, token: Token) -> bool:
        """A tag in a run that stands for a character."""
        if self._unseen or self.open[-1:] != ["r"]:
            return False
        name = local(token.name)
        if name == "sym":
            found = self.attributes(token)
            meaning = _SYMBOLS.get((_said(found, "char") or "").lower(), "\ufffd")
            self.unknown.extend([token] if meaning == "\ufffd" else [])
        else:
            meaning = _CHARACTERS[name]
        if not meaning.isspace():
            self._speak()
        return self.mean(token, self._place(), meaning)

    def cite(self, token: Token) -> bool:
        """The sign of a note in the text: its number, which the program counts."""
        found = self.attributes(token)
        if self._unseen or _said(found, "custommarkfollows") in {"1", "true", "on"}:
            return False
        name = f"{local(token.name).removesuffix('reference')}-{_said(found, 'id') or ''}"
        number = str(self.notes.number(name))
        self._speak()
        return self.mean(token, self._place(Mark.SUPERSCRIPT, href=f"#{name}"), number)

    def start_note(self, token: Token) -> bool:
        found = self.attributes(token)
        name = f"{local(token.name)}-{_said(found, 'id') or ''}"
        if _said(found, "type") is None or _said(found, "type") == "normal":
            self._note = name
            self.lines.anchor(token.start, name)
        return False

    def note_mark(self, token: Token) -> bool:
        """The number before the text of a note."""
        if self._note is None or self._unseen:
            return False
        return self.mean(token, self._place(Mark.SUPERSCRIPT), str(self.notes.number(self._note)))

    def start_drawing(self, token: Token) -> bool:
        self._drawn = False
        return False

    def drawing(self, token: Token) -> bool:
        """A picture. What shows in words what it is stands before it."""
        found = self.attributes(token)
        words = found.get("descr") if token.name.endswith("docpr") else found.get("title")
        is_picture = not token.name.endswith("docpr") or (words is not None and bool(words.value.strip()))
        if self._unseen or self._drawn or not is_picture:
            return False
        self._drawn = True
        self._speak()
        return self.picture(token, self._place(), words)

    def rectangle(self, token: Token) -> bool:
        """A line across the page, which Word draws as a rectangle."""
        if self._unseen or self.attribute(token, "hr") not in {"t", "true", "1"}:
            return False
        self._speak()
        self.lines.add_rule(token.start, token.end, self._place())
        return True


def _said(found: Mapping[str, Attribute], name: str) -> str | None:
    return found[name].value.strip() if name in found else None


_CHARACTERS = {"tab": "\t", "ptab": "\t", "nobreakhyphen": "\u2011"}
_STARTS: dict[str, Callable[[Text, Token], bool]] = {
    "p": Text.start_paragraph,
    "r": Text.start_run,
    "tc": Text.start_cell,
    **dict.fromkeys(("pstyle", "jc", "outlinelvl", "numpr", "pagebreakbefore"), Text.paragraph_property),
    **dict.fromkeys(("ilvl", "numid"), Text.list_property),
    **dict.fromkeys(("top", "bottom"), Text.border),
    "hyperlink": Text.start_link,
    "fldsimple": Text.start_simple_field,
    "fldchar": Text.field_mark,
    "bookmarkstart": Text.bookmark,
    **dict.fromkeys(("br", "cr"), Text.line_break),
    **dict.fromkeys((*_CHARACTERS, "sym"), Text.character),
    **dict.fromkeys(("footnotereference", "endnotereference"), Text.cite),
    **dict.fromkeys(("footnote", "endnote"), Text.start_note),
    **dict.fromkeys(("footnoteref", "endnoteref"), Text.note_mark),
    "drawing": Text.start_drawing,
    **dict.fromkeys(("docpr", "blip", "imagedata"), Text.drawing),
    "rect": Text.rectangle,
}
