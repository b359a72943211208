"""Domains of OpenSearch: one matter is reported once, and how grave it is depends on who reaches the domain."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import by_address, judge, only_fault, only_remedy
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
