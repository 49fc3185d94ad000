"""Every scene, by name."""

from __future__ import annotations

from tests.harm.scenes import adding, cataloguing, forgetting, growing, people, vaults

FEW = adding.FEW | people.FEW | growing.FEW | cataloguing.FEW | forgetting.FEW
"""All their states are few enough for every day."""

MANY = vaults.MANY | people.MANY | growing.MANY | forgetting.MANY

LONG = vaults.LONG

AT_ONCE = adding.AT_ONCE
"""With threads; far too many states for every day."""
