"""Stacks of CloudFormation that Terraform deploys, and Terraform's own stacks: what of them is not read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from wa_iac.core.algebra import text_of
from wa_iac.core.declared import Declared, Unit
from wa_iac.core.errors import UnavailableError
from wa_iac.core.paths import shown
from wa_iac.core.value import Absent, Known, Unknown

_COMPONENTS: Final = "this is a Terraform stack: the modules and inputs of its components are not read; modules found here are checked on their own"
_TYPES: Final = frozenset(
    {
        "aws_cloudformation_stack",
        "aws_cloudformation_stack_set",
        "awscc_cloudformation_stack",
        "awscc_cloudformation_stack_set",
    }
)
_NOT_READ: Final = (
    "templates that Terraform deploys are not read: their resources are checked only if they are files of their own"
)
_BY_ITSELF: Final = "templates are checked by themselves, not with the parameters that Terraform gives them"


def told_stacks(units: Iterable[Unit], components: Iterable[Path]) -> Iterator[UnavailableError]:
    """Notes on the templates that Terraform deploys, and on stacks of Terraform, which have `components`."""
    yield from (UnavailableError(_COMPONENTS, path=shown(path)) for path in components)
    yield from _templates(list(units))


def _templates(read: list[Unit]) -> Iterator[UnavailableError]:
    """A note on each template that Terraform deploys, unless it is checked as a file, with the same values."""
    found = [each for unit in read if unit.dialect == "terraform" for each in unit.declared if each.type in _TYPES]
    if not found:
        return
    templates = {
        source: (path, unit) for unit in read if unit.dialect == "cloudformation" for path, source in unit.sources.items()
    }
    for stack in found:
        body, address = (stack.body.value.get(each, Absent()) for each in ("template_body", "template_url"))
        if isinstance(body, Absent) and isinstance(address, Absent):
            continue
        at = (
            templates.get(body.value.encode("utf-8", "replace"))
            if isinstance(body, Known) and isinstance(body.value, str)
            else None
        )
        if at is None:
            said = f"the template that {stack.address} deploys is not read: its resources are checked only if it is a file of its own"
            yield UnavailableError.at(stack.span, said, _NOT_READ)
        elif names := list(_other_values(stack, *at)):
            said = f"{at[0]} is checked by itself, not with what {stack.address} gives it: {', '.join(names)}"
            yield UnavailableError.at(stack.span, said, _BY_ITSELF)


def _other_values(stack: Declared, path: str, unit: Unit) -> Iterator[str]:
    """The parameters that the stack gives other values than the template's defaults."""
    given = stack.body.value.get("parameters", Absent())
    if isinstance(given, Unknown):
        yield "its parameters"
    if not (isinstance(given, Known) and isinstance(given.value, dict)):
        return
    parameters = [each for each in unit.declared if each.type == "parameter" and path == unit.path]
    defaults = {each.name: each.body.value.get("Default", Absent()) for each in parameters}
    for name, value in given.value.items():
        default = defaults.get(name, Absent())
        if not (isinstance(value, Known) and isinstance(default, Known) and text_of(value.value) == text_of(default.value)):
            yield f"{name}"
