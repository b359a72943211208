"""# Auto Scaling group starts its instances from a launch configuration

## Why

AWS has frozen launch configurations. They accept no instance type that came out after 2022, have no versions to go back to, and accounts that were
created since October 2024 cannot make any: a template that has one fails in a new account.

## What it checks

The rule checks Auto Scaling groups that name a launch configuration.

## What is left out

A launch configuration that no group here names is not reported.

## Non-compliant

```yaml
Resources:
  Server:
    Type: AWS::AutoScaling::LaunchConfiguration
    Properties:
      ImageId: ami-0a1b2c3d
      InstanceType: m5.large
  Group:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      MinSize: "1"
      MaxSize: "3"
      VPCZoneIdentifier: [subnet-0a1, subnet-0b2]
      LaunchConfigurationName: !Ref Server  # finding
```

```hcl
resource "aws_autoscaling_group" "this" {
  min_size             = 1
  max_size             = 3
  vpc_zone_identifier  = ["subnet-0a1", "subnet-0b2"]
  launch_configuration = "server" # finding
}
```

## Compliant

```yaml
Resources:
  Server:
    Type: AWS::EC2::LaunchTemplate
    Properties:
      LaunchTemplateData:
        ImageId: ami-0a1b2c3d
        InstanceType: m7i.large
  Group:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      MinSize: "1"
      MaxSize: "3"
      VPCZoneIdentifier: [subnet-0a1, subnet-0b2]
      LaunchTemplate:
        LaunchTemplateId: !Ref Server
        Version: !GetAtt Server.LatestVersionNumber
```

```hcl
resource "aws_launch_template" "server" {
  image_id      = "ami-0a1b2c3d"
  instance_type = "m7i.large"
}

resource "aws_autoscaling_group" "this" {
  min_size            = 1
  max_size            = 3
  vpc_zone_identifier = ["subnet-0a1", "subnet-0b2"]

  launch_template {
    id      = aws_launch_template.server.id
    version = aws_launch_template.server.latest_version
  }
}
```

## Undecided

The result is undecided if it is not known before deployment whether the group has a launch configuration.

```yaml
Parameters:
  Name:
    Type: String
Conditions:
  Old: !Not [!Equals [!Ref Name, ""]]
Resources:
  Group:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      MinSize: "1"
      MaxSize: "3"
      VPCZoneIdentifier: [subnet-0a1, subnet-0b2]
      LaunchConfigurationName: !If [Old, !Ref Name, !Ref AWS::NoValue]  # undecided: parameter "Name" has no default
```

```hcl
variable "name" {
  type = string
}

resource "aws_autoscaling_group" "this" {
  min_size             = 1
  max_size             = 3
  vpc_zone_identifier  = ["subnet-0a1", "subnet-0b2"]
  launch_configuration = var.name # undecided: var.name has no default
}
```

## Sources

- [Auto Scaling launch configurations](https://docs.aws.amazon.com/autoscaling/ec2/userguide/LaunchConfiguration.html), read on 2026-11-29
- [Auto Scaling launch templates](https://docs.aws.amazon.com/autoscaling/ec2/userguide/LaunchTemplates.html), read on 2026-11-29
"""

from wa_iac.aws.autoscaling import AutoScalingGroup
from wa_iac.core.presence import given
from wa_iac.core.rule import Flags, Remedy, Severity, flag, rule, settled
from wa_iac.core.value import Known


@rule(
    practices=["PERF05-BP06", "OPS05-BP03"],
    severity=Severity.LOW,
    remedy=Remedy(
        cfn="LaunchTemplate:\n  LaunchTemplateId: !Ref <a launch template>\n  Version: !GetAtt <the launch template>.LatestVersionNumber",
        tf="launch_template {\n  id      = <a launch template>.id\n  version = <the launch template>.latest_version\n}",
        removes=("LaunchConfigurationName", "launch_configuration"),
        decision="Write a launch template with the settings of the launch configuration. Running instances stay as they are, unless an "
        "update policy or an instance refresh replaces them:",
    ),
    equivalents={
        "checkov": ["CKV_AWS_315"],
        "config": ["AUTOSCALING_LAUNCH_TEMPLATE"],
        "security_hub": ["AutoScaling.9"],
    },
)
def check(group: AutoScalingGroup) -> Flags:
    value = group.launch_configuration.value
    if settled(given(value)) == Known(True):
        yield flag(
            value,
            "This group starts its instances from a launch configuration, which accepts no instance type that came out after 2022, and "
            "which new accounts cannot create.",
        )
