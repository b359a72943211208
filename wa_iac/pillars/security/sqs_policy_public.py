"""# SQS queue policy allows public access

## Why

An `Allow` for every principal, without a condition on who they are or where they come from, lets any AWS account read the messages,
delete them, or fill the queue with its own.

## What it checks

The rule reads the policy of each queue. It reports an `Allow` statement for any principal, if no condition of it says who the caller is or
where the caller comes from. A statement whose resources are of another service, such as the ARN of a topic, allows nothing here.

A pattern for `aws:SourceArn` that also fits topics or buckets of other accounts is advice of medium severity if it has a part of their name: a stranger has to know that. A
statement that only lets others read what describes the queue, such as `sqs:GetQueueAttributes`, is advice of low severity.

## What is left out

Conditions on `aws:SourceArn`, `aws:SourceAccount`, `aws:PrincipalOrgID` and similar keys restrict a statement, and allow S3 or SNS to
send messages; a condition on TLS does not. A `Deny` counts only where it names the queue. A queue without a policy is open to its own account only, and counts as good.

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

A denial for another queue closes nothing:

```yaml
Resources:
  Orders:
    Type: AWS::SQS::Queue
  Returns:
    Type: AWS::SQS::Queue
  Policy:
    Type: AWS::SQS::QueuePolicy
    Properties:
      Queues: [!Ref Orders, !Ref Returns]
      PolicyDocument:
        Statement:
          - Effect: Allow  # finding
            Principal: "*"
            Action: sqs:SendMessage
            Resource: "*"
          - Effect: Deny
            Principal: "*"
            Action: sqs:*
            Resource: !GetAtt Orders.Arn
```

## Compliant

```yaml
Resources:
  Orders:
    Type: AWS::SQS::Queue
  Returns:
    Type: AWS::SQS::Queue
  Policy:
    Type: AWS::SQS::QueuePolicy
    Properties:
      Queues: [!Ref Orders, !Ref Returns]
      PolicyDocument:
        Statement:
          - Effect: Allow
            Principal: "*"
            Action: sqs:SendMessage
            Resource: "*"
          - Effect: Deny
            Principal: "*"
            Action: sqs:*
            Resource: [!GetAtt Orders.Arn, !GetAtt Returns.Arn]
```

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

from functools import partial
from itertools import product
from typing import Final

from wa_iac.aws.sqs import Queue, QueuePolicy
from wa_iac.core.graph import Graph
from wa_iac.core.iam_policy import Statement
from wa_iac.core.late_pattern import late
from wa_iac.core.partial import pieces_of
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, flags_of, milder, rule
from wa_iac.core.value import Known, Tree
from wa_iac.knowledge.policies.own_resources import QUEUE, OfOwners, owner, owners_of
from wa_iac.pillars.judgements.open_policy import everyone, judge

_SOURCE: Final = "aws:sourcearn"
_SOURCES: Final = {"sns": ("topics", "a topic"), "s3": ("buckets", "a bucket"), "events": ("rules of EventBridge", "a rule")}
_NAME: Final = late(r"[A-Za-z0-9][^:]*$")
_OTHERS: Final = ("topics, buckets and the like", "a topic or a bucket")


@rule(
    practices=["SEC03-BP07"],
    severity=Severity.HIGH,
    remedy=Remedy(
        decision="Name who uses the queue: all others lose access. If a service sends, name it (sns.amazonaws.com) with the ARN of the topic, the bucket or the "
        "rule (aws:SourceArn). If roles of other accounts use it, name these. If only roles of this account do, remove the statement, and let their own policies "
        "allow it."
    ),
    equivalents={
        "checkov": ["CKV_AWS_72", "CKV_AWS_168", "CKV_AWS_387"],
        "trivy": ["AVD-AWS-0097"],
        "guard": [
            "SQS_QUEUEPOLICY_NO_WILDCARD_PRINCIPAL",
            "SQS_QUEUEPOLICY_NO_WILDCARD_ACTION",
            "SQS_QUEUEPOLICY_NO_ALLOW_PLUS_NOT_ACTION",
            "SQS_QUEUEPOLICY_NO_ALLOW_PLUS_NOTPRINCIPAL",
        ],
        "cfn_nag": ["F21"],
        "security_hub": ["SQS.3"],
    },
)
def check(holder: QueuePolicy | Queue, graph: Graph) -> Flags:
    document = holder.policy if isinstance(holder, Queue) else holder.document
    queues = [owner(each, QUEUE, each.name) for each in ([holder] if isinstance(holder, Queue) else holder.queues)]
    scope = OfOwners(graph, queues if isinstance(holder, Queue) else owners_of(holder.queues, queues, QUEUE, Queue.types()))
    for each in flags_of(judge(document, _message, scope, unless=lambda statement: bool(_services(statement)))):
        yield from milder([each], confidence=Confidence.LOW) if each.severity is Severity.LOW else [each]
    for service, named in product(("", *_SOURCES), (True, False)):
        found = judge(document, _message, scope, unless=partial(_is_other, service, named))
        instead = _of_account(service) if service else ""
        # A stranger has to know the name that limits who sends.
        yield from (
            milder(found, severity=Severity.MEDIUM, confidence=Confidence.LOW, instead=instead)
            if named
            else milder(found, instead=instead)
        )


def _is_other(service: str, named: bool, statement: Statement) -> bool:
    """Whether a statement has no pattern for the senders, or one of another service, or one that limits their names unlike `named`."""
    return not _services(statement) or _service_named(statement) != service or _limits_names(statement) != named


def _limits_names(statement: Statement) -> bool:
    """Whether each pattern for the senders has a part of their name."""
    patterns = [each for each in statement.conditions if each.key.lower() == _SOURCE]
    values = [value for each in patterns for value in _listed(each.value)]
    return all(not isinstance(each, Known) or _NAME.search(str(each.value)) is not None for each in values)


def _of_account(service: str) -> Remedy:
    """The remedy for a pattern: the account of what sends, which only that account can have."""
    return Remedy(
        cfn=f"Principal:\n  Service: {service}.amazonaws.com\nCondition:\n  StringEquals:\n    aws:SourceAccount: !Ref AWS::AccountId",
        tf=f'Principal = {{ Service = "{service}.amazonaws.com" }}\nCondition = {{ StringEquals = {{ "aws:SourceAccount" = <the account> }} }}',
        decision="Name the service, and the account whose things may send beside their names: all others lose access. If several accounts send, name each.",
    )


def _listed(value: Tree) -> list[Tree]:
    return value.value if isinstance(value, Known) and isinstance(value.value, list) else [value]


def _service(pattern: Tree) -> str:
    """The service in a pattern for an ARN; empty if it is not written."""
    parts = "".join(pieces_of(pattern)).split(":")
    return parts[2] if len(parts) > 2 and parts[0] == "arn" else ""


def _services(statement: Statement) -> set[str]:
    """The services in the patterns for senders of a statement."""
    patterns = [each for each in statement.conditions if each.key.lower() == _SOURCE]
    return {_service(value) for each in patterns for value in _listed(each.value)}


def _service_named(statement: Statement) -> str:
    """The one service of which a statement names the senders, if it is one that we know; else empty."""
    services = _services(statement)
    return next(iter(services)) if len(services) == 1 and services <= _SOURCES.keys() else ""


def _message(statement: Statement) -> str:
    if _services(statement):
        what, things = _SOURCES.get(_service_named(statement), _OTHERS)
        if not _limits_names(statement):
            return f"This statement lets {what} of every AWS account send to the queue."
        return (
            f"This statement lets {what} of every AWS account send to the queue: only their name limits it (aws:SourceArn), and anyone can "
            f"give {things} of theirs such a name."
        )
    return f"This statement allows {everyone(statement)} to use the queue."
