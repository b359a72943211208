"""The `awscc` provider is CloudFormation in another spelling: what the pages say of a template holds for the same in that spelling."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, Final

import pytest
import yaml
from test_bindings import cloudformation, properties

from helpers.reports import judge, judge_files
from wa_iac.core.awscc import snake, type_name
from wa_iac.engine.check import check
from wa_iac.engine.custom_rules.examples import examples
from wa_iac.engine.selection import Selection
from wa_iac.maintenance.index import rule_modules
from wa_iac.report.listing import remedy

RULES: Final = {rule.slug: rule for _, rule in rule_modules()}

SPELLED_OTHERWISE: Final = {
    "cloudformation-no-explicit-names": "looks at the names of templates and of the provider aws only",
    "cloudformation-plaintext-secrets": "lists the types of both dialects by hand",
    "workload-stateful-deletion-policy": "a template without DeletionPolicy deletes; Terraform has no such attribute",
}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("BucketName", "bucket_name"),
        ("DBInstanceIdentifier", "db_instance_identifier"),
        ("KMSKeyId", "kms_key_id"),
        ("KMSMasterKeyID", "kms_master_key_id"),
        ("SSEAlgorithm", "sse_algorithm"),
        ("MultiAZ", "multi_az"),
        ("AZs", "a_zs"),
        ("CidrIpv6", "cidr_ipv_6"),
        ("VPCZoneIdentifier", "vpc_zone_identifier"),
        ("CloudWatchLogsLogGroupArn", "cloudwatch_logs_log_group_arn"),
        ("S3Bucket", "s3_bucket"),
        ("deadLetterTargetArn", "dead_letter_target_arn"),
    ],
)
def test_a_property_in_snake_case(name: str, expected: str) -> None:
    assert snake(name) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("AWS::S3::Bucket", "awscc_s3_bucket"),
        ("AWS::RDS::DBInstance", "awscc_rds_db_instance"),
        ("AWS::ElasticLoadBalancingV2::LoadBalancer", "awscc_elasticloadbalancingv2_load_balancer"),
        ("AWS::Serverless::Function", ""),
        ("parameter", ""),
    ],
)
def test_a_type_of_the_provider(name: str, expected: str) -> None:
    assert type_name(name) == expected


class NotTheSame(Exception):  # noqa: N818 - the answer that a template has no counterpart
    """A template uses what the other spelling has no counterpart for."""


class Loader(yaml.SafeLoader):
    """Reads short forms of intrinsics as their long ones."""


def _intrinsic(loader: yaml.SafeLoader, tag: str, node: yaml.Node) -> Any:
    name = tag if tag in ("Ref", "Condition") else f"Fn::{tag}"
    if isinstance(node, yaml.ScalarNode):
        text = str(node.value)
        return {name: text.split(".", 1) if tag == "GetAtt" else text}
    if isinstance(node, yaml.SequenceNode):
        return {name: loader.construct_sequence(node, deep=True)}
    assert isinstance(node, yaml.MappingNode)
    return {name: loader.construct_mapping(node, deep=True)}


Loader.add_multi_constructor("!", _intrinsic)
Loader.add_constructor("tag:yaml.org,2002:timestamp", lambda _, node: node.value)


class Translation:
    """One template as a module in Terraform's JSON."""

    def __init__(self, template: dict[str, Any]) -> None:
        resources = template.get("Resources", {})
        if set(template) - {"AWSTemplateFormatVersion", "Resources", "Description"} or not resources:
            raise NotTheSame("it has more than resources")
        self._types = {name: type_name(each["Type"]) for name, each in resources.items()}
        self.resources: dict[str, dict[str, Any]] = {}
        for name, each in resources.items():
            schema = cloudformation(each["Type"]) if self._types[name] else None
            if schema is None or set(each) - {"Type", "Properties", "DependsOn"}:
                raise NotTheSame(f"{each['Type']} with {set(each)}")
            body = self._object(schema, schema, each.get("Properties") or {})
            self.resources.setdefault(self._types[name], {})[name] = body

    def _object(self, schema: dict[str, Any], node: dict[str, Any], content: dict[str, Any]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for name, value in content.items():
            nodes = properties(schema, node, name)
            if not nodes:
                raise NotTheSame(f"{name} is not in the schema")
            found[snake(name)] = self._value(schema, nodes[0], value)
        return found

    def _value(self, schema: dict[str, Any], node: dict[str, Any], value: Any) -> Any:
        if "$ref" in node:
            target: Any = schema
            for part in node["$ref"].removeprefix("#/").split("/"):
                target = target[part]
            return self._value(schema, target, value)
        if isinstance(value, dict) and len(value) == 1 and next(iter(value)) in ("Ref", "Fn::GetAtt", "Fn::Sub"):
            return self._reference(value)
        if isinstance(value, dict):
            if any(name.startswith("Fn::") for name in value):
                raise NotTheSame("it computes something")
            if "patternProperties" in node and "properties" not in node:
                return {name: self._free(each) for name, each in value.items()}
            if not any(properties(schema, node, name) and _shaped(node) for name in value):
                return json.dumps(self._free(value))
            return self._object(schema, node, value)
        if isinstance(value, list):
            item = node.get("items", {})
            return [self._value(schema, item, each) for each in value]
        if isinstance(value, str) and "${" in value:
            raise NotTheSame("text that is a template here")
        if isinstance(value, str) and "{{resolve:" in value:
            raise NotTheSame("only CloudFormation resolves secrets")
        return value

    def _free(self, value: Any) -> Any:
        """What stands in JSON: references become interpolations, all else stays."""
        if isinstance(value, dict):
            if len(value) == 1 and next(iter(value)) in ("Ref", "Fn::GetAtt", "Fn::Sub"):
                return self._reference(value)
            if any(name.startswith("Fn::") for name in value):
                raise NotTheSame("it computes something")
            return {name: self._free(each) for name, each in value.items()}
        return [self._free(each) for each in value] if isinstance(value, list) else value

    def _reference(self, value: dict[str, Any]) -> str:
        match value:
            case {"Ref": str() as name}:
                return f"${{{self._named(name)}.id}}"
            case {"Fn::GetAtt": [name, attribute]}:
                return f"${{{self._named(name)}.{snake(attribute).replace('.', '_')}}}"
            case {"Fn::Sub": str() as text}:
                return re.sub(r"\$\{([^}]+)\}", self._inserted, text)
            case _:
                raise NotTheSame("it computes something")

    def _inserted(self, match: re.Match[str]) -> str:
        name, _, attribute = match[1].partition(".")
        return f"${{{self._named(name)}.{snake(attribute) if attribute else 'id'}}}"

    def _named(self, name: str) -> str:
        if name not in self._types:
            raise NotTheSame(f"{name} is no resource")
        return f"{self._types[name]}.{name}"


def _shaped(node: dict[str, Any]) -> bool:
    """Whether a schema says what is in an object: else the provider takes JSON."""
    return any(keyword in str(node) for keyword in ("'properties'", "'$ref'"))


def translated(source: str) -> str:
    """A template as a `main.tf.json`. Raises NotTheSame."""
    template = yaml.load(source, Loader=Loader)  # noqa: S506 - a safe loader with CloudFormation's tags
    return json.dumps({"resource": Translation(template).resources}, indent=1)


@pytest.mark.parametrize("slug", sorted(RULES.keys() - SPELLED_OTHERWISE.keys()))
def test_a_page_holds_in_the_other_spelling(slug: str, tmp_path: Path) -> None:
    compared = 0
    for number, example in enumerate(examples(RULES[slug].page)):
        if example.dialect != "cloudformation":
            continue
        try:
            source = translated(example.source)
        except NotTheSame:
            continue
        there = judge(tmp_path / f"{number}-cfn", example.source, "cloudformation", slug)
        here = judge_files(tmp_path / f"{number}-tf", {"main.tf.json": source}, slug)
        assert [each for each in here.errors if each.level == "error"] == []
        assert sorted(each.address.split(".")[-1] for each in here.failing()) == sorted(
            each.address for each in there.failing()
        ), source
        compared += 1
    if not compared:
        pytest.skip("no example consists of resources alone")


def test_both_providers_refer_to_each_other(tmp_path: Path) -> None:
    report = judge(
        tmp_path,
        """\
resource "awscc_s3_bucket" "logs" {
  bucket_name = "logs"
}

resource "aws_s3_bucket_versioning" "logs" {
  bucket = awscc_s3_bucket.logs.id
  versioning_configuration {
    status = "Enabled"
  }
}

resource "awscc_s3_bucket" "photos" {
  bucket_name = "photos"
}

resource "aws_s3_bucket_versioning" "photos" {
  bucket = "photos"
  versioning_configuration {
    status = "Suspended"
  }
}

resource "awscc_s3_bucket" "letters" {
  versioning_configuration = {
    status = "Suspended"
  }
}
""",
        "terraform",
        "s3-versioning",
    )

    assert [(each.address, each.span.start_line) for each in report.failing()] == [
        ("awscc_s3_bucket.photos", 19),
        ("awscc_s3_bucket.letters", 25),
    ]


def test_the_remedy_is_terraforms(tmp_path: Path) -> None:
    report = judge(
        tmp_path, 'resource "awscc_rds_db_instance" "db" {\n  storage_encrypted = false\n}\n', "terraform", "rds-encryption"
    )

    [finding] = report.failing()
    assert remedy(finding).splitlines()[-1] == "storage_encrypted = true"
    volume = judge(tmp_path, 'resource "awscc_ec2_volume" "v" {\n  volume_type = "gp2"\n}\n', "terraform", "ebs-gp3")
    assert [remedy(each) for each in volume.failing()] == ['volume_type = "gp3"']


def test_a_queue_finds_its_dead_letter_queue_in_json(tmp_path: Path) -> None:
    report = judge(
        tmp_path,
        """\
resource "awscc_sqs_queue" "dead" {
  queue_name = "dead"
}

resource "aws_sqs_queue" "older" {
  name = "older"
}

resource "awscc_sqs_queue" "orders" {
  redrive_policy = jsonencode({ deadLetterTargetArn = awscc_sqs_queue.dead.arn, maxReceiveCount = 3 })
}

resource "awscc_sqs_queue" "letters" {
  redrive_policy = jsonencode({ deadLetterTargetArn = aws_sqs_queue.older.arn, maxReceiveCount = 3 })
}

resource "awscc_sqs_queue" "parcels" {
}
""",
        "terraform",
        "sqs-dead-letter-queue",
    )

    assert [each.address for each in report.failing()] == ["awscc_sqs_queue.parcels"]


def test_a_type_that_we_do_not_read_is_listed(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text('resource "awscc_bedrock_agent" "a" {\n  agent_name = "a"\n}\n')

    assert check([tmp_path], Selection()).resources == 1
