"""A Yahoo group that somebody saved is reconciled: its mails, files, lists and parts."""

from __future__ import annotations

import json
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from tests.strategies.groups import archived, given_out
from tests.strategies.libraries import READER
from tests.strategies.shelves import laid

from remnant.library.adding import add
from remnant.library.asking import search
from remnant.library.giving import book
from remnant.library.opening import Library
from remnant.library.reconciling import reconcile
from remnant.understand.formats.yahoo_records import record_of


def test_what_the_site_gave_out_is_reconciled(library: Library, tmp_path: Path) -> None:
    (tmp_path / "yahoo.zip").write_bytes(given_out())
    added = add(library, [tmp_path / "yahoo.zip"])
    told = reconcile(library, READER, "yahoo.zip")

    assert (told.found, told.posted, told.parts, told.textless) == ({"letter": 1, "story": 2}, 1, 3, 1)
    assert [one.message for one in told.missing] == ["Part 3 of 4 is not here."]
    assert [one.name for one in told.repeated] == ["lamp-fic/messages/lamp-fic.mbox"]
    assert (told.unread, told.lost, told.loose) == ((), (), ())
    assert [one.name for one in added.unread] == ["lamp-fic/files/lamp.jpg"]


def test_its_parts_stand_in_order_and_the_answer_apart(library: Library, tmp_path: Path) -> None:
    (tmp_path / "yahoo.zip").write_bytes(given_out())
    add(library, [tmp_path / "yahoo.zip"])
    [text] = [book(library, READER, hit.work, "txt").data.decode() for hit in search(library, READER, "harbour").hits]

    assert 0 < text.index("Part 1 begins") < text.index("Part 2 begins") < text.index("Part 4 begins")
    assert "I cried" not in text


def test_an_archivers_folders_are_held_against_its_own_lists(library: Library, tmp_path: Path) -> None:
    add(library, [laid(tmp_path / "lamp-fic", archived())])
    told = reconcile(library, READER, "lamp-fic")

    assert [(one.name, one.message) for one in told.missing] == [
        ("lamp-fic/files/fileinfo.json", "A file that it lists is not here: gone.txt."),
        ("lamp-fic", "2 messages that the group had are not here: 20 to 21."),
        ("The Harbour", "Parts 3 to 4 of 4 are not here."),
    ]
    assert [one.name for one in told.lost] == ["lamp-fic/email/30_raw.json"]
    assert (told.unread, told.found) == ((), {"letter": 1, "story": 3})


def test_what_names_people_is_in_no_index(library: Library, tmp_path: Path) -> None:
    add(library, [laid(tmp_path / "lamp-fic", archived())])

    assert b"secretly" not in library.index().dump()
    assert b"ines_k" not in library.index().dump()


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["messages", "messageId", "topicId", "files", "fileName", "msgId", "type"]), inner
        )
    ),
    max_leaves=12,
)


@given(_json)
def test_no_record_whatever_it_says_makes_its_reader_raise(told: object) -> None:
    found = record_of(json.dumps(told).encode())

    assert found is None or found.entries >= 0
