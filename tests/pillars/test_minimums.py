"""The smallest size of a service or a group: what a maximum, a schedule and `ignore_changes` say about it."""

from pathlib import Path

import pytest

from helpers.reports import both, judge, only_fault
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
        "See first that the software can run on several instances at once. The minimum must not exceed the desired number, so they change "
        "together:\nmin_size         = 2\ndesired_capacity = 2"
    )


@pytest.mark.parametrize(("most", "said"), [(2, True), (3, False)])
def test_a_group_without_room_for_a_deployment(tmp_path: Path, most: int, said: bool) -> None:
    source = f'resource "aws_autoscaling_group" "web" {{\n  min_size = 1\n  max_size = {most}\n  target_group_arns = ["arn:web"]\n}}\n'
    (found,) = judge(tmp_path, source, "terraform", "autoscaling-min-capacity").failing()

    assert ("The group is then at its maximum" in remedy(found).text) is said


WORKERS = """
resource "aws_autoscaling_group" "workers" {
  min_size          = var.workers
  desired_capacity  = var.workers
  max_size          = %s
  target_group_arns = ["arn:web"]
}
variable "workers" {
  type    = number
  default = 1
}
"""


def test_numbers_of_one_variable_are_raised_there(tmp_path: Path) -> None:
    (found,) = judge(tmp_path, WORKERS % "var.workers + 2", "terraform", INSTANCES).failing()
    made = remedy(found)

    assert made.sentences[0] == (
        "See first that the software can run on several instances at once. The desired number has the same source, and changes with it."
    )
    assert 'Set the default of variable "workers"' in made.text
    assert made.code == "default = 2"


def test_numbers_of_one_argument_are_raised_in_the_call(tmp_path: Path) -> None:
    (tmp_path / "workers").mkdir()
    (tmp_path / "workers" / "main.tf").write_text(WORKERS % 9, encoding="utf-8")
    call = 'module "workers" {\n  source  = "./workers"\n  workers = 1\n}\n'
    (found,) = judge(tmp_path, call, "terraform", INSTANCES).failing()
    made = remedy(found)

    assert 'Set the argument "workers" of module "workers"' in made.text
    assert made.code == "workers = 2"


def test_a_maximum_of_its_own_changes_beside_the_variable(tmp_path: Path) -> None:
    (found,) = judge(tmp_path, WORKERS % 1, "terraform", INSTANCES).failing()
    made = remedy(found)

    assert made.sentences[0].endswith("The minimum must not exceed the maximum, so they change together:")
    assert 'variable "workers"' in made.text
    assert "max_size = 2" in made.text
    assert "desired_capacity" not in made.text


def test_the_tasks_of_one_variable_are_raised_there(tmp_path: Path) -> None:
    module = MODULE.replace("min_capacity       = 1", "min_capacity       = var.tasks").format(
        most="var.tasks", night=1, ignored=""
    )
    (found,) = judge(tmp_path, module + 'variable "tasks" { default = 1 }\n', "terraform", TASKS).failing()

    assert found.message.endswith("Its minimum and maximum have one source.")
    assert 'Set the default of variable "tasks"' in remedy(found).text
    assert "max_capacity" not in remedy(found).text


GROUP = """
resource "aws_autoscaling_group" "web" {{
  min_size            = 1
  max_size            = 6
  desired_capacity    = {desired}
  vpc_zone_identifier = ["subnet-0a1", "subnet-0b2"]
  load_balancers      = ["web"]
  launch_template {{ id = "lt-0a1" }}
  lifecycle {{ ignore_changes = [{ignored}] }}
}}
{more}
"""
LOAD = """
resource "aws_autoscaling_policy" "load" {
  name                   = "load"
  autoscaling_group_name = aws_autoscaling_group.web.name
  policy_type            = "TargetTrackingScaling"
  enabled                = %s
}
variable "scales" { type = bool }
"""
NIGHT = """
resource "aws_autoscaling_schedule" "night" {
  scheduled_action_name  = "night"
  autoscaling_group_name = aws_autoscaling_group.web.name
  desired_capacity       = 1
  recurrence             = "0 20 * * *"
}
"""


@pytest.mark.parametrize(
    ("desired", "ignored", "more", "advice"),
    [
        (3, "", "", True),
        (3, "", LOAD % "false", True),
        (3, "", LOAD % "true", False),
        (3, "", LOAD % "var.scales", False),
        (3, "", NIGHT, False),
        (3, "desired_capacity", "", False),
        (1, "", "", False),
    ],
)
def test_a_group_that_nothing_takes_down_to_its_minimum_is_advice(
    tmp_path: Path, desired: int, ignored: str, more: str, advice: bool
) -> None:
    source = GROUP.format(desired=desired, ignored=ignored, more=more)
    found = only_fault(tmp_path, source, "terraform", "autoscaling-min-capacity")

    assert found.is_advice is advice
    assert ("nothing here takes it down" in found.message) is advice


@pytest.mark.parametrize(
    ("own", "said"),
    [
        ("desired_count = 1", True),
        ("desired_count = 2", False),
        ("desired_count = 1\n  lifecycle { ignore_changes = [desired_count] }", False),
        ("", False),
    ],
)
def test_the_own_number_of_a_service_is_raised_with_the_minimum(tmp_path: Path, own: str, said: bool) -> None:
    source = MODULE.format(most=4, ignored="", night=2).replace(
        'task_definition = "web:7"', f'task_definition = "web:7"\n  {own}'
    )
    found = only_fault(tmp_path, source, "terraform", "ecs-service-multiple-tasks")

    assert ("own number (desired_count) is lower too" in remedy(found).text) is said
