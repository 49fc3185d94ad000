"""PDF files, as small as they come: rows of text at places on pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from hypothesis import strategies as st
from tests.strategies.formats import harmed

WIDE, HIGH = 300, 400
_FONTS = ("Times-Roman", "Times-Italic", "Times-Bold")


class Put(NamedTuple):
    """A text put on a page: `font` is 0 upright, 1 slanted, 2 heavy."""

    x: float
    y: float
    text: str
    size: float = 10
    font: int = 0


def pdf(pages: Sequence[Sequence[Put]], info: Mapping[str, str] | None = None, *, drawn: str = "") -> bytes:
    """A document of these pages; `drawn` is more content for each of them."""
    objects: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    objects += [
        f"<< /Type /Font /Subtype /Type1 /BaseFont /{font} /Encoding /WinAnsiEncoding >>".encode() for font in _FONTS
    ]
    named = " ".join(f"/F{at} {3 + at} 0 R" for at in range(len(_FONTS)))
    kids: list[int] = []
    for page in pages:
        content = "".join(
            f"BT /F{put.font} {put.size} Tf {put.x} {put.y} Td ({_escaped(put.text)}) Tj ET\n" for put in page
        )
        stream = (content + drawn).encode("cp1252", "replace")
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDE} {HIGH}] /Resources << /Font << {named} >> >> "
            f"/Contents {len(objects)} 0 R >>".encode()
        )
        kids.append(len(objects))
    listed = " ".join(f"{kid} 0 R" for kid in kids)
    objects[1] = f"<< /Type /Pages /Kids [{listed}] /Count {len(kids)} >>".encode()
    objects.append(
        ("<< " + " ".join(f"/{k} ({_escaped(v)})" for k, v in (info or {}).items()) + " >>").encode("cp1252")
    )
    return _whole(objects)


def _whole(objects: Sequence[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    info = f"trailer << /Size {len(objects) + 1} /Root 1 0 R /Info {len(objects)} 0 R >>\n"
    return bytes(out) + info.encode() + b"startxref\n%d\n%%%%EOF\n" % start


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


_puts = st.builds(
    Put,
    st.sampled_from((20, 20, 20, 30, 120, -5, 290)),
    st.sampled_from((380, 366, 354, 342, 330, 12, 12, 342, 400)),
    st.sampled_from(
        ("word", "a word and another", "A sentence. ", "cut-", "* * *", "7", "caf\xe9 \x93so\x94", " ", "x" * 60)
    ),
    st.sampled_from((10, 10, 10, 16, 6)),
    st.integers(0, 2),
)
_pages = st.lists(st.lists(_puts, max_size=8), min_size=1, max_size=4)
pdf_files = st.one_of(
    _pages.map(pdf), _pages.map(lambda pages: pdf(pages, {"Title": "A (B", "CreationDate": "D:2009"}))
)
any_pdf = st.one_of(pdf_files, harmed(pdf_files))
