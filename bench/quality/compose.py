"""Writes the labelled stories: those marked by hand, and others put together from hand-written parts.

`python -m bench.quality.compose` writes `stories/` in each folder of them. The same parts give the same files.
"""

from __future__ import annotations

import json
import random
import re
import shutil
import sys
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path

from bench.quality.marked import Marked, label_of, parse, source_of

HERE = Path(__file__).parent
COPIES = 3
"""Of each body: enough to meet it under several heads and shapes, too few to weigh more than the hand-made ones."""

SEEDS = {".": 1, "retired/first": 2, "retired/second": 0, "retired/third": 0, "heldout": 0}
"""Where there are stories, and what the chances of those put together begin with."""

Row = tuple[tuple[str, ...], str]


@dataclass(frozen=True)
class Parts:
    heads: list[str]
    bodies: list[str]
    tails: list[str]


def compose(folder: Path, seed: int) -> None:
    """Write every labelled story of a folder that holds `hand/` and perhaps `parts.marked`."""
    target = folder / "stories"
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir()
    for file in sorted((folder / "hand").glob("*.marked")):
        write(target / file.stem, parse(file.read_text("utf-8")), by_hand=True)
    if (parts := folder / "parts.marked").exists():
        for name, marked in composed(parts_of(parts), random.Random(seed)):
            write(target / name, marked, by_hand=False)


def write(file: Path, marked: Marked, by_hand: bool) -> None:
    label = label_of(marked, file.stem, file.suffix == ".html", by_hand)
    file.write_text(source_of(marked), "utf-8", newline="\n")
    lines = ",\n  ".join(json.dumps(line, ensure_ascii=False) for line in label.pop("lines"))
    rest = json.dumps(label, ensure_ascii=False, indent=1)
    file.with_name(f"{file.name}.json").write_text(f'{rest[:-2]},\n "lines": [\n  {lines}\n ]\n}}\n', "utf-8")


def parts_of(file: Path) -> Parts:
    found: dict[str, list[str]] = {"head": [], "body": [], "tail": []}
    for block in re.split(r"^%%% ", file.read_text("utf-8"), flags=re.MULTILINE)[1:]:
        heading, _, text = block.partition("\n")
        found[heading.split()[0]].append(text.strip("\n"))
    return Parts(found["head"], found["body"], found["tail"])


def composed(parts: Parts, chance: random.Random) -> Iterator[tuple[str, Marked]]:
    """Every body under several heads and tails, each time in another shape."""
    shapes = list(SHAPES)
    for number, body in enumerate(parts.bodies):
        heads = chance.sample(parts.heads, COPIES)
        for copy, head in enumerate(heads):
            shape = shapes[(number * COPIES + copy) % len(shapes)]
            marked = joined(head, body, chance.choice(parts.tails))
            yield f"composed_{number:02}_{copy}{SHAPES[shape][0]}", shaped(marked, shape)


def joined(head: str, body: str, tail: str) -> Marked:
    """Head, body and tail as one; of the body's facts, those count which the head or a tail states."""
    whole = parse(body)
    around = f"{head}\n{tail}"
    stated = {key: value for key, value in whole.facts.items() if f"{{{key}}}" in without_notes(around)}
    filled = [parse(part.format(**whole.facts)).lines if part else () for part in (head, tail)]
    blank: tuple[Row, ...] = (((), ""), ((), ""))
    first = (*filled[0], *blank) if head else ()
    last = (*blank, *filled[1]) if tail else ()
    passing = {f"also.{key}": value for key, value in whole.facts.items() if key not in stated}
    return Marked(stated | passing | literal_facts(around), (*first, *whole.lines, *last))


def without_notes(text: str) -> str:
    """A note may name the fandom in passing: who reads it there is right, and who does not is right too."""
    return "\n".join(line for line in text.split("\n") if not line.startswith("N|"))


def literal_facts(text: str) -> dict[str, str]:
    """What a part states in its own words, not through a placeholder."""
    said = {"spoiler": r"^P\|Spoilers: up to (.+?)\.?$", "song": r"Song I had on:(.+) by "}
    found = {key: re.search(pattern, text, re.MULTILINE) for key, pattern in said.items()}
    return {key: match[1] for key, match in found.items() if match}


def shaped(marked: Marked, shape: str) -> Marked:
    return Marked(marked.facts, tuple(SHAPES[shape][1](list(marked.lines))))


def flat(rows: list[Row]) -> Iterator[Row]:
    yield from rows


def wrapped(rows: list[Row]) -> Iterator[Row]:
    for roles, text in rows:
        for line in textwrap.wrap(text, 68) or [""]:
            yield roles, line


def indented(rows: list[Row]) -> Iterator[Row]:
    """Paragraphs set off by their first line; no blank lines between those of the story."""
    for at, (roles, text) in enumerate(rows):
        around = [rows[i][0] for i in (at - 1, at + 1) if 0 <= i < len(rows)]
        if not text and all("story" in near[:1] for near in around):
            continue
        if roles[:1] != ("story",):
            yield roles, text
            continue
        for number, line in enumerate(textwrap.wrap(text, 66)):
            yield roles, line if number else f"    {line}"


def paragraphs(rows: list[Row]) -> Iterator[Row]:
    yield from page_head()
    yield from ((roles, f"<p>{escape(text, quote=False)}</p>") for roles, text in rows if text)
    yield (), "</body></html>"


def line_breaks(rows: list[Row]) -> Iterator[Row]:
    yield from page_head()
    for roles, text in rows:
        yield roles, f"{escape(text, quote=False)}<br>"
    yield (), "</body></html>"


def styled(rows: list[Row]) -> Iterator[Row]:
    """A home page of its day: headings for titles, bold labels, links above and below."""
    yield from page_head()
    yield ("chrome",), '<p><a href="index.html">Home</a> | <a href="fiction.html">Fiction</a></p>'
    for roles, text in rows:
        if text:
            yield roles, dressed(roles[0] if roles else "", escape(text, quote=False))
    yield ("chrome",), '<p><a href="fiction.html">Back to Fiction</a></p>'
    yield (), "</body></html>"


def dressed(role: str, text: str) -> str:
    match role:
        case "title" | "chapter_heading":
            return f"<h2>{text}</h2>"
        case "byline" | "scene_break":
            return f"<center>{text}</center>"
        case "header" | "summary" | "warning":
            label, colon, value = text.partition(":")
            return f"<p><b>{label}{colon}</b>{value}</p>"
        case "note":
            return f"<p><i>{text}</i></p>"
        case _:
            return f"<p>{text}</p>"


def page_head() -> Iterator[Row]:
    yield (
        (),
        '<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"><title></title></head><body>',
    )


SHAPES: dict[str, tuple[str, Callable[[list[Row]], Iterator[Row]]]] = {
    "flat": (".txt", flat),
    "wrapped": (".txt", wrapped),
    "paragraphs": (".html", paragraphs),
    "indented": (".txt", indented),
    "line breaks": (".html", line_breaks),
    "styled": (".html", styled),
}


def main() -> int:
    for inside, seed in SEEDS.items():
        compose(HERE / inside, seed)
    return 0


if __name__ == "__main__":
    sys.exit(main())
