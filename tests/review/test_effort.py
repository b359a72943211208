"""How much work a remedy is: what AWS says of the rule's remedy, then the properties that the remedy writes, else a change in place."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from helpers.reports import judge, only_fault
from wa_iac.core.declared import Dialect
from wa_iac.core.finding import Finding
from wa_iac.engine.catalogue import OURS
from wa_iac.engine.custom_rules.examples import examples
from wa_iac.maintenance.create_only import create_only, schema_date
from wa_iac.review.effort import BY_RULE, CREATE_ONLY, Effort, effort_of, work_of

EFFORT: dict[str, Any] = json.loads(BY_RULE.read_text(encoding="utf-8"))
KNOWN = """
rds-encryption                 AWS::RDS::DBInstance                        replacement
rds-encryption                 aws_db_instance                             replacement
rds-encryption                 aws_rds_cluster                             replacement
ec2-imdsv2                     AWS::EC2::Instance                          in place
ec2-imdsv2                     aws_launch_template                         in place
rds-multi-az                   AWS::RDS::DBInstance                        in place
rds-multi-az                   aws_db_instance                             in place
s3-versioning                  AWS::S3::Bucket                             in place
s3-versioning                  aws_s3_bucket                               in place
rds-commercial-engine          AWS::RDS::DBInstance                        redesign
rds-extended-support           aws_db_instance                             interruption
rds-graviton                   aws_db_instance                             interruption
ec2-previous-generation        AWS::EC2::Instance                          interruption
ec2-multi-az                   aws_instance                                redesign
elb-multi-az                   AWS::ElasticLoadBalancingV2::LoadBalancer   in place
eks-multi-az                   aws_eks_node_group                          replacement
eks-secrets-encryption         AWS::EKS::Cluster                           replacement
eks-secrets-encryption         aws_eks_cluster                             in place
autoscaling-multi-az           AWS::AutoScaling::AutoScalingGroup          in place
ecs-task-role-separate         aws_ecs_task_definition                     in place
cloudformation-no-explicit-names aws_iam_role                              replacement
lambda-log-group-declared      aws_lambda_function                         in place
ec2-key-pair-in-state          aws_key_pair                                replacement
cloudwatch-alarm-queue         aws_sqs_queue                               in place
iam-password-policy            aws_iam_account_password_policy             in place
compute-self-hosted-database   aws_instance                                redesign
"""


def faults(slug: str, directory: Path) -> list[Finding]:
    """The faults in the examples of a rule's page."""
    found = (
        judge(directory / str(each.line), each.source, each.dialect, slug)
        for each in examples(OURS.load(slug).page)
        if each.section == "non-compliant"
    )
    return [each for report in found for each in report.failing() if each.rule.slug == slug]


@pytest.mark.parametrize("row", KNOWN.strip().splitlines())
def test_a_remedy_is_as_much_work_as_aws_says(row: str, tmp_path: Path) -> None:
    slug, kind, effort = row.split(maxsplit=2)

    found = {effort_of(each) for each in faults(slug, tmp_path) if each.type == kind}

    assert found == {Effort(effort)}


DATABASES: dict[str, tuple[Dialect, str]] = {
    "StorageEncrypted": (
        "cloudformation",
        "Resources:\n  D:\n    Type: AWS::RDS::DBInstance\n    Properties:\n      Engine: mysql\n",
    ),
    "storage_encrypted": ("terraform", 'resource "aws_db_instance" "d" {\n  engine = "mysql"\n}\n'),
    "StorageEncrypted, from awscc": ("terraform", 'resource "awscc_rds_db_instance" "d" {\n  engine = "mysql"\n}\n'),
}


@pytest.mark.parametrize("name", DATABASES)
def test_an_absent_property_that_the_remedy_writes_counts_in_each_spelling(name: str, tmp_path: Path) -> None:
    dialect, source = DATABASES[name]

    work = work_of(only_fault(tmp_path, source, dialect, "rds-encryption"))

    written = name.partition(",")[0]
    assert (work.effort, work.reason) == (Effort.REPLACEMENT, f"AWS replaces the resource when {written} changes.")


KAFKA = """
resource "aws_msk_cluster" "k" {{
  encryption_info {{
    encryption_in_transit {{
      client_broker = "{client}"
      in_cluster    = {in_cluster}
    }}
  }}
}}
"""


@pytest.mark.parametrize(
    ("client", "in_cluster", "effort"),
    [
        ("PLAINTEXT", "true", Effort.INTERRUPTION),
        ("PLAINTEXT", "false", Effort.INTERRUPTION),
        ("TLS", "false", Effort.REPLACEMENT),
    ],
)
def test_each_step_of_a_change_has_its_own_effort(client: str, in_cluster: str, effort: Effort, tmp_path: Path) -> None:
    fault = only_fault(tmp_path, KAFKA.format(client=client, in_cluster=in_cluster), "terraform", "msk-encryption")

    assert effort_of(fault) is effort


@pytest.mark.parametrize(
    ("body", "effort"),
    [('description = "web"\n  ingress {\n    protocol = "tcp"\n  }', Effort.IN_PLACE), ('name = "web"', Effort.REPLACEMENT)],
)
def test_a_description_inside_of_a_block_is_not_that_of_the_group(body: str, effort: Effort, tmp_path: Path) -> None:
    source = f'resource "aws_security_group" "web" {{\n  {body}\n}}\n'

    assert effort_of(only_fault(tmp_path, source, "terraform", "vpc-security-group-description")) is effort


def test_a_change_that_only_sometimes_replaces_says_so(tmp_path: Path) -> None:
    source = (
        "Resources:\n  L:\n    Type: AWS::ElasticLoadBalancing::LoadBalancer\n    Properties:\n"
        "      Listeners:\n        - {InstancePort: '80', LoadBalancerPort: '80', Protocol: HTTP}\n"
    )

    work = work_of(only_fault(tmp_path, source, "cloudformation", "elb-target-health-check"))

    assert work.effort is Effort.REPLACEMENT
    assert work.reason == "AWS replaces the resource for some changes of HealthCheck.Target: this one may be among them."


def test_a_finding_on_a_suppression_is_settled_in_place(tmp_path: Path) -> None:
    source = 'resource "aws_sqs_queue" "jobs" {\n  # wa-iac: ignore[no-such-rule] old\n}\n'

    (fault,) = [each for each in judge(tmp_path, source, "terraform").failing() if each.rule.slug.startswith("suppression-")]

    assert effort_of(fault) is Effort.IN_PLACE


def test_efforts_have_an_order_and_a_sentence_each() -> None:
    assert sorted(Effort, key=lambda each: each.rank) == ["in place", "interruption", "replacement", "redesign"]
    assert len({each.sentence for each in Effort}) == len(Effort)


def test_an_entry_is_of_a_rule_and_of_its_types_and_has_reason_and_source() -> None:
    entries = [(slug, each) for slug, entries in EFFORT["rules"].items() for each in entries]

    assert [slug for slug, _ in entries if slug not in OURS] == []
    assert [slug for slug, each in entries if not set(each.get("types", ())) <= set(OURS.load(slug).types)] == []
    assert [slug for slug, each in entries if not each["reason"].endswith(".") or each["effort"] not in list(Effort)] == []
    assert [slug for slug, each in entries if each["source"] not in EFFORT["sources"]] == []


def test_entries_of_types_have_reason_and_source_and_no_source_is_left_over() -> None:
    types = EFFORT["types"].values()
    entries = [each for rule in EFFORT["rules"].values() for each in rule] + list(types)

    assert all(each["effort"] == "in place" and each["reason"].endswith(".") for each in types)
    assert {each["source"] for each in entries} == EFFORT["sources"].keys()
    assert EFFORT["types"].keys() <= json.loads(CREATE_ONLY.read_text(encoding="utf-8"))["types"].keys()


def test_the_create_only_properties_are_those_of_the_schemas() -> None:
    packaged = CREATE_ONLY.read_text(encoding="utf-8")
    if schema_date() < json.loads(packaged)["as_of"]:
        pytest.skip("the schemas that are installed are older than the packaged file")

    assert packaged == create_only(), "stale: run `python -m wa_iac.maintenance create-only`"
