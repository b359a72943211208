"""User data that calls the metadata service without a token has to change before tokens are required."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge, judge_files, only_remedy
from wa_iac.core.rule import Severity

SLUG = "ec2-imdsv2"
CALL = "curl -s http://169.254.169.254/latest/meta-data/placement/region"
WITH_HEADER = 'curl -H "X-aws-ec2-metadata-token: $T" http://169.254.169.254/latest/meta-data/placement/region'


def module(*lines: str) -> str:
    return "\n".join(
        (
            'resource "aws_instance" "it" {',
            '  ami = "ami-1"',
            "  user_data = <<-EOF",
            *(f"    {each}" for each in lines),
            "  EOF",
            "}",
        )
    )


@pytest.mark.parametrize(
    ("lines", "place"),
    [
        (("#!/bin/bash", "date", CALL), "main.tf:6"),
        (("#!/bin/bash", "echo ${aws_eip.it.id}", CALL), "main.tf:3"),
        (("#!/bin/bash", f"# {CALL}"), ""),
        (("#!/bin/bash", WITH_HEADER), ""),
        (("#!/bin/bash", "export NO_PROXY=169.254.169.254"), ""),
    ],
)
def test_the_remedy_names_the_line_that_would_fail(tmp_path: Path, lines: tuple[str, ...], place: str) -> None:
    source = module(*lines) + '\nresource "aws_eip" "it" {}\n'
    text = only_remedy(judge(tmp_path, source, "terraform", SLUG))

    assert ("First let" in text) == bool(place)
    assert place in text
    assert 'http_tokens = "required"' in text


def test_a_script_in_a_file_is_named_by_its_line(tmp_path: Path) -> None:
    source = """
resource "aws_instance" "it" {
  ami       = "ami-1"
  user_data = data.template_file.it.rendered
}
data "template_file" "it" {
  template = file("${path.module}/start.sh")
}
"""
    text = only_remedy(judge_files(tmp_path, {"main.tf": source, "start.sh": f"#!/bin/sh\n\n{CALL}\n"}, SLUG))

    assert text.startswith("First let line 3 of the user data (main.tf:7)")
    assert text.splitlines()[0].endswith(f"`{CALL}`.")


def test_a_template(tmp_path: Path) -> None:
    source = f"""\
Resources:
  It:
    Type: AWS::EC2::LaunchTemplate
    Properties:
      LaunchTemplateData:
        ImageId: ami-1
        UserData:
          Fn::Base64: |
            #!/bin/bash
            {CALL}
"""
    text = only_remedy(judge(tmp_path, source, "cloudformation", SLUG))

    assert "First let" in text
    assert "line 2 of the user data (template.yaml:7)" in text


@pytest.mark.parametrize(
    ("lines", "more", "limit"),
    [
        (("#!/bin/bash", "echo ECS_CLUSTER=main >> /etc/ecs/ecs.config"), "", 2),
        (("#!/bin/bash", "/etc/eks/bootstrap.sh main"), "", 2),
        (("#!/bin/bash", "/etc/eks/bootstrap.sh main"), "metadata_options {\n    http_put_response_hop_limit = 3\n  }", 3),
        (("#!/bin/bash", "yum install -y nginx"), "", 1),
    ],
)
def test_the_answer_has_to_reach_containers(tmp_path: Path, lines: tuple[str, ...], more: str, limit: int) -> None:
    source = module(*lines).replace('  ami = "ami-1"', f'  ami = "ami-1"\n  {more}')
    text = only_remedy(judge(tmp_path, source, "terraform", SLUG))

    assert ("http_put_response_hop_limit = 2" in text) == (limit == 2)


def test_a_group_of_nodes_gives_its_instances_a_role(tmp_path: Path) -> None:
    source = """
resource "aws_launch_template" "nodes" {
  image_id = "ami-1"
}
resource "aws_eks_node_group" "nodes" {
  cluster_name  = "main"
  node_role_arn = "arn:aws:iam::111122223333:role/nodes"
  subnet_ids    = ["subnet-1", "subnet-2"]
  launch_template {
    id      = aws_launch_template.nodes.id
    version = "1"
  }
  scaling_config {
    desired_size = 2
    max_size     = 3
    min_size     = 2
  }
}
"""
    (finding,) = judge(tmp_path, source, "terraform", SLUG).failing()
    assert "read the role's credentials" in finding.message


@pytest.mark.parametrize(("more", "severity"), [("", Severity.MEDIUM), ('iam_instance_profile = "web"', Severity.HIGH)])
def test_an_instance_with_nothing_to_read_is_milder(tmp_path: Path, more: str, severity: Severity) -> None:
    source = f'resource "aws_instance" "it" {{\n  ami = "ami-1"\n  {more}\n}}\n'
    assert [each.severity for each in judge(tmp_path, source, "terraform", SLUG).failing()] == [severity]


@pytest.mark.parametrize(
    ("script", "advice"),
    [
        ("!Sub 'cfn-init --stack ${AWS::StackName} --region ${AWS::Region}'", True),
        ("!Sub 'login --password ${Password}'", False),
    ],
)
def test_names_of_the_stack_are_no_secret(tmp_path: Path, script: str, advice: bool) -> None:
    source = f"""
Parameters:
  Password: {{ Type: String, NoEcho: true }}
Resources:
  Web: {{ Type: AWS::EC2::Instance, Properties: {{ ImageId: ami-1, UserData: {{ "Fn::Base64": {script} }} }} }}
"""
    (finding,) = judge(tmp_path, source, "cloudformation", SLUG).failing()
    assert finding.is_advice is advice


GROUP = """resource "aws_autoscaling_group" "it" {
  launch_template {
    id = aws_launch_template.it.id
  }
  REST
}
"""
PROVIDER = """resource "aws_ecs_capacity_provider" "it" {
  auto_scaling_group_provider {
    auto_scaling_group_arn = aws_autoscaling_group.it.arn
  }
}
"""
TAG = 'tag {\n    key                 = "KEY"\n    value               = "owned"\n    propagate_at_launch = true\n  }'
PARAMETER = 'data "aws_ssm_parameter" "image" {\n  name = "/aws/service/PATH"\n}\n'


@pytest.mark.parametrize(
    ("image", "beside", "limit"),
    [
        ('"ami-1"', GROUP.replace("REST", "") + PROVIDER, 2),
        ('"ami-1"', GROUP.replace("REST", TAG.replace("KEY", "kubernetes.io/cluster/shop")), 2),
        ('"ami-1"', GROUP.replace("REST", TAG.replace("KEY", "elasticbeanstalk:environment-name")), 0),
        ("data.aws_ssm_parameter.image.value", PARAMETER.replace("PATH", "ecs/optimized-ami/amazon-linux-2/recommended"), 2),
        ("data.aws_ssm_parameter.image.value", PARAMETER.replace("PATH", "eks/optimized-ami/1.33/amazon-linux-2/image_id"), 2),
        ("data.aws_ssm_parameter.image.value", PARAMETER.replace("PATH", "ami-amazon-linux-latest/amzn2-ami-hvm-x86_64"), 0),
    ],
)
def test_the_answer_has_to_reach_containers_of_an_image_or_a_group(tmp_path: Path, image: str, beside: str, limit: int) -> None:
    template = f'resource "aws_launch_template" "it" {{\n  image_id = {image}\n}}\n'
    text = only_remedy(judge(tmp_path, template + beside, "terraform", SLUG))

    assert ("http_put_response_hop_limit = 2" in text) == bool(limit)


@pytest.mark.parametrize(
    ("calls", "words"), [(1, ""), (2, " So must another line of it."), (4, " So must 3 other lines of it.")]
)
def test_other_lines_are_counted(tmp_path: Path, calls: int, words: str) -> None:
    text = only_remedy(judge(tmp_path, module("#!/bin/bash", *[CALL] * calls), "terraform", SLUG))

    assert f"`{CALL}`.{words}\n" in text


def test_a_script_that_cfn_init_makes(tmp_path: Path) -> None:
    source = f"""\
Resources:
  It:
    Type: AWS::EC2::Instance
    Metadata:
      AWS::CloudFormation::Init:
        config:
          files:
            /root/mount.sh:
              content: |
                #!/bin/bash
                {CALL}
    Properties:
      ImageId: ami-1
"""
    text = only_remedy(judge(tmp_path, source, "cloudformation", SLUG))

    assert text.startswith("First let the file that cfn-init makes (")
    assert ":11) send the header" in text
