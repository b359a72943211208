"""# EBS volume is not encrypted

## Why

Anyone who gets a snapshot of an unencrypted volume (shared by mistake, copied with a stolen key) can read everything on it. EBS
encryption is free and costs no performance, but it has to be set when the volume is created. To encrypt a volume later, you
have to take a snapshot, copy it with encryption and replace the volume.

## What it checks

The rule checks volumes, and the block devices of instances, launch templates and launch configurations. The rule reports volumes with
encryption disabled, and volumes that rely on the account's default, which is off unless someone enabled it.
`aws_ebs_encryption_by_default` in the same configuration enables it.

## What is left out

A volume created from a snapshot inherits the snapshot's encryption, which is that of its own volume if the code makes both. An instance
without block device settings inherits its image's. The rule reports neither. The copy of a volume is encrypted if its source is.

## Non-compliant

```yaml
Resources:
  Data:  # finding: Encryption is not set
    Type: AWS::EC2::Volume
    Properties:
      AvailabilityZone: eu-west-1a
      Size: 100
  Server:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-12345678
      BlockDeviceMappings:
        - DeviceName: /dev/sdf
          Ebs:
            VolumeSize: 50
            Encrypted: false  # finding: volume is not encrypted
        - DeviceName: /dev/sdg
          Ebs:  # finding: Encryption is not set
            VolumeSize: 50
```

```hcl
resource "aws_ebs_volume" "data" {
  availability_zone = "eu-west-1a"
  size              = 100
  encrypted         = false # finding: volume is not encrypted
}

resource "aws_instance" "server" {
  ami           = "ami-12345678"
  instance_type = "t3.small"

  root_block_device { # finding: Encryption is not set
    volume_size = 30
  }
}

resource "aws_launch_template" "web" {
  image_id = "ami-12345678"

  block_device_mappings {
    device_name = "/dev/xvda"
    ebs { # finding: Encryption is not set
      volume_size = 30
    }
  }
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
      Encrypted: true
  Server:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-12345678
      BlockDeviceMappings:
        - DeviceName: /dev/sdf
          Ebs:
            VolumeSize: 50
            Encrypted: true
        - DeviceName: /dev/sdb
          VirtualName: ephemeral0
        - DeviceName: /dev/sdc
          NoDevice: {}
```

```hcl
resource "aws_instance" "server" {
  ami           = "ami-12345678"
  instance_type = "t3.small"
}

resource "aws_ebs_volume" "data" {
  availability_zone = "eu-west-1a"
  size              = 100
  encrypted         = true
}
```

```hcl
resource "aws_ebs_encryption_by_default" "this" {
  enabled = true
}

resource "aws_ebs_volume" "data" {
  availability_zone = "eu-west-1a"
  size              = 100
}
```

## Not applicable

```yaml
Resources:
  Server:  # not applicable: it describes no volume
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-0a1
  Copy:  # not applicable: a copy of a volume
    Type: AWS::EC2::Volume
    Properties:
      SourceVolumeId: vol-0a1
```

```hcl
resource "aws_instance" "server" { # not applicable: it describes no volume
  ami           = "ami-0a1"
  instance_type = "m7g.large"
}
```

```hcl
resource "aws_ebs_volume" "data" {
  availability_zone = "eu-west-1a"
  size              = 100
  encrypted         = true
}

resource "aws_ebs_snapshot" "data" {
  volume_id = aws_ebs_volume.data.id
}

resource "aws_ebs_volume" "next" { # not applicable: a volume created from a snapshot of an encrypted volume is encrypted
  availability_zone = "eu-west-1b"
  snapshot_id       = aws_ebs_snapshot.data.id
}
```

## Undecided

The result is undecided if `Encrypted` or `encrypted` is not known before deployment.

```yaml
Parameters:
  Encrypted:
    Type: String
Resources:
  Data:
    Type: AWS::EC2::Volume
    Properties:
      AvailabilityZone: eu-west-1a
      Size: 100
      Encrypted: !Ref Encrypted  # undecided: parameter "Encrypted" has no default
```

```hcl
variable "encrypted" { # undecided: Fails when var.encrypted is false
  type = bool
}

resource "aws_ebs_volume" "data" {
  availability_zone = "eu-west-1a"
  size              = 100
  encrypted         = var.encrypted
}
```

## Sources

- [AWS::EC2::VolumeAttachment](https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-ec2-volumeattachment.html), read on 2026-11-29
- [About EnableEbsEncryptionByDefault](https://docs.aws.amazon.com/sdk-for-sap-abap/v1/api/latest/ec2/operation/ENABLEEBSENCRYPTIONBYDEFAULT.html), read on 2026-11-29
- [encrypted (Ebs)](https://docs.aws.amazon.com/sdk-for-kotlin/api/latest/autoscaling/aws.sdk.kotlin.services.autoscaling.model/-ebs/encrypted.html), read on 2026-11-29
- [Clarify that AZ can't be update for the EBS Volume](https://github.com/awsdocs/aws-cloudformation-user-guide/pull/556), read on 2026-11-29
"""

from dataclasses import replace
from typing import Final

from wa_iac.aws.autoscaling import LaunchConfiguration
from wa_iac.aws.ec2 import BlockDevice, EncryptionByDefault, Instance, LaunchTemplate, Volume
from wa_iac.core.binding import value_at
from wa_iac.core.fix import Recipe
from wa_iac.core.graph import Graph
from wa_iac.core.late_pattern import late
from wa_iac.core.presence import given
from wa_iac.core.reasons import Said
from wa_iac.core.rule import Flags, Remedy, Severity, accept, each_of, exempt, flag, rule, settled, undecided
from wa_iac.core.value import Absent, Known, Unknown, Value
from wa_iac.knowledge.kept_when_replaced import KEPT_WHEN_REPLACED
from wa_iac.knowledge.regional_settings import in_force
from wa_iac.knowledge.volumes import volumes
from wa_iac.pillars.judgements.launch_configurations import renewed
from wa_iac.pillars.judgements.replaced_disks import before, beside_the_root, by_key

BLOCKS = {"root_block_device[]": {"encrypted": True}, "ebs_block_device[]": {"encrypted": True}}

_ENCRYPTED = Recipe(
    types={
        "AWS::EC2::Volume": {"Encrypted": True},
        "aws_ebs_volume": {"encrypted": True},
        "AWS::EC2::Instance": {"BlockDeviceMappings[]": {"Ebs": {"Encrypted": True}}},
        "AWS::AutoScaling::LaunchConfiguration": {"BlockDeviceMappings[]": {"Ebs": {"Encrypted": True}}},
        "AWS::EC2::LaunchTemplate": {"LaunchTemplateData": {"BlockDeviceMappings[]": {"Ebs": {"Encrypted": True}}}},
        "aws_launch_template": {"block_device_mappings[]": {"ebs": {"encrypted": True}}},
        "aws_instance": BLOCKS,
        "aws_launch_configuration": BLOCKS,
    },
    unsafe_because="the volume, or the instance with it, is replaced",
    replaced=KEPT_WHEN_REPLACED,
)
_REPLACED = {
    Volume: "EBS encrypts a volume only when it is made, so this replaces it with an empty one. To keep what is on it, make the new one from "
    "an encrypted copy of a snapshot.",
    Instance: "EBS encrypts a volume only when it is made, so this replaces the instance with its volumes, and addresses of it that are not "
    "fixed change. First take a snapshot of what has to stay.",
    LaunchTemplate: "Only instances that are started from now on get encrypted volumes: replace the others.",
    LaunchConfiguration: "Only instances that are started from now on get encrypted volumes: replace the others.",
}


_WITHOUT: Final = late(r"(?:c1|cc2|hs1|m1|m2|t1)\.")
"""Types that "Requirements for Amazon EBS encryption" (Amazon EBS User Guide) does not name."""
_SOURCES: Final[tuple[dict[str, str | None], ...]] = (
    {"aws_ebs_snapshot_copy": "source_snapshot_id"},
    {"aws_ebs_snapshot": "volume_id"},
    {"aws_ebs_volume": None},
)
"""What a snapshot comes from, step by step, and the argument that names the next one. A copy of an encrypted snapshot is encrypted."""

_IN_A_STACK = (
    "EBS encrypts a volume only when it is made, and CloudFormation refuses this change of a volume that exists: give the resource another "
    "logical ID also, which makes a new, empty one. To keep what is on it, make the new one from an encrypted copy of a snapshot."
)
"""CloudFormation changes the type, the size and the IOPS of a volume only, and never replaces one (see the sources)."""


def _with_warning(resource: Volume | Instance | LaunchTemplate | LaunchConfiguration, graph: Graph) -> Remedy:
    """The remedy, with what it does to what exists."""
    in_a_stack = isinstance(resource, Volume) and resource.dialect == "cloudformation"
    return replace(
        Remedy.of_recipe(_ENCRYPTED),
        replaces=resource.own_class in (Volume, Instance) and not in_a_stack,
        decision=" ".join((_IN_A_STACK, *before(resource, graph)))
        if in_a_stack
        else " ".join(
            filter(
                None,
                (
                    _too_old(resource),
                    renewed(resource),
                    _REPLACED[resource.own_class],
                    by_key(resource),
                    beside_the_root(resource, graph),
                    *before(resource, graph),
                ),
            )
        ),
    )


def _too_old(resource: Volume | Instance | LaunchTemplate | LaunchConfiguration) -> str:
    """A sentence on a type of instance that takes no encrypted volume; empty for others."""
    type_ = Absent() if isinstance(resource, Volume) else resource.instance_type
    if not isinstance(type_, Known) or _WITHOUT.match(type_.value) is None:
        return ""
    return f"Instances of the type {type_.value} cannot have encrypted volumes: choose a type of a newer generation first."


@rule(
    practices=["SEC08-BP02", "SEC08-BP03"],
    severity=Severity.HIGH,
    equivalents={
        "checkov": ["CKV_AWS_3", "CKV_AWS_8", "CKV_AWS_106", "CKV2_AWS_2"],
        "trivy": ["AVD-AWS-0008", "AVD-AWS-0026", "AVD-AWS-0131"],
        "cdk_nag": ["AwsSolutions-EC26"],
        "guard": ["ENCRYPTED_VOLUMES"],
        "config": ["ENCRYPTED_VOLUMES", "EC2_LAUNCH_TEMPLATES_EBS_VOLUME_ENCRYPTED", "EC2_EBS_ENCRYPTION_BY_DEFAULT"],
        "cfn_nag": ["F1"],
        "security_hub": ["EC2.3", "EC2.181"],
    },
    remedy=replace(Remedy.of_recipe(_ENCRYPTED), given=_with_warning),
    fix=_ENCRYPTED,
)
def check(resource: Volume | Instance | LaunchTemplate | LaunchConfiguration, graph: Graph) -> Flags:
    default = in_force(resource, graph, EncryptionByDefault, lambda setting: setting.enabled)
    if default == Known(True):
        # With the account's default on, even a volume with encryption off is encrypted.
        return
    described = volumes(resource)
    exempt(not described, "it describes no volume")
    yield from each_of(described, lambda volume: _judge(volume, default, graph))


def _of_encrypted(snapshot: Value[str], graph: Graph) -> bool:
    """Whether a snapshot is one that the code makes of an encrypted volume: it is encrypted then, and so is what is made of it."""
    for source in _SOURCES:
        found = [each for each in graph.referred(snapshot) if each.kind == "resource"]
        if len(found) != 1 or found[0].type not in source:
            continue
        (made,) = found
        key = source[made.type]
        if key is None:
            return graph.typed(made, Volume).encrypted == Known(True)
        snapshot = value_at(made.body, key)
    return False


def _judge(disk: Volume | BlockDevice, default: Value[bool], graph: Graph) -> Flags:
    encrypted = settled(disk.encrypted)
    accept(encrypted)
    if isinstance(disk, Volume) and isinstance(encrypted, Absent):
        # EC2 API, CopyVolumes: the copy of an encrypted volume is always encrypted.
        exempt(given(disk.source), "a copy of a volume is encrypted if its source is")
    if not isinstance(disk.snapshot, Absent):
        exempt(_of_encrypted(disk.snapshot, graph), "a volume created from a snapshot of an encrypted volume is encrypted")
        why = "a volume created from a snapshot is encrypted if the snapshot is"
        yield undecided(Unknown(Said(why), ("snapshot",), encrypted.origin))
        return
    settled(default)
    if isinstance(encrypted, Known):
        yield flag(encrypted, "This volume is not encrypted: anyone who gets a snapshot of it can read everything on it.")
    else:
        yield flag(
            encrypted,
            "Encryption is not set for this volume, and the account's default is off unless someone has turned it on: "
            "anyone who gets a snapshot of it can read everything on it.",
        )
