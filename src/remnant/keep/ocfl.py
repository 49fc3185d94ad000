"""What an OCFL 1.1 storage root of ours says, to the byte. Nothing here touches the disk.

One object per original, version 1 for ever. Everything in an object but its two content files follows from their
digests and a few words, so a check can write it again and compare.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import dataclass
from json.encoder import encode_basestring_ascii as _quoted
from typing import Any

from remnant.model import Digest

LAYOUT = "0003-hash-and-id-n-tuple-storage-layout"
DECLARATION = "0=ocfl_object_1.1"
DECLARATION_TEXT = b"ocfl_object_1.1\n"
INVENTORY = "inventory.json"
SIDECAR = "inventory.json.sha512"
VERSION = "v1"
CONTENT = "v1/content"
ARRIVAL = "arrival.json"
FOLDERS = frozenset({VERSION, CONTENT})

_PREFIX = "urn:remnant:"
_REPLICA = "urn:remnant:replica:"
_FOLDER = "urn%3aremnant%3a"
_TUPLE = 3
PLACE = re.compile(r"[0-9a-f]{3}/urn%3aremnant%3a[a-z2-7]{26}")

_TEXTS = ("txt", "md", "rtf", "tex", "csv", "tsv", "json", "log", "sql", "mbox", "eml")
_PAGES = ("htm", "html", "xhtml", "xml", "mht", "mhtml", "warc", "css")
_BOOKS = ("epub", "mobi", "azw", "azw3", "prc", "pdb", "lit", "lrf", "fb2", "pdf", "doc", "docx", "odt")
_PICTURES = ("jpg", "jpeg", "png", "gif", "bmp", "tif", "tiff", "webp")
_PACKS = ("zip", "tar", "tgz", "gz", "bz2", "xz")
_EXTENSIONS = frozenset(_TEXTS + _PAGES + _BOOKS + _PICTURES + _PACKS)
"""Endings an original may bear on the shelf; any other becomes `bin`."""


@dataclass(frozen=True, slots=True)
class Content:
    """A content file by its name in the object, and its digests."""

    name: str
    sha512: str
    sha256: str

    @property
    def path(self) -> str:
        return f"{CONTENT}/{self.name}"


@dataclass(frozen=True, slots=True)
class Inventory:
    """What an inventory says: of which object, of what content, made when and by which copy of the library."""

    identity: str
    contents: tuple[Content, ...]
    created: str
    replica: str


def object_id(digest: Digest) -> str:
    """`urn:remnant:` and the first 130 bits of the digest in lower-case base32."""
    return _PREFIX + base64.b32encode(bytes.fromhex(digest.hex)[:20]).decode("ascii").lower()[:26]


def place_of(identity: str) -> str:
    """Where an object lies under the root, by layout 0003."""
    tuple_ = hashlib.sha256(identity.encode("ascii")).hexdigest()[:_TUPLE]
    return f"{tuple_}/{_FOLDER}{identity.removeprefix(_PREFIX)}"


def id_at(place: str) -> str | None:
    """The id of the object that belongs at this place, or None if none could."""
    identity = _PREFIX + place.rpartition("%3a")[2]
    return identity if PLACE.fullmatch(place) and place_of(identity) == place else None


def original_name(arrived_as: str) -> str:
    """`original.` and the ending it arrived with, if that is a known one in plain letters."""
    _, dot, ending = arrived_as.lower().rpartition(".")
    return f"original.{ending if dot and ending in _EXTENSIONS else 'bin'}"


def is_original(name: str) -> bool:
    return name.startswith("original.") and (name[9:] in _EXTENSIONS or name[9:] == "bin")


_INVENTORY = """{
  "digestAlgorithm": "sha512",
  "fixity": {
    "sha256": {
%(fixity)s
    }
  },
  "head": "v1",
  "id": %(id)s,
  "manifest": {
%(manifest)s
  },
  "type": "https://ocfl.io/1.1/spec/#inventory",
  "versions": {
    "v1": {
      "created": %(created)s,
      "message": "Kept as it came.",
      "state": {
%(state)s
      },
      "user": {
        "address": %(address)s,
        "name": "Remnant"
      }
    }
  }
}
"""


def inventory_bytes(said: Inventory) -> bytes:
    """`inventory.json`, as it is written and as it must be found. A template, for a check writes every one again."""
    contents = said.contents
    text = _INVENTORY % {
        "fixity": _table(6, {content.sha256: content.path for content in contents}),
        "id": _quoted(said.identity),
        "manifest": _table(4, {content.sha512: content.path for content in contents}),
        "created": _quoted(said.created),
        "state": _table(8, {content.sha512: content.name for content in contents}),
        "address": _quoted(_REPLICA + said.replica),
    }
    return text.encode("ascii")


def _table(indent: int, paths: dict[str, str]) -> str:
    pad = " " * indent
    rows = (f"{pad}{_quoted(digest)}: [\n{pad}  {_quoted(path)}\n{pad}]" for digest, path in sorted(paths.items()))
    return ",\n".join(rows)


def read_inventory(data: bytes) -> Inventory | None:
    """What these bytes say, or None unless they are, byte for byte, an inventory of ours."""
    try:
        said = _said(json.loads(data))
        return said if inventory_bytes(said) == data else None
    except (ValueError, LookupError, TypeError, AttributeError):
        return None


def _said(record: Any) -> Inventory:
    sha512 = {paths[0]: digest for digest, paths in record["manifest"].items()}
    sha256 = {paths[0]: digest for digest, paths in record["fixity"]["sha256"].items()}
    contents = tuple(
        Content(path.removeprefix(f"{CONTENT}/"), digest, sha256[path]) for path, digest in sorted(sha512.items())
    )
    version = record["versions"][VERSION]
    return Inventory(record["id"], contents, version["created"], version["user"]["address"].removeprefix(_REPLICA))


def sidecar(data: bytes) -> bytes:
    return f"{hashlib.sha512(data).hexdigest()} {INVENTORY}\n".encode("ascii")


def other_files(inventory: bytes) -> dict[str, bytes]:
    """Every file of an object that is not content, by path."""
    side = sidecar(inventory)
    return {
        DECLARATION: DECLARATION_TEXT,
        INVENTORY: inventory,
        SIDECAR: side,
        f"{VERSION}/{INVENTORY}": inventory,
        f"{VERSION}/{SIDECAR}": side,
    }


def root_files() -> dict[str, bytes]:
    """What a storage root holds beside objects, by path."""
    layout = {"extension": LAYOUT, "description": "One object per original, by the SHA-256 of its id."}
    config = {"extensionName": LAYOUT, "digestAlgorithm": "sha256", "tupleSize": _TUPLE, "numberOfTuples": 1}
    return {
        "0=ocfl_1.1": b"ocfl_1.1\n",
        "ocfl_layout.json": _pretty(layout),
        f"extensions/{LAYOUT}/config.json": _pretty(config),
    }


def _pretty(record: dict[str, Any]) -> bytes:
    return json.dumps(record, indent=2, sort_keys=True, ensure_ascii=True).encode("ascii") + b"\n"
