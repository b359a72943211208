"""Each change of a launch template makes a new version of it, which does not reach everybody by itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge, only_remedy

MODULE = """
resource "aws_launch_template" "web" {{
  image_id      = "ami-1"
  instance_type = "t3.small"
  {template}
}}
resource "{kind}" "it" {{
  launch_template {{
    id = aws_launch_template.web.id
    {version}
  }}
}}
"""
TEMPLATE = """
Resources:
  Web:
    Type: AWS::EC2::LaunchTemplate
    Properties:
      LaunchTemplateData: {{ImageId: ami-1, InstanceType: t3.small}}
  It:
    Type: {kind}
    Properties:
      LaunchTemplate: {{LaunchTemplateId: !Ref Web, Version: {version}}}
"""
GROUP, SERVER = "aws_autoscaling_group", "aws_instance"


@pytest.mark.parametrize(
    ("kind", "version", "template", "words"),
    [
        (GROUP, "", "", "does not reach aws_autoscaling_group.it, which takes the default version: also set the version there"),
        (GROUP, 'version = "$Default"', "", "or update_default_version of the template to true"),
        (GROUP, 'version = "3"', "", "does not reach aws_autoscaling_group.it, which takes an earlier version"),
        (GROUP, "version = aws_launch_template.web.default_version", "", "takes the default version"),
        (GROUP, "", "update_default_version = true", ""),
        (GROUP, "", "update_default_version = var.moves", ""),
        (GROUP, 'version = "$Latest"', "", ""),
        (GROUP, "version = aws_launch_template.web.latest_version", "", ""),
        (GROUP, "version = var.version", "", ""),
        (SERVER, "version = aws_launch_template.web.latest_version", "", "which replaces aws_instance.it."),
        (SERVER, 'version = "$Latest"', "", "which replaces aws_instance.it."),
    ],
)
def test_a_module(tmp_path: Path, kind: str, version: str, template: str, words: str) -> None:
    text = only_remedy(judge(tmp_path, MODULE.format(kind=kind, version=version, template=template), "terraform", "ec2-imdsv2"))

    assert words in text
    assert ("new version" in text) == bool(words)


@pytest.mark.parametrize(
    ("kind", "version", "words"),
    [
        (
            "AWS::AutoScaling::AutoScalingGroup",
            '"1"',
            "does not reach It, which takes an earlier version: also set the Version there",
        ),
        ("AWS::AutoScaling::AutoScalingGroup", "!GetAtt Web.DefaultVersionNumber", "takes the default version"),
        ("AWS::AutoScaling::AutoScalingGroup", "!GetAtt Web.LatestVersionNumber", ""),
        ("AWS::EC2::Instance", "!GetAtt Web.LatestVersionNumber", "which replaces It."),
    ],
)
def test_a_stack(tmp_path: Path, kind: str, version: str, words: str) -> None:
    text = only_remedy(judge(tmp_path, TEMPLATE.format(kind=kind, version=version), "cloudformation", "ec2-imdsv2"))

    assert words in text
    assert ("new version" in text) == bool(words)


@pytest.mark.parametrize("ignored", ["launch_template", "launch_template[0].version"])
def test_a_group_that_takes_its_version_from_elsewhere(tmp_path: Path, ignored: str) -> None:
    version = f"}}\n  lifecycle {{\n    ignore_changes = [{ignored}]"
    text = only_remedy(judge(tmp_path, MODULE.format(kind=GROUP, version=version, template=""), "terraform", "ec2-imdsv2"))

    assert "aws_autoscaling_group.it does not get this from Terraform, which ignores changes of `launch_template` there" in text
    assert "new version" not in text


TASKS = """
resource "aws_ecs_task_definition" "web" {
  family                = "web"
  execution_role_arn    = "arn:aws:iam::123456789012:role/web"
  container_definitions = jsonencode([{ name = "web", image = "nginx:1.27", memory = 256 }])
}
resource "aws_ecs_service" "web" {
  name            = "web"
  task_definition = aws_ecs_task_definition.web.arn
  lifecycle { ignore_changes = [%s] }
}
"""


@pytest.mark.parametrize(
    ("ignored", "said"),
    [("desired_count, task_definition", True), ("desired_count", False)],
    ids=["others deploy", "Terraform deploys"],
)
def test_a_service_that_takes_its_tasks_from_elsewhere(tmp_path: Path, ignored: str, said: bool) -> None:
    text = only_remedy(judge(tmp_path, TASKS % ignored, "terraform", "ecs-container-logging"))

    assert ("aws_ecs_service.web does not get this from Terraform" in text) is said
