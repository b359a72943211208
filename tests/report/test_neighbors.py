"""The code of a remedy names what the finding's resource refers to, and repeats what it says of it."""

from __future__ import annotations

from pathlib import Path

from helpers.reports import judge, only_fault
from wa_iac.report.remedy import remedy

LISTENER = """
resource "aws_lb" "front" { subnets = ["subnet-0a1", "subnet-0b2"] }
resource "aws_lb_target_group" "web" { port = 80 }

resource "aws_lb_listener" "plain" {
  load_balancer_arn = aws_lb.front.arn
  port              = 80
  protocol          = "HTTP"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.web.arn
    order            = 2
  }
}
"""


def test_a_listener_for_https_has_the_balancer_and_the_actions_of_the_plain_one(tmp_path: Path) -> None:
    assert remedy(only_fault(tmp_path, LISTENER, "terraform", "elb-listener-tls")).code == (
        'resource "aws_lb_listener" "plain_https" {\n'
        "  load_balancer_arn = aws_lb.front.arn\n"
        "  port              = 443\n"
        '  protocol          = "HTTPS"\n'
        '  ssl_policy        = "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09"\n'
        "  certificate_arn   = <the ARN of a certificate>\n"
        "  default_action {\n"
        '    type             = "forward"\n'
        "    target_group_arn = aws_lb_target_group.web.arn\n"
        "    order            = 2\n"
        "  }\n"
        "}"
    )


TEMPLATE = """
Resources:
  Front: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Subnets: [subnet-0a1, subnet-0b2]}}
  Plain:
      Type: AWS::ElasticLoadBalancingV2::Listener
      Properties:
          LoadBalancerArn: !Ref Front
          DefaultActions:
          - Type: forward
            TargetGroupArn: !ImportValue web-targets

          Port: 80
          Protocol: HTTP
"""


def test_a_template_repeats_them_with_the_indentation_of_the_new_place(tmp_path: Path) -> None:
    code = remedy(only_fault(tmp_path, TEMPLATE, "cloudformation", "elb-listener-tls")).code

    assert "    LoadBalancerArn: !Ref Front\n    Port: 443\n" in code
    assert code.endswith("    DefaultActions:\n    - Type: forward\n      TargetGroupArn: !ImportValue web-targets")


def test_what_belongs_to_one_instance_of_a_block_is_not_repeated(tmp_path: Path) -> None:
    source = LISTENER.replace('"plain" {', '"plain" {\n  for_each = toset(["a", "b"])').replace(
        "aws_lb_target_group.web.arn", "local.targets[each.key]"
    )
    (found, *_) = judge(tmp_path, source, "terraform", "elb-listener-tls").failing()

    assert "target_group_arn = <the target group>" in remedy(found).code
    assert "load_balancer_arn = aws_lb.front.arn" in remedy(found).code


SERVICE = """
%s
resource "aws_ecs_service" "web" {
  cluster         = %s
  launch_type     = "FARGATE"
  desired_count   = 3
  task_definition = "web:7"
}
"""
CLUSTER = 'resource "aws_ecs_cluster" "main" { name = "main" }'
RULE = "ecs-service-autoscaling"


def test_a_scalable_target_names_its_service_and_cluster(tmp_path: Path) -> None:
    made = remedy(only_fault(tmp_path / "here", SERVICE % (CLUSTER, "aws_ecs_cluster.main.id"), "terraform", RULE)).code
    literal = remedy(only_fault(tmp_path / "text", SERVICE % ("", '"main"'), "terraform", RULE)).code
    other = SERVICE % ('variable "cluster" {}', "var.cluster")
    unknown = remedy(only_fault(tmp_path / "else", other, "terraform", RULE)).code

    assert '"service/${aws_ecs_cluster.main.name}/${aws_ecs_service.web.name}"' in made
    assert '"service/main/${aws_ecs_service.web.name}"' in literal
    assert '"service/${reverse(split("/", var.cluster))[0]}/${aws_ecs_service.web.name}"' in unknown


def test_a_template_names_them_by_their_logical_ids(tmp_path: Path) -> None:
    source = """
Resources:
  Main: {Type: AWS::ECS::Cluster}
  Web:
    Type: AWS::ECS::Service
    Properties: {Cluster: !Ref Main, LaunchType: FARGATE, DesiredCount: 3, TaskDefinition: "web:7"}
"""
    assert "ResourceId: !Sub service/${Main}/${Web.Name}" in remedy(only_fault(tmp_path, source, "cloudformation", RULE)).code


ONE_TASK = """
resource "aws_ecs_service" "web" {
  cluster         = "main"
  launch_type     = "FARGATE"
  desired_count   = %s
  task_definition = "web:7"
  load_balancer {
    target_group_arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/web/0123456789abcdef"
    container_name   = "web"
    container_port   = 80
  }
}
"""


def test_a_single_task_is_one_finding(tmp_path: Path) -> None:
    def rules(tasks: int) -> list[str]:
        report = judge(tmp_path / str(tasks), ONE_TASK % tasks, "terraform", RULE, "ecs-service-multiple-tasks")
        return [each.rule.slug for each in report.failing()]

    assert rules(1) == ["ecs-service-multiple-tasks"]
    assert rules(3) == [RULE]
