"""Worse and worse files for the reader: `python -m bench.fuzz --count 100000`.

Goes on where the last run stopped (`bench/out/fuzz.json`); Ctrl-C loses at most 500 inputs. `--show NUMBER` writes one
input to a file, `--fresh` begins anew. Exit code 1 if any input broke a law, raised, or took too long.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from bench.fuzz import campaign
from bench.fuzz.mutations import made
from bench.fuzz.seeds import seeds
from bench.machine import machine

OUT = Path(__file__).resolve().parents[1] / "out"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.fuzz", description=__doc__)
    parser.add_argument("--count", type=int, default=100_000, help="how many inputs there are to be in all")
    parser.add_argument("--fresh", action="store_true", help="begin anew: the seeds or the reader have changed")
    parser.add_argument("--show", type=int, metavar="NUMBER", help="write this input to bench/out and say what it does")
    parser.add_argument("--results", type=Path, help="write how far it came as a page too")
    told = parser.parse_args()
    start = seeds()
    if told.show is not None:
        return _show(told.show, start)
    path = OUT / "fuzz.json"
    state = campaign.State() if told.fresh else campaign.load(path)
    try:
        for number in campaign.run(state, told.count, start, lambda now: campaign.save(path, now)):
            if number % 5_000 == 4_999:
                print(f"{number + 1} inputs, {len(state.failed)} faults", flush=True)
    except KeyboardInterrupt:
        campaign.save(path, state)
    text = _text(state, len(start))
    print(text)
    if told.results:
        told.results.write_text(
            f"# Files made worse\n\nWritten by `python -m bench.fuzz`.\n\n```text\n{text}```\n", "utf-8"
        )
    return 1 if state.failed else 0


def _text(state: campaign.State, count: int) -> str:
    lines = [
        machine(),
        f"{state.done} inputs from {count} seeds in {state.seconds:.0f} s of processor time",
        f"faults: {len(state.failed)}"
        f" (an exception, more than {campaign.SECONDS} s or {campaign.MEBIBYTES} MiB, a broken law)",
        f"slowest: input {state.slowest_input}, {state.slowest:.2f} s",
        *(f"input {number}: {why.strip().splitlines()[-1]}" for number, why in sorted(state.failed.items())[:20]),
    ]
    return "\n".join(lines) + "\n"


def _show(number: int, start: list[bytes]) -> int:
    data = made(number, start)
    OUT.mkdir(exist_ok=True)
    file = OUT / f"fuzz-{number}.bin"
    file.write_bytes(data)
    why = campaign.judge(data, number % campaign.VOICES_EVERY == 0)
    print(f"{file.name}: {len(data)} bytes\n{why or 'no fault'}")
    return 1 if why else 0


if __name__ == "__main__":
    raise SystemExit(main())
