"""Progress on stderr: a bar for the eye, a line per tenth for screen readers and logs."""

from __future__ import annotations

import sys
from typing import Any, Protocol

from remnant.library.watching import Stage, Step

_DOING = {
    Stage.KEEPING: "keeping",
    Stage.UNDERSTANDING: "understanding",
    Stage.SETTING_APART: "setting apart",
    Stage.CHECKING: "checking",
    Stage.EXPORTING: "exporting",
    Stage.PUSHING: "pushing",
    Stage.TENDING: "reading vaults",
    Stage.RESTORING: "restoring",
}


class Watch(Protocol):
    def __call__(self, step: Step) -> None: ...

    def close(self) -> None: ...


def watch(*, plain: bool) -> Watch:
    """A bar where someone looks at one; lines for `--plain`; a pipe gets nothing it did not ask for."""
    if plain:
        return _Lines()
    return _Bar() if sys.stderr.isatty() else _Nothing()


class _Nothing:
    def __call__(self, step: Step) -> None:
        pass

    def close(self) -> None:
        pass


class _Lines:
    """One line per tenth of each stage; while the whole is not known, one per thousand."""

    def __init__(self) -> None:
        self._said: dict[Stage, int] = {}

    def __call__(self, step: Step) -> None:
        mark = step.done * 10 // step.total if step.total else step.done // 1000
        if mark <= self._said.get(step.stage, 0):
            return
        self._said[step.stage] = mark
        of = f" of {step.total:,}" if step.total else ""
        sys.stderr.write(f"{_DOING[step.stage]}: {step.done:,}{of}\n")
        sys.stderr.flush()

    def close(self) -> None:
        pass


class _Bar:
    """One bar a stage, the last one moving."""

    def __init__(self) -> None:
        self._bars: dict[Stage, Any] = {}

    def __call__(self, step: Step) -> None:
        bar = self._bars.get(step.stage)
        if bar is None:
            bar = self._bars[step.stage] = _new_bar(_DOING[step.stage], len(self._bars))
        bar.total = step.total
        bar.update(step.done - bar.n)

    def close(self) -> None:
        for bar in self._bars.values():
            bar.close()


def _new_bar(name: str, row: int) -> Any:
    from tqdm import tqdm

    return tqdm(desc=f"{name:>13}", unit=" files", position=row, leave=False, file=sys.stderr, dynamic_ncols=True)
