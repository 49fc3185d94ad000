"""Every finding there is: its code, how grave it is, and the one sentence it says.

A code is never reused and never changes its severity. `T` is text and decoding, `H` HTML, `E` EPUB, `B` other
books, `C` calibre libraries, `D` documents of office programs, `P` PDF, `M` mail, `Q` databases, `S` sites of saved
pages, `W` web archives, `F` the format of a file, `R` the rules.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from remnant.model import Finding, Region, Severity


class Known(NamedTuple):
    """What a code stands for; `sentence` may hold `{names}` that `finding` fills in."""

    severity: Severity
    sentence: str


FINDINGS: Mapping[str, Known] = MappingProxyType(
    {
        "T001": Known(Severity.LOSS, "{count} bytes are no text in {encoding}; each stands as U+FFFD."),
        "T002": Known(Severity.NOTE, "The file calls itself {declared} but reads as {encoding}."),
        "T003": Known(Severity.NOTE, "Nothing names the encoding; {encoding} was guessed from the bytes."),
        "T004": Known(Severity.WARNING, "Some letters look like UTF-8 that was once read as {encoding}."),
        "T005": Known(Severity.WARNING, "More than {limit} lines: what follows stands as one block."),
        "H001": Known(Severity.WARNING, "A tag is longer than {limit} characters; its attributes were not read."),
        "H002": Known(Severity.WARNING, "A tag is never closed; it was read as ending at its first '>'."),
        "H003": Known(Severity.WARNING, "The file ends inside a tag."),
        "H004": Known(Severity.WARNING, "A comment is never closed; it was read as ending at its first '>'."),
        "H005": Known(Severity.LOSS, "A {name} element is never closed, and hides all that follows it."),
        "H006": Known(Severity.WARNING, "Tags are nested too deeply for a tree; the shape was read from tags alone."),
        "H007": Known(Severity.WARNING, "More than {limit} tags: what follows stands as one block, tags and all."),
        "H008": Known(Severity.NOTE, "A tree of the page has no place for some text; its tags gave it one."),
        "H009": Known(Severity.WARNING, "A {name} element is never closed; it was read as if it were not there."),
        "E001": Known(Severity.LOSS, "A member of the book could not be read: {why}"),
        "E002": Known(Severity.LOSS, "The book has no readable package file; its pages stand in the order of names."),
        "E003": Known(Severity.LOSS, "The book lists a page that is not in it: {member}."),
        "E004": Known(Severity.LOSS, "The book is locked; its pages cannot be read without the key."),
        "E005": Known(Severity.LOSS, "The book's list of members is damaged; what could be found was read."),
        "E006": Known(Severity.LOSS, "No page of the book could be read."),
        "E007": Known(Severity.WARNING, "The book has no reading order; its pages stand in the order of names."),
        "B001": Known(Severity.LOSS, "Some of the book's text could not be unpacked: {why}."),
        "B002": Known(Severity.LOSS, "The book is locked by whoever sold it; its text cannot be read without the key."),
        "B003": Known(Severity.WARNING, "The tables that order the book's pages are broken; they stand as stored."),
        "B004": Known(Severity.LOSS, "The book's text is cut short: {there} bytes of {wanted} are there."),
        "B005": Known(Severity.LOSS, "The book's text unpacks to more than {limit} bytes; the rest was not read."),
        "D001": Known(Severity.LOSS, "A part of the document could not be read: {why}"),
        "D002": Known(Severity.LOSS, "The document's list of parts is damaged; what could be found was read."),
        "D003": Known(Severity.LOSS, "The part of the document that holds its text is missing."),
        "D004": Known(Severity.NOTE, "Remarks in the margin ({count}) are kept, and are no part of the text."),
        "D005": Known(Severity.NOTE, "Words that were struck out while changes were tracked ({count}) are not shown."),
        "D006": Known(Severity.NOTE, "Words that the document hides ({count}) are not shown."),
        "D007": Known(Severity.WARNING, "Signs of a font that is not known ({count}) each stand as U+FFFD."),
        "D008": Known(Severity.LOSS, "The document is locked with a password; its text cannot be read without it."),
        "D009": Known(Severity.WARNING, "The file ends before the document does; its end may be missing."),
        "C001": Known(
            Severity.NOTE,
            "calibre keeps its owner's own marks here ({count}: stars, read, remarks); they are shown to nobody.",
        ),
        "C002": Known(Severity.NOTE, "The same book stands beside it in another form, with the same words ({ending})."),
        "C003": Known(
            Severity.NOTE, "A form of the book beside it has other words ({ending}), and is a work of its own."
        ),
        "C004": Known(Severity.NOTE, "calibre knows no author; what it calls the title may be a file's name."),
        "C005": Known(Severity.NOTE, "The list of a calibre library: {count} books in {files} files."),
        "F001": Known(Severity.WARNING, "Kept, not yet read: {what}."),
        "F002": Known(Severity.NOTE, "The file is empty."),
        "M001": Known(Severity.NOTE, "An attachment is kept in its mail, unread: {what}."),
        "M002": Known(Severity.LOSS, "A mail is cut short: its last boundary is missing."),
        "M003": Known(Severity.NOTE, "Mails that stand here again, letter for letter: {count}. Each was read once."),
        "M004": Known(Severity.WARNING, "More than {limit} mails: those that follow were not read."),
        "M005": Known(Severity.LOSS, "The mail is cut at 64 KB: so it was handed out, and what followed is not here."),
        "M006": Known(
            Severity.WARNING, "Some text stands {place} the parts of the mail, where programs show it to nobody."
        ),
        "Q001": Known(Severity.WARNING, "A chapter's text is not in the dump, and its file is not here: {file}."),
        "Q002": Known(Severity.LOSS, "The dump ends in the middle of a row."),
        "Q003": Known(Severity.WARNING, "Rows of {table} were not read: nothing says what their columns are."),
        "P002": Known(Severity.LOSS, "The document is too damaged to be opened."),
        "P003": Known(Severity.LOSS, "No page of the document holds text; it may be pictures of pages."),
        "P004": Known(Severity.WARNING, "{count} of {all} pages hold no text; what is drawn on them was not read."),
        "P005": Known(Severity.LOSS, "{count} letters are of fonts that do not say what they mean; each is U+FFFD."),
        "P006": Known(Severity.LOSS, "The document is longer than is read ({limit} pages); the rest was not read."),
        "P007": Known(Severity.NOTE, "A PDF holds rows on paper; paragraphs were put together from where rows stand."),
        "R001": Known(Severity.WARNING, "This points to something that is not in the file."),
        "R002": Known(Severity.NOTE, "The label '{label}' has no value behind it."),
        "R003": Known(Severity.WARNING, "No story was found here: {why}."),
        "R004": Known(Severity.LOSS, "A member of this bundle was not handed in, so it was not read."),
        "R005": Known(Severity.NOTE, "This is one chapter of a longer story."),
        "R006": Known(Severity.WARNING, "Between chapters {before} and {after} something seems to be missing."),
        "R007": Known(Severity.LOSS, "A chapter is not here: what made this file could not fetch it ({title})."),
        "R008": Known(Severity.LOSS, "What stands behind this cut was not saved with the page."),
        "S001": Known(Severity.WARNING, "A list of stories leads to a page that is not here: {file}."),
        "W001": Known(Severity.NOTE, "{count} captured files are no pages and were not read."),
        "W002": Known(Severity.NOTE, "{count} pages were refused by their servers, or moved, when they were captured."),
        "W003": Known(Severity.NOTE, "Pages that were captured again unchanged: {count}. Each was read once."),
        "W004": Known(Severity.LOSS, "The web archive is cut or harmed; what could be found was read."),
        "Y001": Known(
            Severity.NOTE,
            "What an archiver wrote of a Yahoo group: {what} ({count}). No story stands in it, and it names people.",
        ),
        "F003": Known(Severity.WARNING, "Kept, not yet read: the bytes are no text of any known kind."),
    }
)


def finding(code: str, *where: Region, **said: object) -> Finding:
    """Say a known finding; KeyError if no such code is known."""
    known = FINDINGS[code]
    return Finding(code, known.severity, known.sentence.format(**said), where)
