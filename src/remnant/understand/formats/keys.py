"""Names of leaves and parts, no two alike."""

from __future__ import annotations


class Keys:
    """The names given so far."""

    def __init__(self) -> None:
        self._given: set[str] = set()
        self._last: dict[str, str] = {}

    def __contains__(self, name: str) -> bool:
        return name in self._given

    def give(self, name: str) -> str:
        """The name, with as many marks behind it as make it one that was not given yet."""
        # All between the name and the last that was made of it are given: to try them again costs the cube of them.
        found = self._last.get(name, name)
        while found in self._given:
            found += "'"
        self._given.add(found)
        self._last[name] = found
        return found
