"""Whether an index can still be trusted, where the engines do not look.

Damage that a reader meets is an error it can report; in the writer's own threads it ends the process. So a writer
leaves a note while it is at work: whoever finds the note of one that never ended looks at every byte before going
on. A reader that met damage leaves a doubt, and the next writer is told to make the index again.
"""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from remnant.find.embedded import schema
from remnant.find.embedded.sound import catalogue_sound
from remnant.find.port import IndexStale

_WRITING = "writing"
_DOUBTED = "doubted"
_FOOTER = struct.Struct("<II")
_MAGIC = 1337
_CHUNK = 1 << 20


def begin(data: Path, text: Path) -> None:
    """Note that a writer is at work; IndexStale if the last one left damage. Only who holds the lock may ask."""
    if is_doubted(data) or ((data / _WRITING).exists() and not _is_whole(data, text)):
        raise IndexStale("The index is damaged. It can be made again; nothing kept depends on it.")
    (data / _WRITING).touch()


def end(data: Path) -> None:
    (data / _WRITING).unlink(missing_ok=True)


def is_doubted(data: Path) -> bool:
    """Whether a reader met damage there."""
    return (data / _DOUBTED).exists()


def doubt(data: Path) -> None:
    """Note that damage was met; where that cannot be written, no one will write the index either."""
    with suppress(OSError):
        (data / _DOUBTED).touch()


def _is_whole(data: Path, text: Path) -> bool:
    with catalogue_sound():
        connection = schema.open_to_read(data)
        catalogue = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        connection.close()
    try:
        return catalogue == "ok" and all(map(_matches_its_footer, _parts(text)))
    except (OSError, ValueError, KeyError, TypeError, struct.error):
        return False


def _parts(text: Path) -> Iterator[Path]:
    """The files that the present text index is made of; others may be half-written and belong to nothing."""
    for segment in json.loads((text / "meta.json").read_bytes())["segments"]:
        name = segment["segment_id"].replace("-", "")
        deletes = f"{name}.{segment['deletes']['opstamp']}.del" if segment["deletes"] else None
        yield from (path for path in text.glob(f"{name}.*") if path.suffix != ".del" or path.name == deletes)


def _matches_its_footer(part: Path) -> bool:
    """Each file ends with a JSON that holds the CRC of what comes before, its length and a magic number."""
    with part.open("rb") as file:
        file.seek(-_FOOTER.size, 2)
        length, magic = _FOOTER.unpack(file.read(_FOOTER.size))
        file.seek(-_FOOTER.size - length, 2)
        size = file.tell()
        footer = json.loads(file.read(length))
        file.seek(0)
        crc = 0
        while size > 0 and (chunk := file.read(min(size, _CHUNK))):
            crc, size = zlib.crc32(chunk, crc), size - len(chunk)
    return magic == _MAGIC and bool(footer["crc"] == crc)
