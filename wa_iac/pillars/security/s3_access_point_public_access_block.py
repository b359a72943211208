"""# S3 access point does not block public access

## Why

An access point blocks public access by default, whatever its policy and that of the bucket say. With the block turned off, only the
settings of the bucket and of the account are left: S3 applies the strictest of the three. If those are off too, one policy that names
everybody is enough, and strangers read the objects. The setting cannot be changed later: the access point has to be made again.

## What it checks

The rule reads the public access block of each access point and Multi-Region Access Point. It reports one with a setting that is turned
off. The finding is advice, of low severity, if `RestrictPublicBuckets` and `IgnorePublicAcls` are on: then a public policy or ACL has no effect.

## What is left out

An access point without a block has all four settings on. One for a VPC accepts no request from elsewhere.

## Non-compliant

```yaml
Resources:
  Reports:
    Type: AWS::S3::AccessPoint
    Properties:
      Bucket: reports
      PublicAccessBlockConfiguration:
        BlockPublicPolicy: false  # finding: BlockPublicPolicy
        RestrictPublicBuckets: false
```

```hcl
resource "aws_s3_access_point" "reports" {
  bucket = "reports"
  name   = "reports"

  public_access_block_configuration {
    block_public_acls       = true
    block_public_policy     = true
    ignore_public_acls      = true
    restrict_public_buckets = false # finding: restrict_public_buckets
  }
}
```

```yaml
Resources:
  Reports:
    Type: AWS::S3::AccessPoint
    Properties:
      Bucket: reports
      PublicAccessBlockConfiguration:
        BlockPublicAcls: true
        BlockPublicPolicy: false  # finding: have no effect
        IgnorePublicAcls: true
        RestrictPublicBuckets: true
```

## Compliant

```yaml
Resources:
  Reports:
    Type: AWS::S3::AccessPoint
    Properties:
      Bucket: reports
  Everywhere:
    Type: AWS::S3::MultiRegionAccessPoint
    Properties:
      Regions:
        - Bucket: reports
      PublicAccessBlockConfiguration:
        BlockPublicAcls: true
        BlockPublicPolicy: true
        IgnorePublicAcls: true
        RestrictPublicBuckets: true
```

```hcl
resource "aws_s3_access_point" "reports" {
  bucket = "reports"
  name   = "reports"
}
```

## Not applicable

```yaml
Resources:
  Inside:  # not applicable: from a VPC only
    Type: AWS::S3::AccessPoint
    Properties:
      Bucket: reports
      VpcConfiguration:
        VpcId: vpc-0a1b2c3d
      PublicAccessBlockConfiguration:
        BlockPublicPolicy: false
```

## Undecided

The result is undecided if a setting is not known before deployment.

```yaml
Parameters:
  Block:
    Type: String
Resources:
  Reports:
    Type: AWS::S3::AccessPoint
    Properties:
      Bucket: reports
      PublicAccessBlockConfiguration:
        BlockPublicPolicy: !Ref Block  # undecided: parameter "Block" has no default
```

```hcl
variable "block" { # undecided: Fails when var.block is false
  type = bool
}

resource "aws_s3_access_point" "reports" {
  bucket = "reports"
  name   = "reports"

  public_access_block_configuration {
    block_public_policy = var.block
  }
}
```

## Sources

- [Managing public access to access points for general purpose buckets - Amazon Simple Storage Service](https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-bpa-settings.html), read on 2026-11-29
- [Blocking public access with Amazon S3 Multi-Region Access Points - Amazon Simple Storage Service](https://docs.aws.amazon.com/AmazonS3/latest/userguide/multi-region-access-point-block-public-access.html), read on 2026-11-29
"""

from dataclasses import replace
from typing import Final

from wa_iac.aws.s3_access_points import AccessPoint, AccessPointBlock, MultiRegionAccessPoint
from wa_iac.core.fix import Recipe
from wa_iac.core.presence import given
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, all_known, each_of, exempt, flag, rule
from wa_iac.core.value import Known
from wa_iac.pillars.judgements.wording import listed

_NAMES: Final = {
    "BlockPublicAcls": "block_public_acls",
    "BlockPublicPolicy": "block_public_policy",
    "IgnorePublicAcls": "ignore_public_acls",
    "RestrictPublicBuckets": "restrict_public_buckets",
}
_ON: Final = dict.fromkeys(_NAMES, True)
_ON_IN_TERRAFORM: Final = dict.fromkeys(_NAMES.values(), True)


_FIX: Final = Recipe(
    cfn={"PublicAccessBlockConfiguration": _ON},
    tf={"public_access_block_configuration": _ON_IN_TERRAFORM},
    types={"aws_s3control_multi_region_access_point": {"details": {"public_access_block": _ON_IN_TERRAFORM}}},
    unsafe_because="the access point is replaced, and strangers who use it are cut off",
)
_AGAIN: Final = (
    "S3 cannot change these settings of an access point: a new one takes its place. Give that the same policy, and let the clients use its name, ARN or "
    "alias. Strangers who use the old one are cut off."
)


@rule(
    practices=["SEC03-BP07", "SEC08-BP04"],
    severity=Severity.MEDIUM,
    equivalents={
        "checkov": ["CKV_AWS_392"],
        "config": ["S3_ACCESS_POINT_PUBLIC_ACCESS_BLOCKS"],
        "security_hub": ["S3.19", "S3.24"],
    },
    remedy=replace(Remedy.of_recipe(_FIX), replaces=True, decision=_AGAIN),
    fix=_FIX,
)
def check(point: AccessPoint | MultiRegionAccessPoint) -> Flags:
    if isinstance(point, AccessPoint):
        exempt(given(point.vpc), "it accepts requests from a VPC only")
    yield from each_of(point.public_access_block, lambda block: _judge(block, terraform=point.dialect == "terraform"))


def _judge(block: AccessPointBlock, *, terraform: bool) -> Flags:
    all_known(block.unknown)
    values = {name: getattr(block, field) for name, field in _NAMES.items()}
    off = [(_NAMES[name] if terraform else name, value) for name, value in values.items() if value == Known(False)]
    if off:
        are = "is" if len(off) == 1 else "are"
        names = f"{listed([name for name, _ in off])} {are} off"
        if values["RestrictPublicBuckets"] == values["IgnorePublicAcls"] == Known(True):
            yield flag(
                off[0][1],
                f"{names}: S3 accepts policies or ACLs that are public, which have no effect only as long as the other settings stay on.",
                severity=Severity.LOW,
                confidence=Confidence.MEDIUM,
            )
            return
        yield flag(
            off[0][1],
            f"{names}: only the settings of the bucket and the account still keep a policy that names everybody from opening "
            "the objects to strangers.",
        )
        return
    all_known(*values.values())
