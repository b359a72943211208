"""Every binding's path exists: in the schema that cfn-lint ships, or in the Terraform provider's."""

from __future__ import annotations

import json
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from wa_iac.core.binding import Cfn, Segment, Tf, segments
from wa_iac.core.reader import Plan, plans
from wa_iac.core.resource import Block, Resource
from wa_iac.dev.index import resource_classes
from wa_iac.dev.schemas import terraform_types

FIXTURE = Path(__file__).parent.parent / "fixtures" / "schemas" / "terraform_aws.json"
BESIDE_THE_BODY = {"DeletionPolicy", "UpdateReplacePolicy", "UpdatePolicy", "CreationPolicy", "DependsOn", "Metadata"}
META = {"lifecycle", "depends_on", "provider"}
CLASSES = [pytest.param(cls, id=f"{cls.__module__.rpartition('.')[2]}.{cls.__name__}") for cls in resource_classes()]


@cache
def terraform() -> dict[str, Any]:
    schema: dict[str, Any] = json.loads(FIXTURE.read_text(encoding="utf-8"))["resources"]
    return schema


@cache
def cloudformation(type_name: str) -> dict[str, Any] | None:
    spec = find_spec("cfnlint")
    assert spec is not None
    assert spec.origin is not None
    folder = Path(spec.origin).parent / "data" / "schemas"
    stem = json.loads((folder / "providers" / "us-east-1.json").read_text(encoding="utf-8")).get(type_name)
    if stem is None:
        return None
    schema: dict[str, Any] = json.loads((folder / "resources" / f"{stem}.json").read_text(encoding="utf-8"))
    return schema


def in_cloudformation(schema: dict[str, Any], node: dict[str, Any], path: tuple[Segment, ...]) -> list[dict[str, Any]]:
    """The schema nodes a path leads to; more than one where the schema has alternatives."""
    nodes = [node]
    for segment in path:
        nodes = [found for each in nodes for found in properties(schema, each, segment.name)]
    return nodes


def properties(schema: dict[str, Any], node: dict[str, Any], name: str) -> list[dict[str, Any]]:
    if "$ref" in node:
        target: Any = schema
        for part in node["$ref"].removeprefix("#/").split("/"):
            target = target[part]
        return properties(schema, target, name)
    found = [node["properties"][name]] if name in node.get("properties", {}) else []
    if "items" in node and isinstance(node["items"], dict):
        found += properties(schema, node["items"], name)
    for keyword in ("anyOf", "oneOf", "allOf"):
        for branch in node.get(keyword, []):
            found += properties(schema, branch, name)
    if not found and not node.get("properties") and "object" in str(node.get("type", "")):
        found = [{"type": "object"}]  # a free-form object: any name may stand in it
    return found


def in_terraform(node: dict[str, Any], path: tuple[Segment, ...]) -> list[dict[str, Any]]:
    for segment in path:
        child = node.get(segment.name)
        if child is None:
            return []
        node = child["args"] if isinstance(child, dict) else {}
    return [node]


def missing(cls: type[Resource]) -> list[str]:
    """Every path of the class, and of its blocks, that no schema has."""
    wrong: list[str] = []
    for plan in plans(cls):
        for type_name in cls.cfn:
            schema = cloudformation(type_name)
            if schema is not None:
                wrong += _cfn(type_name, schema, schema, plan)
            elif not type_name.islower() and not type_name.startswith("AWS::Serverless"):
                wrong.append(f"{type_name}: no such type")
        for type_name in cls.tf:
            if type_name.startswith("aws_"):
                wrong += _tf(type_name, terraform()[type_name], plan)
    return wrong


def _cfn(type_name: str, schema: dict[str, Any], node: dict[str, Any], plan: Plan) -> list[str]:
    wrong: list[str] = []
    for binding in plan.cfn:
        path = segments(binding.path)
        if path and path[0].name.startswith("@"):
            if path[0].name[1:] not in BESIDE_THE_BODY:
                wrong.append(f"{type_name}: {binding.path}")
            continue
        owner_schema = schema if not binding.of else cloudformation(binding.of)
        assert owner_schema is not None, f"{binding.of}: no such type"
        if binding.by and not in_cloudformation(owner_schema, owner_schema, segments(binding.by)):
            wrong.append(f"{binding.of}: {binding.by}")
        found = in_cloudformation(owner_schema, owner_schema if binding.of else node, path)
        if not found:
            wrong.append(f"{binding.of or type_name}: {binding.path}")
        for inner in inner_plans(plan):
            wrong += [each for each in _cfn(type_name, owner_schema, {"anyOf": found}, inner) if each not in wrong]
    return wrong


def _tf(type_name: str, node: dict[str, Any], plan: Plan) -> list[str]:
    wrong: list[str] = []
    for binding in plan.tf:
        if binding.until:
            continue  # a spelling that this provider version no longer has
        path = segments(binding.path)
        if path and path[0].name.startswith("@"):
            if path[0].name[1:] not in META:
                wrong.append(f"{type_name}: {binding.path}")
            continue
        owner = terraform()[binding.of] if binding.of else node
        if binding.by and not in_terraform(owner, segments(binding.by)):
            wrong.append(f"{binding.of}: {binding.by}")
        found = in_terraform(owner, path)
        if not found:
            wrong.append(f"{binding.of or type_name}: {binding.path}")
        for inner in inner_plans(plan):
            for each in found:
                wrong += [one for one in _tf(type_name, each, inner) if one not in wrong]
    return wrong


def inner_plans(plan: Plan) -> tuple[Plan, ...]:
    if plan.shape != "blocks":
        return ()
    block: type[Block] = plan.classes[0]
    return plans(block)


@pytest.mark.parametrize("cls", CLASSES)
def test_every_path_of_the_class_exists_in_its_schema(cls: type[Resource]) -> None:
    assert missing(cls) == []


def test_the_schema_in_the_fixtures_has_every_type_that_is_read() -> None:
    assert sorted(terraform_types() - set(terraform())) == []


def test_a_path_that_does_not_exist_is_noticed() -> None:
    assert Tf("no_such_argument").path not in terraform()["aws_s3_bucket"]
    assert in_terraform(terraform()["aws_s3_bucket"], segments(Tf("versioning.no_such").path)) == []
    schema = cloudformation("AWS::S3::Bucket")
    assert schema is not None
    assert in_cloudformation(schema, schema, segments(Cfn("VersioningConfiguration.NoSuch").path)) == []
