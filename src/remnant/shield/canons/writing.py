"""From a canon to the text of its file: `reading.read` gives the same canon back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from remnant.model import Canon, CanonPart, CanonSeries


def write(canon: Canon) -> str:
    """The text of a canon file, for people to go on with."""
    return "\n".join([*_head(canon), *(line for series in canon.series for line in _series(series)), *_rest(canon)])


def _head(canon: Canon) -> Iterator[str]:
    yield "format = 1"
    yield f"id = {_text(canon.id)}"
    yield f"name = {_text(canon.name)}"
    yield f"aliases = {_texts(canon.aliases)}"
    yield f"related = {_texts(canon.related)}"
    yield f"sources = {_texts(canon.sources)}"


def _series(series: CanonSeries) -> Iterator[str]:
    yield ""
    yield "[[series]]"
    yield f"id = {_text(series.id)}"
    if series.number is not None:
        yield f"number = {series.number}"
    yield f"name = {_text(series.name)}"
    if series.aliases:
        yield f"aliases = {_texts(series.aliases)}"
    yield f"kind = {_text(series.kind)}"
    if series.track:
        yield f"track = {_text(series.track)}"
    if series.extra:
        yield "extra = true"
    yield "parts = ["
    yield from (f"  {_part(part, series)}," for part in series.parts)
    yield "]"


def _part(part: CanonPart, series: CanonSeries) -> str:
    said = [f"number = {part.number}"]
    if part.id != f"{series.id}.{part.number}":
        said.append(f"id = {_text(part.id)}")
    if part.title is not None:
        said.append(f"title = {_text(part.title)}")
    if part.aliases:
        said.append(f"aliases = {_texts(part.aliases)}")
    if part.kind is not series.kind:
        said.append(f"kind = {_text(part.kind)}")
    if part.adapts is not None:
        said.append(f"adapts = {_text(part.adapts)}")
    said += [f"{region} = {day.isoformat()}" for region, day in sorted(part.released.items())]
    return "{" + ", ".join(said) + "}"


def _rest(canon: Canon) -> Iterator[str]:
    for arc in canon.arcs:
        yield from ("", "[[arcs]]", f"name = {_text(arc.name)}", f"parts = {_texts(arc.parts)}")
        if arc.aliases:
            yield f"aliases = {_texts(arc.aliases)}"
    for crossing in canon.crossings:
        yield from ("", "[[crossings]]", f"part = {_text(crossing.part)}")
        for key, place in (("after", crossing.after), ("before", crossing.before)):
            if place is not None:
                yield f"{key} = {_text(f'{place.canon}:{place.part}')}"
    yield ""


def _texts(texts: Iterable[str]) -> str:
    return f"[{', '.join(map(_text, texts))}]"


def _text(text: str) -> str:
    """A basic string of TOML; what it may not hold bare is escaped, and half a pair, which it may not hold, marked."""
    return '"' + "".join(_ESCAPES.get(letter) or _escaped(letter) for letter in text) + '"'


_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def _escaped(letter: str) -> str:
    if letter < " " or letter == "\x7f":
        return f"\\u{ord(letter):04x}"
    return "\ufffd" if "\ud800" <= letter <= "\udfff" else letter
