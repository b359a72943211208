"""# Bucket keeps the parts of broken uploads

The parts of a multipart upload that was never finished do not show in a listing, and are paid for until someone removes them. A
lifecycle rule for the whole bucket does it after some days.

Only a bucket that has an enabled lifecycle rule is judged: one that has none is told so by `s3-lifecycle`.

## Non-compliant

```yaml
Resources:
  Exports:
    Type: AWS::S3::Bucket
    Properties:
      LifecycleConfiguration:
        Rules:
          - Status: Enabled  # finding
            ExpirationInDays: 365
```

```hcl
resource "aws_s3_bucket" "exports" {}

resource "aws_s3_bucket_lifecycle_configuration" "exports" {
  bucket = aws_s3_bucket.exports.id
  rule { # finding
    id     = "age"
    status = "Enabled"
    expiration {
      days = 365
    }
  }
}
```

## Compliant

```yaml
Resources:
  Exports:
    Type: AWS::S3::Bucket
    Properties:
      LifecycleConfiguration:
        Rules:
          - Status: Enabled
            AbortIncompleteMultipartUpload:
              DaysAfterInitiation: 7
```

```hcl
resource "aws_s3_bucket" "exports" {}

resource "aws_s3_bucket_lifecycle_configuration" "exports" {
  bucket = aws_s3_bucket.exports.id
  rule {
    id     = "parts"
    status = "Enabled"
    abort_incomplete_multipart_upload {
      days_after_initiation = 7
    }
  }
}
```
"""

from collections.abc import Iterator

from wa_iac.aws.s3 import Bucket
from wa_iac.core.fix import Recipe
from wa_iac.core.rule import Flag, Remedy, Severity, flag, not_applicable, rule, undecided
from wa_iac.core.value import Absent, Known, Unknown


@rule(
    practices=["COST04-BP05", "SUS04-BP05"],
    severity=Severity.LOW,
    remedy=Remedy(
        cfn="AbortIncompleteMultipartUpload:\n  DaysAfterInitiation: 7",
        tf="abort_incomplete_multipart_upload {\n  days_after_initiation = 7\n}",
    ),
    equivalents={"checkov": ["CKV_AWS_300"]},
    fix=Recipe(
        cfn={"LifecycleConfiguration": {"Rules[]": {"AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 7}}}},
        tf={"lifecycle_rule[]": {"abort_incomplete_multipart_upload_days": 7}},
        types={
            "aws_s3_bucket_lifecycle_configuration": {
                "rule[]": {"abort_incomplete_multipart_upload": {"days_after_initiation": 7}}
            }
        },
    ),
)
def check(bucket: Bucket) -> Iterator[Flag]:
    rules = [each for each in bucket.lifecycle_rules if each.status != Known("Disabled")]
    if not rules:
        yield not_applicable("it has no lifecycle rule in force")
        return
    unknown: Unknown | None = None
    for each in rules:
        match each.abort_multipart_days:
            case Known():
                return
            case Unknown() as value:
                unknown = value
            case Absent():
                continue
    if unknown is not None:
        yield undecided(unknown)
    else:
        yield flag(
            rules[0], "None of this bucket's rules removes the parts of uploads that broke off: they are paid for unseen."
        )
