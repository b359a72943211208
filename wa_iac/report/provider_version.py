"""A remedy that the provider of its configuration does not know yet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from wa_iac.core.finding import Subject
from wa_iac.core.late_pattern import late

_RESOURCE: Final = late(r'resource "(?P<type>aws_\w+)"')
_ARGUMENT: Final = late(r"(?P<indent> *)(?P<name>[a-z]\w*)(?: +=(?!=)| +\{)")


def provider_needed(code: str, type_: str, subject: Subject) -> str:
    """A sentence on the version of the provider that code in HCL needs, if the configuration does not allow it. `type_` is that of the
    resource to which arguments at the top level belong."""
    from wa_iac.knowledge.provider_additions import too_new

    declared = subject.declared
    written = declared.body.value if declared is not None else {}
    for kind, arguments in _parts(code, type_):
        own = kind == type_
        names = [each for each in arguments if not (own and each in written)]
        found = too_new(subject.graph, kind, names)
        if found is not None and not (own and found.name == type_):
            return (
                f"This needs version {found.since} of the AWS provider, for {found.name}: the configuration allows none after version "
                f"{found.allowed}."
            )
    return ""


def _parts(code: str, type_: str) -> Iterator[tuple[str, list[str]]]:
    """The types of the resources in some code, each with its arguments."""
    kind, indent, names = type_, 0, list[str]()
    for line in code.splitlines():
        if (resource := _RESOURCE.match(line)) is not None:
            yield kind, names
            kind, indent, names = resource["type"], 2, []
        elif line.startswith("data "):
            yield kind, names
            kind, indent, names = "", 2, []
        elif (argument := _ARGUMENT.match(line)) is not None and len(argument["indent"]) == indent:
            names.append(argument["name"])
    yield kind, names
