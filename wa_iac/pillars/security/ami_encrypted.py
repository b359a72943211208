"""# Machine image is not encrypted

## Why

An image holds what its builder put on it: code, configuration, sometimes keys. Its snapshots are not encrypted unless the image says so, and
each volume that starts from it is not either. Anyone with whom the image or a snapshot is shared can read all of it.

## What it checks

The rule reports:

- a copy of an image that does not ask for encryption,
- an image that Terraform registers with a volume that is not encrypted,
- a recipe of EC2 Image Builder that turns encryption off for a volume.

## What is left out

If the account encrypts new volumes by default, so are these. A copy of an encrypted image is always encrypted. The result for a volume that
is made of a snapshot is undecided, since it is encrypted if the snapshot is.

## Non-compliant

```yaml
Resources:
  Web:
    Type: AWS::ImageBuilder::ImageRecipe
    Properties:
      Name: web
      Version: 1.0.0
      ParentImage: arn:aws:imagebuilder:eu-west-1:aws:image/amazon-linux-2023-x86/x.x.x
      BlockDeviceMappings:
        - DeviceName: /dev/xvda
          Ebs:
            Encrypted: false  # finding
```

```hcl
resource "aws_ami_copy" "web" { # finding
  name              = "web"
  source_ami_id     = "ami-0a1b2c3d"
  source_ami_region = "eu-west-1"
}
```

## Compliant

```yaml
Resources:
  Web:
    Type: AWS::ImageBuilder::ImageRecipe
    Properties:
      Name: web
      Version: 1.0.0
      ParentImage: arn:aws:imagebuilder:eu-west-1:aws:image/amazon-linux-2023-x86/x.x.x
      BlockDeviceMappings:
        - DeviceName: /dev/xvda
          Ebs:
            Encrypted: true
```

```hcl
resource "aws_ami_copy" "web" {
  name              = "web"
  source_ami_id     = "ami-0a1b2c3d"
  source_ami_region = "eu-west-1"
  encrypted         = true
}
```

## Undecided

The result is undecided if the setting is not known before deployment.

```yaml
Parameters:
  Encrypted:
    Type: String
Resources:
  Web:
    Type: AWS::ImageBuilder::ImageRecipe
    Properties:
      Name: web
      Version: 1.0.0
      ParentImage: arn:aws:imagebuilder:eu-west-1:aws:image/amazon-linux-2023-x86/x.x.x
      BlockDeviceMappings:
        - DeviceName: /dev/xvda
          Ebs:
            Encrypted: !Ref Encrypted  # undecided: parameter "Encrypted" has no default
```

```hcl
variable "encrypted" { # undecided: Fails when var.encrypted is false
  type = bool
}

resource "aws_ami_copy" "web" {
  name              = "web"
  source_ami_id     = "ami-0a1b2c3d"
  source_ami_region = "eu-west-1"
  encrypted         = var.encrypted
}
```

## Sources

- [encrypted (CopyImage)](https://docs.aws.amazon.com/sdk-for-kotlin/api/latest/ec2/aws.sdk.kotlin.services.ec2.model/-copy-image-request/encrypted.html), read on 2026-11-29
"""

from wa_iac.aws.ec2 import BlockDevice, EncryptionByDefault, Image, ImageCopy
from wa_iac.aws.imagebuilder import ImageDevice, ImageRecipe
from wa_iac.core.fix import Recipe
from wa_iac.core.graph import Graph
from wa_iac.core.reasons import Said
from wa_iac.core.rule import Confidence, Flags, Severity, all_known, each_of, flag, refuse, rule, settled, undecided
from wa_iac.core.value import Absent, Known, Unknown, Value
from wa_iac.knowledge.regional_settings import in_force


@rule(
    practices=["SEC08-BP02"],
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    profile="all",
    equivalents={"checkov": ["CKV_AWS_200", "CKV_AWS_204", "CKV_AWS_235"]},
    fix=Recipe(
        types={
            "AWS::ImageBuilder::ImageRecipe": {"BlockDeviceMappings[]": {"Ebs": {"Encrypted": True}}},
            "aws_imagebuilder_image_recipe": {"block_device_mapping[]": {"ebs": {"encrypted": True}}},
            "aws_ami_copy": {"encrypted": True},
            "aws_ami": {"ebs_block_device[]": {"encrypted": True}},
        },
        unsafe_because="the image is made again, and accounts that it is shared with need its KMS key",
    ),
)
def check(image: ImageCopy | Image | ImageRecipe, graph: Graph) -> Flags:
    default = in_force(image, graph, EncryptionByDefault, lambda setting: setting.enabled)
    if default == Known(True):
        return
    if isinstance(image, ImageCopy):
        if settled(image.encrypted) == Known(False):
            settled(default)
            yield flag(
                image.encrypted,
                "This copy asks for no encryption: unless the source is encrypted, anyone who gets its snapshots can read them.",
            )
        return
    devices: list[BlockDevice] | list[ImageDevice] = image.devices
    yield from each_of([*devices], lambda device: _judge(device, default))


def _judge(device: BlockDevice | ImageDevice, default: Value[bool]) -> Flags:
    all_known(device.unknown)
    if isinstance(device, BlockDevice):
        if not isinstance(device.snapshot, Absent):
            why = "a volume that is made of a snapshot is encrypted if the snapshot is"
            yield undecided(Unknown(Said(why), ("snapshot",), device.origin))
            return
        if isinstance(settled(device.encrypted), Absent):
            settled(default)
            yield flag(device.encrypted, _OPEN)
            return
    if settled(device.encrypted) == Known(False):
        settled(default)
    yield from refuse(device.encrypted, False, _OPEN)


_OPEN = "This volume of the image is not encrypted: anyone who gets its snapshot can read everything on it."
