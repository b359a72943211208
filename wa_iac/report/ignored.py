"""Arguments that a remedy changes and whose changes Terraform ignores: the change has no effect on what exists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from wa_iac.core.declared import Declared
from wa_iac.core.finding import Finding
from wa_iac.core.ignored_changes import ALL, ignored_changes
from wa_iac.core.late_pattern import late
from wa_iac.core.span import Span

from .code_parts import Part, is_added, parts_of
from .module_code import ModuleCode

if TYPE_CHECKING:
    from wa_iac.parsers.terraform.text.nodes import HclBlock

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
    """The same on the argument in which the fault is, for a remedy in words or in a document, which is mostly about that."""
    subject = finding.subject
    declared = None if subject is None else subject.declared
    ignored = ignored_changes(declared) if declared is not None else frozenset()
    if subject is None or declared is None or not ignored or not declared.extent.holds(finding.span):
        return ""
    block = ModuleCode(declared, subject.sources).resource()
    written = {_INDEX.sub("", each) for each in ignored}
    names = [] if block is None else list(_names_around(block, finding.span))
    found = next((each for each in names if ignored == ALL or each in written), "")
    return f"Terraform ignores a change of `{found}` until it is removed from `lifecycle.ignore_changes`." if found else ""


def _names_around(block: HclBlock, span: Span, around: str = "") -> Iterator[str]:
    """The argument of a block in which a place is, and the blocks around it, the outermost first."""
    for name, attribute in block.body.attributes.items():
        if attribute.span.holds(span):
            yield f"{around}{name}"
    for each in block.body.blocks:
        if each.extent.holds(span):
            yield f"{around}{each.type}"
            yield from _names_around(each, span, f"{around}{each.type}.")
