"""Data that means nothing after a while may be lost, and so may data whose deletion is written down."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge, judge_files, only_fault, only_remedy
from wa_iac.core.rule import Confidence, Severity
from wa_iac.report.remedy import remedy

RECOVERY, DELETION = "dynamodb-point-in-time-recovery", "workload-stateful-deletion-policy"
TABLE = """
Resources:
  {id}:
    Type: AWS::DynamoDB::Table
    {attributes}
    Properties:
      AttributeDefinitions: [{{ AttributeName: {key}, AttributeType: S }}]
      KeySchema: [{{ AttributeName: {key}, KeyType: HASH }}]
"""


@pytest.mark.parametrize("rule", [RECOVERY, DELETION])
@pytest.mark.parametrize(
    ("name", "key", "severity"),
    [
        ("Open", "connectionId", Severity.LOW),
        ("Open", "connection_id", Severity.LOW),
        ("SessionTable", "id", Severity.LOW),
        ("ResponseCache", "id", Severity.LOW),
        ("ActiveJobs", "id", Severity.LOW),
        ("ExampleTable", "id", Severity.LOW),
        ("ExampleOrders", "id", Severity.HIGH),
        ("Orders", "id", Severity.HIGH),
        ("ExampleVersions", "userId", Severity.HIGH),
    ],
)
def test_what_is_short_lived_by_its_key_or_name(tmp_path: Path, rule: str, name: str, key: str, severity: Severity) -> None:
    report = judge(tmp_path, TABLE.format(id=name, key=key, attributes="Metadata: {}"), "cloudformation", rule)
    most = Severity.MEDIUM if rule == RECOVERY else Severity.HIGH
    assert [each.severity for each in report.failing()] == [most if severity is Severity.HIGH else severity]


@pytest.mark.parametrize(("enabled", "confidence"), [("true", Confidence.MEDIUM), ("false", Confidence.HIGH)])
def test_items_that_expire_are_advice(tmp_path: Path, enabled: str, confidence: Confidence) -> None:
    expiring = TABLE.format(id="Orders", key="id", attributes="Metadata: {}") + (
        f"      TimeToLiveSpecification: {{ AttributeName: ttl, Enabled: {enabled} }}\n"
    )
    assert [each.confidence for each in judge(tmp_path, expiring, "cloudformation", RECOVERY).failing()] == [confidence]


@pytest.mark.parametrize(("type_", "advice"), [("Custom::PrepopulateTable", True), ("Custom::Subscription", False)])
def test_what_a_custom_resource_writes_is_written_again(tmp_path: Path, type_: str, advice: bool) -> None:
    more = f"  More: {{ Type: '{type_}', Properties: {{ ServiceToken: a, Table: !GetAtt Orders.Arn }} }}\n"
    table = TABLE.format(id="Orders", key="zip", attributes="Metadata: {}")
    (finding,) = judge(tmp_path, table + more, "cloudformation", DELETION).failing()
    assert finding.is_advice is advice


@pytest.mark.parametrize(
    ("name", "attributes", "properties", "severity"),
    [
        ("Templates", "Metadata: {}", "", Severity.MEDIUM),
        ("Users", "Metadata: {}", "", Severity.HIGH),
        ("Templates", "DeletionPolicy: Retain", "", Severity.HIGH),
        (
            "Templates",
            "Metadata: {}",
            "      SSESpecification: { SSEEnabled: true, KMSMasterKeyId: alias/orders }\n",
            Severity.HIGH,
        ),
    ],
)
def test_a_table_is_to_be_kept_where_something_says_that_it_is_worth_it(
    tmp_path: Path, name: str, attributes: str, properties: str, severity: Severity
) -> None:
    template = TABLE.format(id=name, key="id", attributes=attributes) + properties
    (finding,) = judge(tmp_path, template, "cloudformation", DELETION).failing()
    assert (finding.severity, finding.is_advice) == (severity, severity is Severity.MEDIUM)


@pytest.mark.parametrize(("name", "severity"), [("ephemeral", Severity.LOW), ("orders", Severity.HIGH)])
def test_what_is_short_lived_by_its_module(tmp_path: Path, name: str, severity: Severity) -> None:
    database = 'resource "aws_db_instance" "it" {\n  engine              = "postgres"\n  skip_final_snapshot = true\n}\n'
    main = f'module "{name}" {{\n  source = "./database"\n}}\n'
    report = judge_files(tmp_path, {"main.tf": main, "database/main.tf": database}, DELETION)
    assert [each.severity for each in report.failing()] == [severity]


@pytest.mark.parametrize(
    ("attributes", "severity", "confidence"),
    [
        ("UpdateReplacePolicy: Delete", Severity.MEDIUM, Confidence.LOW),
        ("DeletionPolicy: Delete", Severity.MEDIUM, Confidence.LOW),
        ("UpdateReplacePolicy: Retain", Severity.HIGH, Confidence.HIGH),
        ("Metadata: {}", Severity.HIGH, Confidence.HIGH),
    ],
)
def test_a_deletion_that_is_written_down_is_a_decision(
    tmp_path: Path, attributes: str, severity: Severity, confidence: Confidence
) -> None:
    report = judge(tmp_path, TABLE.format(id="Orders", key="id", attributes=attributes), "cloudformation", DELETION)
    assert [(each.severity, each.confidence) for each in report.failing()] == [(severity, confidence)]


def test_a_database_that_is_to_be_deleted_stays_visible(tmp_path: Path) -> None:
    source = "Resources: { It: { Type: AWS::RDS::DBInstance, DeletionPolicy: Delete, Properties: { Engine: postgres } } }"
    report = judge(tmp_path, source, "cloudformation", DELETION)
    assert [(each.severity, each.confidence) for each in report.failing()] == [(Severity.MEDIUM, Confidence.MEDIUM)]


def test_a_policy_that_is_there_is_replaced(tmp_path: Path) -> None:
    report = judge(
        tmp_path, TABLE.format(id="Orders", key="id", attributes="UpdateReplacePolicy: Delete"), "cloudformation", DELETION
    )
    assert only_remedy(report).splitlines() == [
        "Replace the `UpdateReplacePolicy` that is there:",
        "DeletionPolicy: Retain",
        "UpdateReplacePolicy: Retain",
    ]


@pytest.mark.parametrize(
    ("name", "severity"),
    [
        ("StatusTable", Severity.LOW),
        ("NodeStatus", Severity.LOW),
        ("OrderStatusTable", Severity.HIGH),
        ("Orders", Severity.HIGH),
    ],
)
def test_a_status_that_programs_report_again_is_not_kept(tmp_path: Path, name: str, severity: Severity) -> None:
    template = (
        f"Resources:\n  {name}:\n    Type: AWS::DynamoDB::Table\n    Properties:\n      BillingMode: PAY_PER_REQUEST\n"
        "      AttributeDefinitions: [{AttributeName: id, AttributeType: S}]\n      KeySchema: [{AttributeName: id, KeyType: HASH}]\n"
    )
    assert only_fault(tmp_path, template, "cloudformation", "workload-stateful-deletion-policy").severity == severity


def test_a_table_that_is_kept_when_the_stack_goes_needs_only_the_policy_for_updates(tmp_path: Path) -> None:
    template = (
        "Resources:\n  Orders:\n    Type: AWS::DynamoDB::Table\n    DeletionPolicy: Retain\n    Properties:\n      BillingMode: PAY_PER_REQUEST\n"
        "      AttributeDefinitions: [{AttributeName: id, AttributeType: S}]\n      KeySchema: [{AttributeName: id, KeyType: HASH}]\n"
    )
    assert (
        remedy(only_fault(tmp_path, template, "cloudformation", "workload-stateful-deletion-policy")).text
        == "UpdateReplacePolicy: Retain"
    )
