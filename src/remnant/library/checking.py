"""Is everything here still whole?"""

from __future__ import annotations

from dataclasses import dataclass

from remnant.keep.audit import Audit, Grade, Verdict
from remnant.library.opening import Library
from remnant.library.watching import Progress, Stage, Step, Stop, never, nobody_watches
from remnant.model import Digest


@dataclass(frozen=True, slots=True)
class Harm:
    """One thing that is not as promised; `original` is None where it is not about one original."""

    original: Digest | None
    what: str


@dataclass(frozen=True, slots=True)
class Checked:
    """`originals` and `bytes` count what was read and found whole. `harmed` is damage; `remarks` lose nothing."""

    originals: int
    bytes: int
    harmed: tuple[Harm, ...]
    remarks: tuple[Harm, ...]
    stopped: bool

    @property
    def whole(self) -> bool:
        return not self.harmed


def check(library: Library, *, progress: Progress = nobody_watches, stop: Stop = never) -> Checked:
    """Read every byte that is kept against its promise, and every chain; change nothing."""
    audit = Audit(library.folder)
    verdicts: list[Verdict] = []
    done, total, stopped = 0, audit.total, False
    for verdict in audit.verdicts():
        verdicts.append(verdict)
        done += verdict.grade is Grade.WHOLE
        progress(Step(Stage.CHECKING, done, total))
        if stopped := stop():
            break
    whole = [verdict for verdict in verdicts if verdict.grade is Grade.WHOLE]
    return Checked(
        len(whole), sum(v.size for v in whole), _of(verdicts, Grade.HARM), _of(verdicts, Grade.REMARK), stopped
    )


def _of(verdicts: list[Verdict], grade: Grade) -> tuple[Harm, ...]:
    return tuple(Harm(verdict.digest, verdict.what) for verdict in verdicts if verdict.grade is grade)
