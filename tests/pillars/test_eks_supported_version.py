"""A version of Kubernetes is told to cost more only as long as EKS still has it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from helpers.reports import only_fault
from wa_iac.pillars.cost import eks_supported_version
from wa_iac.report.remedy import remedy

CLUSTER = """
resource "aws_eks_cluster" "orders" {
  name     = "orders"
  role_arn = "arn:aws:iam::111122223333:role/eks"
  version  = "1.31"

  vpc_config {
    subnet_ids = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  }
}
"""


@pytest.mark.parametrize(
    ("day", "told"),
    [(date(2026, 11, 26), "charges about six times as much"), (date(2026, 11, 27), "EKS no longer offers Kubernetes 1.31")],
)
def test_extended_support_lasts_a_year(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, day: date, told: str) -> None:
    monkeypatch.setattr(eks_supported_version, "today", lambda: day)

    assert told in only_fault(tmp_path, CLUSTER, "terraform", "eks-supported-version").message


def test_a_parameter_has_to_allow_the_new_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(eks_supported_version, "today", lambda: date(2026, 11, 26))
    source = (
        'Parameters:\n  Version: {Type: String, Default: "1.31", AllowedValues: ["1.30", "1.31"]}\nResources:\n  Orders:\n    Type: AWS::EKS::Cluster\n'
        "    Properties:\n      RoleArn: arn:aws:iam::111122223333:role/eks\n      Version: !Ref Version\n"
    )
    text = remedy(only_fault(tmp_path, source, "cloudformation", "eks-supported-version")).text

    assert "its AllowedValues have to contain the new one" in text


@pytest.mark.parametrize(("version", "told"), [("1.29", True), ("1.32", True), ("1.33", False)])
def test_nodes_leave_amazon_linux_2_before_the_version_that_has_no_images_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: str, told: bool
) -> None:
    monkeypatch.setattr(eks_supported_version, "today", lambda: date(2027, 1, 1))
    found = only_fault(tmp_path, CLUSTER.replace("1.31", version), "terraform", "eks-supported-version")

    assert ("change to Amazon Linux 2023 before" in remedy(found).text) is told
