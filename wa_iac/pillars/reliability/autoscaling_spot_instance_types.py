"""# Group with Spot Instances allows one instance type only

## Why

AWS takes Spot Instances of one type back together, and then there is none of that type for a while. A group that may start other types finds
another one at once. A group with one type waits, with less capacity than it wants.

## What it checks

The rule reports Auto Scaling groups whose mixed instances policy starts Spot Instances, and names one instance type at most.

## What is left out

Groups that say what a type must have (`InstanceRequirements`): many types may have that. Groups that are switched off.

## Non-compliant

```yaml
Resources:
  Work:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      MinSize: "2"
      MaxSize: "6"
      VPCZoneIdentifier: [subnet-0a, subnet-0b]
      MixedInstancesPolicy:  # finding
        InstancesDistribution: {OnDemandPercentageAboveBaseCapacity: 0}
        LaunchTemplate:
          LaunchTemplateSpecification: {LaunchTemplateId: lt-0123456789abcdef0, Version: "1"}
```

```hcl
resource "aws_autoscaling_group" "work" {
  min_size            = 2
  max_size            = 6
  vpc_zone_identifier = ["subnet-0a", "subnet-0b"]

  mixed_instances_policy { # finding
    instances_distribution {
      on_demand_percentage_above_base_capacity = 50
    }

    launch_template {
      launch_template_specification {
        launch_template_id = "lt-0123456789abcdef0"
      }
    }
  }
}
```

## Compliant

```yaml
Resources:
  Work:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      MinSize: "2"
      MaxSize: "6"
      VPCZoneIdentifier: [subnet-0a, subnet-0b]
      MixedInstancesPolicy:
        InstancesDistribution: {OnDemandPercentageAboveBaseCapacity: 0}
        LaunchTemplate:
          LaunchTemplateSpecification: {LaunchTemplateId: lt-0123456789abcdef0, Version: "1"}
          Overrides:
            - InstanceType: m7g.large
            - InstanceType: m6g.large
            - InstanceType: c7g.xlarge
```

```hcl
resource "aws_autoscaling_group" "work" {
  min_size            = 2
  max_size            = 6
  vpc_zone_identifier = ["subnet-0a", "subnet-0b"]

  mixed_instances_policy {
    instances_distribution {
      on_demand_percentage_above_base_capacity = 50
    }

    launch_template {
      launch_template_specification {
        launch_template_id = "lt-0123456789abcdef0"
      }

      override {
        instance_requirements {
          vcpu_count {
            min = 2
          }

          memory_mib {
            min = 4096
          }
        }
      }
    }
  }
}
```

## Not applicable

```yaml
Resources:
  Off:  # not applicable: its maximum size is 0
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      MinSize: "0"
      MaxSize: "0"
      VPCZoneIdentifier: [subnet-0a, subnet-0b]
      MixedInstancesPolicy:
        InstancesDistribution: {OnDemandPercentageAboveBaseCapacity: 0}
        LaunchTemplate:
          LaunchTemplateSpecification: {LaunchTemplateId: lt-0123456789abcdef0, Version: "1"}
```

## Undecided

The result is undecided if it is not known whether the group starts Spot Instances.

```yaml
Parameters:
  Percentage:
    Type: Number
Resources:
  Work:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      MinSize: "2"
      MaxSize: "6"
      VPCZoneIdentifier: [subnet-0a, subnet-0b]
      MixedInstancesPolicy:
        InstancesDistribution:
          OnDemandPercentageAboveBaseCapacity: !Ref Percentage  # undecided: parameter "Percentage" has no default
        LaunchTemplate:
          LaunchTemplateSpecification: {LaunchTemplateId: lt-0123456789abcdef0, Version: "1"}
```

```hcl
variable "percentage" {
  type = number
}

resource "aws_autoscaling_group" "work" {
  min_size            = 2
  max_size            = 6
  vpc_zone_identifier = ["subnet-0a", "subnet-0b"]

  mixed_instances_policy {
    instances_distribution {
      on_demand_percentage_above_base_capacity = var.percentage # undecided: var.percentage has no default
    }

    launch_template {
      launch_template_specification {
        launch_template_id = "lt-0123456789abcdef0"
      }
    }
  }
}
```

## Sources

- [Enable Capacity Rebalancing to proactively replace at-risk Spot Instances - Amazon EC2 Auto Scaling](https://docs.aws.amazon.com/autoscaling/ec2/userguide/enable-capacity-rebalancing-console-cli.html), read on 2026-11-29
"""

from wa_iac.aws.autoscaling import AutoScalingGroup
from wa_iac.core.logic import any_of, is_set
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, accept, all_known, exempt, flag, rule, settled
from wa_iac.core.value import Known


@rule(
    practices=["REL11-BP02", "COST06-BP03"],
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    profile="all",
    remedy=Remedy(
        decision="List several types of about the same size as overrides of the launch template, or say what a type must have "
        "(InstanceRequirements, instance_requirements)."
    ),
    equivalents={"config": ["AUTOSCALING_MULTIPLE_INSTANCE_TYPES"], "security_hub": ["AutoScaling.6"]},
)
def check(group: AutoScalingGroup) -> Flags:
    if settled(group.uses_spot()) != Known(True):
        return
    all_known(*(each.unknown for each in group.overrides))
    if len(group.overrides) > 1:
        return
    accept(any_of(is_set(each.requirements) for each in (*group.overrides, *group.launch_template)))
    all_known(group.launch_template.unknown if not group.launch_template.targets else None)
    exempt(group.switched_off(), "it is switched off: its maximum size is 0")
    yield flag(
        group.mixed,
        "This group starts Spot Instances of one type: when AWS takes that type back, no other one takes its place.",
    )
