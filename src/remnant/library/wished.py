"""What persons wished of works, read from a journal alone."""

from __future__ import annotations

from collections import defaultdict

from remnant.keep.journal import Journal, Said
from remnant.library.kin import Kin
from remnant.model import Claim, Digest, Field, Likened, WorkWish
from remnant.understand.settle import settle


def wishes_in(journal: Journal) -> dict[str, tuple[Digest, frozenset[WorkWish]]]:
    """The wishes that stand, by work, with an original it came in. Cheap beside reading the journal."""
    said: defaultdict[str, list[Claim]] = defaultdict(list)
    originals: dict[str, Digest] = {}
    for entry in journal.acts():
        if isinstance(entry.act, Said) and entry.act.claim.field is Field.WISH:
            said[entry.act.work].append(entry.act.claim)
            originals[entry.act.work] = entry.act.original
    standing = {work: _standing(claims) for work, claims in said.items()}
    return {work: (originals[work], wishes) for work, wishes in standing.items() if wishes}


def private_in(journal: Journal) -> frozenset[Digest]:
    """The originals that are not to leave this device: of all tellings of what is private."""
    private = {work: digest for work, (digest, wishes) in wishes_in(journal).items() if WorkWish.PRIVATE in wishes}
    kin = Kin(entry.act for entry in journal.acts() if isinstance(entry.act, Likened)) if private else Kin(())
    tellings = (kin.original(one) for work in private for one in kin.of(work))
    return frozenset(private.values()) | frozenset(filter(None, tellings))


def _standing(claims: list[Claim]) -> frozenset[WorkWish]:
    chosen = settle(claims).fields.get(Field.WISH, ())
    return frozenset(WorkWish(claim.value) for claim in chosen if claim.value in set(WorkWish))
