"""Key policies that let anyone in: who else needs the key, and the code for a policy that is a text."""

from pathlib import Path

import pytest

from helpers.reports import judge, only_remedy

KEY = """\
locals {
  key_policy = <<-POLICY
  {
    "Version": "2012-10-17",
    "Statement": [{ "Effect": "Allow", "Principal": { "AWS": "*" }, "Action": "kms:*", "Resource": "*" }%s]
  }
  POLICY
}
resource "aws_kms_key" "main" {
  policy = local.key_policy
}
"""
NODES = """\
module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.0.0"
  eks_managed_node_groups = {
    system = { block_device_mappings = { xvda = { ebs = { encrypted = true, kms_key_id = aws_kms_key.main.arn } } } }
  }
}
"""
TEMPLATE = """\
resource "aws_launch_template" "nodes" {
  block_device_mappings {
    device_name = "/dev/xvda"
    ebs {
      encrypted  = true
      kms_key_id = aws_kms_key.main.arn
    }
  }
}
"""
ROLE = """, { "Effect": "Allow", "Action": "kms:CreateGrant", "Resource": "*",
      "Principal": { "AWS": "arn:aws:iam::111122223333:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling" } }"""


def of(directory: Path, module: str) -> str:
    return only_remedy(judge(directory, module, "terraform", "kms-key-policy"))


@pytest.mark.parametrize(("user", "name"), [(NODES, "module.eks"), (TEMPLATE, "aws_launch_template.nodes")])
def test_auto_scaling_needs_statements_of_its_own_first(tmp_path: Path, user: str, name: str) -> None:
    text = of(tmp_path, KEY % "" + user)

    assert f"The volumes of {name} are encrypted with this key." in text
    assert "AWSServiceRoleForAutoScaling" in text


def test_it_has_them_already_or_no_volume_uses_the_key(tmp_path: Path) -> None:
    assert "AutoScaling" not in of(tmp_path / "named", KEY % ROLE + TEMPLATE)
    assert "AutoScaling" not in of(
        tmp_path / "none", KEY % "" + 'resource "aws_ebs_volume" "a" {\n  kms_key_id = aws_kms_key.main.arn\n}'
    )


def test_a_policy_that_a_local_writes_as_a_text_gets_json(tmp_path: Path) -> None:
    assert of(tmp_path, KEY % "").endswith('"Principal": {"AWS": "arn:aws:iam::<the account>:root"}')
