"""Grades of findings by the place of the code: an emulator's resources are not in AWS, and those of tests live for minutes."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Final

from wa_iac.core import files
from wa_iac.core.binding import value_at
from wa_iac.core.declared import Declared
from wa_iac.core.environments import PRODUCTION
from wa_iac.core.late_pattern import late
from wa_iac.core.paths import OF_TESTS
from wa_iac.core.remedy import Remedy
from wa_iac.core.resource import Resource
from wa_iac.core.rule import Confidence, Flag, Rule, Severity
from wa_iac.core.value import Absent
from wa_iac.knowledge.called import words_of
from wa_iac.knowledge.emulators import is_emulated
from wa_iac.knowledge.purposes import stands_in
from wa_iac.knowledge.workshops import is_of_a_workshop

from .of_others import is_bootstrap, is_retired
from .switches import left_out

_TESTS: Final = OF_TESTS | {
    "deprecated",
    "archive",
    "archived",
    "obsolete",
    "_archive",
    "_archived",
    "legacy_templates",
    "legacy-templates",
}
"""The names of directories of tests, and of what nobody uses any longer."""
_RECORD: Final = late(r"/(?:results?|reports?|runs|history|backups?|snapshots?)/(?:19|20)\d\d[-_]?[01]\d[-_]?[0-3]\d(?!\d)")
"""A directory with the date of a past run, whose code is kept as a record of it."""
_RETIRED: Final = late(
    r"/(?:(?:[^/]*[-_.])?(?:deprecated|obsolete)(?:[-_.][^/]*)?|archived[-_.][^/]*|backup[-_]before[-_][^/]+)(?=/|$)"
)
"""A directory whose name has a word for what nobody uses any longer: `tf_files_deprecated`, `archived_orders`, `backup-before-may`."""
_TEST_FILE: Final = late(r"\.tests?\.(?:ya?ml|json|template|tf)$")
"""A file of a test beside what it tests: `queue.test.yaml`."""
_OLD: Final = frozenset({"legacy", "_legacy", "old", "_old"})
"""The names of directories of what is replaced, though perhaps still deployed."""
_STUBS: Final = frozenset({"stub", "stubs"})
"""What takes the place of something real in tests, and gets only what is made up for them."""
_CONDITION: Final = late(rb"(?m)^[ \t]*+\"?Condition\"?[ \t]*+:[ \t]*+[\"']?(\w++)[\"']?,?[ \t\r]*+$")
_WORDS: Final = late(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|[^A-Za-z]+")
_BESIDE: Final = frozenset(
    {
        *("is", "in", "for", "or", "and", "not", "only", "if", "when", "on", "env", "environment", "environments", "account"),
        *("stage", "performance", "integration", "create", "deploy", "use"),
    }
)
"""Words beside the name of an environment in the name of a condition."""
_BRIEF: Final = frozenset(
    {
        *("dev", "development", "test", "tests", "testing", "qa", "uat", "staging", "stg", "sandbox", "demo", "poc", "local"),
        *("nonprod", "preprod", "nonproduction", "build"),
    }
)
_OF_USE: Final = frozenset({"operations", "cost", "performance", "sustainability"})
"""The pillars whose milder faults matter by how long something runs."""
_SECRETS: Final = "SEC02-BP03"
"""The best practice of rules on secrets that are written down: Store and use secrets securely."""
_CODE: Final = {
    "AWS::Lambda::Function": ("Code.S3Bucket", "Code"),
    "aws_lambda_function": ("filename",),
}
"""Where the path of a function's code is written. That of SAM stands where the bucket is, into which SAM uploads the code."""
_LONGEST: Final = 300


def severity_of(rule: Rule, flag: Flag, resource: Resource | None, path: str, sources: Mapping[str, bytes]) -> Severity | None:
    """The severity of a finding in a file, if it is milder than its rule's. Nothing in an emulator can be worse than `medium`. Nor can what
    production has and other environments do not, or what lives while a test runs, unless it lets strangers in now."""
    severity = flag.severity or rule.severity
    elsewhere = flag.switch is not None and flag.switch.by_environment
    brief = severity is Severity.HIGH and (elsewhere or _is_for_tests(flag, resource, path, sources))
    # Nobody deploys a record of a past run: it lets nobody in. But what it gives away, it still gives away.
    brief = brief or (severity is Severity.CRITICAL and _SECRETS not in rule.practices and _is_record(path))
    if brief or (resource is not None and is_emulated(resource)):
        return min(severity, Severity.MEDIUM, key=lambda each: each.rank)
    return flag.severity


def confidence_of(
    rule: Rule, flag: Flag, resource: Resource | None, path: str, sources: Mapping[str, bytes]
) -> Confidence | None:
    """The confidence of a finding in a file, if it is lower than its rule's."""
    if resource is not None and _is_not_worth_it(rule, flag) and is_of_a_workshop(resource):
        return Confidence.LOW
    if (
        flag.switch is not None
        or (resource is not None and is_emulated(resource))
        or _is_for_tests(flag, resource, path, sources)
    ):
        return Confidence.LOW
    if (flag.severity or rule.severity).rank <= Severity.MEDIUM.rank and _is_beside_the_work(resource, path, sources):
        return Confidence.LOW
    return flag.confidence


def emulation_of(resource: Resource) -> str:
    """A sentence on the emulator of AWS that alone gets a resource; empty if there is none."""
    if resource.declared.emulated:
        return "The provider's endpoints are those of an emulator, so this is not about AWS."
    return "The scripts create this stack in an emulator only, so this is not about AWS." if is_emulated(resource) else ""


def _is_beside_the_work(resource: Resource | None, path: str, sources: Mapping[str, bytes]) -> bool:
    """Whether a milder fault is not worth the work: by its path or its names, it is about a stub, or by its path about what is replaced; or its
    file says at its top that it is no longer used, or is CDK's own."""
    source = sources.get(path, b"")
    if is_retired(source) or is_bootstrap(source):
        return True
    if resource is not None and stands_in(resource) in _STUBS:
        return True
    # A module that a directory of stubs calls is judged by that call.
    paths = (path, resource.declared.calls[0].span.path) if resource is not None and resource.declared.calls else (path,)
    return any(_is_old_or_stub(os.path.abspath(each)) for each in paths)


def _is_not_worth_it(rule: Rule, flag: Flag) -> bool:
    """Whether a fault costs so little that nobody minds it in what is there for some hours: a workshop, a demonstration."""
    return rule.pillar in _OF_USE and (flag.severity or rule.severity) is Severity.LOW


def _is_for_tests(flag: Flag, resource: Resource | None, path: str, sources: Mapping[str, bytes]) -> bool:
    """Whether it is about code in a directory of tests, or runs or gets its value from such code, or exists for tests only."""
    runs = resource is not None and (
        _runs_test_code(resource.declared, sources) or _is_only_for_tests(resource.declared, sources)
    )
    return runs or is_test_code(path) or _set_by_tests(flag)


def _set_by_tests(flag: Flag) -> bool:
    """Whether a module call in a directory of tests gives the value at fault."""
    chain = flag.origin.chain
    return bool(chain) and is_test_code(chain[-1].span.path)


def is_left_out_by_tests(flag: Flag, remedy: Remedy, resource: Resource) -> bool:
    """Whether a module leaves out what a remedy writes since a call in a directory of tests does not ask for it."""
    calls = resource.declared.calls
    return bool(calls) and is_test_code(calls[0].span.path) and left_out(flag, remedy, resource) is not None


def _runs_test_code(declared: Declared, sources: Mapping[str, bytes]) -> bool:
    """Whether it is a function whose code is in a directory of tests, by the path that is written."""
    paths = _CODE.get(declared.type, ())
    written = next((each for each in (value_at(declared.body, path) for path in paths) if not isinstance(each, Absent)), None)
    if written is None:
        return False
    span = written.origin.span
    text = sources.get(span.path, b"")[span.start_byte : span.end_byte].decode("utf-8", "replace")
    parts = [part for word in text.replace('"', " ").replace("'", " ").split() for part in word.lower().split("/")]
    return len(text) <= _LONGEST and not _TESTS.isdisjoint(parts)


def _is_only_for_tests(declared: Declared, sources: Mapping[str, bytes]) -> bool:
    """Whether the condition of a resource of a template is named after environments for development or tests, and after nothing else:
    `IsDevelopment`. What it is for, such as a test listener, is no environment."""
    if declared.dialect != "cloudformation":
        return False
    source, begin, end = sources.get(declared.extent.path, b""), declared.extent.start_byte, declared.extent.end_byte
    if source.find(b"Condition", begin, end) < 0:
        return False
    found = _CONDITION.search(source[begin:end])
    if found is None:
        return False
    words = _WORDS.sub(" ", found[1].decode()).lower().split()
    others = [each for each in words if each not in _BESIDE]
    if "not" in words:
        return bool(others) and all(each in PRODUCTION for each in others)
    return bool(others) and all(each in _BRIEF for each in others)


@files.once_in_a_run
def is_test_code(path: str) -> bool:
    """Whether a file is in a directory of tests, or of what nobody uses any longer, below the root of its repository or of the scan, or is a test by
    its own name."""
    return _TEST_FILE.search(path.lower()) is not None or _is_of_tests(os.path.abspath(os.path.dirname(path)))


@files.once_in_a_run
def _is_old_or_stub(path: str) -> bool:
    """Whether a directory around a file is named so, or the file itself after a stub, below the root of its repository or of the scan."""
    if not any(each in path.lower() for each in ("stub", "old", "legacy")):
        return False
    inside = _below_root(os.path.dirname(path))
    name = os.path.splitext(os.path.basename(path))[0]
    return not _OLD.isdisjoint(inside.split("/")) or not _STUBS.isdisjoint(words_of(f"{inside}/{name}").split())


def _is_record(path: str) -> bool:
    """Whether a file is in a directory with the date of a past run, below the root of its repository or of the scan."""
    folder = os.path.abspath(os.path.dirname(path))
    return _RECORD.search(folder.lower()) is not None and _RECORD.search(_below_root(folder)) is not None


@files.once_in_a_run
def _is_of_tests(folder: str) -> bool:
    if not _is_named_so(folder.lower().replace(os.sep, "/")):
        return False
    return _is_named_so(_below_root(folder))


def _is_named_so(folder: str) -> bool:
    return not _TESTS.isdisjoint(folder.split("/")) or any(each.search(folder) is not None for each in (_RECORD, _RETIRED))


def _below_root(folder: str) -> str:
    """The path of a directory below the root of its repository or of the scan, in lower case; empty if it is outside."""
    below = files.below_root(folder)
    return f"/{below.lower()}" if below else ""
