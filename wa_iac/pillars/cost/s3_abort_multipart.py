"""# S3 bucket has no rule to abort incomplete multipart uploads

The parts of an incomplete multipart upload do not appear in a listing, and you pay for them until someone removes them. A
lifecycle rule for the whole bucket removes them after some days.

A rule with a prefix or a tag applies only to matching objects ("Lifecycle configuration elements", Amazon S3 User Guide). The
rule checks only buckets with an enabled lifecycle rule; `s3-lifecycle` reports the others.

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

from wa_iac.aws.s3 import Bucket, LifecycleRule
from wa_iac.core.fix import Recipe
from wa_iac.core.logic import all_of, holds_for_all
from wa_iac.core.rule import Flag, Remedy, Severity, flag, not_applicable, rule, undecided
from wa_iac.core.value import Absent, Known, Unknown, Value


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
    aborting = [each for each in rules if not isinstance(each.abort_multipart_days, Absent)]
    match holds_for_all((_aborts(each), each.narrowed()) for each in aborting):
        case Known(True):
            return
        case Unknown() as why:
            yield undecided(why)
            return
        case _:
            pass
    # A rule for the whole bucket is where it is best written; without one, there has to be another rule.
    where = next((each for each in rules if each.narrowed() == Known(False)), None)
    if aborting:
        message = (
            "The parts of uploads that broke off are removed in a part of this bucket only: elsewhere they are paid for unseen."
        )
    else:
        message = "None of this bucket's rules removes the parts of uploads that broke off: they are paid for unseen."
    yield flag(bucket if where is None else where, message)


def _aborts(rule: LifecycleRule) -> Value[bool]:
    days = rule.abort_multipart_days
    written: Value[bool] = days if isinstance(days, Unknown) else Known(True, days.origin)
    return all_of((written, rule.in_force()))
