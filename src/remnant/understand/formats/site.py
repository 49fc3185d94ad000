"""A folder of saved pages with a page that lists them: each story a leaf, in one file or several.

The list says which pages are stories and what they are called; chapters are found by the list's rows ("1 | 2 | 3") and
by the pages' own links to what comes next. No link is followed out of the folder, and none is changed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial

from remnant.model import Original, Part, Region, Skip, SkipClass, Span
from remnant.understand.draft import Draft, Element, Fact, Leaf, Line, Volume
from remnant.understand.findings import finding
from remnant.understand.formats import draft_of, html, sniff
from remnant.understand.formats.enclosures import moved
from remnant.understand.formats.keys import Keys
from remnant.understand.formats.site_links import Folder, Ways, chapter_number, is_furniture, target_of, ways_of
from remnant.understand.formats.source import Source
from remnant.unpack.decode import decode

Files = Mapping[str, tuple[Original, bytes]]

LEAST = 2
"""Stories that a page must name to be a list of them."""
MOST_LISTS = 200
MOST_PAGES = 500
"""Of one story."""
MOST_ROWS = 6
"""Lines of a list that speak of one story."""
MOST_ENTRIES = 8
"""Times that one story is listed, and heard."""
LONGEST_ROW = 3_000
LONGEST_WAY = 500
WAY = Element("div", classes=("remnant-way",))
"""Around links between the pages of one story, which are no part of it."""


@dataclass(slots=True)
class Entry:
    """A story as a list has it: its first page, its other pages as far as the list names them, and what is said."""

    target: str
    page: str
    title: tuple[Span, ...]
    rows: list[tuple[Span, ...]] = field(default_factory=list)
    chapters: dict[int, str] = field(default_factory=dict)


@dataclass(slots=True)
class Text:
    """A page of the folder, decoded."""

    source: Source
    bom: int
    ways: Ways


class Site:
    """The folder as its lists see it."""

    def __init__(self, original: Original, data: bytes, beside: Files) -> None:
        self.files: dict[str, tuple[Original, bytes]] = {"": (original, data), **beside}
        self.folder = Folder(beside)
        self._texts: dict[str, Text] = {}

    def text(self, path: str) -> Text:
        if path not in self._texts:
            original, data = self.files[path]
            decoded = decode(data, html.declared_charset(data))
            source = Source.of(original.digest, path, decoded)
            ways = ways_of(path, decoded.text, self.folder)
            self._texts[path] = Text(source, decoded.bom, ways)
        return self._texts[path]

    def lists(self) -> list[str]:
        """The anchor, and the lists that it leads to, in the order in which they are named."""
        found, seen = [""], {""}
        for path in found:
            for target in self.text(path).ways.named:
                here = target in self.folder and target not in seen and len(found) < MOST_LISTS
                if here and sniff.is_html(self.text(target).source.text) and self.text(target).ways.lists:
                    seen.add(target)
                    found.append(target)
        return found

    def entries(self, page: str, lists: frozenset[str]) -> list[Entry]:
        """What one list says, story by story."""
        text = self.text(page)
        return _Rows(page, lists, self.folder).of(html.read(text.source, text.bom).lines)

    def pages_of(self, entry: Entry, taken: frozenset[str]) -> list[str]:
        """The pages of a story in order, as the list or else the pages themselves say; those that are here."""
        numbered = {1: entry.target, **entry.chapters}
        if len(numbered) == 1 and entry.target in self.folder:
            more = self.text(entry.target).ways.chapters
            numbered |= {number: path for number, path in more.items() if path not in taken and number > 1}
        pages = list(dict.fromkeys(numbered[number] for number in sorted(numbered)))
        if len(pages) == 1:
            pages += self._onward(entry.target, taken)
        return pages[:MOST_PAGES]

    def _onward(self, page: str, taken: frozenset[str]) -> Iterator[str]:
        seen = {page}
        while page in self.folder and len(seen) <= MOST_PAGES:
            following = self.text(page).ways.onward
            if following is None or following in seen or following in taken:
                return
            seen.add(following)
            yield following
            page = following


@dataclass(slots=True)
class _Rows:
    """Lines of a list on their way to entries."""

    page: str
    lists: frozenset[str]
    folder: Folder
    entries: list[Entry] = field(default_factory=list)
    open: Entry | None = None
    heading: tuple[Span, ...] = ()

    def of(self, lines: tuple[Line, ...]) -> list[Entry]:
        for line in lines:
            if line.text.strip():
                self._line(line)
        return self.entries

    def _line(self, line: Line) -> None:
        linked = [(span, self._target(span)) for span in line.spans]
        if not any(target for _, target in linked):
            self._unlinked(line)
            return
        before: list[Span] = []
        for group, target in _grouped(linked):
            said = "".join(span.text for span in group).strip()
            if target is None:
                before += group
                if self.open is not None:
                    self._say(self.open, group)
            elif (number := chapter_number(said)) is not None:
                self._chapter(number, target, tuple(before) or self.heading)
            elif not is_furniture(said) and target not in self.lists:
                self.open = Entry(target, self.page, tuple(group))
                self.entries.append(self.open)
        self.heading = ()

    def _unlinked(self, line: Line) -> None:
        self.heading = line.spans if len(line.text) <= 200 else ()
        if line.level and line.kind.value == "heading":
            self.open = None
        elif self.open is not None:
            self._say(self.open, line.spans)

    def _chapter(self, number: int, target: str, title: tuple[Span, ...]) -> None:
        """Another page of the story at hand, or the first of one whose title is no link."""
        if self.open is None or number in self.open.chapters or (number == 1 and self.open.chapters):
            if not "".join(span.text for span in title).strip(" -:|,\n"):
                return
            self.open = Entry(target, self.page, title)
            self.entries.append(self.open)
        self.open.chapters[number] = target

    def _say(self, entry: Entry, spans: tuple[Span, ...] | list[Span]) -> None:
        told = "".join(span.text for span in spans)
        if len(entry.rows) < MOST_ROWS and len(told) <= LONGEST_ROW and any(map(str.isalnum, told)):
            entry.rows.append(tuple(spans))

    def _target(self, span: Span) -> str | None:
        target = target_of(self.page, span.href) if span.href else None
        return None if target is None else self.folder.found(target)


def _grouped(linked: list[tuple[Span, str | None]]) -> Iterator[tuple[list[Span], str | None]]:
    """Spans one after the other that lead to one place."""
    group: list[Span] = []
    last: str | None = None
    for span, target in linked:
        if group and target != last:
            yield group, last
            group = []
        group.append(span)
        last = target
    if group:
        yield group, last


def volume(original: Original, data: bytes, beside: Files) -> Volume | None:
    """The stories of a site; None if the page lists none of what stands beside it."""
    site = Site(original, data, beside)
    if not sniff.is_html(site.text("").source.text):
        return None
    lists = site.lists()
    known = frozenset(lists)
    entries: defaultdict[str, list[Entry]] = defaultdict(list)
    for page in lists:
        for entry in site.entries(page, known):
            entries[entry.target].append(entry)
    here = [target for target in entries if target in site.folder]
    if not here or len(entries) < LEAST:
        return None
    return _Shelf(site, entries, lists).volume()


@dataclass(slots=True)
class _Shelf:
    """The leaves of a site."""

    site: Site
    entries: Mapping[str, list[Entry]]
    lists: list[str]
    keys: Keys = field(default_factory=Keys)

    def volume(self) -> Volume:
        taken = frozenset({*self.entries, *self.lists})
        given: set[str] = set(self.lists)
        missing: dict[str, None] = {}
        leaves = [Leaf(self.keys.give("0"), partial(self._list, ""))]
        leaves += [Leaf(self.keys.give(path), partial(self._list, path)) for path in self.lists[1:]]
        for target, listed in self.entries.items():
            pages = [page for page in self._pages(listed, taken) if page not in given]
            here = [page for page in pages if page in self.site.folder]
            missing |= dict.fromkeys(page for page in pages if page not in self.site.folder)
            given.update(here)
            if here:
                leaves.append(Leaf(self.keys.give(target), partial(self._story, target, here, listed)))
        findings = tuple(finding("S001", file=path) for path in missing)
        return Volume(tuple(leaves), Draft(html.FORMAT, (), (), (), (), findings))

    def _pages(self, listed: list[Entry], taken: frozenset[str]) -> list[str]:
        every = [self.site.pages_of(entry, taken) for entry in listed[:MOST_ENTRIES]]
        return max(every, key=len)

    def _list(self, path: str) -> Draft:
        original, data = self.site.files[path]
        draft = draft_of(original, data)
        return moved(draft, f"{path}/page") if path else draft

    def _story(self, target: str, pages: list[str], listed: list[Entry]) -> Draft:
        drafts = [moved(draft_of(*self.site.files[page]), page) for page in pages]
        said = _Said(target, self.site)
        for entry in listed[:MOST_ENTRIES]:
            said.entry(entry)
        return Draft(
            drafts[0].format,
            (*(part for draft in drafts for part in draft.parts), *said.parts),
            tuple(
                line for number, page in enumerate(pages) for line in self._without_ways(page, number, drafts[number])
            ),
            (*drafts[0].facts, *said.facts),
            (*(skip for draft in drafts for skip in draft.skips), *said.skips),
            tuple(one for draft in drafts for one in draft.findings),
        )

    def _without_ways(self, page: str, number: int, draft: Draft) -> Iterator[Line]:
        """The lines of one page of several, with a mark on those by which its readers went on to the next."""
        for line in draft.lines:
            way = len(line.text) <= LONGEST_WAY and _is_way(page, line)
            inside = (*line.inside, WAY) if way else line.inside
            yield replace(line, page=number, inside=inside)


def _is_way(page: str, line: Line) -> bool:
    """Whether a line is nothing but links to other pages of the folder, by number or as "next" and "home"."""
    linked = [(span.text, target_of(page, span.href)) for span in line.spans if span.href]
    others = "".join(span.text for span in line.spans if not span.href)
    return bool(linked) and not any(map(str.isalnum, others)) and all(target is not None for _, target in linked)


@dataclass(slots=True)
class _Said:
    """What lists say of one story, each line of theirs a part of its own."""

    target: str
    site: Site
    parts: list[Part] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    skips: list[Skip] = field(default_factory=list)
    row: int = 0

    def entry(self, entry: Entry) -> None:
        source = self.site.text(entry.page).source
        if entry.page and all(part.path != entry.page for part in self.parts):
            self.parts.append(Part(entry.page, source.encoding, ""))
        self._say("site:title", entry.title, source)
        for spans in entry.rows:
            self._say("site:row", spans, source)

    def _say(self, name: str, spans: tuple[Span, ...], source: Source) -> None:
        if not spans:
            return
        self.row += 1
        start, end = min(span.source.start for span in spans), max(span.source.end for span in spans)
        path = f"{source.path or 'list'}/{self.target}/{self.row}"
        part = Source(source.original, path, source.encoding, source.text[start:end])
        self.parts.append(part.part)
        self.skips += part.passed_over(SkipClass.PACKAGE)
        for span in spans:
            region: Region = part.region(span.source.start - start, span.source.end - start)
            self.facts.append(Fact(name, span.text, region, (("row", str(self.row)),)))
