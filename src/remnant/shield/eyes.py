"""A reader's eyes, to be lent to an index: what `deciding` says of guards, each looked at once."""

from __future__ import annotations

from dataclasses import dataclass, field

from remnant.model import Reader, Strength, WishHow
from remnant.shield.canons import Canons
from remnant.shield.deciding import NO_CANONS, judge, judge_value, wary_of
from remnant.shield.guards import BEHIND, from_text


def is_apart(reader: Reader) -> bool:
    """Whether anything may be hidden from this reader that others see."""
    return not reader.is_trusted or any(wish.how is WishHow.HIDE for wish in reader.wishes)


@dataclass(frozen=True, slots=True)
class Eyes:
    """Equal for equal readers with the same canons; safe to share among threads."""

    reader: Reader
    canons: Canons = NO_CANONS
    _judged: dict[str, Strength] = field(default_factory=dict, compare=False, repr=False)

    def sees(self, guard: str) -> Strength:
        """How strongly a guard keeps its works from this reader; one that cannot be read hides them."""
        if guard not in self._judged:
            self._judged[guard] = self._judge(guard)
        return self._judged[guard]

    def sees_value(self, facet: str, value: str) -> Strength:
        return judge_value(facet, value, self.reader).strength

    @property
    def wary(self) -> frozenset[str]:
        return wary_of(self.reader)

    @property
    def opened(self) -> frozenset[str]:
        return self.reader.opened if self.reader.is_trusted else frozenset()

    @property
    def apart(self) -> bool:
        return is_apart(self.reader)

    def _judge(self, guard: str) -> Strength:
        if guard == BEHIND:
            return Strength.HIDDEN
        try:
            return judge(from_text(guard), self.reader, self.canons).strength
        except ValueError:
            return Strength.HIDDEN
