"""# Cloud9 environment never stops its instance

## Why

A development environment is used for some hours a day, and its instance is paid for as long as it runs. With a time for automatic stop,
Cloud9 stops the instance after its last use, and starts it at the next.

## What it checks

The rule reports an environment without a time after which it stops, which is the default in templates, or with 0.

## What is left out

Environments on servers of your own, which Cloud9 does not stop.

## Non-compliant

```yaml
Resources:
  Workspace:  # finding
    Type: AWS::Cloud9::EnvironmentEC2
    Properties:
      InstanceType: t3.small
      ImageId: amazonlinux-2023-x86_64
```

```hcl
resource "aws_cloud9_environment_ec2" "workspace" {
  name          = "workspace"
  instance_type = "t3.small"
  image_id      = "amazonlinux-2023-x86_64"
  automatic_stop_time_minutes = 0 # finding
}
```

## Compliant

```yaml
Resources:
  Workspace:
    Type: AWS::Cloud9::EnvironmentEC2
    Properties:
      InstanceType: t3.small
      ImageId: amazonlinux-2023-x86_64
      AutomaticStopTimeMinutes: 30
```

```hcl
resource "aws_cloud9_environment_ec2" "workspace" {
  name          = "workspace"
  instance_type = "t3.small"
  image_id      = "amazonlinux-2023-x86_64"
  automatic_stop_time_minutes = 30
}
```

## Undecided

The result is undecided if the setting is not known before deployment.

```yaml
Parameters:
  Minutes:
    Type: Number
Resources:
  Workspace:
    Type: AWS::Cloud9::EnvironmentEC2
    Properties:
      InstanceType: t3.small
      ImageId: amazonlinux-2023-x86_64
      AutomaticStopTimeMinutes: !Ref Minutes  # undecided: parameter "Minutes" has no default
```

```hcl
variable "minutes" {
  type = number
}

resource "aws_cloud9_environment_ec2" "workspace" {
  name          = "workspace"
  instance_type = "t3.small"
  image_id      = "amazonlinux-2023-x86_64"
  automatic_stop_time_minutes = var.minutes # undecided: var.minutes has no default
}
```

## Sources

- [AWS::Cloud9::EnvironmentEC2](https://docs.aws.amazon.com/id_id/AWSCloudFormation/latest/UserGuide/aws-resource-cloud9-environmentec2.html), read on 2026-11-29
"""

from wa_iac.aws.cloud9 import Environment
from wa_iac.core.rule import Flags, Remedy, Severity, flag, rule, settled
from wa_iac.core.value import Known


@rule(
    practices=["COST04-BP04", "SUS02-BP05"],
    severity=Severity.LOW,
    profile="all",
    remedy=Remedy(
        cfn={"AutomaticStopTimeMinutes": 30},
        tf={"automatic_stop_time_minutes": 30},
        replaces=True,
        decision="The change replaces the environment by an empty one: set the time of a running one in its own settings.",
    ),
)
def check(environment: Environment) -> Flags:
    minutes = settled(environment.stops_after)
    if isinstance(minutes, Known) and minutes.value > 0:
        return
    yield flag(minutes, "The instance of this environment never stops by itself: it is paid for day and night.")
