"""Locking packs in the age format: anyone may lock who has the recipients' public keys; the secret stays with them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from remnant.errors import RefusedError

_PUBLIC, _SECRET = "age1", "AGE-SECRET-KEY-1"


def check_recipients(recipients: Iterable[str]) -> None:
    """RefusedError unless every one is a public key that age reads."""
    if any(one.upper().startswith(_SECRET) for one in recipients):
        raise RefusedError(
            "That is a secret key. A vault is locked with the public one, which begins age1; the secret stays with "
            "you and is asked for when something is taken out. Nothing was changed."
        )
    for one in recipients:
        _recipient(pyrage(), one)


def lock(pack: Path, locked: Path, recipients: Sequence[str]) -> None:
    """Write a pack anew so that only these can open it."""
    library = pyrage()
    keys = [_recipient(library, one) for one in recipients]
    with pack.open("rb") as source, locked.open("xb") as target:
        library.encrypt_io(source, target, keys)


def unlock(locked: Path, pack: Path, identity: Path) -> None:
    """Open a locked pack with the secret keys in a file; RefusedError if none of them fits, or it is spoilt."""
    library = pyrage()
    try:
        with locked.open("rb") as source, pack.open("wb") as target:
            library.decrypt_io(source, target, _identities(library, identity))
    except library.DecryptError as error:
        raise RefusedError(
            f"The keys in {identity} do not open this vault ({error}). Nothing was changed. It was locked for the "
            "recipients that stand in its vault.json."
        ) from None


def _identities(library: Any, path: Path) -> list[Any]:
    try:
        lines = path.read_text("ascii").splitlines()
    except (OSError, UnicodeError) as error:
        raise RefusedError(f"The identity file {path} cannot be read ({error}). Nothing was changed.") from None
    words = [line.strip() for line in lines if line.strip().upper().startswith(_SECRET)]
    try:
        keys = [library.x25519.Identity.from_str(word) for word in words]
    except library.IdentityError:
        keys = []
    if not keys:
        raise RefusedError(
            f"In {path} is no key that age reads: a line that begins {_SECRET}. Nothing was changed. "
            "`age-keygen -o FILE` makes such a file."
        )
    return keys


def _recipient(library: Any, text: str) -> Any:
    try:
        return library.x25519.Recipient.from_str(text)
    except library.RecipientError:
        raise RefusedError(
            f"{text!r} is no public key of age: one begins {_PUBLIC}, and `age-keygen -y FILE` prints it. "
            "Nothing was changed."
        ) from None


def pyrage(what: str = "Locked vaults need") -> Any:
    """The library that knows age; RefusedError, saying what it is for, where it is not installed."""
    try:
        return import_module("pyrage")
    except ImportError:
        raise RefusedError(f"{what} one more part: pip install 'remnant[age]'. Nothing was changed.") from None
