"""Listeners of one load balancer that one template or block makes: each gets HTTPS on a port of its own."""

from pathlib import Path

import pytest

from helpers.reports import judge, judge_files, remedies

STACK = """\
Resources:
  Front:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties: { Subnets: [subnet-0a1, subnet-0b2] }
  Blue:
    Type: AWS::CloudFormation::Stack
    Properties: { TemplateURL: service.yaml, Parameters: { Front: !Ref Front, Port: 80 } }
"""
GREEN = """\
  Green:
    Type: AWS::CloudFormation::Stack
    Properties: { TemplateURL: service.yaml, Parameters: { Front: !Ref Front, Port: 8080 } }
"""
SERVICE = """\
Parameters:
  Front: { Type: String }
  Port: { Type: Number }
Resources:
  Web:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties:
      LoadBalancerArn: !Ref Front
      Port: %s
      Protocol: HTTP
      DefaultActions: [{ Type: forward, TargetGroupArn: "arn:web" }]
"""
MODULE = """\
variable "ports" {}
resource "aws_lb" "front" {
  subnets = ["subnet-0a1", "subnet-0b2"]
}
resource "aws_lb_listener" "web" {
  %s
  load_balancer_arn = aws_lb.front.arn
  port              = 80
  protocol          = "HTTP"
  default_action {
    type             = "forward"
    target_group_arn = "arn:web"
  }
}
"""
OWN = "an HTTPS port of its own"


@pytest.mark.parametrize(("more", "port", "own"), [(GREEN, "!Ref Port", True), ("", "!Ref Port", True), ("", "80", False)])
def test_stacks_that_share_a_load_balancer(tmp_path: Path, more: str, port: str, own: bool) -> None:
    texts = remedies(judge_files(tmp_path, {"main.yaml": STACK + more, "service.yaml": SERVICE % port}, "elb-listener-tls"))

    assert texts
    for text in texts:
        assert (OWN in text) is own
        assert ("Port: 443" not in text) is own
        assert ("redirect to that port" in text) is own


@pytest.mark.parametrize(("repeat", "own"), [("count = 2", True), ("for_each = var.ports", True), ("", False)])
def test_a_block_that_makes_several_listeners(tmp_path: Path, repeat: str, own: bool) -> None:
    for text in remedies(judge(tmp_path, MODULE % repeat, "terraform", "elb-listener-tls")):
        assert (OWN in text) is own


def test_a_module_that_gets_the_load_balancer_and_the_port(tmp_path: Path) -> None:
    balancer, _, listener = (MODULE % "").partition('resource "aws_lb_listener"')
    call = 'module "web" {\n  source = "./web"\n  front  = aws_lb.front.arn\n  port   = 80\n}\n'
    inside = listener.replace("aws_lb.front.arn", "var.front").replace(" = 80", " = var.port")
    files = {
        "main.tf": balancer + call,
        "web/main.tf": f'variable "front" {{}}\nvariable "port" {{}}\nresource "aws_lb_listener"{inside}',
    }
    [text] = remedies(judge_files(tmp_path, files, "elb-listener-tls"))

    assert OWN in text
