"""Records of an Automated Archive: what each field says, its name says."""

from __future__ import annotations

from remnant.model import Confidence, Field, Role
from remnant.understand.dialects.cells import dated_in, said_in
from remnant.understand.dialects.dialect import Dialect
from remnant.understand.draft import Fact
from remnant.understand.sheet import Remark, Said, Sheet
from remnant.understand.versions import rule_named

RULE = rule_named("dialect automated archive")

_FIELDS = {
    "aa:author": Field.AUTHOR,
    "aa:email": Field.EMAIL,
    "aa:rating": Field.RATING,
    "aa:warning": Field.WARNING,
    "aa:relationship": Field.RELATIONSHIP,
    "aa:character": Field.CHARACTER,
    "aa:category": Field.CATEGORY,
    "aa:genre": Field.GENRE,
    "aa:fandom": Field.FANDOM,
    "aa:series": Field.SERIES,
    "aa:date": Field.PUBLISHED,
    "aa:url": Field.SOURCE_URL,
}
_ROLES = {".aa-title": Role.TITLE, ".aa-summary": Role.SUMMARY, ".aa-notes": Role.NOTE}


def knows(sheet: Sheet) -> bool:
    return sheet.draft.format == "text/x-perl"


def say(sheet: Sheet) -> Said:
    """Roles and claims by the names of the fields; the file's own text is left to the rules."""
    roles: dict[int, Role] = {}
    remarks = [_remark(fact) for fact in sheet.draft.facts]
    said = {Role.TITLE: Field.TITLE, Role.SUMMARY: Field.SUMMARY}
    for index, line in enumerate(sheet.lines):
        role = next((role for place, role in _ROLES.items() if line.within(place)), None)
        if role is None:
            continue
        roles[index] = role
        if role in said and sheet.texts[index]:
            regions = tuple(span.source for span in line.spans)
            remarks.append(Remark(said.pop(role), sheet.texts[index], Confidence.STATED, regions, index))
    return Said(roles=roles, remarks=tuple(remarks))


def _remark(fact: Fact) -> Remark:
    field = _FIELDS[fact.name]
    return dated_in(fact, field) if field is Field.PUBLISHED else said_in(fact, field, sensitive=field is Field.EMAIL)


DIALECT = Dialect("automated archive", RULE, knows, say)
