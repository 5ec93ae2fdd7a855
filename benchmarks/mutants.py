"""A plugin for pytest that tries one fault after another in one process, in place of running each test once.

mutmut itself starts pytest anew for each fault; here that costs seconds, for settings, tables and two academies. A
fault counts as noticed when a test fails with it and passes again without it.
"""

import json
import os
import signal
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from _pytest.runner import runtestprotocol
from mutmut.mutation.trampoline import set_mutant_under_test
from mutmut.state import state

MOST_TESTS = 60  # for one fault, the quickest first
ENDLESS_SECONDS = 5.0  # of the processor, and twenty times what the test took without a fault
TOLD_EACH = 20


class EndlessError(BaseException):
    """A fault that keeps a test from coming to an end."""


class _Nothing:
    """The test that comes next, as far as putting away is concerned: whatever serves the whole run stays."""

    def __init__(self, session: pytest.Session) -> None:
        self.session = session

    def listchain(self) -> list[Any]:
        return [self.session]


def pytest_runtestloop(session: pytest.Session) -> bool:
    """Run each test once to see where it comes by, then the tests of each fault with that fault."""
    signal.signal(signal.SIGPROF, _end)
    say: Any = session.config.pluginmanager.get_plugin("terminalreporter")
    passing: defaultdict[str, list[tuple[float, int, pytest.Item]]] = defaultdict(list)
    for number, item in enumerate(session.items):
        begun = time.process_time()
        if not _passes(item, "stats"):
            say.write_line(f"{item.nodeid} fails without any fault")
            return True
        took = time.process_time() - begun
        called = state()._stats  # noqa: SLF001 - what mutmut itself reads
        for function in called:
            passing[function].append((took, number, item))
        called.clear()
    found: dict[str, str | None] = {}
    for name in _faults(os.environ["MUTANTS_OF"]):
        tests = sorted(passing[name.partition("__mutmut_")[0]])[:MOST_TESTS]
        noticed = next((item for took, _, item in tests if not _passes(item, name, took)), None)
        if noticed and not _passes(noticed, ""):
            say.write_line(f"{name} is still felt after it: {noticed.nodeid}")
            return True
        found[name] = noticed.nodeid if noticed else None
        if len(found) % TOLD_EACH == 0:
            say.write_line(f"{len(found)} tried, {sum(t is None for t in found.values())} unnoticed: {name}")
    Path(os.environ["MUTANTS_FOUND"]).write_text(json.dumps(found, indent=1), encoding="utf-8")
    return True


def _faults(package: str) -> Iterator[str]:
    for file in sorted(Path("src/leerhuis", package).rglob("*.py.meta")):
        yield from json.loads(file.read_text(encoding="utf-8"))["exit_code_by_key"]


def _passes(item: pytest.Item, fault: str, took: float = 60.0) -> bool:
    """Run one test with one fault (or "" for none); return whether it passed, putting away included."""
    set_mutant_under_test(fault)
    signal.setitimer(signal.ITIMER_PROF, ENDLESS_SECONDS + 20 * took)
    try:
        reports = runtestprotocol(item, log=False, nextitem=_Nothing(item.session))  # type: ignore[arg-type]
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        set_mutant_under_test("")
    return all(not each.failed for each in reports)


def _end(*_: object) -> None:
    raise EndlessError
