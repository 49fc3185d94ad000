"""What became of an archive: its files, rows, mails and pages counted against what was read of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial

from remnant.errors import DamageError, RefusedError
from remnant.find.port import Facet
from remnant.library import tasks
from remnant.library.bundling import Bundling, may_be_companion
from remnant.library.cards import finding_from_json
from remnant.library.growing import CONTAINERS, stopped_sentence, unread_sentence
from remnant.library.opening import Library
from remnant.library.pool import Job, Outcome, Stopped
from remnant.library.readings import READ_UP_TO
from remnant.library.watching import Progress, Stage, Step, Stop, never, nobody_watches
from remnant.model import Arrival, Digest, Finding, Original, Reader, Severity
from remnant.shield.names import veiled_name, veiled_words
from remnant.wire.arrival import original_from_json

MISSING = frozenset({"Q001", "R004", "E003"})
REPEATED = frozenset({"M003", "W003"})


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to know of one file of the archive; both as they may be shown."""

    name: str
    message: str


@dataclass(frozen=True, slots=True)
class Reconciled:
    """An archive accounted for. `files` counts arrivals, `originals` different ones among them.

    `found` counts what was read, by kind. `used` are files whose text is part of another's story; `loose` look like
    that and are in no table. `lost` is what is cut or harmed.
    """

    name: str
    files: int
    originals: int
    bytes: int
    formats: Mapping[str, int]
    found: Mapping[str, int]
    used: int
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
    formats: Counter[str] = field(default_factory=Counter)
    kinds: dict[Original, Counter[str]] = field(default_factory=dict)
    used: set[Digest] = field(default_factory=set)
    noted: list[tuple[str, Finding]] = field(default_factory=list)
    unread: dict[Original, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.names = {one.original: one.name for one in reversed(self.arrivals)}

    def question(self, original: Original) -> Job | Stopped:
        if original.size > READ_UP_TO:
            return Stopped(f"it is larger than {READ_UP_TO >> 20} MiB", again=False)
        beside = self.bundling.beside(original)
        try:
            added = self.library.shelf.arrival(original.digest).at
            data = [self.library.shelf.get(one.digest) for one in (original, *(other for _, other in beside))]
        except DamageError:
            return Stopped("its bytes are not as they were kept; remnant check says more", again=False)
        return Job(tasks.to_index(original, (), added, beside), b"".join(data))

    def hear(self, original: Original, outcome: Outcome) -> None:
        name = self.names[original]
        if isinstance(outcome, Stopped):
            self.unread[original] = stopped_sentence(outcome)
            return
        head = outcome.head
        made = tuple(map(finding_from_json, head["findings"]))
        self.formats[head["format"]] += 1
        self.kinds[original] = Counter(kind for one in head["entries"] for kind in one["facets"][Facet.KIND.value])
        self.used |= {original_from_json(one).digest for entry in head["entries"] for one in entry["beside"]}
        self.noted += [(name, finding) for finding in made]
        if not head["entries"] and head["format"] not in CONTAINERS:
            self.unread[original] = unread_sentence(head["format"], made)

    def reconciled(self, name: str, *, stopped: bool) -> Reconciled:
        alone = [original for original in self.names if original.digest not in self.used]
        found = sum((self.kinds.get(original, Counter()) for original in alone), Counter[str]())
        anchors = any(self.bundling.beside(original) for original in alone)
        loose = [veiled_name(self.names[one]) for one in alone if anchors and may_be_companion(self.names[one])]
        return Reconciled(
            name=name,
            files=len(self.arrivals),
            originals=len(self.names),
            bytes=sum(original.size for original in self.names),
            formats=dict(sorted(self.formats.items())),
            found=dict(sorted(found.items())),
            used=sum(original.digest in self.used for original in self.names),
            loose=tuple(sorted(loose)),
            missing=tuple(self._remarks(lambda finding: finding.code in MISSING)),
            lost=tuple(self._remarks(lambda one: one.severity is Severity.LOSS and one.code not in MISSING)),
            repeated=tuple(self._remarks(lambda finding: finding.code in REPEATED)),
            unread=tuple(_remark(self.names[one], why) for one, why in sorted(self.unread.items()) if one in alone),
            stopped=stopped,
        )

    def _remarks(self, wanted: Callable[[Finding], bool]) -> Iterator[Remark]:
        return (_remark(name, finding.message) for name, finding in self.noted if wanted(finding))


def _remark(name: str, message: str) -> Remark:
    return Remark(veiled_name(name), veiled_words(message))
