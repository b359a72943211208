"""# S3 bucket answers requests without TLS

S3 serves plain HTTP to clients that ask for it: objects, and the requests' credentials and tokens, can then be read and changed on the
way. A statement in the bucket's policy that denies everything where `aws:SecureTransport` is false makes S3 refuse.

The denial has to be for everyone, principal `*`.

## Non-compliant

```yaml
Resources:
  Reports:  # finding
    Type: AWS::S3::Bucket
  ReportsPolicy:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref Reports
      PolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Principal:
              Service: logging.s3.amazonaws.com
            Action: s3:PutObject
            Resource: !Sub ${Reports.Arn}/*
```

```hcl
resource "aws_s3_bucket" "reports" {} # finding
```

## Compliant

```yaml
Resources:
  Reports:
    Type: AWS::S3::Bucket
  ReportsPolicy:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref Reports
      PolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Deny
            Principal: "*"
            Action: s3:*
            Resource:
              - !GetAtt Reports.Arn
              - !Sub ${Reports.Arn}/*
            Condition:
              Bool:
                aws:SecureTransport: "false"
```

```hcl
resource "aws_s3_bucket" "reports" {}

data "aws_iam_policy_document" "reports" {
  statement {
    effect    = "Deny"
    actions   = ["s3:*"]
    resources = [aws_s3_bucket.reports.arn, "${aws_s3_bucket.reports.arn}/*"]
    principals {
      type        = "*"
      identifiers = ["*"]
    }
    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["false"]
    }
  }
}

resource "aws_s3_bucket_policy" "reports" {
  bucket = aws_s3_bucket.reports.id
  policy = data.aws_iam_policy_document.reports.json
}
```
"""

from collections.abc import Iterator

from wa_iac.aws.s3 import Bucket
from wa_iac.core.policy import Statement, statements
from wa_iac.core.rule import Flag, Remedy, Severity, flag, rule, undecided
from wa_iac.core.value import Absent, Known, Tree, Unknown, Value


@rule(
    practices=["SEC09-BP02"],
    severity=Severity.MEDIUM,
    remedy=Remedy(
        cfn='- Effect: Deny\n  Principal: "*"\n  Action: s3:*\n  Resource:\n    - !GetAtt <the bucket>.Arn\n'
        '    - !Sub ${<the bucket>.Arn}/*\n  Condition:\n    Bool:\n      aws:SecureTransport: "false"',
        tf='statement {\n  effect    = "Deny"\n  actions   = ["s3:*"]\n'
        '  resources = [<the bucket>.arn, "${<the bucket>.arn}/*"]\n  principals {\n    type        = "*"\n'
        '    identifiers = ["*"]\n  }\n  condition {\n    test     = "Bool"\n    variable = "aws:SecureTransport"\n'
        '    values   = ["false"]\n  }\n}',
    ),
    equivalents={
        "checkov": ["CKV_AWS_379"],
        "cdk_nag": ["AwsSolutions-S10"],
        "guard": ["S3_BUCKET_SSL_REQUESTS_ONLY"],
        "config": ["S3_BUCKET_SSL_REQUESTS_ONLY"],
    },
)
def check(bucket: Bucket) -> Iterator[Flag]:
    unknown = bucket.policies.unknown
    for document in (bucket.policy, *(policy.document for policy in bucket.policies)):
        for statement in statements(document):
            match _denies_plain_http(statement):
                case Known(True) if unknown is None:
                    return
                case Unknown() as value:
                    unknown = value
                case _:
                    pass
    if unknown is not None:
        yield undecided(unknown)
    else:
        yield flag(bucket, "Nothing here denies requests without TLS: objects and credentials can be read on the way.")


def _denies_plain_http(statement: Statement) -> Value[bool]:
    """Whether it denies everyone what comes without TLS."""
    if statement.unknown is not None:
        return statement.unknown
    if not statement.denies:
        return statement.effect if isinstance(statement.effect, Unknown) else Known(False)
    if statement.conditions_unknown is not None:
        return statement.conditions_unknown
    if statement.principals and all(
        isinstance(each.value, Known) and each.value != Known("*") for each in statement.principals
    ):
        return Known(False)
    for operator, key, value in statement.conditions:
        if key.lower() == "aws:securetransport" and operator.lower().startswith("bool"):
            return _is_false(value)
    return Known(False)


def _is_false(value: Tree) -> Value[bool]:
    match value:
        case Known([single]):
            return _is_false(single)
        case Known(content):
            return Known(str(content).lower() == "false")
        case Unknown():
            return value
        case Absent():
            return Known(False)
