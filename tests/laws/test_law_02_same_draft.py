"""Law 2, for bytes to draft: the same bytes give the same draft."""

from __future__ import annotations

from hypothesis import given
from tests.strategies import files, formats


@given(files.any_file)
def test_the_same_bytes_give_the_same_draft(data: bytes) -> None:
    first, second = formats.drafted(data), formats.drafted(data)

    assert first == second
