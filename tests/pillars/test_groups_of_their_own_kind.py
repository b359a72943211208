"""Groups whose instances cannot be replaced or multiplied like web servers: network appliances, and nodes with volumes of their own."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge
from wa_iac.core.scales import Confidence

CHECKS = "autoscaling-elb-health-check"
SIZES = "autoscaling-min-capacity"
TARGETS = 'resource "aws_lb_target_group" "{name}" {{\n  port = 80\n  health_check {{ port = "{port}" }}\n}}\n'


def group(
    name: str = "web", image: str = "ami-1", data: str = "systemctl start httpd", targets: str = "[aws_lb_target_group.a.arn]"
) -> str:
    return (
        f"""
resource "aws_autoscaling_group" "it" {{
  name                 = "{name}"
  min_size             = 2
  max_size             = 4
  target_group_arns    = {targets}
  instance_refresh {{ strategy = "Rolling" }}
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


COPYING = """
resource "aws_codedeploy_deployment_group" "it" {
  app_name              = "shop"
  deployment_group_name = "shop"
  service_role_arn      = "arn:aws:iam::123456789012:role/codedeploy"
  autoscaling_groups    = [aws_autoscaling_group.it.name]
  blue_green_deployment_config {
    green_fleet_provisioning_option { action = "%s" }
  }
}
"""


@pytest.mark.parametrize(("action", "copied"), [("COPY_AUTO_SCALING_GROUP", True), ("DISCOVER_EXISTING", False)])
@pytest.mark.parametrize("rule", [CHECKS, "autoscaling-launch-template", "autoscaling-scaling-policy"])
def test_a_deployment_may_replace_a_group_by_a_copy(tmp_path: Path, rule: str, action: str, copied: bool) -> None:
    (found,) = judge(tmp_path, group(name="shop") + COPYING % action, "terraform", rule).failing()

    assert ("replaces this group by a copy" in found.message) is copied


STARTED = """
resource "aws_autoscaling_group" "it" {
  min_size            = 2
  max_size            = 4
  vpc_zone_identifier = ["subnet-0a1", "subnet-0b2"]
  target_group_arns   = ["arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/web/0123456789abcdef"]
  instance_refresh { strategy = "Rolling" }
  launch_template { id = aws_launch_template.it.id }
}
resource "aws_launch_template" "it" {
  image_id               = %s
  vpc_security_group_ids = %s
  user_data              = %s
}
resource "aws_security_group" "nomad" { name = "nomad" }
data "aws_ami" "own" {
  owners      = ["self"]
  most_recent = true
}
"""
BARE, OWN, SERVES = "null", "data.aws_ami.own.id", 'base64encode("systemctl start httpd")'


@pytest.mark.parametrize(
    ("image", "groups", "data", "advice"),
    [
        pytest.param('"ami-0a1"', "[]", SERVES, False, id="it starts a web server"),
        pytest.param('"ami-0a1"', "[]", BARE, True, id="nothing starts anything"),
        pytest.param('"ami-0a1"', "[]", '"#!/bin/bash"', True, id="its user data has no commands"),
        pytest.param(
            '"ami-0a1"', "[]", '"apt install -y apache2 curl\\na2dissite 000-default"', True, id="its web server has no site"
        ),
        pytest.param('"ami-0a1"', "[]", '"a2dissite 000-default\\na2ensite shop"', False, id="it has another site"),
        pytest.param('"ami-0a1"', "[]", '"\\"#!/bin/bash\\",\\nnginx"', True, id="a quotation mark comes before its script"),
        pytest.param(OWN, "[]", BARE, False, id="its image is the team's own"),
        pytest.param(OWN, "[aws_security_group.nomad.id]", BARE, True, id="its security group is for Nomad"),
        pytest.param(OWN, "[]", 'base64encode("nomad agent -config=/etc/nomad.d")', True, id="it runs an agent of Nomad"),
    ],
)
def test_instances_that_something_else_fills_may_fail_the_check_and_be_sound(
    tmp_path: Path, image: str, groups: str, data: str, advice: bool
) -> None:
    (found,) = judge(tmp_path, STARTED % (image, groups, data), "terraform", CHECKS).failing()

    assert found.is_advice is advice
