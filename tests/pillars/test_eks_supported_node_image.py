"""A type of image is told from the day on which its support ends, and the remedy names the type for the same processor."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from helpers.reports import judge, remedies
from wa_iac.pillars.security import eks_supported_node_image

NODES = """
resource "aws_eks_node_group" "workers" {
  cluster_name  = "orders"
  node_role_arn = "arn:aws:iam::111122223333:role/nodes"
  subnet_ids    = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  ami_type      = "AL2_ARM_64"

  scaling_config {
    desired_size = 2
    max_size     = 6
    min_size     = 2
  }
}
"""
TEMPLATE = """
Resources:
  Workers:
    Type: AWS::EKS::Nodegroup
    Properties:
      ClusterName: orders
      NodegroupName: workers
      NodeRole: arn:aws:iam::111122223333:role/nodes
      Subnets: [subnet-0123456789abcdef0, subnet-0123456789abcdef1]
      AmiType: AL2_x86_64_GPU
"""


@pytest.mark.parametrize(("day", "reported"), [(date(2025, 11, 25), 0), (date(2025, 11, 26), 1)])
def test_a_supported_image_is_no_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, day: date, reported: int) -> None:
    monkeypatch.setattr(eks_supported_node_image, "today", lambda: day)

    assert len(judge(tmp_path, NODES, "terraform", "eks-supported-node-image").failing()) == reported


def test_the_remedy_is_for_the_processor_and_the_order_of_the_two_groups(tmp_path: Path) -> None:
    (arm,) = remedies(judge(tmp_path / "module", NODES, "terraform", "eks-supported-node-image"))
    (accelerated,) = remedies(judge(tmp_path / "template", TEMPLATE, "cloudformation", "eks-supported-node-image"))

    assert "AL2023_ARM_64_STANDARD" in arm
    assert "create_before_destroy" in arm
    assert "AL2023_x86_64_NVIDIA" in accelerated
    assert "so give the new one another name" in accelerated


@pytest.mark.parametrize(("version", "told"), [("~> 4.0", True), ("~> 5.0", False)])
def test_an_old_provider_knows_no_newer_images(tmp_path: Path, version: str, told: bool) -> None:
    bound = (
        f'terraform {{\n  required_providers {{\n    aws = {{ source = "hashicorp/aws", version = "{version}" }}\n  }}\n}}\n'
    )
    (text,) = remedies(judge(tmp_path, bound + NODES, "terraform", "eks-supported-node-image"))

    assert ("First upgrade the AWS provider to version 5" in text) is told


def test_a_template_that_names_the_image_decides_and_not_the_type(tmp_path: Path) -> None:
    template = """
resource "aws_launch_template" "workers" {
  image_id = "ami-0a1"
}
"""
    named = NODES.replace(
        "  scaling_config", "  launch_template {\n    id = aws_launch_template.workers.id\n  }\n  scaling_config"
    )
    (found,) = judge(tmp_path, named + template, "terraform", "eks-supported-node-image").undecided()

    assert "aws_launch_template.workers names the image of the nodes" in found.message
