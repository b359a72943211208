"""# Development or test resource runs day and night

## Why

You pay for a development or test resource for all 168 hours of the week, but people use it for about 50. A schedule that stops
it in the evening saves two thirds.

## What it checks

The rule checks instances, Auto Scaling groups and databases with a tag such as `Environment: dev`. It reports one that nothing here
stops. The options `tag_keys` and `environments` set which tags and values these are. It runs only in the profile `all`.

## What is left out

The rule does not check resources with a tag for an instance scheduler, Auto Scaling groups with a scheduled action, or anything in a
template or configuration with EventBridge schedules, which may stop the resources. The rule cannot see schedules that are declared
elsewhere: suppress the finding there. A tag whose value is only the default of a parameter does not count, because the same file may be
deployed to production.

## Non-compliant

```yaml
Resources:
  Database:  # finding: a dev resource
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: postgres
      DBInstanceClass: db.t4g.medium
      AllocatedStorage: "20"
      Tags:
        - {Key: Environment, Value: dev}
```

```hcl
resource "aws_autoscaling_group" "web" { # finding: a staging resource
  min_size            = 1
  max_size            = 2
  vpc_zone_identifier = ["subnet-0a1", "subnet-0b2"]

  launch_template {
    id = "lt-0a1"
  }

  tag {
    key                 = "Environment"
    value               = "staging"
    propagate_at_launch = true
  }
}

resource "aws_instance" "build" { # finding: a test resource
  ami           = "ami-0a1"
  instance_type = "m7g.large"
  tags          = { env = "test" }
}
```

## Compliant

```yaml
Resources:
  Database:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: postgres
      DBInstanceClass: db.t4g.medium
      AllocatedStorage: "20"
      Tags:
        - {Key: Environment, Value: dev}
        - {Key: Schedule, Value: office-hours}
```

```hcl
resource "aws_autoscaling_group" "web" {
  min_size            = 1
  max_size            = 2
  vpc_zone_identifier = ["subnet-0a1", "subnet-0b2"]

  launch_template {
    id = "lt-0a1"
  }

  tag {
    key                 = "Environment"
    value               = "staging"
    propagate_at_launch = true
  }
}

resource "aws_autoscaling_schedule" "evening" {
  scheduled_action_name  = "evening"
  autoscaling_group_name = aws_autoscaling_group.web.name
  recurrence             = "0 19 * * *"
  min_size               = 0
  max_size               = 0
  desired_capacity       = 0
}
```

## Not applicable

```yaml
Resources:
  Production:  # not applicable: no tag names an environment other than production
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-0a1
      Tags: [{Key: Environment, Value: production}]
  Stopped:  # not applicable: a tag mentions a schedule
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-0a1
      Tags:
        - {Key: Environment, Value: dev}
        - {Key: Schedule, Value: office-hours}
  Replica:  # not applicable: something else stops it
    Type: AWS::RDS::DBInstance
    Properties:
      SourceDBInstanceIdentifier: orders
      DBInstanceClass: db.m7g.large
      Tags: [{Key: Environment, Value: dev}]
```

```hcl
resource "aws_instance" "build" { # not applicable: a schedule that is declared here
  ami  = "ami-0a1"
  tags = { Environment = "test" }
}

resource "aws_scheduler_schedule" "evening" {
  schedule_expression = "cron(0 19 * * ? *)"

  flexible_time_window {
    mode = "OFF"
  }

  target {
    arn      = "arn:aws:scheduler:::aws-sdk:ec2:stopInstances"
    role_arn = "arn:aws:iam::123456789012:role/scheduler"
  }
}
```

## Undecided

The result is undecided if `autoscaling_group_name` is not known before deployment.

```hcl
variable "autoscaling_group_name" {
  type = string
}

resource "aws_autoscaling_group" "web" {
  min_size            = 1
  max_size            = 2
  vpc_zone_identifier = ["subnet-0a1", "subnet-0b2"]

  launch_template {
    id = "lt-0a1"
  }

  tag {
    key                 = "Environment"
    value               = "staging"
    propagate_at_launch = true
  }
}

resource "aws_autoscaling_schedule" "evening" {
  scheduled_action_name  = "evening"
  autoscaling_group_name = var.autoscaling_group_name # undecided: var.autoscaling_group_name has no default
  recurrence             = "0 19 * * *"
  min_size               = 0
  max_size               = 0
  desired_capacity       = 0
}
```

## Sources

- [Schedule non-production workloads - AWS Prescriptive Guidance](https://docs.aws.amazon.com/prescriptive-guidance/latest/eks-cost-optimization/schedule-non-production-workloads.html), read on 2026-11-29
- [COST09-BP03 Supply resources dynamically (Japanese edition) - AWS Well-Architected Framework](https://docs.aws.amazon.com/ja_jp/wellarchitected/2022-03-31/framework/cost_manage_demand_resources_dynamic.html), read on 2026-11-29
"""

from collections.abc import Mapping
from typing import Final

from pydantic import Field

from wa_iac.aws import ec2, rds
from wa_iac.aws.autoscaling import AutoScalingGroup
from wa_iac.aws.eventbridge import EventRule, Schedule
from wa_iac.aws.parts.tags import entries
from wa_iac.core.graph import Graph
from wa_iac.core.late_pattern import late
from wa_iac.core.logic import any_of, is_set
from wa_iac.core.rule import Confidence, Flags, Options, Remedy, Severity, exempt, flag, rule
from wa_iac.core.value import Absent, Known, Value
from wa_iac.knowledge.orchestrators import orchestrator

_VALUES: Final = (
    "dev",
    "development",
    "test",
    "testing",
    "qa",
    "staging",
    "stage",
    "stg",
    "uat",
    "sandbox",
    "nonprod",
    "non-prod",
)


class Names(Options):
    """How to tell that something is not for production; upper and lower case are the same."""

    tag_keys: tuple[str, ...] = Field(("environment", "env", "stage"), description="The tags that name the environment.")
    environments: tuple[str, ...] = Field(
        _VALUES, description="The values of these tags for an environment that is not production."
    )


_SCHEDULED: Final = late(r"(?i)schedul|stop|start|shut|uptime|downtime|hours|parking")


def _schedule_cfn(action: str, arguments: str) -> str:
    """A schedule that calls an API: "Using universal targets" (EventBridge Scheduler User Guide)."""
    return (
        "Evening:\n  Type: AWS::Scheduler::Schedule\n  Properties:\n    ScheduleExpression: cron(0 19 ? * MON-FRI *)\n"
        '    FlexibleTimeWindow:\n      Mode: "OFF"\n    Target:\n'
        f"      Arn: arn:aws:scheduler:::aws-sdk:{action}\n      RoleArn: <the ARN of a role that may do this>\n"
        f'      Input: !Sub "{arguments}"'
    )


def _schedule_tf(action: str, arguments: str) -> str:
    return (
        'resource "aws_scheduler_schedule" "evening" {\n  schedule_expression = "cron(0 19 ? * MON-FRI *)"\n\n'
        '  flexible_time_window {\n    mode = "OFF"\n  }\n\n  target {\n'
        f'    arn      = "arn:aws:scheduler:::aws-sdk:{action}"\n    role_arn = <a role that may do this>.arn\n'
        f"    input    = jsonencode({{ {arguments} }})\n  }}\n}}"
    )


@rule(
    practices=["COST09-BP03", "COST04-BP04", "SUS02-BP01"],
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    profile="all",
    remedy=Remedy(
        cfn=_schedule_cfn("ec2:stopInstances", '{\\"InstanceIds\\": [\\"${<this instance>}\\"]}'),
        tf=_schedule_tf("ec2:stopInstances", "InstanceIds = [<this instance>.id]"),
        of={
            "AWS::RDS::DBInstance": _schedule_cfn(
                "rds:stopDBInstance", '{\\"DbInstanceIdentifier\\": \\"${<this database>}\\"}'
            ),
            "aws_db_instance": _schedule_tf("rds:stopDBInstance", "DbInstanceIdentifier = <this database>.identifier"),
            "AWS::AutoScaling::AutoScalingGroup": "Evening:\n  Type: AWS::AutoScaling::ScheduledAction\n  Properties:\n"
            '    AutoScalingGroupName: !Ref <this group>\n    Recurrence: "0 19 * * *"\n    MinSize: 0\n    MaxSize: 0\n'
            "    DesiredCapacity: 0",
            "aws_autoscaling_group": 'resource "aws_autoscaling_schedule" "evening" {\n  scheduled_action_name  = "evening"\n'
            '  autoscaling_group_name = <this group>.name\n  recurrence             = "0 19 * * *"\n'
            "  min_size               = 0\n  max_size               = 0\n  desired_capacity       = 0\n}",
        },
        decision="Stop it in the evening, and start it again in the same way when it is needed:",
    ),
)
def check(resource: AutoScalingGroup | ec2.Instance | rds.Instance, graph: Graph, names: Names) -> Flags:
    environment = _environment(resource, names)
    exempt(environment is None, "no tag names an environment other than production, or a tag mentions a schedule")
    exempt(graph.once(_runs_schedules), "a schedule that is declared here may stop it")
    exempt(_stopped_otherwise(resource, graph), "something else stops it")
    yield flag(
        resource,
        f"Its tags say that this is a {environment} resource, and nothing here stops it: it is paid for day and night.",
    )


def _runs_schedules(graph: Graph) -> bool:
    """Whether anything is called at set times."""
    return bool(graph.of(Schedule)) or any(not isinstance(each.schedule, Absent) for each in graph.of(EventRule))


def _environment(resource: AutoScalingGroup | ec2.Instance | rds.Instance, names: Names) -> str | None:
    """The environment that its tags name, where that is not production, and no tag speaks of a schedule."""
    tags = _tags(resource)
    if any(map(_SCHEDULED.search, tags)):
        return None
    found: str | None = None
    for key, value in tags.items():
        # The default of a parameter is no proof: the same file may be deployed to production.
        if isinstance(value, Known) and value.origin.how != "default" and _among(key, names.tag_keys):
            found = str(value.value) if _among(str(value.value), names.environments) else found
    return found


def _tags(resource: AutoScalingGroup | ec2.Instance | rds.Instance) -> Mapping[str, Value[str]]:
    if isinstance(resource, AutoScalingGroup):
        return {each.key.value: each.value for each in resource.group_tags if isinstance(each.key, Known)}
    return entries(resource.tags)


def _among(word: str, words: tuple[str, ...]) -> bool:
    return word.lower() in (each.lower() for each in words)


def _stopped_otherwise(resource: AutoScalingGroup | ec2.Instance | rds.Instance, graph: Graph) -> Value[bool]:
    match resource:
        case rds.Instance():
            return resource.depends()
        case ec2.Instance():
            return Known(False)
        case AutoScalingGroup():
            scheduled, other = resource.scheduled.presence, orchestrator(resource, graph)
            return any_of((is_set(scheduled), is_set(other), Known(resource.max_size == Known(0))))
