"""# CodeBuild fleet has a fixed number of machines

## Why

The machines of a reserved fleet run, and are paid for, day and night, whether there are builds or not. With automatic scaling,
a small fleet is enough: machines are added while builds wait, and removed afterwards.

## What it checks

Fleets with a base capacity of two or more, and no scaling configuration.

## What is left out

A fleet with one machine cannot be smaller. A fleet whose overflow runs on demand (`ON_DEMAND`) can have fewer machines too, but
its number is a choice of price, so it is not reported. Mac machines are reserved for at least a day, and are left out.

## Non-compliant

```yaml
Resources:
  Builders:
    Type: AWS::CodeBuild::Fleet
    Properties:
      BaseCapacity: 6  # finding
      ComputeType: BUILD_GENERAL1_LARGE
      EnvironmentType: LINUX_CONTAINER
```

```hcl
resource "aws_codebuild_fleet" "builders" {
  name             = "builders"
  base_capacity    = 6 # finding
  compute_type     = "BUILD_GENERAL1_LARGE"
  environment_type = "LINUX_CONTAINER"
}
```

## Compliant

```yaml
Resources:
  Builders:
    Type: AWS::CodeBuild::Fleet
    Properties:
      BaseCapacity: 1
      ComputeType: BUILD_GENERAL1_LARGE
      EnvironmentType: LINUX_CONTAINER
      ScalingConfiguration:
        ScalingType: TARGET_TRACKING_SCALING
        MaxCapacity: 6
        TargetTrackingScalingConfigs:
          - MetricType: FLEET_UTILIZATION_RATE
            TargetValue: 80
```

```hcl
resource "aws_codebuild_fleet" "builders" {
  name              = "builders"
  base_capacity     = 2
  compute_type      = "BUILD_GENERAL1_LARGE"
  environment_type  = "LINUX_CONTAINER"
  overflow_behavior = "ON_DEMAND"
}
```

## Not applicable

```yaml
Resources:
  Macs:  # not applicable: reserved for at least a day
    Type: AWS::CodeBuild::Fleet
    Properties:
      BaseCapacity: 2
      ComputeType: BUILD_GENERAL1_MEDIUM
      EnvironmentType: MAC_ARM
```

## Undecided

The result is undecided if the capacity is not known before deployment.

```yaml
Parameters:
  Machines:
    Type: Number
Resources:
  Builders:
    Type: AWS::CodeBuild::Fleet
    Properties:
      BaseCapacity: !Ref Machines  # undecided: parameter "Machines" has no default
      ComputeType: BUILD_GENERAL1_LARGE
      EnvironmentType: LINUX_CONTAINER
```

```hcl
variable "machines" {
  type = number
}

resource "aws_codebuild_fleet" "builders" {
  name             = "builders"
  base_capacity    = var.machines # undecided: var.machines has no default
  compute_type     = "BUILD_GENERAL1_LARGE"
  environment_type = "LINUX_CONTAINER"
}
```

## Sources

- [Run builds on reserved capacity fleets - AWS CodeBuild](https://docs.aws.amazon.com/codebuild/latest/userguide/fleets.html), read on 2026-11-29
- [AWS::CodeBuild::Fleet ScalingConfigurationInput - Amazon CloudFormation](https://docs.amazonaws.cn/AWSCloudFormation/latest/TemplateReference/aws-properties-codebuild-fleet-scalingconfigurationinput.html), read on 2026-11-29
"""

from wa_iac.aws.codebuild import Fleet
from wa_iac.core.logic import holds
from wa_iac.core.presence import given
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, accept, exempt, flag, rule, settled, written
from wa_iac.core.value import Known


@rule(
    practices=["SUS06-BP04"],
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    profile="all",
    remedy=Remedy(
        cfn="BaseCapacity: 1\nScalingConfiguration:\n  ScalingType: TARGET_TRACKING_SCALING\n  MaxCapacity: <the most machines at once>\n"
        "  TargetTrackingScalingConfigs:\n    - MetricType: FLEET_UTILIZATION_RATE\n      TargetValue: 80",
        tf='base_capacity = 1\n\nscaling_configuration {\n  scaling_type = "TARGET_TRACKING_SCALING"\n'
        "  max_capacity = <the most machines at once>\n\n  target_tracking_scaling_configs {\n"
        '    metric_type  = "FLEET_UTILIZATION_RATE"\n    target_value = 80\n  }\n}',
    ),
)
def check(fleet: Fleet) -> Flags:
    accept(isinstance(fleet.base, Known) and fleet.base.value < 2)
    exempt(fleet.environment_type == Known("MAC_ARM"), "its Mac machines are reserved for at least a day")
    accept(holds(fleet.overflow, lambda what: what == "ON_DEMAND"))
    accept(given(fleet.scaling))
    settled(fleet.environment_type)
    base = written(fleet.base)
    if base.value >= 2:
        yield flag(
            base,
            f"These {base.value} machines run, and are paid for, also while there are no builds: nothing scales their number.",
        )
