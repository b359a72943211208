"""Grades of findings by the place of the code: an emulator's resources are not in AWS, and those of tests live for minutes."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path
from typing import Final

from wa_iac.core import files
from wa_iac.core.resource import Resource
from wa_iac.core.rule import Confidence, Flag, Rule, Severity

from .discover import scan_root

_TESTS: Final = frozenset(
    {
        *("test", "tests", "testing", "testdata", "e2e"),
        *("integration-test", "integration-tests", "integration_test", "integration_tests"),
        *("deprecated", "archive", "archived", "obsolete"),
    }
)
"""The names of directories of tests, and of what nobody uses any longer."""


def severity_of(rule: Rule, flag: Flag, resource: Resource | None) -> Severity | None:
    """The severity of a finding, if it is milder than its rule's. Nothing in an emulator can be worse than `medium`."""
    if resource is None or not resource.declared.emulated:
        return flag.severity
    return min(flag.severity or rule.severity, Severity.MEDIUM, key=lambda each: each.rank)


def confidence_of(flag: Flag, resource: Resource | None, path: str) -> Confidence | None:
    """The confidence of a finding in a file, if it is lower than its rule's."""
    if flag.switch is not None or (resource is not None and resource.declared.emulated) or is_test_code(path):
        return Confidence.LOW
    return flag.confidence


def is_test_code(path: str) -> bool:
    """Whether a file is in a directory of tests, or of what nobody uses any longer, below the root of its repository or of the scan."""
    return _is_of_tests(os.path.abspath(os.path.dirname(path)))


@lru_cache(1024)
def _is_of_tests(folder: str) -> bool:
    if _TESTS.isdisjoint(folder.lower().split(os.sep)):
        return False
    inside = files.resolved(Path(folder))
    root = scan_root(inside)
    return inside.is_relative_to(root) and not _TESTS.isdisjoint(part.lower() for part in inside.relative_to(root).parts)
