"""From a vault's target to the place where it stands."""

from __future__ import annotations

from remnant.keep.vaults.folder_store import FolderStore
from remnant.keep.vaults.s3_store import S3Store
from remnant.keep.vaults.stores import S3, Store


def open_store(target: str) -> Store:
    """The place that a target names: `s3://BUCKET/PREFIX`, else a folder."""
    return S3Store(target) if target.startswith(S3) else FolderStore(target)
