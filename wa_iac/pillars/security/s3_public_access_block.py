"""# S3 bucket has a Block Public Access setting disabled

Four settings keep a bucket private, whatever its policy and ACLs say. S3 has enabled all four on new buckets since April 2023,
so the rule does not report a bucket without a public access block. It reports a public access block that leaves a setting off;
an argument that the block does not set counts as false. One careless policy or ACL can then make the bucket public.

A setting that the account's public access block enables (`aws_s3_account_public_access_block`, in the same configuration) is
enabled for all its buckets. It is better to serve a website through CloudFront, from a private bucket.

## Non-compliant

```yaml
Resources:
  Reports:
    Type: AWS::S3::Bucket
    Properties:
      PublicAccessBlockConfiguration:
        BlockPublicAcls: true
        BlockPublicPolicy: false  # finding
        IgnorePublicAcls: true
        RestrictPublicBuckets: false
```

```yaml
Resources:
  Reports:
    Type: AWS::S3::Bucket
    Properties:
      PublicAccessBlockConfiguration:  # finding
        BlockPublicAcls: true
        IgnorePublicAcls: true
```

```hcl
resource "aws_s3_bucket" "reports" {}

resource "aws_s3_bucket_public_access_block" "reports" { # finding
  bucket            = aws_s3_bucket.reports.id
  block_public_acls = true
}
```

```hcl
resource "aws_s3_bucket" "reports" {}

resource "aws_s3_bucket_public_access_block" "reports" {
  bucket                  = aws_s3_bucket.reports.id
  block_public_acls       = false # finding
  block_public_policy     = false
  ignore_public_acls      = false
  restrict_public_buckets = false
}
```

## Compliant

```yaml
Resources:
  Reports:
    Type: AWS::S3::Bucket
    Properties:
      PublicAccessBlockConfiguration:
        BlockPublicAcls: true
        BlockPublicPolicy: true
        IgnorePublicAcls: true
        RestrictPublicBuckets: true
  Exports:
    Type: AWS::S3::Bucket
```

```hcl
resource "aws_s3_bucket" "reports" {}

resource "aws_s3_bucket_public_access_block" "reports" {
  bucket                  = aws_s3_bucket.reports.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket" "exports" {}
```

## Undecided

The result is undecided if `BlockPublicAcls` or `block_public_acls` is not known before deployment.

```yaml
Parameters:
  BlockPublicAcls:
    Type: String
Resources:
  Reports:
    Type: AWS::S3::Bucket
    Properties:
      PublicAccessBlockConfiguration:
        BlockPublicAcls: !Ref BlockPublicAcls  # undecided: parameter "BlockPublicAcls" has no default
        BlockPublicPolicy: true
        IgnorePublicAcls: true
        RestrictPublicBuckets: true
```

```hcl
variable "block_public_acls" { # undecided: Fails when var.block_public_acls is false
  type = bool
}

resource "aws_s3_bucket" "reports" {}

resource "aws_s3_bucket_public_access_block" "reports" {
  bucket                  = aws_s3_bucket.reports.id
  block_public_acls       = var.block_public_acls
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}
```
"""

from wa_iac.aws.s3 import AccountPublicAccessBlock, Bucket, PublicAccessBlock
from wa_iac.core.fix import Recipe
from wa_iac.core.graph import Graph
from wa_iac.core.logic import first_unknown
from wa_iac.core.rule import Flags, Severity, flag, rule, undecided
from wa_iac.core.value import Absent, Known, Value
from wa_iac.knowledge.regional_settings import settings
from wa_iac.pillars.judgements.wording import listed

SWITCHES = {
    "block_public_acls": "BlockPublicAcls",
    "block_public_policy": "BlockPublicPolicy",
    "ignore_public_acls": "IgnorePublicAcls",
    "restrict_public_buckets": "RestrictPublicBuckets",
}


@rule(
    practices=["SEC03-BP07", "SEC08-BP04"],
    severity=Severity.HIGH,
    equivalents={
        "checkov": ["CKV_AWS_53", "CKV_AWS_54", "CKV_AWS_55", "CKV_AWS_56", "CKV2_AWS_6"],
        "trivy": ["AVD-AWS-0086", "AVD-AWS-0087", "AVD-AWS-0091", "AVD-AWS-0093", "AVD-AWS-0094"],
        "cdk_nag": ["AwsSolutions-S2", "S3BucketPublicReadProhibited", "S3BucketPublicWriteProhibited"],
        "guard": [
            "S3_BUCKET_LEVEL_PUBLIC_ACCESS_PROHIBITED",
            "S3_BUCKET_PUBLIC_READ_PROHIBITED",
            "S3_BUCKET_PUBLIC_WRITE_PROHIBITED",
        ],
        "config": ["S3_BUCKET_LEVEL_PUBLIC_ACCESS_PROHIBITED"],
    },
    fix=Recipe(
        cfn={"PublicAccessBlockConfiguration": dict.fromkeys(SWITCHES.values(), True)},
        types={"aws_s3_bucket_public_access_block": dict.fromkeys(SWITCHES, True)},
        unsafe_because="anyone who reads the bucket's objects without an identity loses access",
    ),
)
def check(bucket: Bucket, graph: Graph) -> Flags:
    account = list(settings(graph, AccountPublicAccessBlock))
    left = [switch for switch in SWITCHES if not any(getattr(each, switch) == Known(True) for each in account)]
    for block in bucket.public_access_block:
        yield from _judge(block, left, terraform=bucket.dialect == "terraform")


def _judge(block: PublicAccessBlock, switches: list[str], *, terraform: bool) -> Flags:
    values: dict[str, Value[bool]] = {each if terraform else SWITCHES[each]: getattr(block, each) for each in switches}
    off = {name: value for name, value in values.items() if value in (Known(False), Absent())}
    if off:
        written_first = sorted(off.values(), key=lambda value: value.origin.how == "service default")
        are = "is" if len(off) == 1 else "are"
        yield flag(written_first[0], f"{listed([*off])} {are} off: a policy or an ACL can make this bucket public.")
    elif (doubt := first_unknown(*values.values())) is not None:
        yield undecided(doubt)
