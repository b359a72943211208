"""# S3 bucket accepts requests without TLS

## Why

S3 also accepts plain HTTP. Objects and presigned URLs can then be read on the way. (A signature never contains the secret access
key.) To make S3 reject such requests, add a statement to the bucket policy that denies everything if `aws:SecureTransport` is false.

## What it checks

The rule reads the policies of each bucket. It reports a bucket if no statement denies all requests without TLS. The statement has to cover
everyone, principal `*`, and every object, `<the bucket>/*`, for both reads and writes. A Deny covers only what it matches ("Policy
evaluation logic", IAM User Guide).

## What is left out

No kind of bucket is exempted. The rule does not see policies outside the template that deny such requests, such as a service control
policy.

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

## Undecided

The result is undecided if `Principal` or `actions` is not known before deployment.

```yaml
Parameters:
  Principal:
    Type: String
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
            Principal: !Ref Principal  # undecided: parameter "Principal" has no default
            Action: s3:*
            Resource:
              - !GetAtt Reports.Arn
              - !Sub ${Reports.Arn}/*
            Condition:
              Bool:
                aws:SecureTransport: "false"
```

```hcl
variable "actions" {
  type = list(string)
}

resource "aws_s3_bucket" "reports" {}

data "aws_iam_policy_document" "reports" {
  statement {
    effect    = "Deny"
    actions   = var.actions # undecided: var.actions has no default
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

## Sources

- [s3-bucket-ssl-requests-only - AWS Config](https://docs.aws.amazon.com/config/latest/developerguide/s3-bucket-ssl-requests-only.html), read on 2026-11-29
"""

from dataclasses import replace
from textwrap import indent
from typing import Final

from wa_iac.aws.s3 import Bucket
from wa_iac.core.graph import Graph
from wa_iac.core.iam_policy import statements
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, accept, all_known, flag, rule
from wa_iac.core.value import Known
from wa_iac.knowledge.policies.tls import objects_need_tls, some_requests_need_tls

_STATEMENT: Final = Remedy(
    cfn="- Effect: Deny\n  Principal: '*'\n  Action: s3:*\n  Resource:\n    - !GetAtt <this bucket>.Arn\n"
    "    - !Sub ${<this bucket>.Arn}/*\n  Condition:\n    Bool:\n      aws:SecureTransport: 'false'",
    tf='statement {\n  effect    = "Deny"\n  actions   = ["s3:*"]\n  resources = [<this bucket>.arn, "${<this bucket>.arn}/*"]\n'
    '  principals {\n    type        = "*"\n    identifiers = ["*"]\n  }\n'
    '  condition {\n    test     = "Bool"\n    variable = "aws:SecureTransport"\n    values   = ["false"]\n  }\n}',
)


def _whole_policy(bucket: Bucket, graph: Graph) -> Remedy | None:
    """A policy for a bucket that has none."""
    del graph
    if bucket.policies.targets:
        return replace(_STATEMENT, decision="Add a statement to the policy of the bucket:")
    return Remedy(
        cfn="Encrypted:\n  Type: AWS::S3::BucketPolicy\n  Properties:\n    Bucket: !Ref <this bucket>\n    PolicyDocument:\n"
        f"      Version: '2012-10-17'\n      Statement:\n{indent(str(_STATEMENT.cfn), '        ')}",
        tf='resource "aws_s3_bucket_policy" "<a name>" {\n  bucket = <this bucket>.id\n'
        "  policy = data.aws_iam_policy_document.tls.json\n}\n\n"
        f'data "aws_iam_policy_document" "tls" {{\n{indent(str(_STATEMENT.tf), "  ")}\n}}',
    )


@rule(
    practices=["SEC09-BP02"],
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    convention=True,
    remedy=replace(_STATEMENT, given=_whole_policy),
    equivalents={
        "checkov": ["CKV_AWS_379"],
        "cdk_nag": ["AwsSolutions-S10"],
        "guard": ["S3_BUCKET_SSL_REQUESTS_ONLY"],
        "config": ["S3_BUCKET_SSL_REQUESTS_ONLY"],
        "security_hub": ["S3.5"],
    },
)
def check(bucket: Bucket) -> Flags:
    documents = [(bucket.policy, Known(True)), *((each.document, bucket.policies.doubt(each)) for each in bucket.policies)]
    listed = [(statement, sure) for document, sure in documents for statement in statements(document)]
    accept(objects_need_tls(listed))
    all_known(bucket.policies.unknown)
    if some_requests_need_tls([each for each, _ in listed]):
        yield flag(
            bucket,
            "The bucket policy denies requests without TLS only for a part of this bucket or of its operations: over plain HTTP, the other objects can be read and changed on the way.",
        )
    else:
        yield flag(bucket, "Nothing here denies requests without TLS: objects and presigned URLs can be read on the way.")
