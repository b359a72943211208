"""# Account does not block public access to S3

## Why

The public access block of the account holds for each of its buckets and access points, whatever their own settings say. It is the net
below a policy or an ACL that is opened by mistake. A setting that is off in it leaves each bucket to its own block.

## What it checks

The rule reads the public access block of the account, and reports a setting that is off or not written. Terraform turns off what is not
written.

## What is left out

CloudFormation has no such resource. A configuration without one says nothing of the account, and is not reported.

## Non-compliant

```hcl
resource "aws_s3_account_public_access_block" "account" { # finding: block_public_policy and restrict_public_buckets
  block_public_acls  = true
  ignore_public_acls = true
}
```

## Compliant

```hcl
resource "aws_s3_account_public_access_block" "account" {
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}
```

## Undecided

The result is undecided if a setting is not known before deployment.

```hcl
variable "block" { # undecided: Fails when var.block is false
  type = bool
}

resource "aws_s3_account_public_access_block" "account" {
  block_public_acls       = true
  block_public_policy     = var.block
  ignore_public_acls      = true
  restrict_public_buckets = true
}
```

## Sources

- [configuring block public access account](https://docs.aws.amazon.com/AmazonS3/latest/userguide/configuring-block-public-access-account.md), read on 2026-11-29
- [AccountPublicAccessBlock class, which repeats the provider's documentation](https://pub.dev/documentation/pulumi_aws/latest/s3/AccountPublicAccessBlock-class.html), read on 2026-11-29
"""

from typing import Final

from wa_iac.aws.s3 import AccountPublicAccessBlock
from wa_iac.core.fix import Recipe
from wa_iac.core.rule import Confidence, Flags, Severity, all_known, flag, rule
from wa_iac.core.value import Absent, Known
from wa_iac.pillars.judgements.wording import listed

_NAMES: Final = ("block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets")


@rule(
    practices=["SEC03-BP05", "SEC03-BP07", "SEC08-BP04"],
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    equivalents={
        "config": ["S3_ACCOUNT_LEVEL_PUBLIC_ACCESS_BLOCKS_PERIODIC", "S3_ACCOUNT_LEVEL_PUBLIC_ACCESS_BLOCKS"],
        "security_hub": ["S3.1"],
    },
    fix=Recipe(tf=dict.fromkeys(_NAMES, True), unsafe_because="strangers who use a public bucket of the account are cut off"),
)
def check(block: AccountPublicAccessBlock) -> Flags:
    values = {name: getattr(block, name) for name in _NAMES}
    off = {name: value for name, value in values.items() if value in (Known(False), Absent())}
    if off:
        are = "is" if len(off) == 1 else "are"
        yield flag(
            next(iter(off.values())),
            f"{listed(list(off))} {are} off for the account: only the own block of a bucket keeps strangers out.",
        )
        return
    all_known(*values.values())
