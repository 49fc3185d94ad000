"""Only the shield makes a `Shown`: no other class of the whole house may be one."""

from __future__ import annotations

import importlib
import inspect
import pkgutil

import pytest

import remnant
from remnant.model import Shown
from remnant.shield.showing import Showing


def test_no_other_class_of_the_house_is_a_shown() -> None:
    names = (found.name for found in pkgutil.walk_packages(remnant.__path__, "remnant."))
    modules = [importlib.import_module(name) for name in names if not name.endswith("__main__")]
    shown = {
        kind for module in modules for _, kind in inspect.getmembers(module, inspect.isclass) if issubclass(kind, Shown)
    }

    assert len(modules) > 40
    assert shown == {Shown, Showing}
    assert Shown.__subclasses__() == [Showing]


def test_the_noun_itself_cannot_be_made() -> None:
    with pytest.raises(TypeError, match="abstract"):
        Shown()  # type: ignore[abstract]
