"""Law 4, for drafts: decoded text is what the bytes say, and verbatim spans are that text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from tests.strategies import files, formats

from remnant.model import How
from remnant.unpack.decode import decode


@given(formats.hostile_bytes, st.sampled_from((None, "utf-8", "iso-8859-1", "shift_jis", "gb2312")))
def test_text_is_the_bytes_as_their_encoding_reads_them(data: bytes, declared: str | None) -> None:
    decoded = decode(data, declared)
    lost = "".join(decoded.text[start:end] for start, end in decoded.bad)
    without_losses = _without(decoded.text, decoded.bad)

    assert set(lost) <= {"\ufffd"}
    assert without_losses == data.decode(decoded.encoding, "ignore")


@given(st.lists(st.sampled_from([b"\xff", b"\xc3\xa9", b"\xe2\x80", b"a", b"\xf0\x9f\x98", b"\x80"]), max_size=30))
def test_each_undecodable_byte_is_one_replacement_character(chunks: list[bytes]) -> None:
    data = b"\xef\xbb\xbf" + b"".join(chunks)

    decoded = decode(data)

    lost = sum(end - start for start, end in decoded.bad)
    assert len(decoded.text.encode("utf-8")) == len(data) + 2 * lost


@given(files.any_file)
def test_verbatim_spans_say_what_stands_there(data: bytes) -> None:
    draft = formats.drafted(data)
    texts = {part.path: part.text for part in draft.parts}

    for span in (span for line in draft.lines for span in line.spans if span.how is How.VERBATIM):
        assert span.text == texts[span.source.part][span.source.start : span.source.end]


def _without(text: str, ranges: tuple[tuple[int, int], ...]) -> str:
    kept, at = [], 0
    for start, end in ranges:
        kept.append(text[at:start])
        at = end
    return "".join((*kept, text[at:]))
