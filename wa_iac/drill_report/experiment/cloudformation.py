"""An experiment as a CloudFormation template of its own. Its parameters are the resources that it strikes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, Final

from wa_iac.core.late_pattern import late

from .actions import KINDS
from .lines import comment, heading
from .model import Ambient, Experiment, Named, Target, Text
from .role import needs_all_targets, permissions, trust

_ARNS: Final = {
    "AWS::CloudWatch::Alarm": "cloudwatch:{}:alarm:",
    "AWS::DocDB::DBCluster": "rds:{}:cluster:",
    "AWS::DynamoDB::GlobalTable": "dynamodb:{}:table/",
    "AWS::DynamoDB::Table": "dynamodb:{}:table/",
    "AWS::EC2::Instance": "ec2:{}:instance/",
    "AWS::EC2::Subnet": "ec2:{}:subnet/",
    "AWS::EC2::VPCEndpoint": "ec2:{}:vpc-endpoint/",
    "AWS::EC2::Volume": "ec2:{}:volume/",
    "AWS::Kinesis::Stream": "kinesis:{}:stream/",
    "AWS::Lambda::Function": "lambda:{}:function:",
    "AWS::RDS::DBCluster": "rds:{}:cluster:",
    "AWS::RDS::DBInstance": "rds:{}:db:",
}
"""The ARNs of types by what `Ref` gives: the service, and what stands before the name."""
_NAMES: Final = frozenset({"AWS::AutoScaling::AutoScalingGroup", "AWS::ECS::Cluster"})
"""Types of which `Ref` gives the name."""
_PARAMETERS: Final = {
    "AWS::EC2::Instance": "AWS::EC2::Instance::Id",
    "AWS::EC2::Subnet": "AWS::EC2::Subnet::Id",
    "AWS::EC2::Volume": "AWS::EC2::Volume::Id",
}
_AMBIENT: Final = {
    Ambient.PARTITION: "${AWS::Partition}",
    Ambient.REGION: "${AWS::Region}",
    Ambient.ACCOUNT: "${AWS::AccountId}",
}
_WHOLE: Final = late(r"\$\{([\w:]+)\}")
_PLAIN: Final = late(r"[A-Za-z][\w-]*")


def as_template(experiment: Experiment, unit: str) -> str:
    """The template as YAML, of an experiment that has actions."""
    made = _Template(experiment)
    about = (
        "Deploy it as a stack of its own, and give the resources by its parameters. Or copy its resources into the template: where a "
        "parameter is called like a resource, the resource takes its place."
    )
    lines = [*heading(experiment, unit), *comment(about), "", *_members(made.document(), "")]
    return "\n".join(lines) + "\n"


class _Template:
    """A template, with its parameters as they are found."""

    def __init__(self, experiment: Experiment) -> None:
        self._experiment: Final = experiment
        self._parameters: Final[dict[str, dict[str, str]]] = {}
        self._of: Final[dict[tuple[str, str], str]] = {}

    def document(self) -> dict[str, Any]:
        resources = {"DrillExperiment": self._template(), "DrillRole": self._role(), "DrillLogs": _logs()}
        return {
            "AWSTemplateFormatVersion": "2010-09-09",
            "Description": f"AWS FIS experiment: {self._experiment.title}"[:200],
            **({"Parameters": self._parameters} if self._parameters else {}),
            "Resources": resources,
        }

    def _template(self) -> dict[str, Any]:
        experiment = self._experiment
        alarms = [{"Source": "aws:cloudwatch:alarm", "Value": self._text((each,))} for each in experiment.alarms]
        return {
            "Type": "AWS::FIS::ExperimentTemplate",
            "Properties": {
                "Description": f"Drill: {experiment.title}"[:500],
                "RoleArn": {"Fn::GetAtt": "DrillRole.Arn"},
                "StopConditions": alarms or [{"Source": "none"}],
                "Targets": {each.name: self._target(each) for each in experiment.targets},
                "Actions": {
                    each.name: {
                        "ActionId": each.id,
                        "Description": each.about,
                        **self._map("Parameters", each.parameters),
                        "Targets": {KINDS[each.id].key: each.target.name},
                    }
                    for each in experiment.actions
                },
                "ExperimentOptions": {
                    "AccountTargeting": "single-account",
                    "EmptyTargetResolutionMode": "fail" if needs_all_targets(experiment) else "skip",
                },
                "LogConfiguration": {
                    "LogSchemaVersion": 2,
                    "CloudWatchLogsConfiguration": {"LogGroupArn": {"Fn::GetAtt": "DrillLogs.Arn"}},
                },
                "Tags": {"Name": "wa-iac drill"},
            },
        }

    def _target(self, target: Target) -> dict[str, Any]:
        filters = [{"Path": path, "Values": [self._text(value)]} for path, value in target.filters]
        return {
            "ResourceType": target.type,
            "SelectionMode": "ALL",
            **({"ResourceArns": [self._text((each,)) for each in target.arns]} if target.arns else {}),
            **self._map("ResourceTags", target.tags),
            **({"Filters": filters} if filters else {}),
            **self._map("Parameters", target.parameters),
        }

    def _map(self, name: str, pairs: tuple[tuple[str, Text], ...]) -> dict[str, Any]:
        return {name: {key: self._text(value) for key, value in pairs}} if pairs else {}

    def _role(self) -> dict[str, Any]:
        managed = {"ManagedPolicyArns": [self._text(self._experiment.policy)]} if self._experiment.policy else {}
        return {
            "Type": "AWS::IAM::Role",
            "Properties": {
                "AssumeRolePolicyDocument": self._whole(trust()),
                **managed,
                "Policies": [{"PolicyName": "experiment", "PolicyDocument": self._whole(permissions(self._experiment))}],
            },
        }

    def _whole(self, data: Any) -> Any:
        """Data with its texts written out."""
        match data:
            case dict():
                return {key: self._whole(each) for key, each in data.items()}
            case list():
                return [self._whole(each) for each in data]
            case _:
                return self._text(data)

    def _text(self, text: Text) -> Any:
        written = "".join(self._piece(each) for each in text)
        if (whole := _WHOLE.fullmatch(written)) is not None:
            return {"Ref": whole[1]}
        return {"Fn::Sub": written} if _WHOLE.search(written) else written.replace("${!", "${")

    def _piece(self, piece: str | Ambient | Named) -> str:
        match piece:
            case str():
                return piece.replace("${", "${!")
            case Named():
                return self._named(piece)
            case Ambient.ZONE:
                default = {"Default": self._experiment.zone} if self._experiment.zone else {}
                about = "The Availability Zone that fails."
                self._parameters["Zone"] = {"Type": "AWS::EC2::AvailabilityZone::Name", "Description": about, **default}
                return "${Zone}"
            case _:
                return _AMBIENT[piece]

    def _named(self, named: Named) -> str:
        if named.what == "arn" and named.type in _ARNS:
            start = _ARNS[named.type].format("${AWS::Region}:${AWS::AccountId}")
            return f"arn:${{AWS::Partition}}:{start}${{{self._parameter(named, '')}}}"
        itself = named.what == "name" and named.type in _NAMES
        return f"${{{self._parameter(named, '' if itself else named.what.capitalize())}}}"

    def _parameter(self, named: Named, suffix: str) -> str:
        """The name of the parameter for a resource; a parameter for it is made at the first call."""
        key = (named.address, suffix)
        if key not in self._of:
            plain = re.sub(r"[^A-Za-z0-9]", "", named.address)[:200] or "Resource"
            name = f"{plain}{suffix}"
            while name in self._parameters or name in ("DrillExperiment", "DrillRole", "DrillLogs", "Zone"):
                name += "X"
            self._of[key] = name
            what = {"Arn": "The ARN of", "Name": "The name of"}.get(suffix, "The resource")
            self._parameters[name] = {
                "Type": _PARAMETERS.get(named.type, "String") if not suffix else "String",
                "Description": f"{what} {plain}, {named.type}.",
            }
        return self._of[key]


def _logs() -> dict[str, Any]:
    return {"Type": "AWS::Logs::LogGroup", "Properties": {"RetentionInDays": 30}}


def _members(data: dict[str, Any], indent: str) -> Iterator[str]:
    """The members of an object as lines of YAML."""
    for key, value in data.items():
        name = key if _PLAIN.fullmatch(key) else json.dumps(key, ensure_ascii=False)
        if (inline := _inline(value)) is not None:
            yield f"{indent}{name}: {inline}"
        else:
            yield f"{indent}{name}:"
            yield from _block(value, f"{indent}  ")


def _block(value: Any, indent: str) -> Iterator[str]:
    if isinstance(value, dict):
        yield from _members(value, indent)
        return
    for each in value:
        if (inline := _inline(each)) is not None:
            yield f"{indent}- {inline}"
        else:
            first, *others = _block(each, f"{indent}  ")
            yield f"{indent}- {first.lstrip()}"
            yield from others


def _inline(value: Any) -> str | None:
    """A value that fits on its line."""
    match value:
        case {"Ref": str() as name}:
            return f"!Ref {json.dumps(name)}"
        case {"Fn::GetAtt": str() as name}:
            return f"!GetAtt {name}"
        case {"Fn::Sub": str() as text}:
            return f"!Sub {json.dumps(text, ensure_ascii=False)}"
        case dict() | list():
            return None
        case _:
            return json.dumps(value, ensure_ascii=False)
