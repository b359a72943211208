"""Domains of OpenSearch: one matter is reported once, and how grave it is depends on who reaches the domain."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import by_address, judge, judge_files, only_fault, only_remedy, remedies
from wa_iac.core.scales import Confidence, Severity

OPEN = 'access_policies = jsonencode({ Statement = [{ Effect = "Allow", Principal = "*", Action = "es:*", Resource = "*" }] })'
OURS = (
    'access_policies = jsonencode({ Statement = [{ Effect = "Allow", Principal = { AWS = "arn:aws:iam::111122223333:root" }, '
    'Action = "es:*", Resource = "*" }] })'
)
INSIDE = 'vpc_options {\n  subnet_ids = ["subnet-0a1b2c3d"]\n}'
USERS = "advanced_security_options {\n  enabled = true\n}"


def domain(*more: str) -> str:
    return "\n".join(('resource "aws_opensearch_domain" "search" {', '  domain_name = "search"', *more, "}", ""))


def test_users_make_a_public_endpoint_milder(tmp_path: Path) -> None:
    found = only_fault(tmp_path, domain(OPEN, USERS), "terraform", "opensearch-in-vpc")

    assert found.severity == Severity.LOW


@pytest.mark.parametrize(
    ("policy", "severity"), [(OPEN, Severity.MEDIUM), (OURS, Severity.LOW)], ids=["everyone", "our account"]
)
def test_an_open_policy_in_a_vpc_needs_users(tmp_path: Path, policy: str, severity: Severity) -> None:
    found = only_fault(tmp_path, domain(policy, INSIDE), "terraform", "opensearch-fine-grained-access")

    assert found.severity == severity


@pytest.mark.parametrize(
    ("kind", "confidence"), [("t3.small.search", Confidence.LOW), ("r7g.large.search", Confidence.HIGH)], ids=["small", "large"]
)
def test_a_single_small_node_is_for_development(tmp_path: Path, kind: str, confidence: Confidence) -> None:
    code = domain(f'cluster_config {{\n  instance_type = "{kind}"\n}}')

    assert only_fault(tmp_path, code, "terraform", "opensearch-data-node-count").confidence == confidence


@pytest.mark.parametrize(("environment", "confidence"), [("dev", Confidence.LOW), ("prod", Confidence.HIGH)])
def test_a_single_node_is_enough_outside_of_production(tmp_path: Path, environment: str, confidence: Confidence) -> None:
    code = domain(f'tags = {{ Environment = "{environment}" }}')

    assert only_fault(tmp_path, code, "terraform", "opensearch-data-node-count").confidence == confidence


def test_two_nodes_without_a_third_voter_are_a_smaller_fault(tmp_path: Path) -> None:
    code = domain("cluster_config {\n  instance_count = 2\n  zone_awareness_enabled = true\n}")

    assert only_fault(tmp_path, code, "terraform", "opensearch-data-node-count").severity == Severity.LOW


def test_audit_logs_are_missed_only_where_there_are_users(tmp_path: Path) -> None:
    logs = 'log_publishing_options {\n  log_type                 = "ES_APPLICATION_LOGS"\n  cloudwatch_log_group_arn = "arn:aws:logs:eu-west-1:111122223333:log-group:a"\n}'

    assert by_address(judge(tmp_path, domain(logs), "terraform", "opensearch-logging"), "opensearch-logging") == {}
    assert "audit logs" in only_fault(tmp_path, domain(logs, USERS), "terraform", "opensearch-logging").message


def test_a_policy_of_tls_that_is_newer_than_the_remedy_stays(tmp_path: Path) -> None:
    code = domain(
        'domain_endpoint_options {\n  enforce_https       = false\n  tls_security_policy = "Policy-Min-TLS-1-2-PFS-2023-10"\n}'
    )

    assert "tls_security_policy" not in only_remedy(judge(tmp_path, code, "terraform", "opensearch-https"))


def nodes(kind: str, version: str, *more: str) -> str:
    return domain(f'engine_version = "{version}"', f'cluster_config {{\n  instance_type = "{kind}"\n}}', *more)


@pytest.mark.parametrize(
    ("kind", "version", "first"),
    [
        ("t2.small.search", "Elasticsearch_5.3", "First upgrade the domain in place"),
        ("t2.small.search", "Elasticsearch_5.6", "for example to t3.small.search."),
        ("m3.large.search", "Elasticsearch_5.3", "for example to m5.large.search."),
    ],
)
def test_encryption_names_a_type_that_the_version_has(tmp_path: Path, kind: str, version: str, first: str) -> None:
    assert first in only_remedy(judge(tmp_path, nodes(kind, version), "terraform", "opensearch-encryption-at-rest"))


@pytest.mark.parametrize(("kind", "first"), [("t2.medium.search", True), ("t3.medium.search", False)])
def test_users_need_nodes_that_know_them(tmp_path: Path, kind: str, first: bool) -> None:
    code = nodes(kind, "Elasticsearch_7.10", OPEN, INSIDE)

    said = only_remedy(judge(tmp_path, code, "terraform", "opensearch-fine-grained-access"))

    assert ("have no fine-grained access control: change the type first" in said) is first


@pytest.mark.parametrize(("version", "count"), [("Elasticsearch_5.5", 0), ("Elasticsearch_5.6", 1), ("OpenSearch_1.3", 1)])
def test_t2_is_the_newest_small_type_of_old_versions(tmp_path: Path, version: str, count: int) -> None:
    report = judge(tmp_path, nodes("t2.small.search", version), "terraform", "opensearch-previous-generation")

    assert len(report.failing()) == count


@pytest.mark.parametrize(("port", "severity"), [(443, Severity.LOW), (80, Severity.MEDIUM)])
def test_a_group_that_others_get_still_lets_in_what_its_rules_say(tmp_path: Path, port: int, severity: Severity) -> None:
    code = domain('vpc_options {\n  subnet_ids = ["subnet-0a1b2c3d"]\n  security_group_ids = [aws_security_group.search.id]\n}')
    group = (
        f'resource "aws_security_group" "search" {{\n  ingress {{\n    protocol = "tcp"\n    from_port = {port}\n'
        f'    to_port = {port}\n    cidr_blocks = ["10.0.0.0/8"]\n  }}\n}}\n'
        'output "group" {\n  value = aws_security_group.search.id\n}\n'
    )

    assert only_fault(tmp_path, code + group, "terraform", "opensearch-https").severity == severity


def test_zones_of_a_module_follow_the_number_of_nodes_that_its_calls_give(tmp_path: Path) -> None:
    call = 'module "search" {\n  source = "../search"\n  nodes  = NODES\n}\n'
    inside = 'variable "nodes" {}\n' + domain(
        "cluster_config {\n  instance_count = var.nodes\n  zone_awareness_enabled = false\n}"
    )
    files = {"dev/main.tf": call.replace("NODES", "2"), "prod/main.tf": call.replace("NODES", "3"), "search/main.tf": inside}

    found = remedies(judge_files(tmp_path, files, "opensearch-data-node-count"))
    assert found
    assert all("choose by that number" in each and "availability_zone_count" not in each for each in found)


def test_zones_that_the_call_gives_are_set_there(tmp_path: Path) -> None:
    call = 'module "search" {\n  source = "./search"\n  nodes  = 2\n  apart  = false\n}\n'
    inside = 'variable "nodes" {}\nvariable "apart" {}\n' + domain(
        "cluster_config {\n  instance_count = var.nodes\n  zone_awareness_enabled = var.apart\n}"
    )

    said = only_remedy(judge_files(tmp_path, {"main.tf": call, "search/main.tf": inside}, "opensearch-data-node-count"))
    assert "choose by that" not in said
    assert 'argument "apart"' in said


def test_a_single_node_of_a_module_that_others_call_too_is_not_spread_for_them(tmp_path: Path) -> None:
    call = 'module "NAME" {\n  source = "./search"\n  nodes  = NODES\n}\n'
    calls = call.replace("NAME", "small").replace("NODES", "1") + call.replace("NAME", "large").replace("NODES", "4")
    inside = 'variable "nodes" {}\n' + domain("cluster_config {\n  instance_count = var.nodes\n}")

    found = remedies(judge_files(tmp_path, {"main.tf": calls, "search/main.tf": inside}, "opensearch-data-node-count"))
    assert any("Let the call pass 3." in each for each in found)
    assert all("availability_zone_count" not in each for each in found)


@pytest.mark.parametrize(("number", "written"), [(2, 3), (5, 6), (7, 9), (9, None)])
def test_nodes_that_do_not_fit_two_zones_are_spread_over_three_and_none_is_taken_away(
    tmp_path: Path, number: int, written: int | None
) -> None:
    code = domain(f"cluster_config {{\n  instance_count = {number}\n}}")

    text = only_remedy(judge(tmp_path, code, "terraform", "opensearch-data-node-count"))
    assert "availability_zone_count = 3" in text
    assert ("instance_count" in text) is (written is not None)
    assert written is None or f"instance_count         = {written}" in text


def test_a_number_of_nodes_that_a_key_chooses_is_not_written_over(tmp_path: Path) -> None:
    chosen = 'variable "env" {}\nlocals {\n  nodes = { dev = 1, prod = 3 }\n}\n'
    code = chosen + domain("cluster_config {\n  instance_count = local.nodes[var.env]\n}")

    text = only_remedy(judge(tmp_path, code, "terraform", "opensearch-data-node-count"))
    assert "in three zones for a multiple of 3" in text
    assert "instance_count = 3" not in text


def test_a_domain_that_requires_https_has_no_clients_with_http(tmp_path: Path) -> None:
    code = domain('domain_endpoint_options {\n  tls_security_policy = "Policy-Min-TLS-1-0-2019-07"\n}')

    assert only_remedy(judge(tmp_path, code, "terraform", "opensearch-https")).startswith("Move clients that still use TLS")


def test_a_domain_without_a_version_is_a_new_one(tmp_path: Path) -> None:
    text = only_remedy(judge(tmp_path, domain(), "terraform", "opensearch-encryption-at-rest"))

    assert "An older version" not in text


@pytest.mark.parametrize("slug", ["opensearch-encryption-at-rest", "opensearch-node-to-node-encryption"])
@pytest.mark.parametrize(("version", "first"), [("Elasticsearch_6.3", True), ("Elasticsearch_6.8", False)])
def test_an_old_domain_is_upgraded_in_place_before_it_can_encrypt(tmp_path: Path, slug: str, version: str, first: bool) -> None:
    text = only_remedy(judge(tmp_path, nodes("m5.large.search", version), "terraform", slug))

    assert ("First upgrade the domain in place" in text) is first
    assert ("enabled = true" in text) is not first


@pytest.mark.parametrize(
    ("version", "masters", "better"),
    [
        ("Elasticsearch_6.8", "t2.small.search", "t3.small.search"),
        ("Elasticsearch_6.8", "m5.large.search", ""),
    ],
)
def test_masters_of_a_type_that_cannot_encrypt_are_changed_first(
    tmp_path: Path, version: str, masters: str, better: str
) -> None:
    cluster = (
        'cluster_config {\n  instance_type = "m5.large.search"\n  dedicated_master_enabled = true\n'
        f'  dedicated_master_type = "{masters}"\n}}'
    )
    text = only_remedy(
        judge(tmp_path, domain(f'engine_version = "{version}"', cluster), "terraform", "opensearch-encryption-at-rest")
    )

    said = f"Dedicated masters of the type {masters} cannot encrypt: change their type first, for example to {better}."
    assert (said in text) is bool(better)


@pytest.mark.parametrize("slug", ["opensearch-encryption-at-rest", "opensearch-node-to-node-encryption"])
@pytest.mark.parametrize(("version", "first"), [(">= 2.42, < 4.0.0", True), ("~> 4.0", False)])
def test_an_old_provider_replaces_a_domain_for_its_encryption(tmp_path: Path, slug: str, version: str, first: bool) -> None:
    settings = f'terraform {{\n  required_providers {{\n    aws = "{version}"\n  }}\n}}\n'
    text = only_remedy(judge(tmp_path, settings + domain('engine_version = "OpenSearch_2.11"'), "terraform", slug))

    assert ("replace the domain by an empty one for this: upgrade the provider first." in text) is first


@pytest.mark.parametrize(
    ("endpoint", "advice"), [("aws_opensearch_domain.search.endpoint", True), ('"search.example.com"', False)]
)
def test_what_aws_iot_writes_to_may_stay_outside_of_a_vpc(tmp_path: Path, endpoint: str, advice: bool) -> None:
    rule = f'resource "aws_iot_topic_rule" "it" {{\n  elasticsearch {{\n    endpoint = "https://${{{endpoint}}}"\n  }}\n}}\n'
    policy = OPEN.replace('Resource = "*"', 'Resource = "*", Condition = { IpAddress = { "aws:SourceIp" = "192.0.2.0/24" } }')
    found = only_fault(tmp_path, domain(policy) + rule, "terraform", "opensearch-in-vpc")

    assert (found.confidence == Confidence.LOW) is advice
    assert ("aws_iot_topic_rule.it writes to it from AWS IoT" in found.message) is advice
