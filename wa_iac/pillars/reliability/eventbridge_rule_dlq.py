"""# EventBridge target has no dead-letter queue

## Why

EventBridge retries an event for a day, and then drops it. If it may not use the target, or the target is gone, it drops the event at once. A
dead-letter queue keeps it.

## What it checks

Targets of rules with an event pattern that have no dead-letter queue.

## What is left out

Rules with a schedule only: the next run repeats the work. Rules that are disabled.

## Non-compliant

```yaml
Resources:
  Orders:
    Type: AWS::Events::Rule
    Properties:
      EventPattern:
        source: [shop]
      Targets:
        - Id: orders  # finding
          Arn: arn:aws:lambda:eu-west-1:111122223333:function:orders
```

```hcl
resource "aws_cloudwatch_event_rule" "orders" {
  name          = "orders"
  event_pattern = jsonencode({ source = ["shop"] })
}

resource "aws_cloudwatch_event_target" "orders" { # finding
  rule = aws_cloudwatch_event_rule.orders.name
  arn  = "arn:aws:lambda:eu-west-1:111122223333:function:orders"
}
```

## Compliant

```yaml
Resources:
  Orders:
    Type: AWS::Events::Rule
    Properties:
      EventPattern:
        source: [shop]
      Targets:
        - Id: orders
          Arn: arn:aws:lambda:eu-west-1:111122223333:function:orders
          DeadLetterConfig:
            Arn: arn:aws:sqs:eu-west-1:111122223333:failed
```

```hcl
resource "aws_cloudwatch_event_rule" "orders" {
  name          = "orders"
  event_pattern = jsonencode({ source = ["shop"] })
}

resource "aws_cloudwatch_event_target" "orders" {
  rule = aws_cloudwatch_event_rule.orders.name
  arn  = "arn:aws:lambda:eu-west-1:111122223333:function:orders"
  dead_letter_config {
    arn = "arn:aws:sqs:eu-west-1:111122223333:failed"
  }
}
```

## Not applicable

```yaml
Resources:
  Orders:  # not applicable: no event pattern
    Type: AWS::Events::Rule
    Properties:
      ScheduleExpression: rate(1 day)
      Targets:
        - Id: orders
          Arn: arn:aws:lambda:eu-west-1:111122223333:function:orders
```

```yaml
Resources:
  Orders:  # not applicable: disabled
    Type: AWS::Events::Rule
    Properties:
      State: DISABLED
      EventPattern:
        source: [shop]
      Targets:
        - Id: orders
          Arn: arn:aws:lambda:eu-west-1:111122223333:function:orders
```

## Undecided

```yaml
Parameters:
  Failed:
    Type: String
Resources:
  Orders:
    Type: AWS::Events::Rule
    Properties:
      EventPattern:
        source: [shop]
      Targets:
        - Id: orders
          Arn: arn:aws:lambda:eu-west-1:111122223333:function:orders
          DeadLetterConfig:
            Arn: !Ref Failed  # undecided: parameter "Failed" has no default
```

```hcl
variable "failed" {
  type = string
}

resource "aws_cloudwatch_event_rule" "orders" {
  name          = "orders"
  event_pattern = jsonencode({ source = ["shop"] })
}

resource "aws_cloudwatch_event_target" "orders" {
  rule = aws_cloudwatch_event_rule.orders.name
  arn  = "arn:aws:lambda:eu-west-1:111122223333:function:orders"
  dead_letter_config {
    arn = var.failed # undecided: var.failed has no default
  }
}
```

## Sources

- [How EventBridge retries delivering events](https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-retry-policy.html), read on 2026-11-29
"""

from wa_iac.aws.eventbridge import EventRule, Target
from wa_iac.core.logic import holds, is_set, negate
from wa_iac.core.presence import given
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, accept, all_known, each_of, exempt, flag, rule
from wa_iac.core.value import Value


@rule(
    practices=["REL04-BP02", "REL05-BP03"],
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    profile="all",
    convention=True,
    remedy=Remedy(
        cfn="DeadLetterConfig:\n  Arn: !GetAtt <a queue>.Arn",
        tf="dead_letter_config {\n  arn = <a queue>.arn\n}",
        decision="Let EventBridge send to the queue: its policy allows sqs:SendMessage for events.amazonaws.com with the rule as "
        "aws:SourceArn.",
    ),
    equivalents={"cdk_nag": ["Serverless-EventBusDLQ"]},
)
def check(event_rule: EventRule) -> Flags:
    exempt(negate(_matches_events(event_rule)), "it has no event pattern: the next run of its schedule repeats the work")
    exempt(holds(event_rule.state, lambda state: state == "DISABLED"), "it is disabled")
    yield from each_of(event_rule.targets, _judge)


def _matches_events(event_rule: EventRule) -> Value[bool]:
    return is_set(event_rule.pattern)


def _judge(target: Target) -> Flags:
    all_known(target.unknown)
    accept(given(target.dead_letter_queue.value))
    yield flag(
        target, "This target has no dead-letter queue: an event that cannot be delivered for a day, or at all, is dropped."
    )
