"""What AWS's own translator makes of a SAM template, and both results in a form that can be compared."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from parsers.cloudformation.cfn_sources import plain, unit

from wa_iac.core.value import Absent, Known, Tree, Unknown
from wa_iac.parsers.cloudformation.sam.roles import managed_path
from wa_iac.parsers.cloudformation.yaml_reader import read_yaml

_HASHED: Final = {
    "AWS::ApiGateway::Deployment": r"[0-9a-f]{10}",
    "AWS::Lambda::Version": r"[0-9a-f]{10}",
    "AWS::Lambda::LayerVersion": r"[0-9a-f]{10}",
    "AWS::StepFunctions::StateMachineVersion": r"[0-9a-f]{10}",
}
"""Types whose logical ids end in a hash of what is deployed. Ours end where it begins."""


_UNORDERED: Final = frozenset({"@DependsOn", "LambdaConfigurations", "ManagedPolicyArns", "Policies", "tags"})


class _Policies:
    """The translator asks IAM for the ARNs of AWS's policies; this knows them by their paths."""

    def load(self) -> dict[str, str]:
        return _Arns()


class _Arns(dict[str, str]):
    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and ":" not in name

    def __getitem__(self, name: str) -> str:
        return f"arn:aws:iam::aws:policy/{managed_path(name)}{name}"

    def get(self, name: str, default: Any = None) -> Any:
        return self[name] if name in self else default  # noqa: SIM401 - `get` is what is defined here


def translated(path: Path) -> dict[str, tuple[str, Any]]:
    """The resources that the translator makes, by logical id: type and shape."""
    os.environ.setdefault("AWS_DEFAULT_REGION", "us-east-1")
    from samtranslator.translator.transform import transform

    # Not by its own reader, which teaches PyYAML's loader CloudFormation's tags for the whole process.
    document = read_yaml(path.read_text(encoding="utf-8"), path.name)
    assert document is not None
    template = plain(document.root)
    defaults = {name: each["Default"] for name, each in template.get("Parameters", {}).items() if "Default" in each}
    text = json.dumps(transform(template, defaults, _Policies()))
    made = json.loads(text)
    for name, resource in made["Resources"].items():
        if resource["Type"] in _HASHED:
            text = re.sub(rf"(?<!\w){name}(?!\w)", re.sub(f"{_HASHED[resource['Type']]}$", "", name), text)
    return resources(text.encode())


def resources(data: bytes) -> dict[str, tuple[str, Any]]:
    """The resources of a template as we evaluate it, by logical id: type and shape."""
    found = unit(data)
    return {
        each.address: (
            each.type,
            {
                **shape(each.body),
                **{
                    f"@{key}": _in_order(f"@{key}", shape(value)) for key, value in each.attributes.items() if key != "Metadata"
                },
                **({"@Condition": shape(each.condition)} if each.condition is not None else {}),
            },
        )
        for each in found.declared
        if each.kind == "resource"
    }


def _in_order(key: str, made: Any) -> Any:
    """Lists in which the order means nothing, in one order."""
    return (
        sorted(made, key=lambda each: json.dumps(each, sort_keys=True))
        if key in _UNORDERED and isinstance(made, list)
        else made
    )


def shape(tree: Tree) -> Any:
    """A value as plain data in which two spellings of the same thing are equal: `Fn::Sub` and `Fn::Join`, numbers and texts."""
    match tree:
        case Known(dict() as entries):
            made = {key: shape(value) for key, value in entries.items()}
            return {key: _in_order(key, each) for key, each in made.items() if each not in (None, {}, [])}
        case Known(list() as items):
            return [shape(item) for item in items]
        case Known(bool() as truth):
            return str(truth).lower()
        case Known(content):
            return str(content)
        case Absent():
            return None
        case Unknown(parts=parts) if parts:
            return "".join(part if isinstance(part, str) else shape(part) for part in parts)
        case Unknown(identity=("pseudo", "AWS::Partition")):
            return "aws"
        case Unknown(alternatives=alternatives) if alternatives:
            return {label: shape(value) for label, value in alternatives}
        case Unknown(identity=identity):
            return f"<{identity}>"


def differences(theirs: Any, ours: Any, path: str = "") -> Iterator[tuple[str, Any, Any]]:
    """Where two shapes differ: the path, and what each side has there."""
    if isinstance(theirs, dict) and isinstance(ours, dict):
        for key in sorted(theirs.keys() | ours.keys()):
            yield from differences(theirs.get(key), ours.get(key), f"{path}.{key}" if path else key)
    elif isinstance(theirs, list | tuple) and isinstance(ours, list | tuple) and len(theirs) == len(ours):
        for index, (one, other) in enumerate(zip(theirs, ours, strict=True)):
            yield from differences(one, other, f"{path}[{index}]")
    elif theirs != ours:
        yield path, theirs, ours
