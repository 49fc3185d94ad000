"""What archivers of Yahoo Groups wrote of a group beside its mails: which messages and files it had, links, polls.

No story stands in these. They name people, so nothing of them is said; they are counted, and held against what is here.
"""

from __future__ import annotations

import html
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from remnant.understand.draft import Draft, Volume
from remnant.understand.findings import finding

FORMAT = "application/vnd.yahoo-group"

MOST_AROUND = 4096
LONGEST_NAME = 255

_SIGNS = (
    *(b'"messageId"', b'"topicId"', b'"numLink"', b'"fileName"', b'"attachmentId"', b'"surveyId"', b'"albumId"'),
    *(b'"photoId"', b'"groupHomePage"', b'"groupEmail"', b'"tables"', b'"members"', b'"events"'),
)


@dataclass(frozen=True, slots=True)
class Record:
    """One such record: what it is of, how many entries it has, and what it says there should be.

    `files` are names in its own folder, `messages` numbers of messages of the group.
    """

    called: str
    entries: int
    files: tuple[str, ...] = ()
    messages: tuple[int, ...] = ()


def may_be(data: bytes) -> bool:
    """Cheap, and sure only when it says no."""
    return data[:64].lstrip()[:1] in (b"{", b"[") and any(sign in data[:MOST_AROUND] for sign in _SIGNS)


def record_of(data: bytes) -> Record | None:
    """None for whatever is no such record."""
    if not may_be(data):
        return None
    try:
        told = json.loads(data)
    except (ValueError, RecursionError):
        return None
    if isinstance(told, dict):
        inner = told.get("ygData", told)
        return _of_table(inner) if isinstance(inner, dict) else None
    return _of_list(list(_tables(told))) if isinstance(told, list) else None


def volume(data: bytes) -> Volume | None:
    """Nothing to read in it by itself; None if it is no such record."""
    told = record_of(data)
    if told is None:
        return None
    return Volume((), Draft(FORMAT, (), (), (), (), (finding("Y001", what=told.called, count=told.entries),)))


_WHOLE = {
    "surveyId": "a poll",
    "numLink": "its links",
    "groupHomePage": "what it was",
    "groupEmail": "what it was",
    "tables": "its tables",
    "members": "its members",
    "events": "its calendar",
}


def _of_table(told: Mapping[str, object]) -> Record | None:
    messages = list(_tables(told.get("messages")))
    if messages and "topicId" in told:
        return Record("a thread", len(messages), messages=tuple(_numbers(messages, "msgId")))
    if messages and "messageId" in messages[0]:
        return Record("the list of its messages", len(messages), messages=tuple(_numbers(messages, "messageId")))
    files = list(_tables(told.get("files")))
    if files and "fileId" in files[0]:
        named = zip(_numbers(files, "fileId"), _names(files, "filename"), strict=False)
        return Record("what came with a message", len(files), tuple(f"{number}-{name}" for number, name in named))
    called = next((called for key, called in _WHOLE.items() if key in told), None)
    return None if called is None else Record(called, len(list(_tables(told.get("links")))) or 1)


def _of_list(told: Sequence[Mapping[str, object]]) -> Record | None:
    if not told:
        return None
    if "fileName" in told[0]:
        plain = (one for one in told if one.get("type", 0) == 0)
        return Record("the list of its files", len(told), tuple(_names(plain, "fileName")))
    for key, called in (("attachmentId", "what came with its messages"), ("surveyId", "its polls")):
        if key in told[0]:
            return Record(called, len(told))
    return Record("its pictures", len(told)) if {"albumId", "photoId"} & told[0].keys() else None


def _tables(value: object) -> Iterator[Mapping[str, object]]:
    return (one for one in value if isinstance(one, dict)) if isinstance(value, list) else iter(())


def _numbers(told: Iterable[Mapping[str, object]], key: str) -> Iterator[int]:
    return (value for one in told if isinstance(value := one.get(key), int) and not isinstance(value, bool))


def _names(told: Iterable[Mapping[str, object]], key: str) -> Iterator[str]:
    """As the archiver wrote them to disk."""
    for one in told:
        value = one.get(key)
        if isinstance(value, str) and 0 < len(value) <= LONGEST_NAME:
            yield html.unescape(value).replace("/", "_")
