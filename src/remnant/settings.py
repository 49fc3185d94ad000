"""What a person has set, read once by a face and handed down as values.

| environment | meaning | unless set |
|---|---|---|
| `REMNANT_LIBRARY` | the library folder | `$XDG_DATA_HOME/remnant`, else `~/.local/share/remnant` |
| `REMNANT_READER` | who is asking | `reader` |
| `REMNANT_JOBS` | worker processes | one per processor |
| `REMNANT_PLAIN` | lines instead of a moving bar | no |
| `REMNANT_FILE_SECONDS` | processor time one file may take to be understood | 60 |
| `REMNANT_FILE_MEMORY` | memory one worker may take, in MiB | 2048 |
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from remnant.errors import UsageError

_READER_NAME = re.compile(r"[^\x00-\x1f\x7f/\\]{1,64}")


@dataclass(frozen=True, slots=True)
class Settings:
    library: Path
    reader: str
    jobs: int
    plain: bool
    file_seconds: int
    file_memory: int

    @classmethod
    def read(
        cls,
        environ: Mapping[str, str],
        *,
        library: str | None = None,
        reader: str | None = None,
        jobs: int | None = None,
        plain: bool = False,
    ) -> Settings:
        """What was said on the command line outranks the environment. UsageError names what cannot be read."""
        return cls(
            library=Path(library or environ.get("REMNANT_LIBRARY") or _usual_library(environ)).expanduser(),
            reader=reader_name(reader or environ.get("REMNANT_READER") or "reader"),
            jobs=jobs or _number(environ, "REMNANT_JOBS", _processors()),
            plain=plain or environ.get("REMNANT_PLAIN", "") not in ("", "0", "no"),
            file_seconds=_number(environ, "REMNANT_FILE_SECONDS", 60),
            file_memory=_number(environ, "REMNANT_FILE_MEMORY", 2048),
        )


def _usual_library(environ: Mapping[str, str]) -> str:
    return str(Path(environ.get("XDG_DATA_HOME") or "~/.local/share") / "remnant")


def _processors() -> int:
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        return os.cpu_count() or 1


def reader_name(name: str) -> str:
    """The name if a reader may bear it; UsageError says what a name is."""
    if not _READER_NAME.fullmatch(name) or name.startswith("."):
        raise UsageError("A reader's name is 1 to 64 characters, without slashes, and does not begin with a dot.")
    return name


def _number(environ: Mapping[str, str], name: str, usual: int) -> int:
    text = environ.get(name, "")
    if not text:
        return usual
    if not text.isdecimal() or int(text) < 1:
        raise UsageError(f"{name} must be a whole number above 0.")
    return int(text)
