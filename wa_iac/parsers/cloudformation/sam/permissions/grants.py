"""The permissions of SAM's policy templates and connectors, as lines: `service resource ... = action ...`."""

from __future__ import annotations

from typing import Final

from wa_iac.parsers.cloudformation.sam.nodes import Made

_WITHOUT_PLACE: Final = frozenset({"route53", "s3"})
"""Services whose ARNs name no region and no account."""


def statement(line: str) -> dict[str, Made]:
    """The statement of a line.

    A resource is `*`, an ARN where it begins with one's variable (`${SecretArn}`, `${Source.Arn}/*`), else the part
    after the account in an ARN of the service. After ` if `, `key = ARN` is a condition.
    """
    line, _, condition = line.partition(" if ")
    granted, _, actions = line.partition(" = ")
    service, *resources = granted.split()
    made: dict[str, Made] = {
        "Effect": "Allow",
        "Action": [f"{service}:{action}" for action in actions.split()],
        "Resource": [_arn(service, each) for each in resources],
    }
    if condition:
        key, _, value = condition.partition(" = ")
        made["Condition"] = {"StringEquals": {key: _arn(*value.split())}}
    return made


def _arn(service: str, resource: str) -> str:
    if resource == "*" or resource.partition("}")[0].endswith("Arn"):
        return resource
    place = "::" if service in _WITHOUT_PLACE else "${AWS::Region}:${AWS::AccountId}:"
    return f"arn:${{AWS::Partition}}:{service}:{place}{resource}"


def sections(text: str) -> dict[str, list[str]]:
    """Indented lines by their heading; a line with deeper indentation continues the line before."""
    found: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in text.strip().splitlines():
        if line.startswith("    "):
            lines[-1] += f" {line.strip()}"
        elif line.startswith(" "):
            lines.append(line.strip())
        else:
            lines = found.setdefault(line, [])
    return found
