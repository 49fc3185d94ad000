"""From the tables of a canon file to nouns, noting every fault instead of stopping at the first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from remnant.model import Arc, Canon, CanonPart, CanonSeries, Crossing, PartKind, Place
from remnant.shield.canons.fields import REGION, Fields, Table, Where, told
from remnant.shield.canons.naming import fold

FORMAT = 1
MOST_PARTS = 5_000


class Builder(Fields):
    """Builds one canon; what is wrong lies in `faults` in the order of the file."""

    def canon(self, table: Table) -> Canon | None:
        """The canon as far as it can be made out; None where even its name cannot."""
        top = Where()
        self.known(table, _CANON_KEYS, top)
        if table.get("format") != FORMAT:
            self.say(Where(words="format"), "The file does not say `format = 1`.", "Write it as the first line.")
        name = self.name(table, "name", top)
        series = self._all_series(table)
        parts = [part for one in series for part in one.parts]
        if len(parts) > MOST_PARTS:
            self.say(top, f"There are {len(parts):,} parts.", f"A canon has {MOST_PARTS:,} at most; divide it.")
        self._once(series)
        if not parts:
            self.say(top, "There are no parts.", 'Add [[series]] and under it parts = [{title = "..."}, ...].')
        ids = frozenset(part.id for part in parts)
        self._adapted(series, ids)
        if name is None:
            return None
        return Canon(
            id=self.identity(table, fold(name).replace(" ", "-")[:60], top),
            name=name,
            series=tuple(series),
            aliases=self.names(table, "aliases", top),
            arcs=tuple(self._arcs(table, ids)),
            related=self.names(table, "related", top),
            crossings=tuple(self._crossings(table, ids)),
            sources=self.names(table, "sources", top),
        )

    def _all_series(self, table: Table) -> list[CanonSeries]:
        return [self._series(one, Where("series", nth)) for nth, one in self.tables(table, "series")]

    def _series(self, table: Table, where: Where) -> CanonSeries:
        self.known(table, _SERIES_KEYS, where)
        number = self.number(table, where)
        kind = self.kind(table, PartKind.EPISODE, where)
        name = table.get("name")
        if name is None and number is None:
            self.say(where, "This series has neither a number nor a name.", "Give it number = 1 or name = ...")
        said = self.name(table, "name", where) if name is not None else None
        # Of a book or a film it is the kind that tells: `book.3`.
        plain = str(number) if number is not None else fold(said or "").replace(" ", "-")[:60]
        identity = self.identity(table, plain or str(where.nth + 1), where)
        return CanonSeries(
            id=identity,
            name=said or f"Series {number}",
            number=number,
            kind=kind,
            parts=tuple(self._parts(table, identity, kind, where)),
            aliases=self.names(table, "aliases", where),
            track=self.word(table, "track", where),
            extra=self.flag(table, "extra", where),
        )

    def _parts(self, table: Table, series: str, kind: PartKind, where: Where) -> Iterator[CanonPart]:
        rows = table.get("parts", [])
        if not isinstance(rows, list):
            self.say(where, "`parts` is not a list.", 'Write parts = [{title = "..."}, {title = "..."}].')
            return
        before = 0
        for nth, row in enumerate(rows):
            if isinstance(row, str):
                row = {"title": row}
            if not isinstance(row, dict):
                self.say(where._replace(part=nth), "This part is not in curly brackets.", 'Write {title = "..."}.')
                continue
            here = where._replace(part=nth, words=_text(row.get("title")))
            part = self._part(row, series, kind, before + 1, here)
            before = part.number
            yield part

    def _part(self, row: Table, series: str, kind: PartKind, number: int, where: Where) -> CanonPart:
        self.known(row, _PART_KEYS, where, regions=True)
        said = self.number(row, where)
        number = number if said is None else said
        title = self.name(row, "title", where) if "title" in row else None
        adapts = row.get("adapts")
        return CanonPart(
            id=self.part_identity(row, f"{series}.{number}", where),
            number=number,
            title=title,
            kind=self.kind(row, kind, where),
            aliases=self.names(row, "aliases", where),
            released=dict(self._dates(row, where)),
            adapts=adapts if isinstance(adapts, str) else None,
        )

    def _dates(self, row: Table, where: Where) -> Iterator[tuple[str, date]]:
        for region, day in row.items():
            if not REGION.fullmatch(region):
                continue
            if isinstance(day, date) and not isinstance(day, datetime):
                yield region, day
            else:
                self.say(
                    where, f"{region} = {told(day)} is not a day.", f"Write {region} = 2009-07-09, without quotes."
                )

    def _arcs(self, table: Table, ids: frozenset[str]) -> Iterator[Arc]:
        for nth, row in self.tables(table, "arcs"):
            where = Where("arcs", nth)
            self.known(row, _ARC_KEYS, where)
            name = self.name(row, "name", where)
            parts = self.names(row, "parts", where)
            for part in parts:
                self._there(part, ids, where)
            if name is not None:
                yield Arc(name, parts, self.names(row, "aliases", where))

    def _crossings(self, table: Table, ids: frozenset[str]) -> Iterator[Crossing]:
        for nth, row in self.tables(table, "crossings"):
            where = Where("crossings", nth)
            self.known(row, _CROSSING_KEYS, where)
            part = _text(row.get("part"))
            self._there(part, ids, where)
            after, before = self._place(row, "after", where), self._place(row, "before", where)
            if after is None and before is None:
                self.say(where, "This crossing says neither after nor before.", 'Write after = "canon-id:2.13".')
            yield Crossing(part, after, before)

    def _place(self, row: Table, key: str, where: Where) -> Place | None:
        said = row.get(key)
        if said is None:
            return None
        canon, colon, part = said.partition(":") if isinstance(said, str) else ("", "", "")
        if not colon or not canon or not part:
            self.say(where, f"{key} = {told(said)} names no part of another canon.", f'Write {key} = "canon-id:2.13".')
            return None
        return Place(canon, part)

    def _there(self, part: str, ids: frozenset[str], where: Where) -> None:
        if part not in ids:
            self.say(
                where._replace(words=part),
                f"There is no part {told(part)} in this file.",
                "A part is named by its id: its series, a dot, its number, such as 3.4.",
            )

    def _adapted(self, series: list[CanonSeries], ids: frozenset[str]) -> None:
        for nth, one in enumerate(series):
            for row, part in enumerate(one.parts):
                if part.adapts is not None:
                    self._there(part.adapts, ids, Where("series", nth, row, part.title or ""))

    def _once(self, series: list[CanonSeries]) -> None:
        names: set[str] = set()
        for nth, one in enumerate(series):
            if one.id in names:
                self.say(
                    Where("series", nth), f"Two series have the id {told(one.id)}.", 'Give one of them id = "...".'
                )
            names.add(one.id)
        parts: set[str] = set()
        for nth, one in enumerate(series):
            for row, part in enumerate(one.parts):
                if part.id in parts:
                    where = Where("series", nth, row, part.title or "")
                    self.say(
                        where, f"Two parts have the id {told(part.id)}.", "Give one of them number = N or id = ..."
                    )
                parts.add(part.id)


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


_CANON_KEYS = frozenset(
    {"format", "id", "name", "aliases", "related", "sources", "series", "arcs", "crossings", "note"}
)
_SERIES_KEYS = frozenset({"id", "number", "name", "aliases", "kind", "track", "extra", "parts", "note"})
_PART_KEYS = frozenset({"id", "number", "title", "aliases", "kind", "adapts", "note"})
_ARC_KEYS = frozenset({"name", "aliases", "parts", "note"})
_CROSSING_KEYS = frozenset({"part", "after", "before", "note"})
