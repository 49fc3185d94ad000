"""Plant each fault in a copy of the project, run its law, and say which were caught: `python tests/planted/run.py`."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent


@dataclass(frozen=True, slots=True)
class Fault:
    name: str
    law: str
    says: str
    file: str
    find: str
    replace: str
    test: str


def read_fault(path: Path) -> Fault:
    table = tomllib.loads(path.read_text("utf-8"))
    law = str(table.pop("law"))
    return Fault(name=path.stem, law=law, **table)


def plant(fault: Fault, copy: Path) -> None:
    """Change the copy; ValueError if the place is not there exactly once."""
    target = copy / fault.file
    text = target.read_text("utf-8")
    if text.count(fault.find) != 1:
        raise ValueError(f"{fault.name}: {fault.file} holds the place {text.count(fault.find)} times, not once.")
    target.write_text(text.replace(fault.find, fault.replace), "utf-8")


def copy_project(copy: Path) -> None:
    """The sources and tests; what is large and never changed (the checkers from npm) is linked to."""
    common = shutil.ignore_patterns(".git", ".venv", "node_modules", ".mypy_cache", "__pycache__", ".hypothesis", "out")

    def ignored(folder: str, names: list[str]) -> set[str]:
        return common(folder, names) | ({"library"} if Path(folder) == ROOT else set())

    shutil.copytree(ROOT, copy, ignore=ignored)
    if (ROOT / "tests/node/node_modules").exists():
        (copy / "tests/node/node_modules").symlink_to(ROOT / "tests/node/node_modules")


def is_caught(fault: Fault) -> bool:
    """Whether the test fails on the faulty copy; it must pass on the sound project, which CI sees to."""
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch) / "project"
        copy_project(copy)
        plant(fault, copy)
        environment = os.environ | {"PYTHONPATH": f"{copy / 'src'}{os.pathsep}{copy}"}
        command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *fault.test.split()]
        done = subprocess.run(command, cwd=copy, env=environment, capture_output=True, text=True, check=False)
    return done.returncode == 1


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="only these (default: all)")
    wanted = set(parser.parse_args().names)
    faults = [read_fault(path) for path in sorted(HERE.glob("*.toml")) if not wanted or path.stem in wanted]
    missed = 0
    for fault in faults:
        caught = is_caught(fault)
        missed += not caught
        print(f"{'caught' if caught else 'MISSED':7} law {fault.law:4} {fault.name}: {fault.says}", flush=True)
    print(f"{len(faults) - missed} of {len(faults)} planted faults caught")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
