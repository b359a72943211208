"""Groups whose instances cannot be replaced or multiplied like web servers: network appliances, and nodes with volumes of their own."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge
from wa_iac.core.scales import Confidence

CHECKS = "autoscaling-elb-health-check"
SIZES = "autoscaling-min-capacity"
TARGETS = 'resource "aws_lb_target_group" "{name}" {{\n  port = 80\n  health_check {{ port = "{port}" }}\n}}\n'


def group(name: str = "web", image: str = "ami-1", data: str = "", targets: str = "[aws_lb_target_group.a.arn]") -> str:
    return (
        f"""
resource "aws_autoscaling_group" "it" {{
  name                 = "{name}"
  min_size             = 2
  max_size             = 4
  target_group_arns    = {targets}
  launch_configuration = aws_launch_configuration.it.name
}}
resource "aws_launch_configuration" "it" {{
  image_id  = {image if image.startswith("data.") else f'"{image}"'}
  user_data = "#!/bin/bash\\n{data}"
}}
"""
        + TARGETS.format(name="a", port=8008)
        + TARGETS.format(name="b", port=8009)
    )


IMAGE = """
data "aws_ami" "it" {
  owners = ["aws-marketplace"]
  filter {
    name   = "name"
    values = ["FortiGate-VM64-AWSONDEMAND*"]
  }
}
"""


@pytest.mark.parametrize(
    ("source", "confidence"),
    [
        pytest.param(group(), Confidence.HIGH, id="web servers"),
        pytest.param(group("main-fgt-asg"), Confidence.LOW, id="its name"),
        pytest.param(group(image="data.aws_ami.it.id") + IMAGE, Confidence.LOW, id="its image"),
        pytest.param(group(data="iptables -t nat -A POSTROUTING -j MASQUERADE"), Confidence.LOW, id="it forwards traffic"),
        pytest.param(
            group(targets="[aws_lb_target_group.a.arn, aws_lb_target_group.b.arn]"), Confidence.LOW, id="two ports are probed"
        ),
    ],
)
def test_a_check_on_an_appliance_may_probe_what_lies_behind_it(tmp_path: Path, source: str, confidence: Confidence) -> None:
    (found,) = judge(tmp_path, source, "terraform", CHECKS).failing()

    assert found.confidence is confidence
    assert found.message.startswith("First make sure") == (confidence is Confidence.LOW)


def node(repeat: str, most: int, data: str) -> str:
    return f"""
variable "nodes" {{ type = number }}
resource "aws_autoscaling_group" "node" {{
  {repeat}
  min_size             = 1
  max_size             = {most}
  load_balancers       = ["search-1"]
  launch_configuration = aws_launch_configuration.node.name
}}
resource "aws_ebs_volume" "data" {{ availability_zone = "eu-west-1a" }}
data "template_file" "mount" {{
  template = "mount $VOLUME"
  vars     = {{ volume = aws_ebs_volume.data.id }}
}}
resource "aws_launch_configuration" "node" {{ user_data = {data} }}
"""


ATTACH = '"#!/bin/bash\\naws ec2 attach-volume --volume-id vol-1"'
RENDERED = "data.template_file.mount.rendered"


@pytest.mark.parametrize(
    ("source", "verdict"),
    [
        (node("count = 1", 1, ATTACH), "not-applicable"),
        (node("count = var.nodes", 1, RENDERED), "not-applicable"),
        (node("count = 1", 2, ATTACH), "fail"),
        (node("count = 1", 1, '"#!/bin/bash"'), "fail"),
        (node("", 1, ATTACH), "not-applicable"),
    ],
)
def test_a_node_with_a_volume_of_its_own_has_no_second_instance(tmp_path: Path, source: str, verdict: str) -> None:
    report = judge(tmp_path, source, "terraform", SIZES)

    assert [each.verdict for each in report.judgements if "autoscaling_group" in each.address] == [verdict]
