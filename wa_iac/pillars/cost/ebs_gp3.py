"""# EBS volume uses an older type than gp3 or io2

## Why

gp3 costs about a fifth less per gigabyte than gp2, provides 3,000 IOPS at any size, and lets you buy performance independently
of size. io2 costs the same as io1 and fails a hundred times less often. Magnetic volumes (`standard`) are a previous generation
and are billed for each request. You can change the type while the volume is in use.

## What it checks

The rule checks volumes, and the block devices of instances, launch templates and launch configurations. It reports the types `gp2`, `io1`
and `standard`. A separate volume without a type is gp2. If another type replaces the instance, the finding is advice: for all volumes of
an instance in CloudFormation, and for those of `ebs_block_device` in Terraform. So it is for a volume of type gp2 with a size of less than
10 GiB, which saves some cents each month.

## What is left out

The rule does not report a root device without a type, because its type comes from the image. Types for throughput (`st1`, `sc1`) are
accepted, and so is `io1` in a launch configuration, which does not accept `io2`.

## Non-compliant

```yaml
Resources:
  Data:  # finding: the volume is gp2
    Type: AWS::EC2::Volume
    Properties:
      AvailabilityZone: eu-west-1a
      Size: 100
      Encrypted: true
  Server:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-12345678
      BlockDeviceMappings:
        - DeviceName: /dev/xvda
          Ebs:
            VolumeType: gp2  # finding: a fifth less per gigabyte
            VolumeSize: 30
```

```hcl
resource "aws_ebs_volume" "data" {
  availability_zone = "eu-west-1a"
  size              = 100
  type              = "io1" # finding: io2 costs what io1 does
  iops              = 5000
}

resource "aws_instance" "server" {
  ami           = "ami-12345678"
  instance_type = "t3.small"

  root_block_device {
    volume_type = "gp2" # finding: a fifth less per gigabyte
  }
}

resource "aws_launch_template" "web" {
  image_id = "ami-12345678"

  block_device_mappings {
    device_name = "/dev/xvda"
    ebs {
      volume_type = "standard" # finding: a previous generation
    }
  }
}

resource "aws_ebs_volume" "small" { # finding: saves little
  availability_zone = "eu-west-1a"
  size              = 1
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
      VolumeType: gp3
  Archive:
    Type: AWS::EC2::Volume
    Properties:
      AvailabilityZone: eu-west-1a
      Size: 500
      VolumeType: st1
```

```hcl
resource "aws_ebs_volume" "data" {
  availability_zone = "eu-west-1a"
  size              = 100
  type              = "gp3"
}

resource "aws_instance" "server" {
  ami           = "ami-12345678"
  instance_type = "t3.small"

  root_block_device {
    volume_size = 30
  }
}
```

## Not applicable

```yaml
Resources:
  Server:  # not applicable: it describes no volume
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-0a1
```

```hcl
resource "aws_instance" "server" { # not applicable: it describes no volume
  ami           = "ami-0a1"
  instance_type = "m7g.large"
}
```

## Undecided

The result is undecided if `VolumeType` or `type` is not known before deployment.

```yaml
Parameters:
  VolumeType:
    Type: String
Resources:
  Data:
    Type: AWS::EC2::Volume
    Properties:
      AvailabilityZone: eu-west-1a
      Size: 100
      VolumeType: !Ref VolumeType  # undecided: parameter "VolumeType" has no default
```

```hcl
variable "type" {
  type = string
}

resource "aws_ebs_volume" "data" {
  availability_zone = "eu-west-1a"
  size              = 100
  type              = var.type # undecided: var.type has no default
}
```

## Sources

- [AWS::EC2::Instance BlockDeviceMapping](https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-ec2-instance-blockdevicemapping.html), read on 2026-11-29
- [iops (EbsBlockDevice)](https://docs.aws.amazon.com/sdk-for-kotlin/api/latest/ec2/aws.sdk.kotlin.services.ec2.model/-ebs-block-device/iops.html), read on 2026-11-29
"""

from dataclasses import replace

from wa_iac.aws.autoscaling import LaunchConfiguration
from wa_iac.aws.ec2 import BlockDevice, Instance, LaunchTemplate, Volume
from wa_iac.core.binding import value_at
from wa_iac.core.graph import Graph
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, each_of, exempt, flag, rule, settled
from wa_iac.core.value import Known
from wa_iac.knowledge.launch_templates import uses
from wa_iac.knowledge.volumes import volumes
from wa_iac.pillars.judgements.launch_configurations import renewed
from wa_iac.pillars.judgements.old_providers import upgrade_first

BETTER = {
    "gp2": "gp3 costs about a fifth less per gigabyte than gp2, and gives 3,000 IOPS at any size.",
    "io1": "io2 costs what io1 does, and fails a hundred times less often.",
    "standard": "Magnetic volumes are slow, of a previous generation, and billed for each request. gp3 is faster, and requests cost nothing extra.",
}


_GP3 = Remedy(cfn={"VolumeType": "gp3"}, tf={"volume_type": "gp3"}, of={"aws_ebs_volume": {"type": "gp3"}})
_IO2 = Remedy(cfn={"VolumeType": "io2"}, tf={"volume_type": "io2"}, of={"aws_ebs_volume": {"type": "io2"}})
_REPLACED = "This replaces the instance with its volumes: wait until it is renewed for another reason."
_RENEWED = "Wait until the instance is renewed for another reason."
_CHEAPER = "gp3 with the same number of IOPS costs less than either, if its durability is enough."
_KEPT = "The type of a volume with Multi-Attach cannot change: make a new volume from a snapshot."
_LOST = "A group that replaces its instances for a new configuration loses what is on this volume."
_SMALL = 10
"""The size in GiB below which gp3 saves less than 20 cents each month, by the prices of 0.10 and 0.08 dollars in most Regions."""
_FAST = 170
"""The size in GiB above which gp2 may reach more than the 125 MiB/s of gp3 ("General Purpose SSD volumes", Amazon EBS User Guide)."""
_BASELINE = 1000
"""The size in GiB above which gp2 has more than the 3,000 IOPS of gp3, by its 3 IOPS for each GiB."""
_MOST = 16_000
_LEAST = 3000
"""The IOPS that each gp3 volume has at least."""


@rule(
    practices=["COST06-BP02", "PERF03-BP02", "SUS05-BP02"],
    severity=Severity.LOW,
    convention=True,
    remedy=_GP3,
)
def check(resource: Volume | Instance | LaunchTemplate | LaunchConfiguration, graph: Graph) -> Flags:
    disks = volumes(resource)
    exempt(not disks, "it describes no volume")
    yield from each_of(disks, lambda disk: _judge(disk, resource, graph))


def _judge(
    disk: Volume | BlockDevice, resource: Volume | Instance | LaunchTemplate | LaunchConfiguration, graph: Graph
) -> Flags:
    kind = settled(disk.volume_type)
    if kind == Known("io1") and isinstance(resource, LaunchConfiguration):
        return  # It takes no io2.
    if isinstance(kind, Known) and kind.value in BETTER:
        default = " The type is not set, so the volume is gp2." if kind.origin.how == "service default" else ""
        remedy = _IO2 if kind.value == "io1" else _GP3
        cheaper = _CHEAPER if kind.value == "io1" else ""
        replaced = _REPLACED if _replaces(disk, resource) else _RENEWED if _replaces_others(resource, graph) else ""
        upgraded = (
            upgrade_first(resource, graph, 3, "io2" if remedy is _IO2 else "gp3") if isinstance(resource, Instance) else ""
        )
        small = kind.value == "gp2" and isinstance(disk.size, Known) and disk.size.value < _SMALL
        little = f" At {disk.size.value} GiB, it saves little." if small and isinstance(disk.size, Known) else ""
        yield flag(
            kind,
            f"{BETTER[kind.value]}{default}{little}",
            instead=replace(
                remedy,
                decision=" ".join(
                    filter(
                        None,
                        (
                            upgraded,
                            cheaper,
                            replaced,
                            renewed(resource),
                            _loss(disk, resource),
                            _shared(resource),
                            _operations(disk, remedy),
                            _as_fast(disk, kind.value),
                        ),
                    )
                ),
            ),
            confidence=Confidence.MEDIUM if replaced or small else None,
        )


def _replaces(disk: Volume | BlockDevice, resource: Volume | Instance | LaunchTemplate | LaunchConfiguration) -> bool:
    """Whether another type replaces the instance: in CloudFormation always, in Terraform for all volumes but the root."""
    return isinstance(resource, Instance) and (resource.as_cloudformation or all(disk is not each for each in resource.root))


def _loss(disk: Volume | BlockDevice, resource: Volume | Instance | LaunchTemplate | LaunchConfiguration) -> str:
    """What becomes of a volume of a launch configuration that is no root."""
    added = isinstance(resource, LaunchConfiguration) and any(disk is each for each in resource.devices)
    return _LOST if added else ""


def _replaces_others(resource: Volume | Instance | LaunchTemplate | LaunchConfiguration, graph: Graph) -> bool:
    """Whether it is a launch template of which only instances take each new version: these are replaced by it."""
    if not isinstance(resource, LaunchTemplate):
        return False
    users = list(uses(resource, graph))
    return bool(users) and all(each.is_replaced for each in users)


def _shared(resource: Volume | Instance | LaunchTemplate | LaunchConfiguration) -> str:
    """What to do about a volume of several instances, whose type cannot change ("Amazon EBS Multi-Attach", Amazon EBS User Guide)."""
    body = resource.declared.body
    both = (value_at(body, "MultiAttachEnabled"), value_at(body, "multi_attach_enabled"))
    return _KEPT if isinstance(resource, Volume) and Known(True) in both else ""


def _operations(disk: Volume | BlockDevice, remedy: Remedy) -> str:
    """A sentence on a number of IOPS that is written beside the type, and that gp3 does not take; empty if it does."""
    if remedy is not _GP3 or not isinstance(disk.iops, Known) or not 0 < disk.iops.value < _LEAST:
        return ""
    return f"Leave out the number of IOPS ({disk.iops.value}): gp3 takes none below {_LEAST:,}."


def _as_fast(disk: Volume | BlockDevice, kind: str) -> str:
    """What a large volume of the type gp2 has more than gp3 gives by default."""
    if kind != "gp2" or not isinstance(disk.size, Known) or disk.size.value <= _FAST:
        return ""
    operations = min(3 * disk.size.value, _MOST)
    more = f"{operations:,} IOPS and up to 250 MiB/s" if disk.size.value > _BASELINE else "up to 250 MiB/s"
    return f"gp2 gives {more} at this size, and gp3 gives 3,000 IOPS and 125 MiB/s: if the workload needs more, set that too, for a price."
