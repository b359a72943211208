"""Arguments that a resource still lacks once a variable has turned it on: other variables give them, and are false or empty by default.

`log_destination = var.create_log_group ? aws_cloudwatch_log_group.this[0].arn : var.log_group_arn` is nothing as long as both variables
are: AWS refuses the flow log. A module's author writes such a choice for an argument that has to have one of the two values.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from wa_iac.core.late_pattern import late
from wa_iac.core.value import Step

from .callers import passed

_ARGUMENT: Final = late(r"(?m)^  (?P<name>\w+)[ ]*=[ ]*(?P<value>\S.*)$")
_CHOICE: Final = late(r"(?P<asked>[^?:]+)\?.*:\s*var\.(?P<value>[\w-]+)")
_LOCAL: Final = late(r"(?<![\w.!])local\.(\w+)")
_VARIABLE: Final = late(r"(?<![\w.!])var\.([\w-]+)")
_DEFAULT: Final = late(r"(?m)^[ \t]*+default[ \t]*+=[ \t]*+([^\n#]*+)")
_EMPTY: Final = frozenset({'""', "null", "[]", "{}"})
_OPTIONAL: Final = late(r"kms|tags|boundary")
"""In the name of an argument that no resource needs."""
_MOST: Final = 3
_DEEPEST: Final = 3


class _Needed(NamedTuple):
    """An argument, and the variables of which one has to be set: those that are false, and the one that is empty."""

    argument: str
    switches: tuple[str, ...]
    value: str

    @property
    def named(self) -> str:
        return f"its {self.argument} ({' or '.join(map(_quoted, (*self.switches, self.value)))})"


def also_needed(
    block: str, on: Sequence[str], call: Step | None, sources: Mapping[str, bytes], texts: Mapping[str, str]
) -> str:
    """A sentence on the variables that a block of the module needs besides those that turn it on. Empty if there are none."""

    def is_left(name: str) -> bool:
        return call is None or passed(call, sources, name) is None

    found = [each for each in _needed(block, on, texts) if is_left(each.value) and all(map(is_left, each.switches))]
    if not found:
        return ""
    if len(found) > _MOST:
        return " It then needs other arguments too: the variables that give them are false or empty by default."
    return f" It then also needs {' and '.join(each.named for each in found)}: these variables are false or empty by default."


def _needed(block: str, on: Sequence[str], texts: Mapping[str, str]) -> Iterator[_Needed]:
    for line in _ARGUMENT.finditer(block):
        choice = _CHOICE.fullmatch(_written_out(line["value"], texts))
        if choice is None or _OPTIONAL.search(line["name"]) or default_of(choice["value"], texts) not in _EMPTY:
            continue
        if "||" in choice["asked"]:
            continue
        asked = dict.fromkeys(_VARIABLE.findall(with_locals(choice["asked"], texts)))
        switches = tuple(each for each in asked if each not in on and default_of(each, texts) == "false")
        if switches:
            yield _Needed(line["name"], switches, choice["value"])


def _written_out(expression: str, texts: Mapping[str, str]) -> str:
    """An expression, or that of the local value which it is."""
    expression = expression.strip()
    name = _LOCAL.fullmatch(expression)
    return expression if name is None else local_value(name[1], texts) or expression


def with_locals(expression: str, texts: Mapping[str, str]) -> str:
    """An expression and those of the local values in it."""
    whole = expression
    for _ in range(_DEEPEST):
        names = _LOCAL.findall(expression)
        expression = " ".join(local_value(each, texts) for each in names)
        whole = f"{whole} {expression}"
    return whole


def local_value(name: str, texts: Mapping[str, str]) -> str:
    """The first line of a local value of the module, as it is written; empty if there is none."""
    for text in texts.values():
        if (found := re.search(rf"(?m)^[ \t]++{name}[ \t]*+=[ \t]*+(.+)$", text)) is not None:
            return found[1].strip()
    return ""


def default_of(name: str, texts: Mapping[str, str]) -> str | None:
    """The default of a variable of the module as it is written, if it is on one line."""
    for text in texts.values():
        if (found := re.search(rf'(?m)^variable\s+"{re.escape(name)}"\s*\{{(.*(?:\n(?!\}}).*)*)', text)) is not None:
            default = _DEFAULT.search(found[1])
            return None if default is None else default[1].rstrip()
    return None


def _quoted(text: str) -> str:
    return f'"{text}"'
