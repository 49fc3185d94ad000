"""The command line as a process of its own, to be killed and interrupted."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

REMNANT = (sys.executable, "-P", "-m", "remnant.cli.main")


def begin(library: Path, *words: str, before: Sequence[str] = ()) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [*before, *REMNANT, *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=_environment(library),
        start_new_session=True,
    )


def run(library: Path, *words: str, code: int | None = 0) -> str:
    done = begin(library, *words)
    out, err = done.communicate(timeout=240)

    assert code is None or done.returncode == code, (done.returncode, out, err)
    return out.decode()


def asked(library: Path, *words: str, code: int | None = 0) -> dict[str, Any]:
    """The JSON that a command answers with."""
    answer = json.loads(run(library, *words, "--json", code=code))
    assert isinstance(answer, dict)
    return answer


def _environment(library: Path) -> dict[str, str]:
    return {**os.environ, "REMNANT_LIBRARY": str(library), "REMNANT_JOBS": "1", "PYTHONDONTWRITEBYTECODE": "1"}
