"""A remedy that the provider of its configuration does not know yet, or may not know."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from wa_iac.core.finding import Finding, Subject
from wa_iac.core.late_pattern import late

from .callers import at

_RESOURCE: Final = late(r'resource "(?P<type>aws_\w+)"')
_ARGUMENT: Final = late(r"(?P<indent> *)(?P<name>[a-z]\w*)(?: +=(?!=)| +\{)")
_NOT_OF_AWS: Final = late(r'"[^"]*"|<[^<>]*>|\([^()\s]+:\d+\)')
"""Names that a configuration gives, placeholders and places, in a sentence."""
_NAME: Final = late(r"\b[a-z]\w*_\w+|`[a-z]\w*`")
_OF_PROVIDER: Final = late(r"AWS provider|of the provider")
_OLD: Final = 5
"""The first major version that is taken for current: remedies for the one before it say so."""

_OLD_TERRAFORM: Final = ", since it is written for Terraform 0.11"


def provider_held(sentences: Iterable[str], code: str, finding: Finding) -> str:
    """A sentence on a provider that is limited to versions before 5, for a remedy that has code or names arguments of Terraform. Empty if
    the remedy speaks of the provider already."""
    subject = finding.subject
    if finding.dialect != "terraform" or subject is None or subject.declared is None:
        return ""
    said = " ".join(sentences)
    if not finding.type.startswith("aws_") or subject.declared.kind != "resource" or _OF_PROVIDER.search(said) is not None:
        return ""
    if not code and _NAME.search(_NOT_OF_AWS.sub("", said)) is None:
        return ""
    from wa_iac.knowledge.provider_versions import limit

    found = subject.graph.once(limit)
    if found is None or found.newest >= _OLD:
        return ""
    place = at(f"The AWS provider is limited to {found.constraint}", found.span)
    return f"{place}: a version that old may lack a part of this, or replace the resource for a change."


def provider_needed(code: str, type_: str, subject: Subject) -> str:
    """A sentence on the version of the provider that code in HCL needs, if the configuration does not allow it. `type_` is that of the
    resource to which arguments at the top level belong."""
    from wa_iac.knowledge.provider_additions import too_new
    from wa_iac.knowledge.provider_versions import is_for_old_terraform

    declared = subject.declared
    written = declared.body.value if declared is not None else {}
    for kind, arguments in _parts(code, type_):
        own = kind == type_
        names = [each for each in arguments if not (own and each in written)]
        found = too_new(subject.graph, kind, names)
        if found is not None and not (own and found.name == type_):
            return (
                f"This needs version {found.since} of the AWS provider, for {found.name}: the configuration allows none after version "
                f"{found.allowed}{_OLD_TERRAFORM if is_for_old_terraform(subject.graph) else ''}."
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
