"""Every binding's path exists, in the schema that cfn-lint ships or in the Terraform provider's, and says what it means of a list."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Any

from wa_iac.core.binding import Cfn, Segment, Tf, segments
from wa_iac.core.reader import FieldSpec, field_specs
from wa_iac.core.resource import Block, Resource
from wa_iac.core.value import Value
from wa_iac.maintenance.index import resource_classes
from wa_iac.maintenance.schemas import terraform_types

FIXTURE = Path(__file__).parent.parent / "fixtures" / "schemas" / "terraform_aws.json"
BESIDE_THE_BODY = {
    *("DeletionPolicy", "UpdateReplacePolicy", "UpdatePolicy", "CreationPolicy", "DependsOn", "Metadata"),
    *("lifecycle", "depends_on", "provider"),
}


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


def referred(schema: dict[str, Any], node: dict[str, Any]) -> dict[str, Any]:
    """The definition that a node only names."""
    target: Any = schema
    for part in node["$ref"].removeprefix("#/").split("/"):
        target = target[part]
    definition: dict[str, Any] = target
    return definition


def properties(schema: dict[str, Any], node: dict[str, Any], name: str) -> list[dict[str, Any]]:
    if "$ref" in node:
        return properties(schema, referred(schema, node), name)
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


Node = tuple[dict[str, Any], dict[str, Any]]
"""Where a path may start: a schema, for its definitions, and a node in it. A Terraform node needs no schema: `({}, node)`."""


class Places:
    """Where the paths of each class and block start, over all that use it: a block may be read from several resources."""

    def __init__(self) -> None:
        self.cfn: dict[type[Resource] | type[Block], list[Node]] = defaultdict(list)
        self.tf: dict[type[Resource] | type[Block], list[Node]] = defaultdict(list)


def missing(classes: Iterable[type[Resource]]) -> list[str]:
    """Every path of the classes and of their blocks that no schema has where it is read."""
    wrong, seen, places = explored(classes)
    return wrong + [each for cls in seen for plan in field_specs(cls) for each in _wrong(cls, plan, places)]


def crossing(classes: Iterable[type[Resource]]) -> list[str]:
    """Every path of the classes and of their blocks that crosses a list and does not say which elements it means."""
    _, seen, places = explored(classes)
    return [each for cls in seen for plan in field_specs(cls) for each in _crossing(cls, plan, places)]


def explored(classes: Iterable[type[Resource]]) -> tuple[list[str], list[type[Resource] | type[Block]], Places]:
    """Types without a schema; the classes with all their blocks; and where the paths of each start."""
    places = Places()
    wrong: list[str] = []
    for cls in classes:
        for name in cls.cfn:
            schema = cloudformation(name) if "::" in name else None
            if schema is not None:
                places.cfn[cls].append((schema, schema))
            elif "::" in name and not name.startswith("AWS::Serverless"):
                wrong.append(f"{name}: no such type")
        types = [name for name in cls.tf if name.startswith("aws_")]
        wrong += [
            f"{name} is not in the fixture: see docs/writing-rules.md, A new service"
            for name in types
            if name not in terraform()
        ]
        places.tf[cls] = [({}, terraform()[name]) for name in types if name in terraform()]
    waiting: list[type[Resource] | type[Block]] = list(classes)
    seen: list[type[Resource] | type[Block]] = []
    while waiting:
        blocks = [block for cls in waiting for plan in field_specs(cls) for block in _enter(cls, plan, places)]
        seen += [each for each in waiting if each not in seen]
        waiting = [block for block in dict.fromkeys(blocks) if block not in seen]
    return wrong, seen, places


def _ends(binding: Cfn | Tf, starts: list[Node]) -> list[Node]:
    """The nodes that a binding's path leads to."""
    path = segments(binding.path)
    if isinstance(binding, Cfn):
        if binding.of:
            schema = cloudformation(binding.of)
            assert schema is not None, f"{binding.of}: no such type"
            starts = [(schema, schema)]
        return [(schema, end) for schema, start in starts for end in in_cloudformation(schema, start, path)]
    if binding.of:
        starts = [({}, terraform()[binding.of])]
    return [(schema, end) for schema, start in starts for end in in_terraform(start, path)]


def _crossing(cls: type[Resource] | type[Block], plan: FieldSpec, places: Places) -> list[str]:
    found: list[str] = []
    bindings: tuple[Cfn | Tf, ...] = (*plan.cfn, *plan.tf)
    for binding in bindings:
        path = segments(binding.path)
        # A value that fans out would be its first element. A link, or blocks, may end in a list: each of its elements counts.
        silent = plan.shape == "value" and any(each.every for each in path)
        for at, segment in enumerate(path[:-1]):
            starts = places.cfn[cls] if isinstance(binding, Cfn) else places.tf[cls]
            holders = _ends(replace(binding, path=_spelled(path[:at])), starts) if at or binding.of else starts
            is_list = any(_is_list(schema, node, segment.name) for schema, node in holders)
            silent = silent or (is_list and not segment.chooses)
        if silent:
            found.append(f"{cls.__name__}.{plan.name}: {binding.path}")
    return found


def _spelled(path: tuple[Segment, ...]) -> str:
    return ".".join(each.name for each in path)


def _is_list(schema: dict[str, Any], node: dict[str, Any], name: str) -> bool:
    """Whether what stands under `name` is a list. A Terraform block that there can be one of only is none."""
    if not schema:
        child = node.get(name)
        return isinstance(child, dict) and child["block"] == "list"
    return any(_is_array(schema, each) for each in properties(schema, node, name))


def _is_array(schema: dict[str, Any], node: dict[str, Any]) -> bool:
    if "$ref" in node:
        return _is_array(schema, referred(schema, node))
    branches = [branch for keyword in ("anyOf", "oneOf", "allOf") for branch in node.get(keyword, [])]
    return "array" in str(node.get("type", "")) or any(_is_array(schema, branch) for branch in branches)


def _enter(cls: type[Resource] | type[Block], plan: FieldSpec, places: Places) -> list[type[Block]]:
    """Note where the blocks of a field start; returns them."""
    if plan.shape != "blocks":
        return []
    block: type[Block] = plan.classes[0]
    for binding in plan.cfn:
        places.cfn[block] += [each for each in _ends(binding, places.cfn[cls]) if each not in places.cfn[block]]
    for tf in plan.tf:
        places.tf[block] += [each for each in _ends(tf, places.tf[cls]) if each not in places.tf[block]]
    return [block]


def _wrong(cls: type[Resource] | type[Block], plan: FieldSpec, places: Places) -> list[str]:
    wrong: list[str] = []
    bindings: tuple[Cfn | Tf, ...] = (*plan.cfn, *plan.tf)
    for binding in bindings:
        starts = places.cfn[cls] if isinstance(binding, Cfn) else places.tf[cls]
        if binding.until or (not starts and not binding.of):
            continue  # a spelling that this provider version no longer has; a class of settings
        first = binding.path.split(".")[0]
        if first.startswith("@"):
            if first[1:] not in BESIDE_THE_BODY:
                wrong.append(f"{cls.__name__}.{plan.name}: {binding.path}")
            continue
        by = Cfn(binding.by, of=binding.of) if isinstance(binding, Cfn) else Tf(binding.by, of=binding.of)
        if not _ends(binding, starts) or (binding.by and not _ends(by, starts)):
            wrong.append(f"{cls.__name__}.{plan.name}: {binding}")
    return wrong


def test_every_path_exists_in_its_schema() -> None:
    assert missing(resource_classes()) == []


def test_a_path_that_does_not_exist_is_noticed() -> None:
    class Shelf(Resource, cfn="AWS::S3::Bucket", tf="aws_s3_bucket"):
        one: Annotated[Value[str], Cfn("VersioningConfiguration.NoSuch"), Tf("versioning.no_such")]
        two: Annotated[Value[str], Tf("no_such", of="aws_s3_bucket_policy", by="bucket")]
        three: Annotated[Value[str], Tf("policy", of="aws_s3_bucket_policy", by="no_such")]

    globals()["Shelf"] = Shelf
    assert [each.split(":")[0] for each in missing([Shelf])] == ["Shelf.one", "Shelf.one", "Shelf.two", "Shelf.three"]


def test_every_path_across_a_list_says_which_elements_it_means() -> None:
    assert crossing(resource_classes()) == []


def test_a_path_across_a_list_that_does_not_say_so_is_noticed() -> None:
    class Page(Block):
        days: Annotated[Value[int], Cfn("Transitions.TransitionInDays"), Tf("transition.days")]
        class_: Annotated[Value[str], Cfn("Transitions[].StorageClass"), Tf("transition[].storage_class")]
        noncurrent: Annotated[Value[int], Cfn("NoncurrentVersionExpiration.NoncurrentDays"), Tf("expiration[0].days")]

    class Book(Resource, cfn="AWS::S3::Bucket", tf="aws_s3_bucket"):
        every: Annotated[list[Page], Cfn("LifecycleConfiguration.Rules[]"), Tf("lifecycle_rule[]")]
        one: Annotated[Value[str], Cfn("VersioningConfiguration.Status"), Tf("versioning.enabled")]
        first: Annotated[Value[str], Cfn("OwnershipControls.Rules[0].ObjectOwnership")]
        silent: Annotated[Value[str], Cfn("OwnershipControls.Rules.ObjectOwnership")]
        beside: Annotated[Value[str], Tf("rule.id", of="aws_s3_bucket_lifecycle_configuration", by="bucket")]

    globals().update(Book=Book, Page=Page)
    assert crossing([Book]) == [
        "Book.silent: OwnershipControls.Rules.ObjectOwnership",
        "Book.beside: rule.id",
        "Page.days: Transitions.TransitionInDays",
        "Page.days: transition.days",
        "Page.class_: Transitions[].StorageClass",
        "Page.class_: transition[].storage_class",
    ]


def test_the_schema_in_the_fixtures_has_every_type_that_is_read() -> None:
    assert sorted(terraform_types() - set(terraform())) == []
