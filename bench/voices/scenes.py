"""Scenes of our own, labelled paragraph by paragraph."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from remnant.model import Reading
from remnant.understand.reader import understand_bytes
from remnant.understand.voices.hearing import heard

TELLING, THOUGHT, OTHER, UNKNOWABLE = "-", "~", "?", "="
SCENES = Path(__file__).parent / "labelled"
TWO_HANDERS = Path(__file__).parent / "two_handers"


@dataclass(frozen=True, slots=True)
class Labelled:
    """A scene: of each paragraph whose turn it is or what voice it holds, and its text."""

    name: str
    paragraphs: tuple[tuple[str, str], ...]

    @property
    def text(self) -> str:
        return "\n\n".join(text for _, text in self.paragraphs) + "\n"

    def reading(self) -> Reading:
        return heard(understand_bytes(self.text.encode()))


def scenes(folder: Path = SCENES) -> list[Labelled]:
    return [_read(path) for path in sorted(folder.glob("*.tsv"))]


def _read(path: Path) -> Labelled:
    rows = [row.split("\t") for row in path.read_text("utf-8").splitlines() if row and not row.startswith("#")]
    return Labelled(path.stem, tuple((who, text) for who, text in rows))
