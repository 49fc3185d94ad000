"""Having a vault forget: what was opened on the way lies here no longer, whatever becomes of the power."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.strategies.keep import now
from tests.strategies.vaults import packs, pushed, stories, with_vault

from remnant.durable import files
from remnant.keep.vaults import begun, opening
from remnant.keep.vaults.memory import Memory
from remnant.keep.vaults.resealing import reseal
from remnant.model import Digest


def test_a_pack_opened_on_the_way_is_away_for_good(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that is not remembered is opened in scratch, with what is to be forgotten in it."""
    gone, *others = stories(3)
    folder, vault = with_vault(tmp_path, [gone, *others])
    pushed(folder, vault)
    Memory(folder, vault).forget(packs(folder, vault)[0].name)
    done: list[str] = []
    opened, sync_path = opening.opened, files.sync_path

    def noting_opened(*given: Any) -> Any:
        done.append("opened")
        return opened(*given)

    def noting_synced(path: Path) -> None:
        done.append(path.name)
        sync_path(path)

    monkeypatch.setattr("remnant.keep.vaults.pushing.opened", noting_opened)
    monkeypatch.setattr(files, "sync_path", noting_synced)
    reseal(folder, vault, begun.reach(vault), [Digest.of(gone)], {}, now)

    assert "opened" in done
    assert folder.staging.name in done[done.index("opened") :]
    assert not list(folder.staging.glob("vault-*"))
