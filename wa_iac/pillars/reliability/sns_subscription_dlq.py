"""# SNS subscription has no dead-letter queue

## Why

SNS gives up on a web endpoint after an hour at most, and on a queue or a function at once if it may not use it. The message is then gone. With
a redrive policy, SNS puts it into a dead-letter queue.

## What it checks

Subscriptions of web endpoints (`http`, `https`), queues, functions and streams of Firehose without a redrive policy. For queues and functions,
the severity is low: SNS retries those for weeks, and only fails if a permission or the resource is gone.

## What is left out

Subscriptions of people and phones (`email`, `sms`, `application`). Subscriptions inside a topic of CloudFormation, which cannot have a redrive
policy.

## Non-compliant

```yaml
Resources:
  Orders:  # finding
    Type: AWS::SNS::Subscription
    Properties:
      TopicArn: arn:aws:sns:eu-west-1:111122223333:orders
      Protocol: https
      Endpoint: https://shop.example.com/orders
```

```hcl
resource "aws_sns_topic_subscription" "orders" { # finding
  topic_arn = "arn:aws:sns:eu-west-1:111122223333:orders"
  protocol  = "lambda"
  endpoint  = "arn:aws:lambda:eu-west-1:111122223333:function:orders"
}
```

## Compliant

```yaml
Resources:
  Orders:
    Type: AWS::SNS::Subscription
    Properties:
      TopicArn: arn:aws:sns:eu-west-1:111122223333:orders
      Protocol: https
      Endpoint: https://shop.example.com/orders
      RedrivePolicy:
        deadLetterTargetArn: arn:aws:sqs:eu-west-1:111122223333:failed
```

```hcl
resource "aws_sns_topic_subscription" "orders" {
  topic_arn      = "arn:aws:sns:eu-west-1:111122223333:orders"
  protocol       = "lambda"
  endpoint       = "arn:aws:lambda:eu-west-1:111122223333:function:orders"
  redrive_policy = jsonencode({
    deadLetterTargetArn = "arn:aws:sqs:eu-west-1:111122223333:failed"
  })
}
```

## Not applicable

```yaml
Resources:
  Orders:  # not applicable: people and phones
    Type: AWS::SNS::Subscription
    Properties:
      TopicArn: arn:aws:sns:eu-west-1:111122223333:orders
      Protocol: email
      Endpoint: ops@example.com
```

## Undecided

```yaml
Parameters:
  Redrive:
    Type: String
Resources:
  Orders:
    Type: AWS::SNS::Subscription
    Properties:
      TopicArn: arn:aws:sns:eu-west-1:111122223333:orders
      Protocol: https
      Endpoint: https://shop.example.com/orders
      RedrivePolicy: !Ref Redrive  # undecided: parameter "Redrive" has no default
```

```hcl
variable "redrive" {
  type = string
}

resource "aws_sns_topic_subscription" "orders" {
  topic_arn      = "arn:aws:sns:eu-west-1:111122223333:orders"
  protocol       = "lambda"
  endpoint       = "arn:aws:lambda:eu-west-1:111122223333:function:orders"
  redrive_policy = var.redrive # undecided: var.redrive has no default
}
```

## Sources

- [Amazon SNS dead-letter queues](https://docs.aws.amazon.com/sns/latest/dg/sns-dead-letter-queues.html), read on 2026-11-29
- [Amazon SNS message delivery retries](https://docs.amazonaws.cn/en_us/sns/latest/dg/sns-message-delivery-retries.md), read on 2026-11-29
"""

from typing import Final

from wa_iac.aws.sns import Subscription
from wa_iac.core.logic import holds
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, accept, exempt, flag, rule, settled
from wa_iac.core.value import Known

_WEB: Final = ("http", "https")
_MACHINES: Final = (*_WEB, "sqs", "lambda", "firehose")


@rule(
    practices=["REL04-BP02", "REL05-BP03"],
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    profile="all",
    remedy=Remedy(
        cfn="RedrivePolicy:\n  deadLetterTargetArn: !GetAtt <a queue>.Arn",
        tf="redrive_policy = jsonencode({\n  deadLetterTargetArn = <a queue>.arn\n})",
        decision="Let SNS send to the queue: its policy allows sqs:SendMessage for sns.amazonaws.com with the topic as aws:SourceArn.",
    ),
    equivalents={"cdk_nag": ["Serverless-SNSRedrivePolicy"]},
)
def check(subscription: Subscription) -> Flags:
    accept(isinstance(subscription.redrive_policy, Known) and subscription.redrive_policy != Known(""))
    exempt(holds(subscription.protocol, lambda kind: kind not in _MACHINES), "it notifies people and phones, who miss no queue")
    policy = settled(subscription.redrive_policy)
    if holds(subscription.protocol, lambda kind: kind in _WEB) == Known(True):
        yield flag(
            policy,
            "This subscription has no dead-letter queue: SNS drops a message if the endpoint does not answer for an hour.",
        )
        return
    yield flag(
        policy,
        "This subscription has no dead-letter queue: a message that SNS may not deliver is lost at once.",
        severity=Severity.LOW,
    )
