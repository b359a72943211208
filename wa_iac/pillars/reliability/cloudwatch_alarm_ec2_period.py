"""# Alarm looks at an instance more often than the instance sends metrics

## Why

An instance with basic monitoring sends a value every five minutes. An alarm with a period of one minute finds no value in four of five periods.
It changes to `INSUFFICIENT_DATA` and back, and may miss the incident for which it is there.

## What it checks

The rule looks at alarms on metrics of EC2 with a period of less than five minutes. It reports those on an instance, or on a group with a launch
template or launch configuration, without detailed monitoring.

## What is left out

The metrics of status checks, which EC2 sends every minute in any case. Alarms on instances that are not declared here.

## Non-compliant

```yaml
Resources:
  Web:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-0123456789abcdef0
      InstanceType: m7g.large
  Busy:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: AWS/EC2
      MetricName: CPUUtilization
      Dimensions: [{Name: InstanceId, Value: !Ref Web}]
      Statistic: Average
      Period: 60  # finding
      EvaluationPeriods: 3
      ComparisonOperator: GreaterThanThreshold
      Threshold: 80
```

```hcl
resource "aws_launch_template" "web" {
  image_id      = "ami-0123456789abcdef0"
  instance_type = "m7g.large"
}

resource "aws_autoscaling_group" "web" {
  min_size            = 2
  max_size            = 6
  vpc_zone_identifier = ["subnet-0a", "subnet-0b"]

  launch_template {
    id = aws_launch_template.web.id
  }
}

resource "aws_cloudwatch_metric_alarm" "busy" {
  alarm_name          = "busy"
  namespace           = "AWS/EC2"
  metric_name         = "CPUUtilization"
  dimensions          = { AutoScalingGroupName = aws_autoscaling_group.web.name }
  statistic           = "Average"
  period              = 60 # finding
  evaluation_periods  = 3
  comparison_operator = "GreaterThanThreshold"
  threshold           = 80
}
```

## Compliant

```yaml
Resources:
  Web:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-0123456789abcdef0
      InstanceType: m7g.large
      Monitoring: true
  Busy:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: AWS/EC2
      MetricName: CPUUtilization
      Dimensions: [{Name: InstanceId, Value: !Ref Web}]
      Statistic: Average
      Period: 60
      EvaluationPeriods: 3
      ComparisonOperator: GreaterThanThreshold
      Threshold: 80
```

```hcl
resource "aws_instance" "web" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "m7g.large"
}

resource "aws_cloudwatch_metric_alarm" "busy" {
  alarm_name          = "busy"
  namespace           = "AWS/EC2"
  metric_name         = "CPUUtilization"
  dimensions          = { InstanceId = aws_instance.web.id }
  statistic           = "Average"
  period              = 300
  evaluation_periods  = 3
  comparison_operator = "GreaterThanThreshold"
  threshold           = 80
}

resource "aws_cloudwatch_metric_alarm" "down" {
  alarm_name          = "down"
  namespace           = "AWS/EC2"
  metric_name         = "StatusCheckFailed"
  dimensions          = { InstanceId = aws_instance.web.id }
  statistic           = "Maximum"
  period              = 60
  evaluation_periods  = 3
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
}
```

## Undecided

The result is undecided if the period, or the monitoring of the instance, is not known before deployment.

```yaml
Parameters:
  Period:
    Type: Number
Resources:
  Web:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-0123456789abcdef0
      InstanceType: m7g.large
  Busy:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: AWS/EC2
      MetricName: CPUUtilization
      Dimensions: [{Name: InstanceId, Value: !Ref Web}]
      Statistic: Average
      Period: !Ref Period  # undecided: parameter "Period" has no default
      EvaluationPeriods: 3
      ComparisonOperator: GreaterThanThreshold
      Threshold: 80
```

```hcl
variable "detailed" {
  type = bool
}

resource "aws_instance" "web" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "m7g.large"
  monitoring    = var.detailed
}

resource "aws_cloudwatch_metric_alarm" "busy" {
  alarm_name          = "busy"
  namespace           = "AWS/EC2"
  metric_name         = "CPUUtilization"
  dimensions          = { InstanceId = aws_instance.web.id }
  statistic           = "Average"
  period              = 60 # undecided: Fails when var.detailed is false
  evaluation_periods  = 3
  comparison_operator = "GreaterThanThreshold"
  threshold           = 80
}
```

## Sources

- [Monitor with CloudWatch alarms](https://docs.aws.amazon.com/autoscaling/application/userguide/cloudwatch-alarm-notifications.html), read on 2026-11-29
- [enum InstanceMonitoring](https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_ecs.InstanceMonitoring.html), read on 2026-11-29
"""

from collections.abc import Iterator
from typing import Final

from wa_iac.aws.autoscaling import AutoScalingGroup
from wa_iac.aws.cloudwatch import Alarm
from wa_iac.aws.ec2 import Instance
from wa_iac.core.graph import Graph
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, flag, rule, settled, unless
from wa_iac.core.value import Known
from wa_iac.knowledge.detailed_monitoring import is_detailed
from wa_iac.knowledge.user_data import Server

_BASIC: Final = 300
"""Seconds between two values with basic monitoring."""


@rule(
    practices=["REL06-BP01", "OPS08-BP04"],
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    remedy=Remedy(
        cfn={"Period": _BASIC},
        tf={"period": _BASIC},
        decision="A period of five minutes costs nothing; lower EvaluationPeriods (evaluation_periods) with it, or the alarm goes off later. For one "
        "minute, turn on detailed monitoring of the instances instead, which is billed by metric.",
    ),
)
def check(alarm: Alarm, graph: Graph) -> Flags:
    if alarm.namespace != Known("AWS/EC2") or not isinstance(alarm.metric, Known):
        return
    servers = [] if alarm.metric.value.startswith("StatusCheck") else list(_servers(alarm, graph))
    if not servers:
        return
    match settled(alarm.period):
        case Known(seconds) if seconds < _BASIC:
            found = flag(
                alarm.period,
                f"This alarm expects a value every {seconds} seconds, but {servers[0].address} has basic monitoring and sends one every five minutes: "
                "the alarm can lack data in between.",
            )
            yield from unless(is_detailed(servers[0]), [found])
        case _:
            return


def _servers(alarm: Alarm, graph: Graph) -> Iterator[Server]:
    """The instances that an alarm looks at, or what the instances of its group start from."""
    for dimension in alarm.dimensions:
        for declared in graph.referred(dimension.value):
            if declared.kind == "resource" and declared.type in Instance.types():
                yield graph.typed(declared, Instance)
            if declared.kind == "resource" and declared.type in AutoScalingGroup.types():
                group = graph.typed(declared, AutoScalingGroup)
                yield from group.launch_template
                yield from group.launch_configuration
