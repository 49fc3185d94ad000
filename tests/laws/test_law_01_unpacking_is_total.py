"""Law 1, for bytes to draft: no bytes make it raise, and no limit is exceeded in silence."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.strategies import files, formats

from remnant.understand.findings import FINDINGS
from remnant.understand.formats import html, txt
from remnant.unpack import archive, decode, markup, shape

LABELS = st.one_of(st.none(), st.text(max_size=12), st.sampled_from(("utf-8", "latin-1", "shift_jis", "hz", "rot13")))


@given(files.any_file)
def test_no_bytes_make_drafting_raise(data: bytes) -> None:
    draft = formats.drafted(data)

    assert all(found.severity is FINDINGS[found.code].severity for found in draft.findings)
    assert (
        draft.lines
        or draft.findings
        or all(not part.text.strip("\ufeff \n\r\t") for part in draft.parts)
        or draft.skips
    )


@given(formats.hostile_bytes, LABELS)
def test_no_bytes_make_decoding_raise(data: bytes, declared: str | None) -> None:
    decoded = decode.decode(data, declared)

    assert decoded.encoding == decoded.encoding.lower()


@given(formats.hostile_text, st.booleans())
def test_tokens_and_shape_take_any_text(text: str, xml: bool) -> None:
    tokens = list(markup.tokens(text, xml=xml))

    shaped = shape.shape_of(text, tokens, xml=xml)

    assert len(shaped.places) == len(tokens)


@given(st.one_of(formats.harmed(formats.archives), formats.archives, st.binary(max_size=200)))
def test_no_bytes_make_an_archive_raise_more_than_refusals(data: bytes) -> None:
    for member in archive.members(io.BytesIO(data)):
        if isinstance(member, archive.Member):
            salvaged, refused = member.salvage()

            assert refused is not None or len(salvaged) == member.size


def test_lines_beyond_the_limit_are_one_block_and_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(txt, "MAX_LINES", 10)

    draft = formats.drafted("line\n\n" * 20)

    assert [found.code for found in draft.findings] == ["T005"]
    assert draft.lines[-1].text.count("line") == 15


def test_tags_beyond_the_limit_are_one_block_and_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html, "MAX_TOKENS", 10)

    draft = formats.drafted("<html><body>" + "<p>word</p>" * 20)

    assert "H007" in [found.code for found in draft.findings]
    assert "".join(line.text for line in draft.lines).count("word") == 20
