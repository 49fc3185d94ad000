"""Names of leaves and parts, no two alike."""

from __future__ import annotations


class Keys:
    """The names given so far."""

    def __init__(self) -> None:
        self._given: set[str] = set()
        self._repeats: dict[str, int] = {}

    def __contains__(self, name: str) -> bool:
        return name in self._given

    def give(self, name: str) -> str:
        """The name, or where it was given already `NAME'`, `NAME'2`, `NAME'3`: the first of these that was not."""
        # All between the name and the last that was made of it are given: to try them again costs the square of them.
        count = self._repeats.get(name, 0)
        while (found := _repeated(name, count)) in self._given:
            count += 1
        self._given.add(found)
        self._repeats[name] = count
        return found


def _repeated(name: str, count: int) -> str:
    return f"{name}'{count if count > 1 else ''}" if count else name
