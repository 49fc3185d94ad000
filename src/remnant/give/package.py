"""What wraps a book: the package document, the contents for new and for old reading apps, the container."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC

from remnant.give import style
from remnant.give.clean import marked_up
from remnant.give.fields import language, one_line, right_to_left, values
from remnant.give.front import GENERATOR
from remnant.give.inline import safe_link
from remnant.model import Field, Shown

STYLE, NAV = "style.css", "nav.xhtml"
_PACKAGE, _NCX = "package.opf", "toc.ncx"
_HTML = "application/xhtml+xml"
_WORKS = uuid.uuid5(uuid.NAMESPACE_URL, "urn:remnant:work")

_CONTAINER = f"""\
<?xml version="1.0" encoding="utf-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles>
<rootfile full-path="{_PACKAGE}" media-type="application/oebps-package+xml"/>
</rootfiles>
</container>
"""

_SUMMARY = (
    "Text only, in reading order, with headings for chapters, a table of contents, warnings before the story, "
    "author's notes set apart and passable, and scene breaks named once. Made by a program; no person has checked it."
)
_ACCESS = (
    ("accessMode", "textual"),
    ("accessModeSufficient", "textual"),
    ("accessibilityFeature", "structuralNavigation"),
    ("accessibilityFeature", "tableOfContents"),
    ("accessibilityFeature", "readingOrder"),
    ("accessibilityFeature", "displayTransformability"),
    ("accessibilityHazard", "none"),
    ("accessibilitySummary", _SUMMARY),
)
_SUBJECTS = (Field.FANDOM, Field.RELATIONSHIP, Field.CHARACTER, Field.GENRE, Field.CATEGORY, Field.TAG)


@dataclass(frozen=True, slots=True)
class Item:
    """A page of the spine; one without a label is not in the contents."""

    name: str
    label: str | None


def wrapping(shown: Shown, spine: Sequence[Item]) -> dict[str, str]:
    """Every file of the book but its pages. The first page is the title; a reading app opens the second."""
    return {
        "META-INF/container.xml": _CONTAINER,
        _PACKAGE: _package(shown, spine),
        NAV: _nav(spine),
        _NCX: _ncx(shown, spine),
        STYLE: style.BOOK,
    }


def _package(shown: Shown, spine: Sequence[Item]) -> str:
    paged = ' page-progression-direction="rtl"' if right_to_left(shown) else ""
    pages = "".join(f'<item id="x{n}" href="{item.name}" media-type="{_HTML}"/>\n' for n, item in enumerate(spine))
    order = "".join(f'<itemref idref="x{n}"/>\n' for n, _ in enumerate(spine))
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="en">\n'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">\n' + "".join(_metadata(shown)) + "</metadata>\n"
        "<manifest>\n"
        f'<item id="nav" href="{NAV}" media-type="{_HTML}" properties="nav"/>\n'
        f'<item id="ncx" href="{_NCX}" media-type="application/x-dtbncx+xml"/>\n'
        f'<item id="style" href="{STYLE}" media-type="text/css"/>\n'
        f'{pages}</manifest>\n<spine toc="ncx"{paged}>\n{order}</spine>\n</package>\n'
    )


def _metadata(shown: Shown) -> Iterator[str]:
    yield f'<dc:identifier id="id">{identifier(shown)}</dc:identifier>\n'
    yield _dc("title", shown.label)
    yield _dc("language", language(shown))
    yield f'<meta property="dcterms:modified">{_modified(shown)}</meta>\n'
    for author in values(shown, Field.AUTHOR):
        yield _dc("creator", author)
    for subject in dict.fromkeys(value for field in _SUBJECTS for value in values(shown, field)):
        yield _dc("subject", subject)
    for summary in values(shown, Field.SUMMARY):
        yield _dc("description", summary)
    for source in values(shown, Field.SOURCE_URL):
        if link := safe_link(source):
            yield _dc("source", link)
    for rating in values(shown, Field.RATING):
        yield f'<meta property="schema:contentRating">{marked_up(rating)}</meta>\n'
    yield f"{GENERATOR}\n"
    for name, value in _ACCESS:
        yield f'<meta property="schema:{name}">{marked_up(value)}</meta>\n'


def _dc(name: str, value: str) -> str:
    return f"<dc:{name}>{marked_up(one_line(value))}</dc:{name}>\n"


def identifier(shown: Shown) -> str:
    """The same for every edition of a work, so that a reading app knows the newer book for the same."""
    return f"urn:uuid:{uuid.uuid5(_WORKS, shown.work)}"


def _modified(shown: Shown) -> str:
    return f"{shown.since.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat()}Z"


def _nav(spine: Sequence[Item]) -> str:
    listed = "".join(f'<li><a href="{item.name}" dir="auto">{_called(item)}</a></li>\n' for item in spine if item.label)
    opens = spine[min(1, len(spine) - 1)].name
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n'
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" '
        'lang="en" xml:lang="en">\n<head>\n<meta charset="utf-8"/>\n<title>Contents</title>\n'
        f'<link rel="stylesheet" type="text/css" href="{STYLE}"/>\n</head>\n<body>\n'
        '<nav epub:type="toc" role="doc-toc" aria-labelledby="contents">\n<h1 id="contents">Contents</h1>\n'
        f"<ol>\n{listed}</ol>\n</nav>\n"
        '<nav epub:type="landmarks" hidden="hidden" aria-label="Landmarks">\n<ol>\n'
        f'<li><a epub:type="titlepage" href="{spine[0].name}">Title page</a></li>\n'
        f'<li><a epub:type="bodymatter" href="{opens}">Start of the story</a></li>\n'
        "</ol>\n</nav>\n</body>\n</html>\n"
    )


def _ncx(shown: Shown, spine: Sequence[Item]) -> str:
    listed = [item for item in spine if item.label]
    points = "".join(
        f'<navPoint id="n{n}" playOrder="{n}"><navLabel><text>{_called(item)}</text></navLabel>'
        f'<content src="{item.name}"/></navPoint>\n'
        for n, item in enumerate(listed, 1)
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1">\n<head>\n'
        f'<meta name="dtb:uid" content="{identifier(shown)}"/>\n</head>\n'
        f"<docTitle><text>{marked_up(one_line(shown.label))}</text></docTitle>\n<navMap>\n{points}</navMap>\n</ncx>\n"
    )


def _called(item: Item) -> str:
    return marked_up(one_line(item.label or ""))
