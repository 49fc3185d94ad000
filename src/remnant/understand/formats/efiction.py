"""eFiction archives: a database dump, and the folder of chapters beside it where the text is not in the dump.

Each story is a leaf with its chapters in order; what readers wrote of it is another. Tables are known by how their
names end, so several installations in one dump stand side by side. Passwords and addresses of machines are never read.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial

from remnant.model import Finding, Original
from remnant.understand.draft import Draft, Leaf, Volume
from remnant.understand.findings import finding
from remnant.understand.formats.cells import Cells
from remnant.unpack.sql import Dump, Row

FORMAT = "application/sql"

Record = Mapping[str, bytes]

_COLUMNS = {
    "stories": "sid title summary storynotes catid classes charid rid date updated uid coauthors featured validated"
    " completed rr wordcount rating reviews count challenges",
    "chapters": "chapid title inorder notes storytext endnotes validated wordcount rating reviews sid uid count",
    "authors": "uid penname realname email website bio image date admincreated password",
    "categories": "catid parentcatid category description image locked leveldown displayorder numitems",
    "characters": "charid catid charname bio image",
    "classes": "class_id class_type class_name",
    "classtypes": "classtype_id classtype_name classtype_title",
    "ratings": "rid rating ratingwarning warningtext",
    "series": "seriesid title summary uid isopen catid classes rating warnings genres characters reviews challenges"
    " numstories",
    "inseries": "seriesid sid subseriesid confirmed inorder",
    "coauthors": "sid uid",
    "reviews": "reviewid item chapid reviewer uid review date rating respond type",
    "challenges": "chalid challenger uid title catid characters summary responses",
    "genres": "gid genre",
    "warnings": "wid warning",
}
USUAL: Mapping[str, tuple[str, ...]] = {table: tuple(columns.split()) for table, columns in _COLUMNS.items()}
"""The columns of eFiction 3, for dumps that name none (its own backup writes no CREATE TABLE)."""

_TABLE = re.compile(rf"(?P<prefix>.*?)(?P<name>{'|'.join(sorted(USUAL, key=len, reverse=True))})")
_NUMBER = re.compile(rb"\s*(\d{1,18})")
_LIST = re.compile(r"\s*,\s*")


@dataclass(slots=True)
class Site:
    """The tables of one installation."""

    prefix: str
    tables: defaultdict[str, list[Record]] = field(default_factory=lambda: defaultdict(list))
    unnamed: set[str] = field(default_factory=set)

    def by(self, table: str, column: str) -> dict[str, Record]:
        return {_key(record, column): record for record in reversed(self.tables[table]) if _key(record, column)}

    def grouped(self, table: str, column: str) -> defaultdict[str, list[Record]]:
        found: defaultdict[str, list[Record]] = defaultdict(list)
        for record in self.tables[table]:
            found[_key(record, column)].append(record)
        return found


def may_be(data: bytes) -> bool:
    """Whether these bytes may be the dump of such an archive: cheap, and sure only when it says no."""
    return b"INSERT INTO" in data and (b"stories" in data or b"chapters" in data)


def volume(original: Original, data: bytes, files: Files | None = None) -> Volume | None:
    """The stories of a dump; None if it is no eFiction's. `files` are the chapters kept beside it."""
    dump = Dump(data, lambda table: _TABLE.fullmatch(table) is not None)
    sites = _sites(dump)
    sites = [site for site in sites if site.tables["stories"] or site.tables["chapters"]]
    if not sites:
        return None
    files = files or Files({})
    leaves = [leaf for site in sites for leaf in _Shelf(original, site, files).leaves()]
    findings: list[Finding] = [finding("Q002")] if dump.cut else []
    findings += [finding("Q003", table=name) for site in sites for name in sorted(site.unnamed)]
    return Volume(tuple(leaves), Draft(FORMAT, (), (), (), (), tuple(findings)))


def _sites(dump: Dump) -> list[Site]:
    found: dict[str, Site] = {}
    for row in dump.rows():
        match = _TABLE.fullmatch(row.table)
        assert match is not None
        site = found.setdefault(match["prefix"], Site(match["prefix"]))
        record = _record(row, match["name"])
        if record is None:
            site.unnamed.add(row.table)
        else:
            site.tables[match["name"]].append(record)
    return list(found.values())


def _record(row: Row, name: str) -> Record | None:
    columns = row.columns or USUAL[name]
    if len(columns) != len(row.values):
        return None
    return {column: value for column, value in zip(columns, row.values, strict=True) if value is not None}


def _key(record: Record, column: str) -> str:
    return record.get(column, b"").strip().decode("ascii", "replace")


def _order(record: Record) -> tuple[int, int]:
    return _int(record.get("inorder")), _int(record.get("chapid"))


def _int(value: bytes | None) -> int:
    found = _NUMBER.match(value or b"")
    return int(found[1]) if found else 0


class Files:
    """The chapters kept as files, by path: `.../AUTHOR/CHAPTER.txt`."""

    def __init__(self, by_path: Mapping[str, tuple[Original, bytes]]) -> None:
        self.by_path = by_path
        self._by_name: defaultdict[str, list[str]] = defaultdict(list)
        for path in by_path:
            self._by_name[path.rpartition("/")[2]].append(path)

    def chapter(self, author: str, chapter: str) -> str | None:
        """The path of a chapter's file; in another author's folder only if no other file has its number."""
        ends = f"{author}/{chapter}.txt"
        alike = self._by_name.get(ends.rpartition("/")[2], [])
        named = next((path for path in alike if path == ends or path.endswith(f"/{ends}")), None)
        return alike[0] if named is None and len(alike) == 1 and "/" not in chapter else named


@dataclass(slots=True)
class _Shelf:
    """One installation's stories as leaves."""

    original: Original
    site: Site
    files: Files
    authors: dict[str, Record] = field(init=False)
    names: dict[str, dict[str, Record]] = field(init=False)

    def __post_init__(self) -> None:
        site = self.site
        self.authors = site.by("authors", "uid")
        keys = {"categories": "catid", "characters": "charid", "ratings": "rid", "classes": "class_id"}
        keys |= {"classtypes": "classtype_id", "series": "seriesid", "challenges": "chalid"}
        keys |= {"genres": "gid", "warnings": "wid"}
        self.names = {table: site.by(table, key) for table, key in keys.items()}

    def leaves(self) -> Iterator[Leaf]:
        chapters = self.site.grouped("chapters", "sid")
        series, coauthors = self.site.grouped("inseries", "sid"), self.site.grouped("coauthors", "sid")
        reviews = self.site.grouped("reviews", "item")
        seen: set[str] = set()
        for story in self.site.tables["stories"]:
            number = _key(story, "sid")
            if number in seen:
                continue
            seen.add(number)
            mine = sorted(chapters.pop(number, []), key=_order)
            told = (story, mine, series.get(number, []), coauthors.get(number, []))
            yield Leaf(self._path("stories", number), partial(self._story, *told))
        for number, orphans in chapters.items():
            yield Leaf(self._path("stories", number), partial(self._story, {"sid": number.encode()}, orphans, [], []))
        for number, written in reviews.items():
            yield Leaf(self._path("reviews", number), partial(self._reviews, number, written))

    def _path(self, table: str, number: str) -> str:
        return f"{self.site.prefix}{table}/{number}"

    def _story(self, story: Record, chapters: list[Record], series: list[Record], coauthors: list[Record]) -> Draft:
        cells = Cells(self.original.digest, self._path("stories", _key(story, "sid")))
        for column in ("title", "date", "updated", "completed", "wordcount"):
            cells.fact(f"ef:{column}", column, story.get(column))
        self._people(cells, story, coauthors)
        self._listed(cells, story)
        for place in series:
            number = _key(place, "seriesid")
            title = self.names["series"].get(number, {}).get("title")
            cells.fact("ef:series", f"series {number}/title", title, position=_key(place, "inorder"))
        cells.text("summary", story.get("summary"), "ef-summary")
        cells.text("storynotes", story.get("storynotes"), "ef-notes")
        for chapter in chapters:
            self._chapter(cells, chapter, alone=len(chapters) == 1)
        return cells.draft(FORMAT)

    def _people(self, cells: Cells, story: Record, coauthors: list[Record]) -> None:
        others = _LIST.split(story.get("coauthors", b"").decode("ascii", "replace"))
        numbers = [_key(story, "uid"), *(_key(one, "uid") for one in coauthors), *others]
        for number in dict.fromkeys(filter(None, numbers)):
            author = self.authors.get(number, {})
            cells.fact("ef:author", f"author {number}/penname", author.get("penname"))
            cells.fact("ef:email", f"author {number}/email", author.get("email"))

    def _listed(self, cells: Cells, story: Record) -> None:
        """Lists of numbers that point to names; some archives wrote the names themselves."""
        for column, table, name, fact in (
            ("catid", "categories", "category", "ef:category"),
            ("charid", "characters", "charname", "ef:character"),
            ("rid", "ratings", "rating", "ef:rating"),
            ("classes", "classes", "class_name", "ef:class"),
            ("challenges", "challenges", "title", "ef:challenge"),
            ("gid", "genres", "genre", "ef:genre"),
            ("wid", "warnings", "warning", "ef:warning"),
        ):
            self._names(cells, story.get(column), (column, table, name, fact))

    def _names(self, cells: Cells, value: bytes | None, how: tuple[str, str, str, str]) -> None:
        column, table, name, fact = how
        known = self.names[table]
        if value is None or not value.strip(b"0 ,"):
            return
        if not value.replace(b",", b"").replace(b" ", b"").isdigit():
            cells.fact(fact, column, value, names="yes")
            return
        for number in filter(None, _LIST.split(value.decode("ascii"))):
            record = known.get(number, {})
            kind = _key(self.names["classtypes"].get(_key(record, "class_type"), {}), "classtype_name")
            cells.fact(fact, f"{table} {number}/{name}", record.get(name), kind=kind.lower())

    def _chapter(self, cells: Cells, chapter: Record, *, alone: bool) -> None:
        number = _key(chapter, "chapid")
        place = f"chapter {number}"
        # Where there is one chapter, its title is mostly the story's once more.
        name = "ef-only" if alone else "ef-heading"
        cells.text(f"{place}/title", chapter.get("title"), name)
        cells.text(f"{place}/notes", chapter.get("notes"), "ef-notes")
        if chapter.get("storytext", b"").strip():
            cells.text(f"{place}/storytext", chapter["storytext"], "ef-story")
        elif (path := self.files.chapter(_key(chapter, "uid"), number)) is not None:
            original, data = self.files.by_path[path]
            if path not in cells.paths:
                cells.text(path, data, "ef-story", original=original.digest)
        else:
            cells.findings.append(finding("Q001", file=f"{_key(chapter, 'uid')}/{number}.txt"))
        cells.text(f"{place}/endnotes", chapter.get("endnotes"), "ef-notes")

    def _reviews(self, number: str, written: list[Record]) -> Draft:
        cells = Cells(self.original.digest, self._path("reviews", number))
        for record in written:
            place = f"review {_key(record, 'reviewid')}"
            cells.fact("ef:reviewer", f"{place}/reviewer", record.get("reviewer"))
            cells.text(f"{place}/review", record.get("review"), "ef-review")
        return cells.draft(FORMAT)
