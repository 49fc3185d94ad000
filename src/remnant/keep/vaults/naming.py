"""What the catalogue calls the works in each original: for naming what is harmed or lost, when nothing else is left."""

from __future__ import annotations

import csv
import io

_A_CELL = 1 << 20


def labels_in(catalogue: bytes) -> dict[str, str]:
    """Title and author by the SHA-512 of the file, as `catalogue.tsv` has them, several works parted by `; `."""
    csv.field_size_limit(_A_CELL)
    found: dict[str, list[str]] = {}
    try:
        text = io.StringIO(catalogue.decode("utf-8", "replace"), newline="\n")
        for row in csv.DictReader(text, delimiter="\t", quoting=csv.QUOTE_NONE):
            label = " by ".join(filter(None, (row.get("label"), row.get("author"))))
            for digest in (row.get("sha512") or "").split(" | "):
                found.setdefault(digest, []).append(label)
    except csv.Error:
        pass
    return {digest: "; ".join(labels) for digest, labels in found.items()}
