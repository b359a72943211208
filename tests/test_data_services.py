"""Twelve resources of services for containers, data and machine learning, each plainly wrong, in both dialects."""

from collections import Counter
from pathlib import Path

import pytest

from wa_iac.engine.check import check
from wa_iac.engine.selection import Selection

FOLDER = Path(__file__).parents[1] / "fixtures" / "data_services"
FAULTS = {
    "eks-control-plane-logging", "eks-deletion-protection", "eks-multi-az", "eks-node-remote-access", "eks-nodegroup-scaling",
    "eks-public-endpoint", "eks-secrets-encryption", "eks-supported-version",
    "opensearch-data-node-count", "opensearch-encryption-at-rest", "opensearch-https", "opensearch-logging",
    "opensearch-node-to-node-encryption", "opensearch-policy-public",
    "redshift-audit-logging", "redshift-automated-snapshots", "redshift-encryption", "redshift-enhanced-vpc-routing",
    "redshift-in-vpc", "redshift-public-access", "cloudformation-plaintext-secrets",
    "documentdb-audit-logs", "documentdb-backup-retention", "documentdb-deletion-protection", "documentdb-encryption",
    "documentdb-multi-az", "neptune-audit-logs", "neptune-deletion-protection",
    "neptune-backup-retention", "neptune-encryption", "neptune-iam-authentication",
    "msk-encryption", "msk-logging", "msk-unauthenticated-access", "kinesis-retention", "kinesis-stream-encryption",
    "sagemaker-endpoint-instances",
    "sagemaker-notebook-direct-internet", "sagemaker-notebook-encryption", "sagemaker-notebook-hardening",
    "waf-logging", "waf-rules-present",
}  # fmt: skip


def found(path: Path) -> Counter[str]:
    report = check([path], Selection(profile="all"))
    assert report.errors == []
    return Counter(each.rule.slug for each in report.failing())


@pytest.mark.parametrize("name", ["main.tf", "template.yaml"])
def test_each_of_their_faults_is_reported(name: str) -> None:
    assert FAULTS - set(found(FOLDER / name)) == set()


def test_both_dialects_get_the_same_findings() -> None:
    assert found(FOLDER / "main.tf") == found(FOLDER / "template.yaml")
