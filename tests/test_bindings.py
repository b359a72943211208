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
                wrong += _cfn(type_name, [(schema, schema)], plan)
            elif "::" in type_name and not type_name.startswith("AWS::Serverless"):
                wrong.append(f"{type_name}: no such type")
        for type_name in cls.tf:
            if type_name.startswith("aws_"):
                wrong += _tf(type_name, [terraform()[type_name]], plan)
    return wrong


Places = list[tuple[dict[str, Any], dict[str, Any]]]
"""Where a path may start: each a schema, for its definitions, and a node in it."""


def _cfn(name: str, places: Places, plan: Plan) -> list[str]:
    """The paths of a plan that exist at none of the places; a block may be read from several."""
    wrong: list[str] = []
    inside: Places = []
    for binding in plan.cfn:
        path = segments(binding.path)
        if path and path[0].name.startswith("@"):
            wrong += [] if path[0].name[1:] in BESIDE_THE_BODY else [f"{name}: {binding.path}"]
            continue
        starts = places
        if binding.of:
            schema = cloudformation(binding.of)
            assert schema is not None, f"{binding.of}: no such type"
            starts = [(schema, schema)]
            wrong += [] if in_cloudformation(schema, schema, segments(binding.by)) else [f"{binding.of}: {binding.by}"]
        found = [(schema, end) for schema, start in starts for end in in_cloudformation(schema, start, path)]
        wrong += [] if found else [f"{binding.of or name}: {binding.path}"]
        inside += found
    return wrong + [each for inner in inner_plans(plan) for each in _cfn(f"{name}.{plan.name}", inside, inner)]


def _tf(name: str, places: list[dict[str, Any]], plan: Plan) -> list[str]:
    wrong: list[str] = []
    inside: list[dict[str, Any]] = []
    for binding in plan.tf:
        path = segments(binding.path)
        if binding.until:
            continue  # a spelling that this provider version no longer has
        if path and path[0].name.startswith("@"):
            wrong += [] if path[0].name[1:] in META else [f"{name}: {binding.path}"]
            continue
        starts = places
        if binding.of:
            starts = [terraform()[binding.of]]
            wrong += [] if in_terraform(starts[0], segments(binding.by)) else [f"{binding.of}: {binding.by}"]
        found = [end for start in starts for end in in_terraform(start, path)]
        wrong += [] if found else [f"{binding.of or name}: {binding.path}"]
        inside += found
    return wrong + [each for inner in inner_plans(plan) for each in _tf(f"{name}.{plan.name}", inside, inner)]


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
