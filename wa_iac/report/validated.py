"""Values that the variables of Terraform refuse by their validations: a remedy proposes one that they allow, or says what has to allow it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from .allowed import Allowed, accepts, near
from .callers import at, default_named, is_installed
from .conditionals import literal
from .module_code import VALUES, ModuleCode

if TYPE_CHECKING:
    from wa_iac.parsers.terraform.text.nodes import HclBlock

    from .fault import Fault

_MOST: Final = 8
"""Values that the rule is asked about."""


def validated(fault: Fault, wanted: str, *, exactly: bool = False) -> Allowed:
    """A value for the place that sets the value at fault, and that every variable on its way accepts; or what has to accept it first. No other
    value is proposed if it has to be `exactly` this one."""
    value = literal(wanted)
    if value is None or value.value is None or isinstance(value.value, (list, dict)) or "<" in wanted:
        return Allowed(wanted)  # What the reader has to fill in, no validation judges yet.
    variables = list(_on_the_way(fault))
    refusing = [each for each in variables if refuses(each, value.value)]
    if not refusing:
        return Allowed(wanted)
    other = None if exactly else _acceptable(fault, variables, refusing, value.value)
    if other is not None:
        return Allowed(json.dumps(other))
    own = len(refusing) == 1 and refusing[0] is variables[-1]
    return Allowed(wanted, to_allow(wanted, refusing), own, never=any(map(_is_of_others, refusing)))


def to_allow(wanted: str, refusing: Sequence[HclBlock]) -> str:
    """What has to change before variables accept a value, without the full stop."""
    names = [at(f'variable "{each.labels[0]}"', each.header) for each in refusing]
    listed = f"the validation of {' and of '.join(names)}"
    if any(map(_is_of_others, refusing)):
        return f"This module cannot do it: {listed} refuses {wanted}. Use another module, or one of its versions that allows it"
    return f"{listed[0].upper()}{listed[1:]} has to allow {wanted}"


def _is_of_others(variable: HclBlock) -> bool:
    """Whether a variable belongs to a module that is not the reader's to change."""
    return is_installed(variable.header.path)


def _on_the_way(fault: Fault) -> Iterator[HclBlock]:
    """The variables that have the value, the innermost first."""
    code = ModuleCode(fault.declared, fault.sources)
    level = code.innermost
    for step in fault.chain():
        _, default = default_named(step)
        given = step.span.path.endswith(VALUES)
        name = step.argument or default or (fault.assigned(step.span)[0] if given else "")
        if step.key and not given:
            return  # What is inside of an object is no value of the variable.
        if name and (block := code.variable(level, name)) is not None:
            yield block
        level -= bool(step.argument)
        if level < 0:
            return


def refuses(block: HclBlock, value: object) -> bool:
    """Whether the validations of a variable refuse a value."""
    from wa_iac.parsers.terraform.modules import validations

    return any(each.type == "validation" for each in block.body.blocks) and validations.refuses(block, value)


def _acceptable(fault: Fault, variables: Sequence[HclBlock], refusing: Sequence[HclBlock], wanted: object) -> object | None:
    """The nearest value that the variables allow and the rule accepts."""
    from wa_iac.parsers.terraform.modules.validations import candidates

    found = [each for block in refusing for each in candidates(block)]
    likely: list[str] | list[int] = []
    if isinstance(wanted, str):
        likely = [each for each in found if isinstance(each, str) and near(each, wanted)]
    elif isinstance(wanted, (int, float)) and not isinstance(wanted, bool):
        whole = [each for each in found if isinstance(each, int) and not isinstance(each, bool)]
        likely = sorted(whole, key=lambda each: (abs(each - wanted), -each))
    path = fault.at.path or ()
    distinct: list[str | int] = list(dict.fromkeys(likely))
    allowed = [each for each in distinct if not any(refuses(block, each) for block in variables)]
    for each in allowed[:_MOST] if path else ():
        if accepts(fault.finding, fault.subject, fault.declared, path, each):
            return each
    return None
