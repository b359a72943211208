"""Fixtures that tests share, and what keeps the marker `slow` true."""

from __future__ import annotations

import gc
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from hypothesis import HealthCheck, is_hypothesis_test, settings

from helpers.paths import CORPUS
from wa_iac.core import budget

_STARTS: Final = frozenset({"subprocess.Popen", "os.exec", "os.fork", "os.forkpty", "os.posix_spawn", "os.spawn", "os.system"})
"""The audit events by which Python starts a process."""
# A busy machine is no failure.
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")

_running: pytest.Item | None = None
"""The test that runs."""


for _name in ("SIGINT", "SIGHUP"):
    # The programs that tests start inherit what is ignored, as these are in the background of a shell.
    _number = getattr(signal, _name, None)
    if _number is not None and signal.getsignal(_number) is signal.SIG_IGN:
        signal.signal(_number, signal.default_int_handler if _name == "SIGINT" else signal.SIG_DFL)


def _refuse_processes(event: str, arguments: tuple[object, ...]) -> None:
    """Fail a test that starts a process and is not marked `slow`. Git is quick, so it is allowed."""
    if event in _STARTS and _running is not None and _running.get_closest_marker("slow") is None:
        program = Path(str(arguments[0])).name if arguments else ""
        if program != "git":
            pytest.fail(f"this test starts a process ({program or event}): mark it with @pytest.mark.slow")


sys.addaudithook(_refuse_processes)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what reads the corpus, and what hypothesis repeats with many values: nobody has to remember it."""
    for item in items:
        if isinstance(item, pytest.Function) and ("corpus" in item.fixturenames or is_hypothesis_test(item.obj)):
            item.add_marker(pytest.mark.slow)


def pytest_collection_finish() -> None:
    # Thousands of tests and all that they imported stay until the end: the collector need not go over them again and again.
    gc.collect()
    gc.freeze()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    global _running  # noqa: PLW0603 - an audit hook has no other way to know the test
    _running = item
    try:
        return (yield)
    finally:
        _running = None


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of real templates; a test that asks for it is skipped where it is absent."""
    if not CORPUS.is_dir():
        pytest.skip("the corpus of real templates is not beside the project")
    return CORPUS


@pytest.fixture
def small_budget(monkeypatch: pytest.MonkeyPatch) -> None:
    """A tenth of what a unit may use: what ends at a bound ends sooner."""
    for name, most in list(budget.MOST.items()):
        monkeypatch.setitem(budget.MOST, name, most // 10)
