"""# SQS queue policy allows public access

## Why

An `Allow` for every principal, without a condition on who they are or where they come from, lets any AWS account read the messages,
delete them, or fill the queue with its own.

## What it checks

The rule reads the policy of each queue. It reports an `Allow` statement for any principal, if no condition of it says who the caller is or
where the caller comes from. A pattern for `aws:SourceArn` that also fits topics or buckets of other accounts does not count.

## What is left out

Conditions on `aws:SourceArn`, `aws:SourceAccount`, `aws:PrincipalOrgID` and similar keys restrict a statement, and allow S3 or SNS to
send messages; a condition on TLS does not. A queue without a policy is open to its own account only, and counts as good.

## Non-compliant

```yaml
Resources:
  Orders:
    Type: AWS::SQS::Queue
  OrdersPolicy:
    Type: AWS::SQS::QueuePolicy
    Properties:
      Queues:
        - !Ref Orders
      PolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow  # finding
            Principal: "*"
            Action: sqs:SendMessage
            Resource: !GetAtt Orders.Arn
```

```hcl
resource "aws_sqs_queue" "orders" {
  name = "orders"
}

resource "aws_sqs_queue_policy" "orders" {
  queue_url = aws_sqs_queue.orders.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { # finding
        Effect    = "Allow"
        Principal = { AWS = "*" }
        Action    = "sqs:*"
        Resource  = aws_sqs_queue.orders.arn
      }
    ]
  })
}
```

## Compliant

```yaml
Resources:
  Orders:
    Type: AWS::SQS::Queue
  OrdersPolicy:
    Type: AWS::SQS::QueuePolicy
    Properties:
      Queues:
        - !Ref Orders
      PolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Principal: "*"
            Action: sqs:SendMessage
            Resource: !GetAtt Orders.Arn
            Condition:
              ArnEquals:
                aws:SourceArn: arn:aws:sns:eu-west-1:123456789012:orders
```

```hcl
resource "aws_sqs_queue" "orders" {
  name = "orders"
}

data "aws_iam_policy_document" "orders" {
  statement {
    actions   = ["sqs:SendMessage"]
    resources = [aws_sqs_queue.orders.arn]
    principals {
      type        = "Service"
      identifiers = ["sns.amazonaws.com"]
    }
  }
}

resource "aws_sqs_queue_policy" "orders" {
  queue_url = aws_sqs_queue.orders.id
  policy    = data.aws_iam_policy_document.orders.json
}
```

## Undecided

The result is undecided if `Principal` or `policy` is not known before deployment.

```yaml
Parameters:
  Principal:
    Type: String
Resources:
  Orders:
    Type: AWS::SQS::Queue
  OrdersPolicy:
    Type: AWS::SQS::QueuePolicy
    Properties:
      Queues:
        - !Ref Orders
      PolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Principal: !Ref Principal  # undecided: parameter "Principal" has no default
            Action: sqs:SendMessage
            Resource: !GetAtt Orders.Arn
```

```hcl
variable "policy" {
  type = string
}

resource "aws_sqs_queue_policy" "orders" {
  queue_url = aws_sqs_queue.orders.id
  policy    = var.policy # undecided: var.policy has no default
}
```

## Sources

- [Amazon SQS security best practices](https://docs.amazonaws.cn/en_us/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-security-best-practices.md), read on 2026-11-29
- [AWS JSON policy elements: Principal - AWS Identity and Access Management](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html), read on 2026-11-29
"""

from typing import Final

from wa_iac.aws.sqs import Queue, QueuePolicy
from wa_iac.core.iam_policy import Statement
from wa_iac.core.rule import Flags, Remedy, Severity, rule
from wa_iac.pillars.judgements.open_policy import judge

_SOURCE: Final = "aws:sourcearn"


@rule(
    practices=["SEC03-BP07"],
    severity=Severity.HIGH,
    remedy=Remedy(
        cfn="Principal:\n  Service: sns.amazonaws.com\nCondition:\n  ArnEquals:\n    aws:SourceArn: <the topic's ARN>",
        tf='Principal = { Service = "sns.amazonaws.com" }\nCondition = { ArnEquals = { "aws:SourceArn" = <the topic>.arn } }',
    ),
    equivalents={
        "checkov": ["CKV_AWS_72", "CKV_AWS_168", "CKV_AWS_387"],
        "trivy": ["AVD-AWS-0097"],
        "guard": [
            "SQS_QUEUEPOLICY_NO_WILDCARD_PRINCIPAL",
            "SQS_QUEUEPOLICY_NO_WILDCARD_ACTION",
            "SQS_QUEUEPOLICY_NO_ALLOW_PLUS_NOT_ACTION",
        ],
        "cfn_nag": ["F21"],
        "security_hub": ["SQS.3"],
    },
)
def check(holder: QueuePolicy | Queue) -> Flags:
    document = holder.policy if isinstance(holder, Queue) else holder.document
    yield from judge(document, _message)


def _message(statement: Statement) -> str:
    if any(each.key.lower() == _SOURCE for each in statement.conditions):
        return (
            "This statement lets every AWS account send to the queue: only the name of the source limits it (aws:SourceArn), and anyone can "
            "give a topic or a bucket of theirs such a name."
        )
    return "This statement allows anyone, with or without an AWS account, to use the queue."
