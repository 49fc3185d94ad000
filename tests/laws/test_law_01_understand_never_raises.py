"""Law 1: no bytes make `understand` raise."""

from __future__ import annotations

from hypothesis import given
from tests.strategies import soup

from remnant.model import Bundle, Digest, Original
from remnant.understand.reader import understand, understand_bytes


@given(soup.files)
def test_any_bytes_are_read(data: bytes) -> None:
    reading = understand_bytes(data)

    assert reading.bundle.members[0][1].size == len(data)


@given(soup.files, soup.files)
def test_any_bundle_is_read_even_with_a_member_missing(one: bytes, other: bytes) -> None:
    members = tuple(
        (name, Original(Digest.of(data), len(data))) for name, data in (("a", one), ("b", other), ("c", b""))
    )

    reading = understand(Bundle(members), {"a": one, "b": other})

    assert "R004" in {finding.code for finding in reading.findings}
    assert {piece.key for piece in reading.pieces} <= {"a", "b"}
