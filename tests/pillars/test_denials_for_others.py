"""A denial counts only for the resource that has the policy: one for another resource, or for a part of it, leaves the rest open."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from helpers.reports import verdicts

ARN = "arn:aws:{}:eu-west-1:111122223333:{}"


def policy(action: str, denied: str, allowed: str = '"*"') -> str:
    """A policy in HCL that allows everybody everything, and denies one resource."""
    return (
        f'jsonencode({{ Statement = [{{ Effect = "Allow", Principal = "*", Action = "{action}", Resource = {allowed} }}, '
        f'{{ Effect = "Deny", Principal = "*", Action = "{action}", Resource = {denied} }}] }})'
    )


DOMAINS = """
resource "aws_opensearch_domain" "a" { domain_name = "orders" }
resource "aws_opensearch_domain" "b" { domain_name = "returns" }
resource "aws_opensearch_domain_policy" "a" {
  domain_name     = aws_opensearch_domain.a.domain_name
  access_policies = POLICY
}
"""
BUSES = """
resource "aws_cloudwatch_event_bus" "a" { name = "orders" }
resource "aws_cloudwatch_event_bus" "b" { name = "returns" }
resource "aws_cloudwatch_event_bus_policy" "a" {
  event_bus_name = aws_cloudwatch_event_bus.a.name
  policy         = POLICY
}
"""
DEFAULT_BUS = 'resource "aws_cloudwatch_event_bus_policy" "a" {\n  policy = POLICY\n}\n'
REPOSITORIES = """
resource "aws_ecr_repository" "a" { name = "orders" }
resource "aws_ecr_repository" "b" { name = "returns" }
resource "aws_ecr_repository_policy" "a" {
  repository = aws_ecr_repository.a.name
  policy     = POLICY
}
"""
STREAMS = """
resource "aws_kinesis_stream" "a" { name = "orders" }
resource "aws_kinesis_stream" "b" { name = "returns" }
resource "aws_kinesis_resource_policy" "a" {
  resource_arn = TARGET
  policy       = POLICY
}
"""
STREAM_HERE = STREAMS.replace("TARGET", "aws_kinesis_stream.a.arn")
STREAM_ELSEWHERE = STREAMS.replace("TARGET", f'"{ARN.format("kinesis", "stream/orders")}"')
LOGS = 'resource "aws_cloudwatch_log_resource_policy" "a" {\n  policy_name     = "a"\n  policy_document = POLICY\n}\n'
CATALOG = 'resource "aws_glue_resource_policy" "a" {\n  policy = POLICY\n}\n'
PACKAGES = 'resource "aws_codeartifact_repository_permissions_policy" "a" {\n  domain = "shop"\n  repository = "orders"\n  policy_document = POLICY\n}\n'
MAIL = 'resource "aws_ses_identity_policy" "a" {\n  identity = "example.com"\n  name = "a"\n  policy = POLICY\n}\n'


@pytest.mark.parametrize(
    ("rule", "module", "action", "denied", "verdict"),
    [
        ("opensearch-policy-public", DOMAINS, "es:ESHttp*", f'"{ARN.format("es", "domain/orders/*")}"', ""),
        ("opensearch-policy-public", DOMAINS, "es:ESHttp*", f'"{ARN.format("es", "domain/returns/*")}"', "fail"),
        ("opensearch-policy-public", DOMAINS, "es:ESHttp*", f'"{ARN.format("es", "domain/orders/private*")}"', "fail"),
        ("opensearch-policy-public", DOMAINS, "es:ESHttp*", f'"{ARN.format("es", "domain/orders")}"', "fail"),
        ("opensearch-policy-public", DOMAINS, "es:ESHttp*", f'"{ARN.format("es", "domain/*")}"', ""),
        ("opensearch-policy-public", DOMAINS, "es:ESHttp*", '"${aws_opensearch_domain.a.arn}/*"', ""),
        ("opensearch-policy-public", DOMAINS, "es:ESHttp*", '"${aws_opensearch_domain.b.arn}/*"', "fail"),
        ("opensearch-policy-public", DOMAINS, "es:ESHttp*", '"${aws_opensearch_domain.a.arn}/private*"', "fail"),
        ("opensearch-policy-public", DOMAINS, "es:ESHttp*", "aws_opensearch_domain.a.arn", "fail"),
        ("eventbridge-policy-public", BUSES, "events:PutEvents", f'"{ARN.format("events", "event-bus/orders")}"', ""),
        ("eventbridge-policy-public", BUSES, "events:PutEvents", f'"{ARN.format("events", "event-bus/returns")}"', "fail"),
        ("eventbridge-policy-public", BUSES, "events:PutEvents", "aws_cloudwatch_event_bus.a.arn", ""),
        ("eventbridge-policy-public", BUSES, "events:PutEvents", "aws_cloudwatch_event_bus.b.arn", "fail"),
        ("eventbridge-policy-public", DEFAULT_BUS, "events:PutEvents", f'"{ARN.format("events", "event-bus/default")}"', ""),
        ("eventbridge-policy-public", DEFAULT_BUS, "events:PutEvents", f'"{ARN.format("events", "event-bus/orders")}"', "fail"),
        ("ecr-public-policy", REPOSITORIES, "ecr:*", f'"{ARN.format("ecr", "repository/orders")}"', ""),
        ("ecr-public-policy", REPOSITORIES, "ecr:*", f'"{ARN.format("ecr", "repository/returns")}"', "fail"),
        ("ecr-public-policy", REPOSITORIES, "ecr:*", "aws_ecr_repository.b.arn", "fail"),
        ("workload-resource-policy-public", STREAM_HERE, "kinesis:*", "aws_kinesis_stream.a.arn", ""),
        ("workload-resource-policy-public", STREAM_HERE, "kinesis:*", "aws_kinesis_stream.b.arn", "fail"),
        ("workload-resource-policy-public", STREAM_HERE, "kinesis:*", f'"{ARN.format("kinesis", "stream/orders")}"', "unknown"),
        ("workload-resource-policy-public", STREAM_ELSEWHERE, "kinesis:*", f'"{ARN.format("kinesis", "stream/orders")}"', ""),
        ("workload-resource-policy-public", STREAM_ELSEWHERE, "kinesis:*", f'"{ARN.format("kinesis", "stream/returns")}"', "fail"),
        ("workload-resource-policy-public", LOGS, "logs:*", f'"{ARN.format("logs", "log-group:/private/*")}"', "fail"),
        ("workload-resource-policy-public", LOGS, "logs:*", f'"{ARN.format("logs", "*")}"', ""),
        ("workload-resource-policy-public", LOGS, "logs:*", '"*"', ""),
        ("workload-resource-policy-public", CATALOG, "glue:*", f'"{ARN.format("glue", "catalog")}"', ""),
        ("workload-resource-policy-public", CATALOG, "glue:*", f'"{ARN.format("glue", "database/private")}"', "fail"),
        ("workload-resource-policy-public", PACKAGES, "codeartifact:*", f'"{ARN.format("codeartifact", "repository/shop/orders")}"', ""),
        ("workload-resource-policy-public", PACKAGES, "codeartifact:*", f'"{ARN.format("codeartifact", "repository/shop/a")}"', "fail"),
        ("workload-resource-policy-public", MAIL, "ses:*", f'"{ARN.format("ses", "identity/example.com")}"', ""),
        ("workload-resource-policy-public", MAIL, "ses:*", f'"{ARN.format("ses", "identity/example.org")}"', "fail"),
    ],
)  # fmt: skip
def test_a_denial_in_a_module(tmp_path: Path, rule: str, module: str, action: str, denied: str, verdict: str) -> None:
    found = verdicts(tmp_path, module.replace("POLICY", policy(action, denied)), "terraform", rule)

    assert [*found.values()] == ([verdict] if verdict else [])


@pytest.mark.parametrize(
    ("allowed", "denied", "verdict"),
    [
        ("domain/orders/*", "domain/orders/private/*", "fail"),
        ("domain/orders/private/*", "domain/orders/private/*", ""),
        ("domain/orders/private/a", "domain/orders/private/*", ""),
        ("domain/orders/private/*", "domain/orders/*", ""),
    ],
)
def test_a_denial_for_what_is_allowed_inside_a_domain(tmp_path: Path, allowed: str, denied: str, verdict: str) -> None:
    written = policy("es:ESHttp*", f'"{ARN.format("es", denied)}"', f'"{ARN.format("es", allowed)}"')
    found = verdicts(tmp_path, DOMAINS.replace("POLICY", written), "terraform", "opensearch-policy-public")

    assert [*found.values()] == ([verdict] if verdict else [])


def test_a_denial_for_another_domain_beside_what_is_allowed_by_reference(tmp_path: Path) -> None:
    written = policy("es:ESHttp*", f'"{ARN.format("es", "domain/returns/*")}"', '"${aws_opensearch_domain.a.arn}/*"')
    found = verdicts(tmp_path, DOMAINS.replace("POLICY", written), "terraform", "opensearch-policy-public")

    assert [*found.values()] == ["fail"]


def test_a_denial_for_the_log_groups_that_are_allowed(tmp_path: Path) -> None:
    written = policy("logs:*", f'"{ARN.format("logs", "log-group:/a/*")}"', f'"{ARN.format("logs", "log-group:/a/b:*")}"')

    assert verdicts(tmp_path, LOGS.replace("POLICY", written), "terraform", "workload-resource-policy-public") == {}


@pytest.mark.parametrize(
    ("rule", "kind", "properties", "place", "action", "denied", "verdict"),
    [
        ("opensearch-policy-public", "AWS::OpenSearchService::Domain", {"DomainName": "orders"}, "AccessPolicies", "es:*", ARN.format("es", "domain/orders/*"), ""),
        ("opensearch-policy-public", "AWS::Elasticsearch::Domain", {"DomainName": "orders"}, "AccessPolicies", "es:*", ARN.format("es", "domain/returns/*"), "fail"),
        ("opensearch-policy-public", "AWS::OpenSearchService::Domain", {}, "AccessPolicies", "es:*", ARN.format("es", "domain/returns/*"), "unknown"),
        ("opensearch-policy-public", "AWS::OpenSearchService::Domain", {"DomainName": "orders"}, "AccessPolicies", "es:*", {"Fn::Sub": "arn:${AWS::Partition}:es:${AWS::Region}:${AWS::AccountId}:domain/orders/*"}, ""),
        ("opensearch-policy-public", "AWS::OpenSearchService::Domain", {"DomainName": "orders"}, "AccessPolicies", "es:*", {"Fn::Sub": "arn:${AWS::Partition}:es:${AWS::Region}:${AWS::AccountId}:domain/returns/*"}, "fail"),
        ("eventbridge-policy-public", "AWS::Events::EventBus", {"Name": "orders"}, "Policy", "events:PutEvents", ARN.format("events", "event-bus/orders"), ""),
        ("eventbridge-policy-public", "AWS::Events::EventBus", {"Name": "orders"}, "Policy", "events:PutEvents", ARN.format("events", "event-bus/returns"), "fail"),
        ("ecr-public-policy", "AWS::ECR::Repository", {"RepositoryName": "orders"}, "RepositoryPolicyText", "ecr:*", ARN.format("ecr", "repository/returns"), "fail"),
        ("ecr-public-policy", "AWS::ECR::Repository", {}, "RepositoryPolicyText", "ecr:*", ARN.format("ecr", "repository/returns"), "unknown"),
        ("lambda-public-access", "AWS::Lambda::ResourcePolicy", {"ResourceArn": ARN.format("lambda", "function:orders")}, "PolicyDocument", "lambda:InvokeFunction", ARN.format("lambda", "function:orders"), ""),
        ("lambda-public-access", "AWS::Lambda::ResourcePolicy", {"ResourceArn": ARN.format("lambda", "function:orders")}, "PolicyDocument", "lambda:InvokeFunction", ARN.format("lambda", "function:returns"), "fail"),
        ("workload-resource-policy-public", "AWS::CodeArtifact::Domain", {"DomainName": "shop"}, "PermissionsPolicyDocument", "codeartifact:*", ARN.format("codeartifact", "domain/shop"), ""),
        ("workload-resource-policy-public", "AWS::CodeArtifact::Domain", {"DomainName": "shop"}, "PermissionsPolicyDocument", "codeartifact:*", ARN.format("codeartifact", "domain/other"), "fail"),
        ("workload-resource-policy-public", "AWS::Logs::Destination", {"DestinationName": "a"}, "DestinationPolicy", "logs:*", ARN.format("logs", "destination:b"), "fail"),
        ("workload-resource-policy-public", "AWS::EventSchemas::RegistryPolicy", {"RegistryName": "a"}, "Policy", "schemas:*", ARN.format("schemas", "registry/a"), ""),
        ("workload-resource-policy-public", "AWS::MSK::ClusterPolicy", {"ClusterArn": ARN.format("kafka", "cluster/a/1")}, "Policy", "kafka:*", ARN.format("kafka", "cluster/b/1"), "fail"),
        ("workload-resource-policy-public", "AWS::ECR::RegistryPolicy", {}, "PolicyText", "ecr:*", ARN.format("ecr", "repository/private/*"), "fail"),
    ],
)  # fmt: skip
def test_a_denial_in_a_template(
    tmp_path: Path, rule: str, kind: str, properties: dict[str, object], place: str, action: str, denied: object, verdict: str
) -> None:
    statements = [
        {"Effect": effect, "Principal": "*", "Action": action, "Resource": resource}
        for effect, resource in (("Allow", "*"), ("Deny", denied))
    ]
    properties = {**properties, place: {"Version": "2012-10-17", "Statement": statements}}
    source = json.dumps({"Resources": {"It": {"Type": kind, "Properties": properties}}})

    assert verdicts(tmp_path, source, "cloudformation", rule) == ({"It": verdict} if verdict else {})


@pytest.mark.parametrize(
    ("bus", "verdict"),
    [({"Ref": "Orders"}, ""), ("orders", ""), ("returns", "fail"), ({"Ref": "Returns"}, "fail"), (None, "fail")],
)
def test_a_denial_in_another_statement_of_the_same_bus(tmp_path: Path, bus: object, verdict: str) -> None:
    def statement(effect: str, bus: object, **more: object) -> dict[str, object]:
        written = {"Effect": effect, "Principal": "*", "Action": "events:PutEvents", "Resource": "*", **more}
        named = {} if bus is None else {"EventBusName": bus}
        return {"Type": "AWS::Events::EventBusPolicy", "Properties": {**named, "StatementId": effect, "Statement": written}}

    resources = {
        "Orders": {"Type": "AWS::Events::EventBus", "Properties": {"Name": "orders"}},
        "Returns": {"Type": "AWS::Events::EventBus", "Properties": {"Name": "returns"}},
        "All": statement("Allow", {"Ref": "Orders"}),
        "Others": statement("Deny", bus, Condition={"StringNotEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}),
    }
    found = verdicts(tmp_path, json.dumps({"Resources": resources}), "cloudformation", "eventbridge-policy-public")

    assert found == ({"All": verdict} if verdict else {})
