"""# Auto Scaling group is scaled by a simple policy

## Why

A simple policy adds the same number of instances however high the load is, and then waits for its cooldown to end before it looks again. A sudden
rise is followed too slowly, and the group stays too large afterwards. Target tracking keeps a metric near a value by itself, and makes its
own alarms.

## What it checks

The rule checks scaling policies of Auto Scaling groups that add instances. Without a type, AWS makes a simple policy.

## What is left out

Step scaling and predictive scaling are not reported. A policy that removes instances is not reported either, because the one that adds them
tells of the same choice. Neither are policies that set the group to an exact size, which are mostly for a schedule of
one's own.

## Non-compliant

```yaml
Resources:
  Out:  # finding
    Type: AWS::AutoScaling::ScalingPolicy
    Properties:
      AutoScalingGroupName: web
      AdjustmentType: ChangeInCapacity
      ScalingAdjustment: 1
```

```hcl
resource "aws_autoscaling_policy" "out" {
  name                   = "out"
  autoscaling_group_name = "web"
  policy_type            = "SimpleScaling" # finding
  adjustment_type        = "ChangeInCapacity"
  scaling_adjustment     = 1
}
```

## Compliant

```yaml
Resources:
  Load:
    Type: AWS::AutoScaling::ScalingPolicy
    Properties:
      AutoScalingGroupName: web
      PolicyType: TargetTrackingScaling
      TargetTrackingConfiguration:
        PredefinedMetricSpecification:
          PredefinedMetricType: ASGAverageCPUUtilization
        TargetValue: 60
  In:
    Type: AWS::AutoScaling::ScalingPolicy
    Properties:
      AutoScalingGroupName: web
      AdjustmentType: ChangeInCapacity
      ScalingAdjustment: -1
```

```hcl
resource "aws_autoscaling_policy" "load" {
  name                   = "load"
  autoscaling_group_name = "web"
  policy_type            = "TargetTrackingScaling"

  target_tracking_configuration {
    target_value = 60

    predefined_metric_specification {
      predefined_metric_type = "ASGAverageCPUUtilization"
    }
  }
}
```

## Not applicable

```yaml
Resources:
  Evening:  # not applicable: an exact size
    Type: AWS::AutoScaling::ScalingPolicy
    Properties:
      AutoScalingGroupName: web
      AdjustmentType: ExactCapacity
      ScalingAdjustment: 0
```

## Undecided

The result is undecided if the type of the policy is not known before deployment.

```yaml
Parameters:
  Kind:
    Type: String
Resources:
  Out:
    Type: AWS::AutoScaling::ScalingPolicy
    Properties:
      AutoScalingGroupName: web
      PolicyType: !Ref Kind  # undecided: parameter "Kind" has no default
      AdjustmentType: ChangeInCapacity
      ScalingAdjustment: 1
```

```hcl
variable "kind" {
  type = string
}

resource "aws_autoscaling_policy" "out" {
  name                   = "out"
  autoscaling_group_name = "web"
  policy_type            = var.kind # undecided: var.kind has no default
  adjustment_type        = "ChangeInCapacity"
  scaling_adjustment     = 1
}
```

## Sources

- [Simple scaling policies](https://docs.aws.amazon.com/autoscaling/ec2/userguide/simple-scaling-policies.html), read on 2026-11-29
- [Scaling cooldowns for Amazon EC2 Auto Scaling](https://docs.aws.amazon.com/autoscaling/latest/userguide/Cooldown.html), read on 2026-11-29
"""

from wa_iac.aws.autoscaling import ScalingPolicy
from wa_iac.core.logic import holds
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, accept, exempt, flag, rule, settled
from wa_iac.core.value import Known


@rule(
    practices=["PERF02-BP05", "COST09-BP03", "REL07-BP03", "PERF05-BP05"],
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    profile="all",
    remedy=Remedy(
        cfn="PolicyType: TargetTrackingScaling\nTargetTrackingConfiguration:\n  PredefinedMetricSpecification:\n"
        "    PredefinedMetricType: ASGAverageCPUUtilization\n  TargetValue: 60",
        tf='policy_type = "TargetTrackingScaling"\n\ntarget_tracking_configuration {\n  target_value = 60\n\n'
        '  predefined_metric_specification {\n    predefined_metric_type = "ASGAverageCPUUtilization"\n  }\n}',
        removes=("AdjustmentType", "ScalingAdjustment", "Cooldown", "adjustment_type", "scaling_adjustment", "cooldown"),
        decision="One policy with target tracking takes the place of those for both directions and of their alarms:",
    ),
)
def check(policy: ScalingPolicy) -> Flags:
    if settled(policy.kind) != Known("SimpleScaling"):
        return
    exempt(holds(policy.adjustment, lambda kind: kind == "ExactCapacity"), "it sets the group to an exact size")
    accept(holds(policy.change, lambda number: number <= 0))
    yield flag(
        policy.kind,
        "This simple policy changes the group by a fixed step and then waits for its cooldown: it follows a sudden load too slowly.",
    )
