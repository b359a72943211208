"""Groups of one instance that attaches a volume, which is in one Availability Zone."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge
from wa_iac.core.scales import Confidence

VOLUME = 'resource "aws_ebs_volume" "data" {\n  availability_zone = "eu-west-1a"\n}\n'
ROLE = """
resource "aws_iam_instance_profile" "it" { role = aws_iam_role.it.name }
resource "aws_iam_role" "it" { name = "it" }
data "aws_iam_policy_document" "it" {
  statement {
    actions   = ["ec2:AttachVolume"]
    resources = [aws_ebs_volume.data.arn]
  }
}
resource "aws_iam_policy" "it" { policy = data.aws_iam_policy_document.it.json }
resource "aws_iam_role_policy_attachment" "it" {
  role       = aws_iam_role.it.name
  policy_arn = aws_iam_policy.it.arn
}
"""


def group(most: int = 1, more: str = "", start: str = "") -> str:
    return f"""
resource "aws_autoscaling_group" "it" {{
  min_size           = 1
  max_size           = {most}
  availability_zones = ["eu-west-1a"]
  load_balancers     = ["web"]
  {more}
  launch_template {{ id = aws_launch_template.it.id }}
}}
resource "aws_launch_template" "it" {{
  image_id = "ami-1"
  {start}
}}
"""


AFTER = "depends_on = [aws_ebs_volume.data]"
PROFILE = "iam_instance_profile { arn = aws_iam_instance_profile.it.arn }"
ATTACH = 'user_data = base64encode("#!/bin/bash\\naws ec2 attach-volume --volume-id vol-1")'


@pytest.mark.parametrize("slug", ["autoscaling-multi-az", "autoscaling-min-capacity"])
@pytest.mark.parametrize(
    ("source", "verdict"),
    [
        pytest.param(group(), "fail", id="no volume"),
        pytest.param(VOLUME + group(), "fail", id="a volume of something else"),
        pytest.param(VOLUME + group(more=AFTER), "not-applicable", id="made after it"),
        pytest.param(VOLUME + group(2, AFTER), "fail", id="two instances"),
        pytest.param(group(start=ATTACH), "not-applicable", id="user data"),
        pytest.param(VOLUME + ROLE + group(start=PROFILE), "not-applicable", id="its role"),
    ],
)
def test_one_instance_with_a_volume_stays_in_its_zone(tmp_path: Path, slug: str, source: str, verdict: str) -> None:
    report = judge(tmp_path, source, "terraform", slug)

    assert [each.verdict for each in report.judgements if "autoscaling_group" in each.address] == [verdict]


def test_cloudformation_names_the_volume_without_a_reference(tmp_path: Path) -> None:
    source = """
Resources:
  Data:
    Type: AWS::EC2::Volume
    Properties: {AvailabilityZone: eu-west-1a, Size: 8}
  Node:
    Type: AWS::AutoScaling::AutoScalingGroup
    DependsOn: [Data]
    Properties: {MinSize: "1", MaxSize: "1", AvailabilityZones: [eu-west-1a], LaunchTemplate: {LaunchTemplateId: lt-1, Version: "1"}}
"""
    assert not list(judge(tmp_path, source, "cloudformation", "autoscaling-multi-az").failing())


def test_its_health_check_is_advice(tmp_path: Path) -> None:
    (found,) = judge(tmp_path, VOLUME + group(more=AFTER), "terraform", "autoscaling-elb-health-check").failing()

    assert found.confidence is Confidence.LOW
