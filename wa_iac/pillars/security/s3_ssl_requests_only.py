"""# S3 bucket answers requests without TLS

S3 serves plain HTTP to clients that ask for it: objects, and the requests' credentials and tokens, can then be read and changed on the
way. A statement in the bucket's policy that denies everything where `aws:SecureTransport` is false makes S3 refuse.

The denial has to be for everyone, principal `*`, and for every object, `<the bucket>/*`, whether it is read or written: a Deny takes away
what it matches, and nothing else ("Policy evaluation logic", IAM User Guide).

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
from wa_iac.core.iam_policy import Statement, statements
from wa_iac.core.logic import all_of, any_of, holds
from wa_iac.core.rule import Flag, Remedy, Severity, accept, flag, known_to_exist, rule
from wa_iac.core.value import Known, Tree, Unknown, Value

_OF_SERVICES = frozenset({"aws:principalisawsservice", "aws:viaawsservice"})
_SOMETHING = "\0"


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
    documents = [(bucket.policy, Known(True)), *((each.document, bucket.policies.doubt(each)) for each in bucket.policies)]
    denials = [
        (statement, all_of((sure, _denies_plain_http(statement))))
        for document, sure in documents
        for statement in statements(document)
    ]
    accept(
        all_of(any_of(_about(each, action, denies) for each, denies in denials) for action in ("s3:GetObject", "s3:PutObject"))
    )
    known_to_exist(bucket.policies.unknown)
    if any(denies == Known(True) for _, denies in denials):
        yield flag(
            bucket,
            "Requests without TLS are denied for a part of this bucket or of what may be asked of it only: the rest can be read on "
            "the way.",
        )
    else:
        yield flag(bucket, "Nothing here denies requests without TLS: objects and credentials can be read on the way.")


def _about(statement: Statement, action: str, denies: Value[bool]) -> Value[bool]:
    """Whether a statement denies an action on every object, where it denies."""
    if statement.unknown is not None:
        return statement.unknown
    return denies if denies == Known(False) else all_of((denies, statement.covers_action(action), _every_object(statement)))


def _every_object(statement: Statement) -> Value[bool]:
    """Whether it is about every object of its bucket."""
    return Known(True) if statement.not_resources else any_of(map(_whole, statement.resources))


def _whole(resource: Value[str]) -> Value[bool]:
    """Whether an ARN is that of all objects of a bucket, whichever it is. What is put together keeps its known pieces."""
    match resource:
        case Unknown(parts=parts) if parts:
            text = "".join(each if isinstance(each, str) else _SOMETHING for each in parts)
            covers = _covers(text)
            below = text.rpartition(":::")[2].partition("/")[2]
            may_be_all = _SOMETHING in below and not below.replace(_SOMETHING, "").strip("*")
            return resource if not covers and may_be_all else Known(covers, resource.origin)
        case Unknown(origin=origin) if origin.references and all(each.attribute.lower() == "arn" for each in origin.references):
            return Known(False, origin)  # the bucket's own ARN
        case Unknown(origin=origin) if origin.references and not any(each.attribute for each in origin.references):
            # A plan alone: the text is made of the bucket's ARN, and what stands around it is not shown.
            return Known(True, origin)
        case _:
            return holds(resource, _covers)


def _covers(arn: str) -> bool:
    """Whether it covers every key: `arn:aws:s3:::shop/*`, `arn:aws:s3:::*`, `*`; `{bucket's ARN}/*` too."""
    bucket, slash, key = arn.rpartition(":::")[2].partition("/")
    return key.strip("*") == "" and key != "" if slash else bucket.endswith("*")


def _denies_plain_http(statement: Statement) -> Value[bool]:
    """Whether it denies everyone what comes without TLS, of what it is about."""
    if not statement.denies:
        return statement.effect if isinstance(statement.effect, Unknown) else Known(False)
    if statement.conditions_unknown is not None:
        return statement.conditions_unknown
    of_some = [isinstance(each.value, Known) and each.value != Known("*") for each in statement.principals]
    # All conditions have to hold: another one leaves requests out, but for those that AWS's services make themselves.
    asked = [
        _is_false(value) if key.lower() == "aws:securetransport" and operator.lower().startswith("bool") else Known(False)
        for operator, key, value in statement.conditions
        if key.lower() not in _OF_SERVICES
    ]
    return Known(False) if not asked or (of_some and all(of_some)) else all_of(asked)


def _is_false(value: Tree) -> Value[bool]:
    if isinstance(value, Known) and isinstance(value.value, list):
        return any_of(map(_is_false, value.value))  # one of several is enough
    return holds(value, lambda content: str(content).lower() == "false")
