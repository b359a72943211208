"""# Schedule runs every minute

## Why

A job that runs each minute usually asks whether something has happened, and nearly always nothing has. Each run uses energy and costs money, and
the answer still comes up to a minute late. Most services of AWS send an event at the moment when something happens.

## What it checks

Rules and schedules of EventBridge that run every minute: `rate(1 minute)`, or a `cron` expression with `*`, `*/1` or `0/1` for the minutes and
`*` for the hours.

## What is left out

Schedules that are disabled. A job that really has to run each minute, such as a test from outside: suppress the finding.

## Non-compliant

```yaml
Resources:
  Check:
    Type: AWS::Events::Rule
    Properties:
      ScheduleExpression: rate(1 minute)  # finding
      Targets:
        - Id: check
          Arn: arn:aws:lambda:eu-west-1:111122223333:function:check
```

```hcl
resource "aws_scheduler_schedule" "check" {
  schedule_expression = "cron(* * * * ? *)" # finding
  flexible_time_window {
    mode = "OFF"
  }
  target {
    arn      = "arn:aws:lambda:eu-west-1:111122223333:function:check"
    role_arn = "arn:aws:iam::111122223333:role/check"
  }
}
```

## Compliant

```yaml
Resources:
  Check:
    Type: AWS::Events::Rule
    Properties:
      ScheduleExpression: rate(15 minutes)
      Targets:
        - Id: check
          Arn: arn:aws:lambda:eu-west-1:111122223333:function:check
```

```hcl
resource "aws_scheduler_schedule" "check" {
  schedule_expression = "cron(0 6 * * ? *)"
  flexible_time_window {
    mode = "OFF"
  }
  target {
    arn      = "arn:aws:lambda:eu-west-1:111122223333:function:check"
    role_arn = "arn:aws:iam::111122223333:role/check"
  }
}
```

## Not applicable

```yaml
Resources:
  Check:  # not applicable: disabled
    Type: AWS::Events::Rule
    Properties:
      ScheduleExpression: rate(1 minute)
      State: DISABLED
      Targets:
        - Id: check
          Arn: arn:aws:lambda:eu-west-1:111122223333:function:check
```

## Undecided

```yaml
Parameters:
  When:
    Type: String
Resources:
  Check:
    Type: AWS::Events::Rule
    Properties:
      ScheduleExpression: !Ref When  # undecided: parameter "When" has no default
      Targets:
        - Id: check
          Arn: arn:aws:lambda:eu-west-1:111122223333:function:check
```

```hcl
variable "when" {
  type = string
}

resource "aws_scheduler_schedule" "check" {
  schedule_expression = var.when # undecided: var.when has no default
  flexible_time_window {
    mode = "OFF"
  }
  target {
    arn      = "arn:aws:lambda:eu-west-1:111122223333:function:check"
    role_arn = "arn:aws:iam::111122223333:role/check"
  }
}
```

## Sources

- [Using cron and rate expressions to schedule rules in Amazon EventBridge](https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html), read on 2026-11-29
"""

from typing import Final

from wa_iac.aws.eventbridge import EventRule, Schedule
from wa_iac.core.late_pattern import late
from wa_iac.core.logic import holds
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, exempt, flag, rule, written

_EVERY_MINUTE: Final = late(r"^\s*(?:rate\(\s*1\s+minutes?\s*\)|cron\(\s*(?:\*|\*/1|0/1)\s+\*\s.*\))\s*$")


@rule(
    practices=["SUS03-BP01"],
    severity=Severity.LOW,
    confidence=Confidence.LOW,
    profile="all",
    remedy=Remedy(
        decision="Start the work by the event itself: a rule with an event pattern, a notification of the bucket, a queue or a stream. If there "
        "is none, ask less often."
    ),
)
def check(timer: EventRule | Schedule) -> Flags:
    when = written(timer.schedule)
    exempt(holds(timer.state, lambda state: state == "DISABLED"), "it is disabled")
    if _EVERY_MINUTE.search(when.value):
        yield flag(timer.schedule, f"This runs every minute ({when.value}): a run that only looks for work mostly finds none.")
