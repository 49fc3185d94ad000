"""Digests that are one text: the mails of a day between lines of dashes, as lists sent them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise

from remnant.model import SkipClass
from remnant.understand.draft import Draft, Fact
from remnant.understand.formats import txt
from remnant.understand.formats.envelopes import HEADER, Envelope
from remnant.understand.formats.source import Source
from remnant.unpack.decode import decode
from remnant.unpack.mime import Entity

_SIGNS = (b"in this issue", b"Today's Topics", b"Today's topics", b"In this issue")
_RULE = r"[-_=*]{20,80}[ \t]*+\r?\n"
_MESSAGE = re.compile(
    rf"^(?:{_RULE}\s*+)++(?=(?:Message:? ?\d{{1,5}}[ \t]*+\r?\n)?[ \t]*+(?:Date|From|Subject|Message-ID|To): )",
    re.MULTILINE,
)
_RULED = re.compile(rf"^{_RULE}", re.MULTILINE)
_END = re.compile(rf"^(?:{_RULE}\s*+)*+End of [^\r\n]{{0,80}}Digest", re.MULTILINE | re.IGNORECASE)
_HEAD = re.compile(
    rf"(?:{_RULE}\s*+)*+(?:Message:? ?\d{{1,5}}[ \t]*+\r?\n)?(?:[^\S\r\n]*+\S[^\r\n]*+\r?\n)*+(?:[ \t]*+\r?\n)?"
)


@dataclass(frozen=True, slots=True)
class Digest:
    """The mails typed in a digest, and what stands around them."""

    frame: Callable[[], Draft]
    mails: tuple[Envelope, ...]


def opened(sent: Envelope) -> Digest | None:
    """The mails in a digest of plain text; None if this is none."""
    text = _text_of(sent.whole) if sent.whole is not None else None
    if text is None or not any(sign in text.body for sign in _SIGNS):
        return None
    decoded = decode(text.content(), text.parameters.get("charset"))
    source = sent.source(text.section, decoded)
    found = cut(source)
    return Digest(partial(_frame, sent, found[0]), found[1]) if found else None


def cut(source: Source) -> tuple[tuple[Source, Source], tuple[Envelope, ...]] | None:
    """What stands around the mails that are typed in a text, and these; None where there are none."""
    starts = [found.start() for found in _MESSAGE.finditer(source.text)]
    if not starts:
        return None
    last = _last(source.text, starts[-1])
    mails = tuple(
        _typed(source, start, stop, number) for number, (start, stop) in enumerate(pairwise([*starts, last]), 1)
    )
    return (_slice(source, "top", 0, starts[0]), _slice(source, "end", last, len(source.text))), mails


def _last(text: str, start: int) -> int:
    """Where the last mail ends: at what says that the digest does, else at a line over a few words of small print."""
    if end := _END.search(text, start):
        return end.start()
    head = _HEAD.match(text, start)
    rules = [found.start() for found in _RULED.finditer(text, max(head.end() if head else start, len(text) - _FOOT))]
    return rules[0] if rules else len(text)


_FOOT = 600
"""Characters of what a list sets under its last mail."""


def _text_of(whole: Entity) -> Entity | None:
    texts = (one for one in whole.walk() if not one.children and one.media_type == "text/plain" and not one.attached)
    return next(texts, None)


def _typed(source: Source, start: int, stop: int, number: int) -> Envelope:
    head = _HEAD.match(source.text, start, stop)
    body = head.end() if head else start
    path = f"{source.path}/{number}" if source.path else f"{number}"
    return Envelope(
        path,
        _slice(source, f"{number}/{HEADER}", start, body),
        typed=_slice(source, f"{number}/1", body, stop),
    )


def _slice(source: Source, name: str, start: int, stop: int) -> Source:
    path = f"{source.path}/{name}" if source.path else name
    return Source(source.original, path, source.encoding, source.text[start:stop])


def _frame(sent: Envelope, around: tuple[Source, ...]) -> Draft:
    """Greeting, list of topics, sponsors: no story, and said to be none by its facts."""
    read = [(source, txt.read(source)) for source in around if source.text]
    mark = replace(sent.head, path=f"{sent.head.path}/digest", text="")
    heads = [source for source, _ in sent.told]
    return Draft(
        txt.FORMAT,
        (mark.part, *(source.part for source in heads), *(source.part for source, _ in read)),
        tuple(line for _, text in read for line in text.lines),
        (*sent.facts, Fact("mail:digest", "", mark.region(0, 0))),
        (
            *(skip for source in heads for skip in source.passed_over(SkipClass.HEAD)),
            *(skip for _, text in read for skip in text.skips),
        ),
        tuple(one for _, text in read for one in text.findings),
    )
