"""One module per byte format; each turns bytes into a draft."""

from __future__ import annotations

from remnant.model import Original
from remnant.understand.draft import Draft
from remnant.understand.findings import finding
from remnant.understand.formats import doc, docx, epub, fb2, html, md, mobi, odt, pdf, rtf, sniff, txt
from remnant.understand.formats.box import names_in
from remnant.understand.formats.source import Source
from remnant.understand.versions import rule_named
from remnant.unpack.decode import Decoded, decode

RULE = rule_named("formats")
"""Raised whenever any file's blocks, facts or skips come out otherwise than before."""

_NO_TEXT = "application/octet-stream"


def draft_of(original: Original, data: bytes) -> Draft:
    """Read bytes as whatever they are, by content alone; never raises.

    What is no text that we read gives a draft without parts, its format as far as it shows, and a finding.
    """
    if sniff.is_zip(data):
        return _draft_of_zip(original, data)
    if sniff.is_rtf(data):
        return rtf.draft(original, data)
    if sniff.is_pdf(data):
        return pdf.draft(original, data)
    if mobi.is_mobi(data):
        return mobi.draft(original, data)
    if doc.is_doc(data):
        return doc.draft(original, data)
    unread = sniff.unread_bytes(data)
    return _unread(unread) if unread else _draft_of_text(original, data)


def _draft_of_zip(original: Original, data: bytes) -> Draft:
    names = names_in(data)
    if sniff.is_epub(data, names):
        return epub.draft(original, data)
    if docx.is_docx(names):
        return docx.draft(original, data)
    if odt.is_odt(data, names):
        return odt.draft(original, data)
    return _unread(sniff.unread_zip(names))


def _draft_of_text(original: Original, data: bytes) -> Draft:
    decoded = decode(data, html.declared_charset(data))
    unread = sniff.unread_text(decoded.text)
    if unread is not None:
        return _unread(unread)
    if sniff.is_junk(decoded):
        return Draft(_NO_TEXT, (), (), (), (), (finding("F003"),))
    if sniff.is_fb2(decoded.text):
        return fb2.draft(original, decoded)
    if sniff.is_flat_odt(decoded.text):
        return odt.flat(original, decoded)
    if sniff.is_html(decoded.text):
        return html.draft(original, decoded, xml=sniff.is_xhtml(decoded.text))
    if not decoded.text:
        return _empty(original, decoded)
    return md.draft(original, decoded) if md.is_markdown(decoded.text) else txt.draft(original, decoded)


def _unread(unread: sniff.Unread) -> Draft:
    return Draft(unread.format, (), (), (), (), (finding("F001", what=unread.called),))


def _empty(original: Original, decoded: Decoded) -> Draft:
    return Draft(txt.FORMAT, (Source.of(original.digest, "", decoded).part,), (), (), (), (finding("F002"),))
