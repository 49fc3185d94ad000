"""What every test shares: how hard to try, and that a skip can be forbidden."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, settings

# One test of a contract runs for each engine that keeps it.
PASSED_OVER = [HealthCheck.too_slow, HealthCheck.differing_executors]

settings.register_profile("quick", max_examples=60, deadline=None, suppress_health_check=PASSED_OVER)
settings.register_profile("ci", parent=settings.get_profile("quick"), max_examples=100, derandomize=True)
settings.register_profile("campaign", parent=settings.get_profile("quick"), max_examples=20_000)
settings.load_profile(os.environ.get("REMNANT_TRIES", "quick"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="write what was understood of tests/stories as expected")


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]):  # type: ignore[no-untyped-def]
    outcome = yield
    report = outcome.get_result()
    if report.skipped and os.environ.get("REMNANT_FORBID_SKIPS"):
        report.outcome = "failed"
        report.longrepr = f"skipped, and skips are forbidden here: {report.longrepr}"
