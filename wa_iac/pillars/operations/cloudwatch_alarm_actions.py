"""# CloudWatch alarm has no action

## Why

An alarm without an action changes its state on a page that nobody watches, so you learn of the failure from a customer. Give it
an action: an SNS topic that reaches a person, a scaling policy, or a recovery.

## What it checks

The rule checks alarms on metrics and on logs. It reports an alarm with no action for any of its states, and an alarm whose actions are
disabled. Actions that are written and switched off by a literal `false` are probably silenced on purpose: the finding is then advice. So is
one on an alarm for scaling, by its name or description ("scale in"): somebody may attach it to a policy by hand. So is one on an alarm
whose list of actions is computed, and comes out empty with the inputs that the code has: who uses the module gives them. So is one on an
alarm for which the call of a module passes an empty list, and one in a directory `example` or `examples`, where nobody waits for a notice.

## What is left out

The rule does not check an alarm that a composite alarm in the same template may use, because the composite alarm notifies
instead. A composite alarm whose expression names only others does not use it. It does not check one whose changes of state an EventBridge rule may select either ("Alarm events and EventBridge", Amazon
CloudWatch User Guide), or one that another resource reads: a health check of Route 53, a deployment that rolls back. A dashboard
only shows an alarm, so it does not count. If only the name or description of an alarm says that a health check of Route 53 reads it, the
result is undecided: the health check may be made outside of this code, such as in the console.

## Non-compliant

```yaml
Resources:
  Errors:  # finding
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: AWS/Lambda
      MetricName: Errors
      Statistic: Sum
      Period: 60
      EvaluationPeriods: 1
      Threshold: 1
      ComparisonOperator: GreaterThanThreshold
```

```hcl
resource "aws_cloudwatch_metric_alarm" "errors" {
  alarm_name          = "errors"
  namespace           = "AWS/Lambda"
  metric_name         = "Errors"
  statistic           = "Sum"
  period              = 60
  evaluation_periods  = 1
  threshold           = 1
  comparison_operator = "GreaterThanThreshold"
  alarm_actions       = ["arn:aws:sns:eu-west-1:111122223333:alarms"]
  actions_enabled     = false # finding
}
```

```hcl
variable "topics" {
  type    = list(string)
  default = []
}

resource "aws_cloudwatch_metric_alarm" "recovered" {
  alarm_name          = "recovered"
  namespace           = "AWS/Lambda"
  metric_name         = "Errors"
  statistic           = "Sum"
  period              = 60
  evaluation_periods  = 1
  threshold           = 1
  comparison_operator = "GreaterThanThreshold"
  ok_actions          = var.topics # finding
}
```

## Compliant

```yaml
Resources:
  Alarms:
    Type: AWS::SNS::Topic
  Errors:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: AWS/Lambda
      MetricName: Errors
      Statistic: Sum
      Period: 60
      EvaluationPeriods: 1
      Threshold: 1
      ComparisonOperator: GreaterThanThreshold
      AlarmActions: [!Ref Alarms]
```

```hcl
resource "aws_sns_topic" "alarms" {}

resource "aws_cloudwatch_metric_alarm" "errors" {
  alarm_name          = "errors"
  namespace           = "AWS/Lambda"
  metric_name         = "Errors"
  statistic           = "Sum"
  period              = 60
  evaluation_periods  = 1
  threshold           = 1
  comparison_operator = "GreaterThanThreshold"
  alarm_actions       = [aws_sns_topic.alarms.arn]
}
```

## Not applicable

```yaml
Resources:
  Errors:  # not applicable: a composite alarm may notify
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: AWS/Lambda
      MetricName: Errors
      ComparisonOperator: GreaterThanThreshold
      EvaluationPeriods: 1
      Threshold: 0
  Down:
    Type: AWS::CloudWatch::CompositeAlarm
    Properties:
      AlarmRule: !Sub ALARM(${Errors})
      AlarmActions: [arn:aws:sns:eu-west-1:123456789012:on-call]
```

```hcl
resource "aws_cloudwatch_metric_alarm" "errors" { # not applicable: a composite alarm may notify
  alarm_name          = "errors"
  namespace           = "AWS/Lambda"
  metric_name         = "Errors"
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 1
  threshold           = 0
}

resource "aws_cloudwatch_composite_alarm" "down" {
  alarm_name    = "down"
  alarm_rule    = "ALARM(${aws_cloudwatch_metric_alarm.errors.alarm_name})"
  alarm_actions = ["arn:aws:sns:eu-west-1:123456789012:on-call"]
}
```

```hcl
resource "aws_cloudwatch_metric_alarm" "full" { # not applicable: a rule of EventBridge
  alarm_name          = "full"
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateNumberOfMessagesVisible"
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 1
  threshold           = 1000
}

resource "aws_cloudwatch_event_rule" "alarms" {
  event_pattern = jsonencode({
    source        = ["aws.cloudwatch"]
    "detail-type" = ["CloudWatch Alarm State Change"]
  })
}
```

```hcl
resource "aws_cloudwatch_metric_alarm" "unhealthy" { # not applicable: another resource acts by its state
  alarm_name          = "unhealthy"
  namespace           = "AWS/ApplicationELB"
  metric_name         = "UnHealthyHostCount"
  comparison_operator = "GreaterThanOrEqualToThreshold"
  evaluation_periods  = 1
  threshold           = 1
}

resource "aws_route53_health_check" "app" {
  type                            = "CLOUDWATCH_METRIC"
  cloudwatch_alarm_name           = aws_cloudwatch_metric_alarm.unhealthy.alarm_name
  cloudwatch_alarm_region         = "eu-west-1"
  insufficient_data_health_status = "Healthy"
}
```

## Undecided

The result is undecided if `AlarmActions` or `actions_enabled` is not known before deployment. It is also undecided for alarms of a
Terraform provider with an `alias` that assumes a role: they may be in another account, where something selects them. If one alarm of
that provider has actions, the others need some too.

```yaml
Parameters:
  AlarmActions:
    Type: CommaDelimitedList
Resources:
  Errors:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: AWS/Lambda
      MetricName: Errors
      Statistic: Sum
      Period: 60
      EvaluationPeriods: 1
      Threshold: 1
      ComparisonOperator: GreaterThanThreshold
      AlarmActions: !Ref AlarmActions  # undecided: parameter "AlarmActions" has no default
```

```hcl
variable "actions_enabled" { # undecided: Fails when var.actions_enabled is false
  type = bool
}

resource "aws_cloudwatch_metric_alarm" "errors" {
  alarm_name          = "errors"
  namespace           = "AWS/Lambda"
  metric_name         = "Errors"
  statistic           = "Sum"
  period              = 60
  evaluation_periods  = 1
  threshold           = 1
  comparison_operator = "GreaterThanThreshold"
  alarm_actions       = ["arn:aws:sns:eu-west-1:111122223333:alarms"]
  actions_enabled     = var.actions_enabled
}
```

## Sources

- [Acting on alarm changes - Amazon CloudWatch](https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Acting_Alarm_Changes.html), read on 2026-11-29
"""

from dataclasses import replace
from typing import Final

from wa_iac.aws.cloudwatch import Alarm, LogAlarm
from wa_iac.core.graph import Graph
from wa_iac.core.late_pattern import late
from wa_iac.core.logic import any_of, holds
from wa_iac.core.partial import pieces_of
from wa_iac.core.reasons import Said
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, exempt, flag, rule, settled, unless
from wa_iac.core.value import Absent, Known, Unknown, Value
from wa_iac.knowledge.alarm_readers import is_acted_on, is_read, of_another_account
from wa_iac.knowledge.called import called, words_of
from wa_iac.knowledge.combined_alarms import may_be_combined
from wa_iac.pillars.judgements.wording import listed
from wa_iac.pillars.judgements.workshops import where_operated

_SCALING: Final = late(r"\bscal(?:e|es|ing) ?(?:in|out|up|down)\b")
_HEALTH_CHECK: Final = late(r"\broute ?53\b.*\bhealth ?checks?\b|\bhealth ?checks?\b.*\broute ?53\b")
_MADE: Final = "An expression makes the list, which is empty with the inputs of this code."
_ALLOWED: Final = (
    "If the topic has a policy, it has to let cloudwatch.amazonaws.com publish (sns:Publish). If it has a KMS key, that has to let "
    "cloudwatch.amazonaws.com use it (kms:Decrypt, kms:GenerateDataKey*), which AWS's own key (alias/aws/sns) does not."
)
"""What an alarm needs ("Using Amazon CloudWatch alarms", Amazon CloudWatch User Guide)."""
_DIMENSIONS: Final = {
    "AWS/ApiGateway": frozenset({"ApiName", "ApiId", "Stage", "Method", "Resource", "Route"}),
    "AWS/SQS": frozenset({"QueueName"}),
}
"""All dimensions of a namespace: "Amazon API Gateway dimensions and metrics", "Working with metrics for HTTP APIs" and "Monitor WebSocket API
execution with CloudWatch metrics" (Amazon API Gateway Developer Guide), "Available CloudWatch metrics for Amazon SQS" (Amazon SQS Developer
Guide)."""
_BY_POLICY: Final = Remedy(
    decision="By its name or description, this alarm is for scaling: name the scaling policy that it starts as its action. If somebody attaches it to a "
    "policy outside of this code, such as in the console, suppress this with that as the reason."
)


_NOTIFIES: Final = Remedy(
    cfn="AlarmActions: [!Ref <an SNS topic>]", tf="alarm_actions = [<an SNS topic>.arn]", decision=_ALLOWED
)


def _turned_on(alarm: Alarm | LogAlarm, graph: Graph) -> Remedy | None:
    """Actions that are there, but switched off, or neither there nor switched on."""
    del graph
    if _has_actions(alarm):
        return Remedy(cfn={"ActionsEnabled": True}, tf={"actions_enabled": True})
    blind = _gets_no_data(alarm)
    if alarm.actions_enabled == Known(False):
        return Remedy(
            cfn="ActionsEnabled: true\nAlarmActions: [!Ref <an SNS topic>]",
            tf="actions_enabled = true\nalarm_actions   = [<an SNS topic>.arn]",
            decision=f"{_ALLOWED}{blind}",
        )
    return replace(_NOTIFIES, decision=f"{_ALLOWED}{blind}") if blind else None


def _gets_no_data(alarm: Alarm | LogAlarm) -> str:
    """A sentence on the dimension by which an alarm finds no metric; empty if there is none."""
    if not isinstance(alarm, Alarm) or not isinstance(alarm.namespace, Known):
        return ""
    has = _DIMENSIONS.get(alarm.namespace.value)
    wrong = [each.name for each in alarm.dimensions if has and each.name and each.name not in has]
    if not has or not wrong:
        return ""
    return f" It never goes off so far: {alarm.namespace.value} has no metric with the dimension {wrong[0]}. Its dimensions are {listed(sorted(has))}."


def _scales(alarm: Alarm | LogAlarm) -> bool:
    """Whether an alarm is there to scale something, by its name or its description."""
    said = (*called(alarm, alarm.tags), *map(words_of, pieces_of(alarm.description)))
    return any(_SCALING.search(each) for each in said)


def _said_to_be_read(alarm: Alarm | LogAlarm) -> Unknown | None:
    """Why a health check of Route 53 may read an alarm: its name or description says so."""
    said = (*called(alarm, alarm.tags), *map(words_of, pieces_of(alarm.description)))
    if not any(_HEALTH_CHECK.search(each) for each in said):
        return None
    why = Said(
        "by its name or description, a health check of Route 53 reads this alarm",
        "declare the health check in this code, or suppress this with where it is as the reason",
    )
    return Unknown(why, ("health check of", alarm.address), alarm.description.origin)


def _has_actions(alarm: Alarm | LogAlarm) -> bool:
    """Whether actions are written for any state, other than an empty list."""
    actions = (alarm.alarm_actions, alarm.ok_actions, alarm.insufficient_data_actions)
    return any(not isinstance(each, Absent) and each != Known([]) for each in actions)


@rule(
    practices=["OPS08-BP04", "REL06-BP03"],
    severity=Severity.MEDIUM,
    remedy=replace(_NOTIFIES, given=_turned_on),
    equivalents={
        "checkov": ["CKV_AWS_319"],
        "cdk_nag": ["CloudWatchAlarmAction"],
        "guard": ["CLOUDWATCH_ALARM_ACTION_CHECK"],
        "config": ["CLOUDWATCH_ALARM_ACTION_CHECK", "CLOUDWATCH_ALARM_ACTION_ENABLED_CHECK"],
    },
)
def check(alarm: Alarm | LogAlarm, graph: Graph) -> Flags:
    exempt(may_be_combined(alarm, graph), "a composite alarm may notify someone for it")
    acted_on = is_acted_on(alarm, graph)
    exempt(acted_on == Known(True), "a rule of EventBridge acts on it")
    read = is_read(alarm, graph)
    exempt(read == Known(True), "another resource acts by its state")
    elsewhere = of_another_account(alarm, graph)
    doubts = [each for each in (elsewhere, _said_to_be_read(alarm)) if each is not None]
    yield from where_operated(alarm, unless(any_of((acted_on, read, *doubts)), _judge(alarm)))


def _judge(alarm: Alarm | LogAlarm) -> Flags:
    if alarm.actions_enabled == Known(False):
        yield flag(
            alarm.actions_enabled,
            "This alarm has its actions disabled: when it goes off, CloudWatch notifies nobody and starts nothing.",
            confidence=Confidence.LOW if _has_actions(alarm) and alarm.actions_enabled.origin.how == "explicit" else None,
        )
        return
    actions = (alarm.alarm_actions, alarm.ok_actions, alarm.insufficient_data_actions)
    if settled(any_of(holds(each, bool) for each in actions)) == Known(True):
        settled(alarm.actions_enabled)
    else:
        message = "This alarm has no actions: when it goes off, CloudWatch notifies nobody and starts nothing."
        if _scales(alarm):
            yield flag(alarm.alarm_actions, message, severity=Severity.LOW, confidence=Confidence.LOW, instead=_BY_POLICY)
        else:
            at, instead = _empty(alarm)
            # A list that is written as empty is an omission; one that comes out empty waits for the inputs of whoever uses the code, and
            # whoever calls a module with an empty list has decided.
            made = isinstance(at, Known) and at.origin.how == "computed"
            decided = isinstance(at, Known) and any(step.argument for step in at.origin.chain[-1:])
            yield flag(
                at,
                f"{message} {_MADE}" if made else message,
                instead=instead,
                confidence=Confidence.LOW if made or decided else None,
            )


def _empty(alarm: Alarm | LogAlarm) -> tuple[Value[list[Value[str]]], Remedy | str]:
    """The list of actions that has none, and what to write: that of recovery, if only it has something to be made from, as in an alarm
    beside the one that notifies of the fault. A list that is written as empty, as in many examples, says nothing of the kind."""
    recovery = alarm.ok_actions
    if isinstance(alarm.alarm_actions, Absent) and isinstance(recovery, Known) and recovery.origin.how != "explicit":
        return recovery, Remedy(
            cfn="OKActions: [!Ref <an SNS topic>]", tf="ok_actions = [<an SNS topic>.arn]", decision=_ALLOWED
        )
    return alarm.alarm_actions, ""
