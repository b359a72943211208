"""The smallest size of a service or a group: what a maximum, a schedule and `ignore_changes` say about it."""

from pathlib import Path

import pytest

from helpers.reports import both, judge
from wa_iac.core.finding import Finding
from wa_iac.report.remedy import remedy

SERVICE = """\
Resources:
  Web:
    Type: AWS::ECS::Service
    Properties:
      TaskDefinition: "web:7"
      LoadBalancers: [{{ ContainerName: web, ContainerPort: 80, TargetGroupArn: arn:web }}]
  Tasks:
    Type: AWS::ApplicationAutoScaling::ScalableTarget
    Properties:
      ServiceNamespace: ecs
      ScalableDimension: ecs:service:DesiredCount
      ResourceId: !Sub service/main/${{Web.Name}}
      MinCapacity: 1
      MaxCapacity: {most}
      ScheduledActions:
        - {{ ScheduledActionName: night, Schedule: cron(0 20 * * ? *), ScalableTargetAction: {{ MinCapacity: {night} }} }}
"""
MODULE = """\
resource "aws_ecs_service" "web" {{
  name            = "web"
  cluster         = "main"
  task_definition = "web:7"
  load_balancer {{
    target_group_arn = "arn:web"
    container_name   = "web"
    container_port   = 80
  }}
}}
resource "aws_appautoscaling_target" "tasks" {{
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/main/${{aws_ecs_service.web.name}}"
  min_capacity       = 1
  max_capacity       = {most}
  lifecycle {{ ignore_changes = [{ignored}] }}
}}
resource "aws_appautoscaling_scheduled_action" "night" {{
  name               = "night"
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = aws_appautoscaling_target.tasks.resource_id
  schedule           = "cron(0 20 * * ? *)"
  scalable_target_action {{ min_capacity = {night} }}
}}
"""
GROUP = """\
Resources:
  Web:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties: {{ MinSize: "1", MaxSize: "{most}", TargetGroupARNs: [arn:web] }}
  Night:
    Type: AWS::AutoScaling::ScheduledAction
    Properties: {{ AutoScalingGroupName: !Ref Web, Recurrence: 0 20 * * *, MinSize: {night} }}
"""
GROUP_MODULE = """\
resource "aws_autoscaling_group" "web" {{
  min_size          = 1
  max_size          = {most}
  target_group_arns = ["arn:web"]
  lifecycle {{ ignore_changes = [{ignored}] }}
}}
resource "aws_autoscaling_schedule" "night" {{
  scheduled_action_name  = "night"
  autoscaling_group_name = aws_autoscaling_group.web.name
  recurrence             = "0 20 * * *"
  min_size               = {night}
}}
"""
TASKS, INSTANCES = "ecs-service-multiple-tasks", "autoscaling-min-capacity"
CASES = [(TASKS, SERVICE, MODULE), (INSTANCES, GROUP, GROUP_MODULE)]


def findings(directory: Path, slug: str, template: str, module: str, **given: object) -> list[Finding]:
    written = {"most": 4, "night": 1, "ignored": "", **given}
    found = [
        *judge(directory / "cfn", template.format(**written), "cloudformation", slug).failing(),
        *judge(directory / "tf", module.format(**written), "terraform", slug).failing(),
    ]
    assert len(found) == 2
    return found


@pytest.mark.parametrize(("slug", "template", "module"), CASES)
def test_a_minimum_must_not_exceed_the_maximum(tmp_path: Path, slug: str, template: str, module: str) -> None:
    for finding in findings(tmp_path, slug, template, module, most=1):
        assert "Its maximum is 1." in finding.message
        code = remedy(finding).text
        assert "so they change together" in code
        assert "min" in code.lower()
        assert "max" in code.lower().replace("maximum", "")


@pytest.mark.parametrize(("slug", "template", "module"), CASES)
def test_a_minimum_that_a_schedule_moves_to_nothing_is_a_decision(
    tmp_path: Path, slug: str, template: str, module: str
) -> None:
    assert [each.is_advice for each in findings(tmp_path / "never", slug, template, module)] == [False, False]
    assert [each.is_advice for each in findings(tmp_path / "nightly", slug, template, module, night=0)] == [True, True]


@pytest.mark.parametrize(
    ("slug", "template", "module", "ignored"),
    [(*CASES[0], "min_capacity"), (*CASES[1], "min_size")],
    ids=["tasks", "instances"],
)
def test_a_minimum_that_terraform_ignores_is_set_by_something_else(
    tmp_path: Path, slug: str, template: str, module: str, ignored: str
) -> None:
    written = {"most": 4, "night": 1, "ignored": ignored}
    template_says, module_says = both(tmp_path, slug, template.format(**written), module.format(**written))

    assert set(template_says.values()) == {"fail"}
    assert module_says == {}


def test_a_desired_number_below_the_minimum_changes_with_it(tmp_path: Path) -> None:
    source = """
resource "aws_autoscaling_group" "web" {
  min_size          = 1
  desired_capacity  = 1
  max_size          = 4
  target_group_arns = ["arn:web"]
}
"""
    (found,) = judge(tmp_path, source, "terraform", "autoscaling-min-capacity").failing()

    assert remedy(found).text == (
        "The minimum must not exceed the desired number, so they change together:\nmin_size         = 2\ndesired_capacity = 2"
    )
