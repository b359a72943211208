"""Nodes of Kubernetes serve many targets: their load balancer's health checks must not replace them."""

from pathlib import Path

import pytest

from helpers.reports import both, judge
from wa_iac.core.declared import Dialect
from wa_iac.report.remedy import remedy

SLUG = "autoscaling-elb-health-check"
TEMPLATE = """\
Resources:
  Workers:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      MinSize: "2"
      MaxSize: "6"
      TargetGroupARNs: [!Ref Targets]
      LaunchTemplate: {{ LaunchTemplateId: !Ref Start, Version: "1" }}
  Start:
    Type: AWS::EC2::LaunchTemplate
    Properties: {{ LaunchTemplateData: {{ ImageId: ami-0a1, UserData: "{script}" }} }}
  Targets:
    Type: AWS::ElasticLoadBalancingV2::TargetGroup
    Properties: {{ Protocol: TCP, Port: 80, VpcId: vpc-0a1, HealthCheckPort: "{port}" }}
"""
MODULE = """\
resource "aws_autoscaling_group" "workers" {{
  min_size          = 2
  max_size          = 6
  target_group_arns = [aws_lb_target_group.workers.arn]
  launch_template {{ id = aws_launch_template.workers.id }}
}}
data "ct_config" "workers" {{ content = "{script}" }}
resource "aws_launch_template" "workers" {{
  image_id  = "ami-0a1"
  user_data = sensitive(base64encode(data.ct_config.workers.rendered))
}}
resource "aws_lb_target_group" "workers" {{
  protocol = "TCP"
  port     = 80
  vpc_id   = "vpc-0a1"
  health_check {{ port = "{port}" }}
}}
"""


@pytest.mark.parametrize(
    ("script", "port", "verdict"),
    [
        ("httpd", "traffic-port", {"fail"}),
        ("httpd", "8080", {"fail"}),
        ("ExecStart=/usr/local/bin/kubelet", "traffic-port", set()),
        ("httpd", "10254", set()),
        ("httpd", "31080", set()),
    ],
)
def test_a_node_shows_by_its_start_or_by_what_is_probed(tmp_path: Path, script: str, port: str, verdict: set[str]) -> None:
    template, module = both(tmp_path, SLUG, TEMPLATE.format(script=script, port=port), MODULE.format(script=script, port=port))

    assert (set(template.values()), set(module.values())) == (verdict, verdict)


@pytest.mark.parametrize(
    ("dialect", "source", "written"), [("cloudformation", TEMPLATE, "HealthCheckGracePeriod: 300"), ("terraform", MODULE, "")]
)
def test_the_grace_period_is_no_shorter_than_the_default(tmp_path: Path, dialect: Dialect, source: str, written: str) -> None:
    (finding,) = judge(tmp_path, source.format(script="httpd", port="8080"), dialect, SLUG).failing()

    code = remedy(finding).text
    assert written in code
    assert ("GracePeriod" in code) is bool(written)


def test_ecs_replaces_tasks_itself_and_leaves_the_instance_to_others(tmp_path: Path) -> None:
    forms: tuple[tuple[Dialect, str], ...] = (("cloudformation", TEMPLATE), ("terraform", MODULE))
    for dialect, source in forms:
        script = "echo ECS_CLUSTER=shop >> /etc/ecs/ecs.config"
        (finding,) = judge(tmp_path / dialect, source.format(script=script, port="8080"), dialect, SLUG).failing()

        assert finding.is_advice


@pytest.mark.parametrize(("used", "said"), [("${Here}", True), ("", False)])
def test_a_launch_template_may_be_for_one_zone_too(tmp_path: Path, used: str, said: bool) -> None:
    source = f"""
    Resources:
      Here: {{ Type: AWS::EC2::Subnet, Properties: {{ VpcId: vpc-0a1, CidrBlock: 10.0.0.0/24, AvailabilityZone: eu-west-1a }} }}
      Start:
        Type: AWS::EC2::LaunchTemplate
        Properties: {{ LaunchTemplateData: {{ UserData: {{ "Fn::Base64": !Sub "attach {used}" }} }} }}
      Nodes:
        Type: AWS::EKS::Nodegroup
        Properties:
          ClusterName: orders
          NodeRole: arn:aws:iam::111122223333:role/nodes
          Subnets: [!Ref Here]
          LaunchTemplate: {{ Id: !Ref Start }}
          ScalingConfig: {{ MinSize: 2, MaxSize: 6 }}
    """
    (finding,) = judge(tmp_path, source, "cloudformation", "eks-multi-az").failing()

    assert ("Start names the present subnet too" in remedy(finding).text) is said
