"""Listeners of one load balancer: those for different targets, or of one template or block, get HTTPS on ports of their own."""

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


SEVERAL = """
resource "aws_lb" "front" {
  subnets = ["subnet-0a1", "subnet-0b2"]
}
resource "aws_lb_target_group" "web" {}
resource "aws_lb_target_group" "tool" {}
resource "aws_lb_listener" "web" {
  load_balancer_arn = aws_lb.front.arn
  port              = 80
  protocol          = "HTTP"
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.web.arn
  }
}
resource "aws_lb_listener" "other" {
  load_balancer_arn = aws_lb.front.arn
  port              = PORT
  protocol          = "PROTOCOL"
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.GROUP.arn
  }
}
resource "aws_ecs_service" "web" {
  load_balancer {
    target_group_arn = aws_lb_target_group.web.arn
  }
}
"""


def beside(tmp_path: Path, port: str, protocol: str, group: str) -> list[str]:
    source = SEVERAL.replace("PORT", port).replace("PROTOCOL", protocol).replace("GROUP", group)
    return remedies(judge(tmp_path, source, "terraform", "elb-listener-tls"))


def test_listeners_for_different_targets_need_ports_of_their_own(tmp_path: Path) -> None:
    web, tool = sorted(beside(tmp_path, "9090", "HTTP", "tool"), key=lambda text: OWN in text)

    assert "port              = 443" in web
    assert "aws_lb_listener.web of the same load balancer serves other targets" in tool


def test_listeners_for_the_same_targets_share_one(tmp_path: Path) -> None:
    assert not any(OWN in text for text in beside(tmp_path, "8080", "HTTP", "web"))


@pytest.mark.parametrize(("group", "said"), [("tool", True), ("web", False)])
def test_targets_that_no_listener_for_https_has_are_left_behind(tmp_path: Path, group: str, said: bool) -> None:
    (text,) = beside(tmp_path, "443", "HTTPS", group)

    assert ("aws_lb_listener.other does not forward to aws_lb_target_group.web" in text) is said
    assert ("remove it, and aws_ecs_service.web" in text) is said


@pytest.mark.parametrize(("default", "said"), [('""', True), ('"arn:certificate"', False)])
def test_a_listener_that_a_default_leaves_out_is_turned_on(tmp_path: Path, default: str, said: bool) -> None:
    source = f"""
variable "certificate" {{ default = {default} }}
resource "aws_lb" "front" {{ subnets = ["subnet-0a1", "subnet-0b2"] }}
resource "aws_lb_listener" "plain" {{
  load_balancer_arn = aws_lb.front.arn
  protocol          = "HTTP"
  default_action {{ type = "forward" }}
}}
resource "aws_lb_listener" "secure" {{
  count             = var.certificate == "" ? 0 : 1
  load_balancer_arn = aws_lb.front.arn
  protocol          = "HTTPS"
  default_action {{ type = "forward" }}
}}
"""
    (text,) = remedies(judge(tmp_path, source, "terraform", "elb-listener-tls"))

    assert ('The default of variable "certificate" leaves out aws_lb_listener.secure, which serves HTTPS' in text) is said
