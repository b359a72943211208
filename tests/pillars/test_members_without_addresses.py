"""An open security group is a milder matter if nothing that uses it can have a public IP address, whatever its subnets are."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge, only_remedy
from wa_iac.core.rule import Severity

OPEN = """
resource "aws_security_group" "data" {
  ingress {
    protocol    = "-1"
    from_port   = 0
    to_port     = 0
    RANGES
  }
}
"""
IPV4 = 'cidr_blocks = ["0.0.0.0/0"]'
IPV6 = 'ipv6_cidr_blocks = ["::/0"]'
GROUPS = "vpc_security_group_ids = [aws_security_group.data.id]"
SEARCH = """resource "aws_opensearch_domain" "it" {
  vpc_options {
    subnet_ids         = ["subnet-0a1"]
    security_group_ids = [aws_security_group.data.id]
  }
}"""
CLUSTER = SEARCH.replace("aws_opensearch_domain", "aws_eks_cluster").replace("vpc_options", "vpc_config")


@pytest.mark.parametrize(
    "member",
    [
        SEARCH,
        CLUSTER,
        f'resource "aws_docdb_cluster" "it" {{\n  {GROUPS}\n}}',
        'resource "aws_sagemaker_notebook_instance" "it" {\n  security_groups = [aws_security_group.data.id]\n}',
        'resource "aws_fsx_lustre_file_system" "it" {\n  security_group_ids = [aws_security_group.data.id]\n}',
        'resource "aws_memorydb_cluster" "it" {\n  security_group_ids = [aws_security_group.data.id]\n}',
        f'resource "aws_dms_replication_instance" "it" {{\n  publicly_accessible = false\n  {GROUPS}\n}}',
        f'resource "aws_redshift_cluster" "it" {{\n  publicly_accessible = false\n  {GROUPS}\n}}',
    ],
)
def test_what_has_private_addresses_only_is_not_reached(tmp_path: Path, member: str) -> None:
    (finding,) = judge(tmp_path, OPEN.replace("RANGES", IPV4) + member, "terraform", "vpc-security-group-ingress-all").failing()

    assert finding.severity is Severity.MEDIUM
    assert "nothing that uses it has a public IP address" in finding.message


@pytest.mark.parametrize(
    ("ranges", "member", "severity"),
    [
        (
            IPV4,
            f'resource "aws_dms_replication_instance" "it" {{\n  publicly_accessible = true\n  {GROUPS}\n}}',
            Severity.CRITICAL,
        ),
        (IPV4, f'resource "aws_redshift_cluster" "it" {{\n  publicly_accessible = true\n  {GROUPS}\n}}', Severity.CRITICAL),
        (IPV4, f'resource "aws_redshift_cluster" "it" {{\n  {GROUPS}\n}}', Severity.HIGH),
        (IPV6, SEARCH, Severity.HIGH),
        (IPV6, CLUSTER, Severity.HIGH),
    ],
)
def test_what_may_have_an_address_may_be_reached(tmp_path: Path, ranges: str, member: str, severity: Severity) -> None:
    (finding,) = judge(
        tmp_path, OPEN.replace("RANGES", ranges) + member, "terraform", "vpc-security-group-ingress-all"
    ).failing()

    assert finding.severity is severity


@pytest.mark.parametrize(
    ("member", "words"),
    [
        (
            'resource "aws_sagemaker_notebook_instance" "it" {\n  security_groups = [aws_security_group.data.id]\n}',
            "People open a notebook through SageMaker",
        ),
        (
            'resource "aws_codebuild_project" "it" {\n  vpc_config {\n    security_group_ids = [aws_security_group.data.id]\n  }\n}',
            "No client on the internet uses this rule",
        ),
    ],
)
def test_what_the_internet_cannot_reach_needs_no_port_for_it(tmp_path: Path, member: str, words: str) -> None:
    said = only_remedy(judge(tmp_path, OPEN.replace("RANGES", IPV4) + member, "terraform", "vpc-security-group-ingress-all"))

    assert words in said
    assert "443" not in said
