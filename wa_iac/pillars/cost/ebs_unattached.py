"""# EBS volume is not attached to anything

## Why

A volume costs the same whether something uses it or not. One that nothing attaches is mostly a remainder of an instance that is gone, and it keeps
the old data readable besides.

## What it checks

The rule checks volumes that are declared by themselves. It reports one that nothing else in the same template or configuration refers to: no
attachment, no instance, no script and no output.

## What is left out

If a server here attaches volumes by a script, which finds them by a tag, nothing is reported.

## Non-compliant

```yaml
Resources:
  Data:  # finding
    Type: AWS::EC2::Volume
    Properties:
      AvailabilityZone: eu-west-1a
      Size: 100
```

```hcl
resource "aws_ebs_volume" "data" { # finding
  availability_zone = "eu-west-1a"
  size              = 100
}
```

## Compliant

```yaml
Resources:
  Data:
    Type: AWS::EC2::Volume
    Properties:
      AvailabilityZone: eu-west-1a
      Size: 100
  Attachment:
    Type: AWS::EC2::VolumeAttachment
    Properties:
      VolumeId: !Ref Data
      InstanceId: i-0a1b2c3d
      Device: /dev/sdf
```

```hcl
resource "aws_ebs_volume" "data" {
  availability_zone = "eu-west-1a"
  size              = 100
}

resource "aws_volume_attachment" "data" {
  volume_id   = aws_ebs_volume.data.id
  instance_id = "i-0a1b2c3d"
  device_name = "/dev/sdf"
}
```

## Not applicable

```yaml
Resources:
  Data:  # not applicable: attaches volumes by a script
    Type: AWS::EC2::Volume
    Properties:
      AvailabilityZone: eu-west-1a
      Size: 100
  Server:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-0a1b2c3d
      UserData:
        Fn::Base64: |
          #!/bin/bash
          aws ec2 attach-volume --volume-id "$(cat /etc/volume)" --instance-id "$(cat /etc/instance)" --device /dev/sdf
```

## Undecided

The result is undecided if it is not known before deployment which volume something attaches.

```yaml
Parameters:
  Volume:
    Type: String
Resources:
  Data:
    Type: AWS::EC2::Volume
    Properties:
      AvailabilityZone: eu-west-1a
      Size: 100
  Attachment:
    Type: AWS::EC2::VolumeAttachment
    Properties:
      VolumeId: !Ref Volume  # undecided: parameter "Volume" has no default
      InstanceId: i-0a1b2c3d
      Device: /dev/sdf
```

```hcl
variable "volume" {
  type = string
}

resource "aws_ebs_volume" "data" {
  availability_zone = "eu-west-1a"
  size              = 100
}

resource "aws_volume_attachment" "data" {
  volume_id   = var.volume # undecided: var.volume has no default
  instance_id = "i-0a1b2c3d"
  device_name = "/dev/sdf"
}
```

## Sources

- [ec2-volume-inuse-check](https://docs.aws.amazon.com/config/latest/developerguide/ec2-volume-inuse-check.md), read on 2026-11-29
"""

from wa_iac.aws.autoscaling import LaunchConfiguration
from wa_iac.aws.ec2 import Instance, LaunchTemplate, Volume, VolumeAttachment
from wa_iac.core.graph import Graph
from wa_iac.core.logic import any_of
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, accept, all_known, exempt, flag, rule
from wa_iac.core.value import Origin, Value
from wa_iac.knowledge.user_data import attaches_volume


@rule(
    practices=["COST04-BP03", "SUS04-BP05"],
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    remedy=Remedy(
        cfn="Attachment:\n  Type: AWS::EC2::VolumeAttachment\n  Properties:\n    VolumeId: !Ref <this volume>\n"
        "    InstanceId: !Ref <the instance>\n    Device: /dev/sdf",
        tf='resource "aws_volume_attachment" "this" {\n  volume_id   = <this volume>.id\n  instance_id = <the instance>.id\n'
        '  device_name = "/dev/sdf"\n}',
        decision="Make a snapshot of what is worth keeping and remove the volume, or attach it to an instance in its zone:",
    ),
    equivalents={"config": ["EC2_VOLUME_INUSE_CHECK"]},
)
def check(volume: Volume, graph: Graph) -> Flags:
    accept(bool(graph.referring(volume, graph.types)))
    exempt(graph.once(_attached_by_script), "a server here attaches volumes by a script")
    all_known(graph.pointing(VolumeAttachment, "volume").loose, graph.pointing(Instance, "attached").loose)
    yield flag(volume, "Nothing here attaches this volume: AWS charges for its full size, used or not.")


def _attached_by_script(graph: Graph) -> Value[bool]:
    servers: list[Instance | LaunchTemplate | LaunchConfiguration] = [
        *graph.of(Instance),
        *graph.of(LaunchTemplate),
        *graph.of(LaunchConfiguration),
    ]
    return any_of((attaches_volume(each, graph) for each in servers), Origin())
