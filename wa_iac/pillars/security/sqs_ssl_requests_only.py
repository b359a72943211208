"""# SQS queue accepts requests without TLS

## Why

The endpoints of the service accept plain HTTP besides HTTPS. A client that is set up that way sends its messages in plain text, and anyone on the
way reads them. A statement that denies everything if `aws:SecureTransport` is false refuses such clients.

## What it checks

Queues without a policy that denies everybody sending and receiving messages without TLS. A statement for other actions, or for some clients only, is
not enough.

## What is left out

All SDKs and the command line use HTTPS unless somebody changes it. The severity is therefore low. A queue whose policy another template sets.

## Non-compliant

```yaml
Resources:
  Orders:  # finding
    Type: AWS::SQS::Queue
    Properties:
      VisibilityTimeout: 60
```

```hcl
resource "aws_sqs_queue" "orders" { # finding
  name = "orders"
}
```

## Compliant

```yaml
Resources:
  Orders:
    Type: AWS::SQS::Queue
    Properties:
      VisibilityTimeout: 60
  Encrypted:
    Type: AWS::SQS::QueuePolicy
    Properties:
      Queues: [!Ref Orders]
      PolicyDocument:
        Statement:
          - Effect: Deny
            Principal: "*"
            Action: sqs:*
            Resource: "*"
            Condition:
              Bool:
                aws:SecureTransport: "false"
```

```hcl
resource "aws_sqs_queue" "orders" {
  name = "orders"
}

resource "aws_sqs_queue_policy" "orders" {
  queue_url = aws_sqs_queue.orders.id
  policy    = jsonencode({
    Statement = [{
      Effect    = "Deny"
      Principal = "*"
      Action    = "sqs:*"
      Resource  = aws_sqs_queue.orders.arn
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })
}
```

## Undecided

```yaml
Parameters:
  Plain:
    Type: String
Resources:
  Orders:
    Type: AWS::SQS::Queue
    Properties:
      VisibilityTimeout: 60
  Encrypted:
    Type: AWS::SQS::QueuePolicy
    Properties:
      Queues: [!Ref Orders]
      PolicyDocument:
        Statement:
          - Effect: Deny
            Principal: "*"
            Action: sqs:*
            Resource: "*"
            Condition:
              Bool:
                aws:SecureTransport: !Ref Plain  # undecided: parameter "Plain" has no default
```

```hcl
variable "policy" {
  type = string
}

resource "aws_sqs_queue" "orders" {
  name   = "orders"
  policy = var.policy # undecided: var.policy has no default
}
```

## Sources

- [Amazon SQS security best practices](https://docs.amazonaws.cn/en_us/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-security-best-practices.md), read on 2026-11-29
- [Infrastructure security in Amazon SQS](https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-infrastructure-security.html), read on 2026-11-29
"""

from wa_iac.aws.sqs import Queue
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, exempt, rule
from wa_iac.pillars.judgements.tls_only import judge


@rule(
    practices=["SEC09-BP02"],
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    profile="all",
    convention=True,
    remedy=Remedy(
        cfn="Encrypted:\n  Type: AWS::SQS::QueuePolicy\n  Properties:\n    Queues: [!Ref <this queue>]\n    PolicyDocument:\n      Statement:\n"
        "        - Effect: Deny\n          Principal: '*'\n          Action: sqs:*\n          Resource: '*'\n          Condition:\n"
        "            Bool:\n              aws:SecureTransport: 'false'",
        tf='resource "aws_sqs_queue_policy" "this" {\n  queue_url = <this queue>.id\n  policy = jsonencode({\n    Statement = [{\n'
        '      Effect    = "Deny"\n      Principal = "*"\n      Action    = "sqs:*"\n      Resource  = <this queue>.arn\n'
        '      Condition = { Bool = { "aws:SecureTransport" = "false" } }\n    }]\n  })\n}',
        decision="A queue has one policy: add the statement to it if there is one.",
    ),
    equivalents={"cdk_nag": ["AwsSolutions-SQS4"]},
)
def check(queue: Queue) -> Flags:
    exempt(bool(queue.declared.made_from), "SAM makes it, and has no settings for it")
    yield from judge(
        queue,
        "Nothing here denies requests without TLS to this queue: a client that uses plain HTTP sends its messages readable for anyone on the way.",
        "sqs:SendMessage",
        "sqs:ReceiveMessage",
    )
