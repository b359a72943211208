"""What AWS's own translator makes of a SAM template, in a form that can be held against what we make of it.

Both results are read as CloudFormation and their values written out, so that it does not matter which function makes a text.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Hashable, Iterator, Mapping
from typing import Any, Final

from helpers.cloudformation import plain, unit
from wa_iac.core.algebra import substitute
from wa_iac.core.declared import Declared
from wa_iac.core.reasons import InParameterStore, Pseudo, Said, UnsetParameter
from wa_iac.core.value import Absent, Known, Origin, Tree, Unknown
from wa_iac.parsers.cloudformation.text.yaml_reader import read_yaml

_DIGEST: Final = re.compile(r"(Version|Deployment)[0-9a-f]{10}$")

_BESIDE: Final[tuple[str, ...]] = ("DependsOn", "DeletionPolicy", "UpdateReplacePolicy", "UpdatePolicy", "CreationPolicy")
"""Attributes that are compared. Metadata is not: we carry it to what is made, where suppressions are looked for."""

_WITHOUT_ORDER: Final = frozenset({
    "Action",  # a set
    "DependsOn",  # a set
    "LambdaConfigurations",  # the translator puts new ones in front
    "ManagedPolicyArns",  # a set
    "Policies",  # named each
    "Resource",  # a set
    "Statement",  # any may allow, any may deny
    "Tags",  # by key
    "security",  # one of them
    "tags",  # by name
    "parameters",  # by name and place
})  # fmt: skip
"""Lists in which the order has no meaning, and why."""

_ONE_OR_A_LIST: Final = frozenset({"Action", "Resource"})
"""What IAM takes as one or as a list of one, alike: the translator writes both."""

_LEFT_OUT: Final = {
    # A digest of the document, for which a deployment is made anew.
    ("AWS::ApiGateway::Deployment", "Description"),
    # The name of a second stage, "Stage", which nobody asked for and nobody can set up.
    ("AWS::ApiGateway::Deployment", "StageName"),
    # What the document says under x-amazon-apigateway-... we say of the resource too, where rules look for it.
    ("AWS::ApiGateway::RestApi", "DisableExecuteApiEndpoint"),
    ("AWS::ApiGatewayV2::Api", "CorsConfiguration"),
    ("AWS::ApiGatewayV2::Api", "DisableExecuteApiEndpoint"),
}
"""Properties that are not compared, and why."""


class _Policies:
    """Stands in for the list of AWS's managed policies, which the translator asks IAM for."""

    def load(self) -> dict[str, str]:
        plain = ("AmazonS3ReadOnlyAccess", "AmazonS3FullAccess", "AmazonDynamoDBReadOnlyAccess", "CloudWatchLogsFullAccess",
                 "AWSXRayDaemonWriteAccess", "AmazonSQSFullAccess")  # fmt: skip
        roles = ("AWSLambdaBasicExecutionRole",)
        return {
            **{name: f"arn:aws:iam::aws:policy/{name}" for name in plain},
            **{name: f"arn:aws:iam::aws:policy/service-role/{name}" for name in roles},
        }


def translated(source: str) -> dict[str, Any]:
    """The translator's result, with the logical ids that it makes by digests as we make them."""
    os.environ.setdefault("AWS_DEFAULT_REGION", "eu-west-1")
    from samtranslator.translator.transform import transform

    # Not by its own reader, which teaches PyYAML's loader CloudFormation's tags for the whole process.
    document = read_yaml(source, "template.yaml")
    assert document is not None
    made: dict[str, Any] = transform(plain(document.root), {}, _Policies())
    text = json.dumps(made)
    for old, new in _renamed(made["Resources"]):
        if old[-10:] in source:
            continue  # a digest that the template gives
        text = re.sub(rf"\b{old}\b", new, text)
    renamed: dict[str, Any] = json.loads(text)
    return renamed


def _renamed(resources: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Domains, their records and layers are named after what they hold; we name them after the resource they are made from."""
    apis: dict[str, str] = {}
    for each in resources.values():
        properties = each.get("Properties", {})
        if each["Type"] == "AWS::ApiGateway::BasePathMapping":
            apis[properties["DomainName"]["Ref"]] = properties["RestApiId"]["Ref"]
        elif each["Type"] == "AWS::ApiGatewayV2::ApiMapping":
            apis[properties["DomainName"]["Ref"]] = properties["ApiId"]["Ref"]
    for name, each in resources.items():
        if name in apis:
            yield name, f"{apis[name]}DomainName"
        elif each["Type"] == "AWS::Route53::RecordSetGroup":
            domain = each["Properties"]["RecordSets"][0]["AliasTarget"]["DNSName"]["Fn::GetAtt"][0]
            yield name, f"{apis[domain]}RecordSetGroup"
        elif each["Type"] == "AWS::Lambda::LayerVersion" or _DIGEST.search(name):
            yield name, name[:-10]


def without_depends_on(outcomes: list[dict[str, object]]) -> list[dict[str, object]]:
    return [{key: value for key, value in each.items() if key != "DependsOn"} for each in outcomes]


def deployed(source: str) -> dict[str, list[dict[str, object]]]:
    """Each resource of a template that has no errors, written out under every outcome of its conditions."""
    found = unit(source)
    assert [str(error) for error in found.errors] == []
    return {each.address: _written_out(each) for each in found.declared if each.kind == "resource"}


def _written_out(declared: Declared) -> list[dict[str, object]]:
    values = [declared.body, *declared.attributes.values(), *([declared.condition] if declared.condition is not None else [])]
    choices = {choice for value in values for choice in _choices(value)}
    outcomes: list[dict[Hashable, int]] = [dict.fromkeys(choices, 0), dict.fromkeys(choices, 1)] if choices else [{}]
    return [_one(declared, each) for each in outcomes]


def _one(declared: Declared, outcomes: dict[Hashable, int]) -> dict[str, object]:
    def value(tree: Tree, key: str = "") -> object:
        return _rendered(substitute(tree, outcomes), key)

    beside: dict[str, object] = {key: value(declared.attributes[key], key) for key in _BESIDE if key in declared.attributes}
    condition = True if declared.condition is None else value(declared.condition)
    body = {
        key: value(each, key)
        for key, each in declared.body.value.items()
        if (declared.type, key) not in _LEFT_OUT and not isinstance(substitute(each, outcomes), Absent)
    }
    return {"Type": declared.type, "exists": condition, **beside, "Properties": body}


def _choices(value: Tree) -> Iterator[Hashable]:
    match value:
        case Known(list() as items):
            for item in items:
                yield from _choices(item)
        case Known(dict() as entries):
            for item in entries.values():
                yield from _choices(item)
        case Unknown(choice=choice, alternatives=alternatives, parts=parts):
            if alternatives:
                yield choice
            for alternative in alternatives:
                yield from _choices(alternative.value)
            for part in parts:
                if isinstance(part, Unknown):
                    yield from _choices(part)
        case _:
            pass


def _rendered(value: Tree, key: str = "") -> object:
    if key in _ONE_OR_A_LIST and not isinstance(value, Known | Absent):
        value = Known([value], value.origin)
    match value:
        case Known(str()) if key in _ONE_OR_A_LIST:
            return [_rendered(value)]
        case Known(list() as items):
            written = [_rendered(item) for item in items if not isinstance(item, Absent)]
            # Documented lists of actions name some twice.
            written = (
                list(dict.fromkeys(written)) if key == "Action" and all(isinstance(each, str) for each in written) else written
            )
            return sorted(written, key=_order) if key in _WITHOUT_ORDER else written
        case Known(dict() as entries):
            return {name: _rendered(item, name) for name, item in entries.items() if not isinstance(item, Absent)}
        case Known(str() as text):
            return _text(text, key)
        case Known(content):
            return content
        case Unknown(parts=(*_, str() as before, Unknown(source=Said()), str() as name)) if before.endswith(":aws:policy/"):
            # Where AWS keeps a policy of its own we know of few; here the translator is told that it is there.
            return f"arn:aws{before}{name}"
        case Unknown(parts=parts) if parts:
            return _text("".join(part if isinstance(part, str) else str(_rendered(part)) for part in parts), key)
        case Unknown(source=Pseudo("AWS::Partition")):
            # The translator knows the region that it runs in; a template does not.
            return "aws"
        case Unknown(source=UnsetParameter() | InParameterStore() | Pseudo() as named):
            return f"<{named.address}>"
        case Unknown(itself=True, origin=Origin(references=(reference,))):
            return f"<{reference.address}>" if reference.attribute == "Ref" else f"<{reference.address}.{reference.attribute}>"
        case Unknown(identity=identity):
            return repr(identity)
        case _:
            return None


def _text(text: str, key: str) -> object:
    if key == "DefinitionString":
        return json.loads(text)  # the translator indents it
    if key == "identitySource":
        return sorted(text.split(", "))
    return text


def _order(written: object) -> str:
    return json.dumps(written, sort_keys=True)
