"""The terminal: results on stdout, remarks on stderr, and nothing of a stranger's text that a terminal would obey."""

from __future__ import annotations

import json
import os
import sys
import textwrap
from collections.abc import Iterable

_SHOWN = (
    {code: chr(0x2400 + code) for code in range(0x20)}
    | {0x7F: "\u2421"}
    | dict.fromkeys(range(128, 160), "�")
    | dict.fromkeys((*range(8234, 8239), *range(8294, 8298), 8206, 8207, 1564, 8232, 8233), "�")
    | dict.fromkeys(range(55296, 57344), "�")
    | {0xDC00 + byte: f"\\x{byte:02x}" for byte in range(0x80, 0x100)}
)
"""Controls as their pictures, what turns a line round or is no character as a mark, odd bytes as digits."""

_SHOWN_IN_LINES = _SHOWN | {ord("\n"): "\n", ord("\t"): "    ", ord("\r"): None}


def clean(text: str) -> str:
    """One line that a terminal only shows: no escape sequence survives, and no line end."""
    return text.translate(_SHOWN)


def clean_lines(text: str) -> str:
    """The same, with line ends kept."""
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_SHOWN_IN_LINES)


def result(*lines: str) -> None:
    """What was asked for."""
    for line in lines:
        sys.stdout.write(f"{line}\n")


def result_json(value: object) -> None:
    """The same for programs: one object, one line, pure ASCII."""
    sys.stdout.write(json.dumps(value, ensure_ascii=True) + "\n")


def remark(*lines: str) -> None:
    """What a person may want to know beside the result."""
    for line in lines:
        sys.stderr.write(f"{line}\n")


def answer(question: str) -> str:
    """What somebody types when asked; nothing where nobody does."""
    sys.stderr.write(question)
    sys.stderr.flush()
    return sys.stdin.readline().strip()


def folded(text: str, before: str = "", after: str | None = None) -> list[str]:
    """A paragraph in lines no wider than the terminal, the first led by `before` and the rest by as much space."""
    width = max(40, min(100, _width()))
    rest = " " * len(before) if after is None else after
    return textwrap.wrap(clean(text), width, initial_indent=before, subsequent_indent=rest) or [before.rstrip()]


def counted(number: int, one: str, many: str | None = None) -> str:
    """`1 work`, `12,000 works`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def some(lines: Iterable[str], most: int, more: str) -> list[str]:
    """The first lines of many, and a word on how many there are besides."""
    kept = list(lines)
    left = len(kept) - most
    return kept if left <= 0 else [*kept[:most], more.format(left)]


def plain_streams() -> None:
    """No text stops a result half way: what the terminal's encoding lacks is spelt out."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")


def _width() -> int:
    try:
        return os.get_terminal_size(1).columns
    except OSError:
        return int(os.environ.get("COLUMNS") or 80) if os.environ.get("COLUMNS", "80").isdecimal() else 80
