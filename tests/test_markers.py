"""The quick tests stay quick: one that starts a process is marked `slow`, or it fails."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable

import pytest

REFUSED = pytest.raises(pytest.fail.Exception, match=r"mark it with @pytest\.mark\.slow")


@pytest.mark.parametrize(
    "start",
    [
        lambda: subprocess.run([sys.executable, "-c", ""], check=True),
        lambda: subprocess.Popen("exit", shell=True),  # noqa: S602 - it is not started
        lambda: os.system("exit"),  # noqa: S605 - as above
        lambda: os.posix_spawn(sys.executable, [sys.executable, "-c", ""], {}),
        os.fork,
    ],
    ids=["run", "shell", "system", "posix_spawn", "fork"],
)
def test_a_process_is_refused_in_a_test_without_the_marker(start: Callable[[], object]) -> None:
    with REFUSED:
        start()


def test_git_is_quick_enough() -> None:
    assert subprocess.run(["git", "--version"], capture_output=True, check=True).stdout.startswith(b"git version ")


@pytest.mark.slow
def test_with_the_marker_a_process_is_started() -> None:
    assert subprocess.run([sys.executable, "-c", "print(1)"], capture_output=True, check=True).stdout == b"1\n"
