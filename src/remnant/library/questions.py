"""What a worker is asked about an original that is to be indexed, with all that it is to be read with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from types import MappingProxyType

from remnant.errors import DamageError
from remnant.library import tasks
from remnant.library.bundling import Bundling
from remnant.library.cards import Beside, Standing
from remnant.library.opening import Library
from remnant.library.pool import Job, Stopped
from remnant.library.readings import READ_UP_TO
from remnant.library.serials import Joined
from remnant.model import Original

UNSAID: Mapping[str, Standing] = MappingProxyType({})

_HARMED = Stopped("its bytes are not as they were kept; remnant check says more")


class Questions:
    """Made in threads of the pool, so that waiting for the disk keeps nobody waiting."""

    def __init__(self, library: Library, bundling: Bundling) -> None:
        self._library = library
        self._bundling = bundling

    def of(self, original: Original, standing: Mapping[str, Standing] = UNSAID) -> Job | Stopped:
        """All that is in an original. A companion that is harmed is left out, as if it were not here."""
        if original.size > READ_UP_TO:
            return Stopped(f"it is larger than {READ_UP_TO >> 20} MiB", again=False)
        beside: list[tuple[str, Original]] = []
        more: list[bytes] = []
        for path, companion in self._bundling.beside(original):
            with suppress(DamageError):
                more.append(self._library.shelf.get(companion.digest))
                beside.append((path, companion))
        try:
            return self._job(original, tuple(beside), more, (), standing)
        except DamageError:
            return _HARMED

    def of_stories(self, together: Sequence[Joined]) -> Job | Stopped:
        """Stories whose parts stand in the same files, the first part of each in the same one."""
        pieces = [piece for story in together for piece in story.pieces]
        return self.of_story(together[0].first, together[0].beside, pieces)

    def of_story(
        self, first: Original, beside: Beside, pieces: Sequence[str], standing: Mapping[str, Standing] = UNSAID
    ) -> Job | Stopped:
        """What these pieces make, of an original and what stands beside it; nothing if any of it is harmed."""
        try:
            more = [self._library.shelf.get(companion.digest) for _, companion in beside]
            return self._job(first, beside, more, pieces, standing)
        except DamageError:
            return _HARMED

    def _job(
        self,
        original: Original,
        beside: Beside,
        more: Sequence[bytes],
        pieces: Sequence[str],
        standing: Mapping[str, Standing],
    ) -> Job:
        data = self._library.shelf.get(original.digest)
        added = self._library.sayings.first(self._library.shelf.arrival(original.digest)).at
        said = self._library.sayings.together(original.digest, beside)
        asked = tasks.to_index(original, said, added, beside, standing, pieces)
        return Job(asked, b"".join([data, *more]) if more else data)
