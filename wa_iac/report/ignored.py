"""Arguments that a remedy changes and whose changes Terraform ignores: the change has no effect on what exists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from wa_iac.core.declared import Declared
from wa_iac.core.finding import Finding
from wa_iac.core.ignored_changes import ALL, ignored_changes
from wa_iac.core.late_pattern import late

from .code_parts import Part, is_added, parts_of
from .written import assigned

_INDEX: Final = late(r"\[\d+\]")


def ignored_in(declared: Declared | None, code: str) -> str:
    """A sentence on an argument of the code whose changes Terraform ignores."""
    ignored = ignored_changes(declared) if declared is not None else frozenset()
    if not ignored or is_added(code):
        return ""
    if ignored == ALL:
        return "Terraform ignores all changes of this resource until `ignore_changes` is removed from its lifecycle."
    written = {_INDEX.sub("", each) for each in ignored}
    found = next((each for each in _names_in(parts_of(code)) if each in written), "")
    return f"Terraform ignores a change of `{found}` until it is removed from `lifecycle.ignore_changes`." if found else ""


def _names_in(parts: Iterable[Part], around: str = "") -> Iterator[str]:
    """The arguments of some code, and those in its blocks: `cluster_config.instance_count`."""
    for each in parts:
        yield f"{around}{each.name}"
        yield from _names_in(each.parts, f"{around}{each.name}.")


def ignored_at(finding: Finding) -> str:
    """The same on the argument at fault, for a remedy in words, which is mostly about that."""
    subject = finding.subject
    declared = None if subject is None else subject.declared
    ignored = ignored_changes(declared) if declared is not None else frozenset()
    if subject is None or declared is None or not ignored or not declared.extent.holds(finding.span):
        return ""
    name, _ = assigned(finding.span, subject.sources, finding.dialect)
    if not name or not (ignored == ALL or name in ignored):
        return ""
    return f"Terraform ignores a change of `{name}` until it is removed from `lifecycle.ignore_changes`."
