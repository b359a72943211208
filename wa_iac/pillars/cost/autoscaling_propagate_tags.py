"""# Tag of an Auto Scaling group does not reach its instances

## Why

An Auto Scaling group costs nothing; its instances do. A tag that stays at the group is on no line of the bill, so that nobody knows for which
team or product the instances run.

## What it checks

The rule reports tags of Auto Scaling groups that are not propagated at launch, if their keys say for whom or for what a group runs: a cost
center, an owner, a team, a project, an environment, an application.

## What is left out

Other tags: many say something to a program that looks at the group, such as the Cluster Autoscaler. Groups whose launch template tags the
instances itself.

## Non-compliant

```yaml
Resources:
  Web:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      MinSize: "2"
      MaxSize: "6"
      VPCZoneIdentifier: [subnet-0a, subnet-0b]
      LaunchTemplate: {LaunchTemplateId: lt-0123456789abcdef0, Version: "1"}
      Tags:
        - Key: cost-center
          Value: shop
          PropagateAtLaunch: false  # finding
```

```hcl
resource "aws_autoscaling_group" "web" {
  min_size            = 2
  max_size            = 6
  vpc_zone_identifier = ["subnet-0a", "subnet-0b"]

  launch_template {
    id = "lt-0123456789abcdef0"
  }

  tag {
    key                 = "cost-center"
    value               = "shop"
    propagate_at_launch = false # finding
  }
}
```

## Compliant

```yaml
Resources:
  Web:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      MinSize: "2"
      MaxSize: "6"
      VPCZoneIdentifier: [subnet-0a, subnet-0b]
      LaunchTemplate: {LaunchTemplateId: lt-0123456789abcdef0, Version: "1"}
      Tags:
        - Key: cost-center
          Value: shop
          PropagateAtLaunch: true
        - Key: k8s.io/cluster-autoscaler/enabled
          Value: "true"
          PropagateAtLaunch: false
```

```hcl
resource "aws_autoscaling_group" "web" {
  min_size            = 2
  max_size            = 6
  vpc_zone_identifier = ["subnet-0a", "subnet-0b"]

  launch_template {
    id = "lt-0123456789abcdef0"
  }

  tag {
    key                 = "cost-center"
    value               = "shop"
    propagate_at_launch = true
  }
}
```

## Not applicable

```hcl
resource "aws_launch_template" "web" {
  image_id      = "ami-0123456789abcdef0"
  instance_type = "m7g.large"

  tag_specifications {
    resource_type = "instance"
    tags          = { cost-center = "shop" }
  }
}

resource "aws_autoscaling_group" "web" { # not applicable: its launch template tags the instances
  min_size            = 2
  max_size            = 6
  vpc_zone_identifier = ["subnet-0a", "subnet-0b"]

  launch_template {
    id = aws_launch_template.web.id
  }

  tag {
    key                 = "cost-center"
    value               = "shop"
    propagate_at_launch = false
  }
}
```

## Undecided

The result is undecided if it is not known whether the tag is propagated.

```yaml
Parameters:
  Propagate:
    Type: String
Resources:
  Web:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      MinSize: "2"
      MaxSize: "6"
      VPCZoneIdentifier: [subnet-0a, subnet-0b]
      LaunchTemplate: {LaunchTemplateId: lt-0123456789abcdef0, Version: "1"}
      Tags:
        - Key: cost-center
          Value: shop
          PropagateAtLaunch: !Ref Propagate  # undecided: parameter "Propagate" has no default
```

```hcl
variable "propagate" { # undecided: Fails when var.propagate is false
  type = bool
}

resource "aws_autoscaling_group" "web" {
  min_size            = 2
  max_size            = 6
  vpc_zone_identifier = ["subnet-0a", "subnet-0b"]

  launch_template {
    id = "lt-0123456789abcdef0"
  }

  tag {
    key                 = "cost-center"
    value               = "shop"
    propagate_at_launch = var.propagate
  }
}
```

## Sources

- [Tag Auto Scaling groups and instances - Amazon EC2 Auto Scaling](https://docs.aws.amazon.com/autoscaling/ec2/userguide/autoscaling-tagging.html), read on 2026-11-29
"""

from typing import Final

from wa_iac.aws.autoscaling import AutoScalingGroup, GroupTag
from wa_iac.core.fix import Recipe
from wa_iac.core.late_pattern import late
from wa_iac.core.logic import any_of, is_set
from wa_iac.core.rule import Confidence, Flags, Severity, all_known, each_of, exempt, flag, rule, settled
from wa_iac.core.value import Known

_CHARGES: Final = late(
    r"(?i)(?:^|[^a-z])(?:cost|billing|budget|owner|team|squad|project|product|department|business|customer|tenant|portfolio|stage|env|"
    r"environment|app|application|service|system|workload)"
)
"""What the keys of tags are called that say for whom or for what something runs."""


@rule(
    practices=["COST03-BP02"],
    severity=Severity.LOW,
    confidence=Confidence.LOW,
    convention=True,
    profile="all",
    equivalents={"checkov": ["CKV_AWS_153"]},
    fix=Recipe(
        cfn={"Tags[]": {"PropagateAtLaunch": True}},
        tf={"tag[]": {"propagate_at_launch": True}},
        unsafe_because="policies may grant access by the tags of instances",
    ),
)
def check(group: AutoScalingGroup) -> Flags:
    if any(tag.propagated != Known(True) for tag in group.group_tags):
        exempt(any_of(is_set(each.tags) for each in group.launch_template), "its launch template tags the instances")
        all_known(group.launch_template.unknown)
    yield from each_of(group.group_tags, _judge)


def _judge(tag: GroupTag) -> Flags:
    if settled(tag.propagated) == Known(False) and isinstance(key := settled(tag.key), Known) and _CHARGES.search(key.value):
        yield flag(
            tag.propagated,
            f"The tag {key.value} stays at the group, which costs nothing: its instances are on the bill without it.",
        )
