"""The embedded index keeps the contract of every index."""

from __future__ import annotations

from tests.rooms.find.contract import IndexContract

from remnant.find import embedded


class TestEmbedded(IndexContract):
    engine = embedded
