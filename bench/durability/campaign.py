"""A long proof in small steps: what was tried is written down, so that it goes on where it was stopped."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from bench.machine import machine

OUT = Path(__file__).resolve().parents[1] / "out" / "durability"
RESULTS = Path(__file__).resolve().parents[1] / "results" / "durability.md"

Tried = dict[str, object]
"""What came of one step, as plain JSON; `wrong` lists what was wrong with it."""


@dataclass
class Campaign:
    """The steps of one proof that were tried so far."""

    name: str
    done: dict[str, Tried] = field(default_factory=dict)

    def __post_init__(self) -> None:
        OUT.mkdir(parents=True, exist_ok=True)
        if self._path.exists():
            lines = self._path.read_text("utf-8").splitlines()
            self.done = {record["step"]: record for record in map(json.loads, lines)}

    @classmethod
    def of(cls, name: str, *, again: bool) -> Campaign:
        """What was tried so far; nothing, where all of it is to be tried again."""
        campaign = cls(name)
        if again:
            campaign._path.unlink(missing_ok=True)
            campaign.done.clear()
        return campaign

    @property
    def _path(self) -> Path:
        return OUT / f"{self.name}.jsonl"

    def try_all(self, steps: Iterable[str], attempt: Callable[[str], Tried]) -> None:
        """Try what was not tried yet; whatever is wrong is said at once."""
        began = time.monotonic()
        with self._path.open("a", encoding="utf-8") as log:
            for number, step in enumerate(steps, 1):
                if step in self.done:
                    continue
                self.done[step] = {"step": step, **attempt(step)}
                log.write(json.dumps(self.done[step]) + "\n")
                log.flush()
                if self.done[step]["wrong"]:
                    print(f"{self.name} {step}: {self.done[step]['wrong']}", flush=True)
                if number % 50 == 0:
                    print(f"{self.name}: {number} steps, {time.monotonic() - began:.0f} s", flush=True)

    @property
    def wrong(self) -> list[Tried]:
        return [tried for tried in self.done.values() if tried["wrong"]]


def say(name: str, title: str, command: str, text: str) -> None:
    """Keep a section for the page of results, and print it."""
    OUT.mkdir(parents=True, exist_ok=True)
    when = time.strftime("%d %B %Y", time.gmtime()).lstrip("0")
    section = f"## {title}\n\n`{command}`, {when}, {machine()}\n\n{text.strip()}\n"
    (OUT / f"{name}.md").write_text(section, "utf-8")
    print(section)


def results(order: Iterable[str]) -> None:
    """Put together `bench/results/durability.md` from the sections that there are."""
    parts = [(OUT / f"{name}.md").read_text("utf-8") for name in order if (OUT / f"{name}.md").exists()]
    RESULTS.write_text("# Durability: what was tried, and what came of it\n\n" + "\n".join(parts), "utf-8")
