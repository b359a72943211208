"""What is reported by default has a sign in the code that it is needed; without one, it is advice."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge_files, only_fault
from wa_iac.core.scales import Severity

SERVICE = """
resource "aws_ecs_service" "web" {
  name            = "web"
  task_definition = %(tasks)s
  desired_count   = %(count)s
  load_balancer {
    target_group_arn = aws_lb_target_group.web.arn
    container_name   = "web"
    container_port   = 80
  }
}
resource "aws_lb_target_group" "web" {
  port     = 80
  protocol = "HTTP"
  vpc_id   = "vpc-0a1"
}
resource "aws_lb_listener" "web" {
  load_balancer_arn = aws_lb.web.arn
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.web.arn
  }
}
resource "aws_lb" "web" { internal = %(internal)s }
resource "aws_ecs_task_definition" "web" {
  family                = "web"
  container_definitions = "[]"
  %(volume)s
}
"""
HERE, ELSEWHERE = "aws_ecs_task_definition.web.arn", '"web:7"'


@pytest.mark.parametrize(("internal", "advice"), [("false", False), ("true", True)])
def test_the_load_of_a_service_behind_a_public_load_balancer_varies(tmp_path: Path, internal: str, advice: bool) -> None:
    source = SERVICE % {"tasks": ELSEWHERE, "count": 3, "internal": internal, "volume": ""}

    assert only_fault(tmp_path, source, "terraform", "ecs-service-autoscaling").is_advice is advice


SCALED = """
resource "aws_appautoscaling_target" "web" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/main/${aws_ecs_service.web.name}"
  min_capacity       = 1
  max_capacity       = %d
}
"""


@pytest.mark.parametrize(
    ("tasks", "volume", "more", "advice"),
    [
        pytest.param(HERE, "", "", False, id="nothing is mounted"),
        pytest.param(HERE, 'volume { name = "data" }', "", True, id="a volume is mounted"),
        pytest.param(ELSEWHERE, "", "", True, id="the task definition is not here"),
        pytest.param(ELSEWHERE, "", SCALED % 4, False, id="its author lets it run four"),
        pytest.param(ELSEWHERE, "", SCALED % 1, True, id="its author lets it run one"),
    ],
)
def test_tasks_that_can_run_several_times(tmp_path: Path, tasks: str, volume: str, more: str, advice: bool) -> None:
    source = SERVICE % {"tasks": tasks, "count": 1, "internal": "false", "volume": volume} + more

    assert only_fault(tmp_path, source, "terraform", "ecs-service-multiple-tasks").is_advice is advice


GROUP = """
resource "aws_autoscaling_group" "web" {
  min_size            = 2
  max_size            = %d
  vpc_zone_identifier = ["subnet-0a1", "subnet-0b2"]
  %s
  launch_template { id = aws_launch_template.web.id }
}
resource "aws_launch_template" "web" { user_data = "systemctl start httpd" }
"""
SERVED = 'load_balancers = ["front"]'
POLICY = """
resource "aws_autoscaling_policy" "web" {
  name                   = "load"
  autoscaling_group_name = aws_autoscaling_group.web.name
  policy_type            = "TargetTrackingScaling"
}
"""


@pytest.mark.parametrize(
    ("source", "advice"),
    [
        pytest.param(GROUP % (6, SERVED) + POLICY, False, id="a policy scales it"),
        pytest.param(GROUP % (6, SERVED + '\n  instance_refresh { strategy = "Rolling" }'), False, id="updates replace them"),
        pytest.param(GROUP % (6, SERVED + "\n  max_instance_lifetime = 604800"), False, id="they have a greatest age"),
        pytest.param(GROUP % (6, SERVED), True, id="nothing replaces them"),
    ],
)
def test_instances_that_come_and_go_may_be_replaced(tmp_path: Path, source: str, advice: bool) -> None:
    assert only_fault(tmp_path, source, "terraform", "autoscaling-elb-health-check").is_advice is advice


@pytest.mark.parametrize(("most", "more", "advice"), [(6, SERVED, False), (3, SERVED, True), (6, "", True)])
def test_a_group_that_gets_requests_has_a_load(tmp_path: Path, most: int, more: str, advice: bool) -> None:
    assert only_fault(tmp_path, GROUP % (most, more), "terraform", "autoscaling-scaling-policy").is_advice is advice


NODES = """
resource "aws_eks_node_group" "main" {
  cluster_name    = "main"
  node_group_name = "main"
  node_role_arn   = "arn:aws:iam::123456789012:role/nodes"
  subnet_ids      = ["subnet-0a1"]
  scaling_config {
    desired_size = %d
    min_size     = 1
    max_size     = 4
  }
}
"""


@pytest.mark.parametrize(("desired", "advice"), [(3, False), (1, True)])
def test_a_single_node_is_in_one_zone_anyway(tmp_path: Path, desired: int, advice: bool) -> None:
    assert only_fault(tmp_path, NODES % desired, "terraform", "eks-multi-az").is_advice is advice


DATABASE = """
variable "standby" { default = false }
resource "aws_db_instance" "%s" {
  engine = "postgres"
  %s
}
"""


@pytest.mark.parametrize(
    ("name", "more", "advice"),
    [
        pytest.param("orders", "", True, id="no sign"),
        pytest.param("orders", "backup_retention_period = 1", True, id="a day of backups"),
        pytest.param("orders", "backup_retention_period = 7", True, id="a week of backups, as another remedy says"),
        pytest.param("orders", "backup_retention_period = 14", False, id="two weeks of backups"),
        pytest.param("orders", "deletion_protection = true", True, id="deletion protection, as another remedy says"),
        pytest.param("orders", "multi_az = var.standby", False, id="a variable asks"),
        pytest.param("orders", "multi_az = false", True, id="it is off"),
        pytest.param("prod-orders", "", False, id="production by its name"),
    ],
)
def test_a_database_to_rely_on_needs_a_standby(tmp_path: Path, name: str, more: str, advice: bool) -> None:
    found = only_fault(tmp_path, DATABASE % (name, more), "terraform", "rds-multi-az")

    assert (found.is_advice, found.severity) == (advice, Severity.MEDIUM if advice else Severity.HIGH)


@pytest.mark.parametrize(("least", "more", "advice"), [(1, "", True), (2, "", False), (0, SERVED, False)])
def test_a_group_of_one_is_in_one_zone_anyway(tmp_path: Path, least: int, more: str, advice: bool) -> None:
    source = (
        f'resource "aws_autoscaling_group" "web" {{\n  min_size = {least}\n  max_size = 4\n  vpc_zone_identifier = ["subnet-0a1"]\n'
        f'  {more}\n  launch_template {{ id = "lt-0a1" }}\n}}\n'
    )

    assert only_fault(tmp_path, source, "terraform", "autoscaling-multi-az").is_advice is advice


@pytest.mark.parametrize(("kind", "count", "advice"), [("FARGATE", 1, False), ("EC2", 1, True), ("EC2", 2, False)])
def test_a_deployment_that_has_room_need_not_stop_all_tasks(tmp_path: Path, kind: str, count: int, advice: bool) -> None:
    more = f'launch_type = "{kind}"\n  deployment_minimum_healthy_percent = 0'
    source = SERVICE % {"tasks": ELSEWHERE, "count": f"{count}\n  {more}", "internal": "false", "volume": ""}

    assert only_fault(tmp_path, source, "terraform", "ecs-minimum-healthy-percent").is_advice is advice


PASSED = """
variable "multi_az" {}
variable "skipped" {}
resource "aws_db_instance" "it" {
  engine              = "postgres"
  multi_az            = var.multi_az
  skip_final_snapshot = var.skipped
}
"""


@pytest.mark.parametrize(("folder", "advice"), [("examples/small", True), ("live/small", False)])
@pytest.mark.parametrize("rule", ["rds-multi-az", "rds-deletion-protection"])
def test_what_an_example_does_without_it_does_without_for_itself(tmp_path: Path, rule: str, folder: str, advice: bool) -> None:
    call = 'module "it" {\n  source   = "../../it"\n  multi_az = false\n  skipped  = true\n}\n'
    (found,) = judge_files(tmp_path, {f"{folder}/main.tf": call, "it/main.tf": PASSED}, rule).failing()

    assert found.is_advice is advice


@pytest.mark.parametrize(("size", "advice"), [("db.t3.micro", True), ("db.m7g.large", False)])
def test_backups_of_the_smallest_database_are_no_wish_for_a_standby(tmp_path: Path, size: str, advice: bool) -> None:
    source = f"""
resource "aws_db_instance" "it" {{
  engine                  = "postgres"
  instance_class          = "{size}"
  multi_az                = false
  backup_retention_period = 14
}}
"""
    assert only_fault(tmp_path, source, "terraform", "rds-multi-az").is_advice is advice


BY_DEFAULTS = """
variable "env" { default = "%s" }
variable "standby" { default = false }
resource "aws_db_instance" "orders" {
  engine     = "postgres"
  identifier = "orders-${var.env}"
  multi_az   = var.standby
  %s
}
"""


@pytest.mark.parametrize(
    ("env", "more", "advice"),
    [
        pytest.param("poc", "", True, id="another environment"),
        pytest.param("blue", "", False, id="any"),
        pytest.param("prod", "", False, id="production"),
        pytest.param("poc", "backup_retention_period = 14", False, id="it is kept well"),
    ],
)
def test_defaults_that_are_for_one_environment(tmp_path: Path, env: str, more: str, advice: bool) -> None:
    assert only_fault(tmp_path, BY_DEFAULTS % (env, more), "terraform", "rds-multi-az").is_advice is advice


@pytest.mark.parametrize(("provider", "advice"), [("FARGATE_SPOT", True), ("FARGATE", False)])
def test_a_single_task_on_capacity_that_aws_takes_back(tmp_path: Path, provider: str, advice: bool) -> None:
    source = SERVICE % {"tasks": HERE, "count": 1, "internal": "false", "volume": ""}
    strategy = f'capacity_provider_strategy {{\n    capacity_provider = "{provider}"\n    weight = 1\n  }}\n'
    source = source.replace("  desired_count", f"  {strategy}  desired_count", 1)

    assert only_fault(tmp_path, source, "terraform", "ecs-service-multiple-tasks").is_advice is advice
