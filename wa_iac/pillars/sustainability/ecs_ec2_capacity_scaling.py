"""# Number of instances of an ECS cluster does not follow its tasks

## Why

With managed scaling, ECS adds instances when tasks need room, and removes those that are empty. Without it, empty instances go on
running, and new tasks wait for somebody to add one.

## What it checks

The rule reports capacity providers whose managed scaling is disabled.

## What is left out

Capacity providers without the setting, for which ECS has a default of its own. Groups that policies of their own scale.

## Non-compliant

```yaml
Resources:
  Nodes:
    Type: AWS::ECS::CapacityProvider
    Properties:
      AutoScalingGroupProvider:
        AutoScalingGroupArn: arn:aws:autoscaling:eu-west-1:111122223333:autoScalingGroup:0123:autoScalingGroupName/nodes
        ManagedScaling: {Status: DISABLED}  # finding
```

```hcl
resource "aws_ecs_capacity_provider" "nodes" {
  name = "nodes"

  auto_scaling_group_provider {
    auto_scaling_group_arn = "arn:aws:autoscaling:eu-west-1:111122223333:autoScalingGroup:0123:autoScalingGroupName/nodes"

    managed_scaling {
      status = "DISABLED" # finding
    }
  }
}
```

## Compliant

```yaml
Resources:
  Nodes:
    Type: AWS::ECS::CapacityProvider
    Properties:
      AutoScalingGroupProvider:
        AutoScalingGroupArn: arn:aws:autoscaling:eu-west-1:111122223333:autoScalingGroup:0123:autoScalingGroupName/nodes
        ManagedScaling: {Status: ENABLED}
```

```hcl
resource "aws_ecs_capacity_provider" "nodes" {
  name = "nodes"

  auto_scaling_group_provider {
    auto_scaling_group_arn = "arn:aws:autoscaling:eu-west-1:111122223333:autoScalingGroup:0123:autoScalingGroupName/nodes"

    managed_scaling {
      status = "ENABLED"
    }
  }
}
```

## Undecided

The result is undecided if the status is not known before deployment.

```yaml
Parameters:
  Status:
    Type: String
Resources:
  Nodes:
    Type: AWS::ECS::CapacityProvider
    Properties:
      AutoScalingGroupProvider:
        AutoScalingGroupArn: arn:aws:autoscaling:eu-west-1:111122223333:autoScalingGroup:0123:autoScalingGroupName/nodes
        ManagedScaling:
          Status: !Ref Status  # undecided: parameter "Status" has no default
```

```hcl
variable "status" {
  type = string
}

resource "aws_ecs_capacity_provider" "nodes" {
  name = "nodes"

  auto_scaling_group_provider {
    auto_scaling_group_arn = "arn:aws:autoscaling:eu-west-1:111122223333:autoScalingGroup:0123:autoScalingGroupName/nodes"

    managed_scaling {
      status = var.status # undecided: var.status has no default
    }
  }
}
```

## Sources

- [Amazon ECS launch types and capacity providers - Amazon Elastic Container Service](https://docs.aws.amazon.com/AmazonECS/latest/developerguide/capacity-launch-type-comparison.html), read on 2026-11-29
"""

from wa_iac.aws.ecs import CapacityProvider
from wa_iac.core.logic import any_of
from wa_iac.core.remedy import Remedy
from wa_iac.core.rule import Confidence, Flags, Severity, refuse, rule, unless


@rule(
    practices=["SUS02-BP01", "COST09-BP03", "PERF02-BP05"],
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    profile="all",
    remedy=Remedy(
        cfn={"AutoScalingGroupProvider": {"ManagedScaling": {"Status": "ENABLED"}}},
        tf={"auto_scaling_group_provider": {"managed_scaling": {"status": "ENABLED"}}},
    ),
)
def check(provider: CapacityProvider) -> Flags:
    still = refuse(
        provider.managed_scaling,
        "DISABLED",
        "Nothing here changes the number of instances of this group: empty ones go on running, and tasks without room wait.",
    )
    yield from unless(any_of(group.moves() for group in provider.group), still)
