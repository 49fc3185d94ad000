"""The first moments of a command: Ctrl-C is answered before anything is loaded."""

from __future__ import annotations

import json
import subprocess
import sys

INTERRUPTED_WHILE_LOADING = """
import sys
class Presses:
    def find_spec(self, name, path=None, target=None):
        if name == "remnant.cli.running":
            raise KeyboardInterrupt
sys.meta_path.insert(0, Presses())
from remnant.cli.main import main
sys.exit(main(["find"]))
"""
LOADED = """
import json, sys
import remnant.cli.main
print(json.dumps(sorted(name for name in sys.modules if name.startswith("remnant"))))
"""


def test_ctrl_c_while_loading_ends_in_a_sentence() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", INTERRUPTED_WHILE_LOADING], capture_output=True, text=True, check=False
    )

    assert ended.returncode == 130
    assert ended.stderr == "\nInterrupted. What was acknowledged is kept; the same command goes on from there.\n"


def test_nothing_is_loaded_before_ctrl_c_can_be_answered() -> None:
    ended = subprocess.run([sys.executable, "-c", LOADED], capture_output=True, text=True, check=True)

    assert json.loads(ended.stdout) == ["remnant", "remnant.cli", "remnant.cli.main"]
