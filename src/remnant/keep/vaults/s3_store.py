"""A vault in a bucket: any server that speaks S3 and knows `If-None-Match: *`.

Keys and address come from the environment (`AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_REGION`,
`AWS_ENDPOINT_URL`), as every S3 tool reads them, and are written nowhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from remnant.errors import RefusedError
from remnant.keep import ocfl
from remnant.keep.vaults.stores import S3, Stored, UnreachableError

_LAST = ocfl.INVENTORY
_PIECE = 1 << 20
_ONE_PUT = 5 << 30
"""Bytes that S3 takes in one PUT. In parts it takes more, and then without `If-None-Match`."""


class S3Store:
    """Every file is one PUT; the inventory of a pack comes last, so that a pack is there once it can be found."""

    largest: int | None = _ONE_PUT

    def __init__(self, target: str) -> None:
        try:
            import obstore
            from obstore.exceptions import AlreadyExistsError, BaseError, NotFoundError
            from obstore.store import S3Store as Bucket
        except ImportError:
            raise RefusedError(
                "Vaults in a bucket need one more part: pip install 'remnant[s3]'. Nothing was changed."
            ) from None
        self.target = target
        self._client = obstore
        self._taken, self._missing, self._trouble = AlreadyExistsError, NotFoundError, BaseError
        bucket, _, prefix = target.removeprefix(S3).partition("/")
        if not bucket:
            raise RefusedError("A vault in a bucket is named s3://BUCKET/PREFIX. Nothing was changed.")
        with self._reached():
            self._bucket = Bucket(bucket, prefix=prefix.strip("/") or None)

    def exists(self) -> bool:
        return any(True for _ in self.files())

    def files(self, under: str = "") -> Iterator[Stored]:
        with self._reached():
            found = [one for many in self._client.list(self._bucket, f"{under}/" if under else None) for one in many]
        yield from sorted((Stored(one["path"], one["size"]) for one in found), key=lambda one: one.name)

    def read(self, name: str) -> Iterator[bytes]:
        try:
            with self._reached():
                for piece in self._client.get(self._bucket, name).stream(min_chunk_size=_PIECE):
                    yield bytes(piece)
        except (self._missing, FileNotFoundError):
            raise FileNotFoundError(name) from None

    @contextmanager
    def local(self, name: str, scratch: Path) -> Iterator[Path]:
        try:
            with scratch.open("wb") as file:
                for piece in self.read(name):
                    file.write(piece)
            yield scratch
        finally:
            scratch.unlink(missing_ok=True)

    def write(self, name: str, data: bytes) -> None:
        with self._reached():
            self._client.put(self._bucket, name, data)

    def put(self, place: str, home: Path) -> None:
        for name, path in _in_order(home):
            self._create(f"{place}/{name}", path)

    def replace(self, place: str, home: Path) -> None:
        with self._reached():
            for name, path in _in_order(home):
                self._client.put(self._bucket, f"{place}/{name}", path, use_multipart=False)
        good = {f"{place}/{name}" for name, _ in _in_order(home)}
        for stored in list(self.files(place)):
            if stored.name not in good:
                self._delete(stored.name)

    def set_aside(self, place: str) -> None:
        self.remove(place)

    def remove(self, place: str) -> None:
        names = [stored.name for stored in self.files(place)]
        # What finds the pack goes first, so that half a pack is never taken for one.
        for name in sorted(names, key=lambda name: name != f"{place}/{_LAST}"):
            self._delete(name)

    def _delete(self, name: str) -> None:
        with self._reached():
            self._client.delete(self._bucket, name)

    def _create(self, name: str, path: Path) -> None:
        try:
            with self._reached():
                self._client.put(self._bucket, name, path, mode="create", use_multipart=False)
        except self._taken:
            if b"".join(self.read(name)) != path.read_bytes():
                raise FileExistsError(name) from None

    @contextmanager
    def _reached(self) -> Iterator[None]:
        try:
            yield
        except (self._taken, self._missing, FileNotFoundError, GeneratorExit):
            raise
        except (self._trouble, OSError, ValueError) as error:
            raise UnreachableError(
                f"The vault at {self.target} cannot be used just now: {_first_line(error)} What is there was not "
                "changed but by whole packs. Look at the address and the keys (AWS_ENDPOINT_URL, AWS_ACCESS_KEY_ID "
                "...), and do it again."
            ) from error


def _in_order(home: Path) -> list[tuple[str, Path]]:
    """A folder's files by name, the inventory last."""
    every = [(path.relative_to(home).as_posix(), path) for path in sorted(home.rglob("*")) if path.is_file()]
    return sorted(every, key=lambda one: one[0] == _LAST)


def _first_line(error: BaseException) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0][:200]
