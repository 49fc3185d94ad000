"""What became of an archive: its files, rows, mails and pages counted against what was read of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial

from remnant.errors import DamageError, RefusedError
from remnant.find.port import Facet
from remnant.library import tasks
from remnant.library.bundles.shelved import home_in_library
from remnant.library.bundling import Bundling
from remnant.library.cards import finding_from_json
from remnant.library.indexed import CONTAINERS, stopped_sentence, unread_sentence
from remnant.library.listed_here import lists_at, missing, unlisted
from remnant.library.opening import Library
from remnant.library.parts_told import Carded, told
from remnant.library.pool import Job, Outcome, Stopped
from remnant.library.readings import READ_UP_TO
from remnant.library.watching import Progress, Stage, Step, Stop, never, nobody_watches
from remnant.model import Arrival, Digest, Finding, Original, Reader, Severity
from remnant.shield.names import veiled_name, veiled_words
from remnant.wire.arrival import original_from_json
from remnant.wire.canonical import Json

MISSING = frozenset({"Q001", "R004", "E003", "S001"})
REPEATED = frozenset({"M003", "W003"})
MARKED = "C001"
TEXTLESS = ("image/", "audio/", "video/", "application/ogg")


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to know of one file of the archive; both as they may be shown."""

    name: str
    message: str


@dataclass(frozen=True, slots=True)
class Reconciled:
    """An archive accounted for. `files` counts arrivals, `originals` different ones among them.

    `found` counts what was read, by kind; of these, `posted` are stories that came in numbered mails, `parts` in all.
    `used` are files whose text is part of another's story, `textless` pictures and recordings, `marked` books with
    marks of a library's owner beside them; `loose` look like part of a story and are in no table. `lost` is what is cut
    or harmed.
    """

    name: str
    files: int
    originals: int
    bytes: int
    formats: Mapping[str, int]
    found: Mapping[str, int]
    posted: int
    parts: int
    used: int
    textless: int
    marked: int
    loose: tuple[str, ...]
    missing: tuple[Remark, ...]
    lost: tuple[Remark, ...]
    repeated: tuple[Remark, ...]
    unread: tuple[Remark, ...]
    stopped: bool

    @property
    def whole(self) -> bool:
        """Whether nothing is missing, lost or left unread."""
        return not (self.missing or self.lost or self.unread or self.stopped)


def reconcile(
    library: Library, reader: Reader, name: str, *, progress: Progress = nobody_watches, stop: Stop = never
) -> Reconciled:
    """Account for all that came under a name: a folder, an archive or a file, as it was called when it was added.

    Everything is read anew; nothing is written. RefusedError if nothing came under the name, or if whoever asks only
    reads here: names of files are their keeper's business.
    """
    if not reader.is_trusted:
        raise RefusedError(f"{reader.name} only reads here; what became of an archive is its keeper's business.")
    library.sayings.catch_up()
    bundling = Bundling(library.shelf, library.sayings.again())
    arrivals = [one for one in bundling.every() if _is_under(one, name.rstrip("/"))]
    if not arrivals:
        raise RefusedError(f"Nothing came here under the name {name!r}. It is the name that was given to remnant add.")
    account = _Account(library, bundling, arrivals)
    originals = sorted(account.names)
    jobs = ((original, partial(account.question, original)) for original in originals)
    for number, (original, outcome) in enumerate(library.pool.ask_all(jobs), 1):
        account.hear(original, outcome)
        progress(Step(Stage.UNDERSTANDING, number, len(originals)))
        if stop():
            break
    return account.reconciled(veiled_name(name), stopped=stop())


def _is_under(arrival: Arrival, name: str) -> bool:
    """In this folder, in this archive, or the very file."""
    return any(one == name or one.startswith(f"{name}/") for one in (arrival.name, *arrival.inside))


@dataclass(slots=True)
class _Account:
    """What has been heard so far."""

    library: Library
    bundling: Bundling
    arrivals: list[Arrival]
    names: dict[Original, str] = field(init=False)
    sightings: defaultdict[Original, list[Arrival]] = field(default_factory=partial(defaultdict, list))
    formats: Counter[str] = field(default_factory=Counter)
    kinds: dict[Original, Counter[str]] = field(default_factory=dict)
    used: set[Digest] = field(default_factory=set)
    near: set[Digest] = field(default_factory=set)
    lists: dict[Original, Json] = field(default_factory=dict)
    textless: set[Original] = field(default_factory=set)
    marked: set[Original] = field(default_factory=set)
    harmed: dict[Original, str] = field(default_factory=dict)
    carded: dict[Original, list[Carded]] = field(default_factory=dict)
    noted: list[tuple[str, Finding]] = field(default_factory=list)
    unread: dict[Original, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.names = {one.original: one.name for one in reversed(self.arrivals)}
        for arrival in self.arrivals:
            self.sightings[arrival.original].append(arrival)

    def question(self, original: Original) -> Job | Stopped:
        if original.size > READ_UP_TO:
            return Stopped(f"it is larger than {READ_UP_TO >> 20} MiB", again=False)
        try:
            added = self.library.shelf.arrival(original.digest).at
            data = self.library.shelf.get(original.digest)
        except DamageError:
            return Stopped("its bytes are not as they were kept; remnant check says more", again=False)
        beside = [(one, more) for one in self.bundling.beside(original) if (more := self._whole(one[1])) is not None]
        asked = tasks.to_index(original, (), added, tuple(one for one, _ in beside))
        return Job(asked, b"".join([data, *(more for _, more in beside)]))

    def _whole(self, companion: Original) -> bytes | None:
        """The bytes of a companion; the rest is read without one that is harmed, and that is told."""
        try:
            return self.library.shelf.get(companion.digest)
        except DamageError:
            self.harmed[companion] = "Its bytes are not as they were kept; what belongs with it was read without it."
            return None

    def hear(self, original: Original, outcome: Outcome) -> None:
        name = self.names[original]
        if isinstance(outcome, Stopped):
            self.unread[original] = stopped_sentence(outcome)
            return
        head = outcome.head
        made = tuple(map(finding_from_json, head["findings"]))
        self.formats[head["format"]] += 1
        self.kinds[original] = Counter(kind for one in head["entries"] for kind in one["facets"][Facet.KIND.value])
        used = {original_from_json(one).digest for entry in head["entries"] for one in entry["beside"]}
        self.used |= used
        if used and not any(home_in_library(one) for one in self.sightings[original]):
            self.near |= {one.digest for _, one in self.bundling.beside(original)}
        entries = [entry for entry in head["entries"] if entry["serial"]]
        self.carded[original] = [Carded(one["facets"][Facet.KIND.value][0], one["serial"]) for one in entries]
        if "lists" in head:
            self.lists[original] = head["lists"]
        self.noted += [(name, finding) for finding in made]
        if any(finding.code == MARKED for finding in made):
            self.marked.add(original)
        if head["format"].startswith(TEXTLESS):
            self.textless.add(original)
        elif not head["entries"] and head["format"] not in CONTAINERS:
            self.unread[original] = unread_sentence(head["format"], made)

    def reconciled(self, name: str, *, stopped: bool) -> Reconciled:
        alone = [original for original in self.names if original.digest not in self.used]
        posted = told([card for original in alone for card in self.carded.get(original, ())])
        found = sum((self.kinds.get(original, Counter()) for original in alone), Counter[str]())
        found.update(posted.kinds)
        lists = lists_at((told, self.sightings[one]) for one, told in self.lists.items())
        lacking = (_remark(name, message) for name, message in missing(lists, self.arrivals))
        loose = {*unlisted(lists, self.arrivals)} | {self.names[one] for one in alone if one.digest in self.near}
        lost = (*self._remarks(lambda one: one.severity is Severity.LOSS and one.code not in MISSING), *self._harmed())
        return Reconciled(
            name=name,
            files=len(self.arrivals),
            originals=len(self.names),
            bytes=sum(original.size for original in self.names),
            formats=dict(sorted(self.formats.items())),
            found={kind: many for kind, many in sorted(found.items()) if many},
            posted=posted.stories,
            parts=posted.parts,
            used=sum(original.digest in self.used for original in self.names),
            marked=sum(original in self.marked for original in alone),
            textless=sum(original in self.textless for original in alone),
            loose=tuple(sorted(map(veiled_name, loose))),
            missing=(*self._remarks(lambda finding: finding.code in MISSING), *lacking, *_parts(posted.missing)),
            lost=lost,
            repeated=(*self._remarks(lambda finding: finding.code in REPEATED), *_parts(posted.again)),
            unread=tuple(_remark(self.names[one], why) for one, why in sorted(self.unread.items()) if one in alone),
            stopped=stopped,
        )

    def _harmed(self) -> Iterator[Remark]:
        return (_remark(self.names.get(one, one.digest.short), why) for one, why in sorted(self.harmed.items()))

    def _remarks(self, wanted: Callable[[Finding], bool]) -> Iterator[Remark]:
        return (_remark(name, finding.message) for name, finding in self.noted if wanted(finding))


def _parts(said: Iterable[tuple[str, str]]) -> Iterator[Remark]:
    return (_remark(title, message) for title, message in said)


def _remark(name: str, message: str) -> Remark:
    return Remark(veiled_name(name), veiled_words(message))
