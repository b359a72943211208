"""# SQS queue has no alarm

## Why

Messages that cannot be processed end in the dead-letter queue, which deletes them after some days. Nobody learns that work was lost,
unless an alarm reports messages in it. A queue without a dead-letter queue needs an alarm on the age of its oldest message.

## What it checks

The rule checks only templates and modules that have health alarms, themselves or in the module that calls them, because a resource
without one was probably forgotten there. Alarms of tests do not count.

There, it reports a queue without an alarm. Any alarm with dimensions that name the queue counts. The default profile has the finding where an alarm
watches another queue of the unit, so that this one was probably forgotten. Elsewhere it is advice: a failure may be reported by what sends to the
queue or reads it.

## What is left out

If there is no alarm with an action, other than to scale something, another template or tool may monitor the resource. The result is undecided if a file of the repository makes
monitors of another service (Datadog, New Relic, Grafana, SignalFx, Dynatrace), which also reads AWS's metrics.
It is also undecided where an application of CloudWatch Application Insights configures what it finds: it makes alarms of its own.

If a queue's dead-letter queue is in the template, the rule checks the dead-letter queue instead. It does not check the dead-letter queue
of a function (`DeadLetterConfig`) that has an alarm with an action on its errors: such an error comes before each of these events. If a
module that is not installed gets the queue, and there is such an alarm beside it, the result is undecided.

A queue whose messages go to functions only needs no alarm of its own either, if each of these functions has such an alarm: a message that
cannot be processed is an error of the function.

## Non-compliant

```yaml
Resources:
  Failed:  # finding
    Type: AWS::SQS::Queue
  Orders:
    Type: AWS::SQS::Queue
    Properties:
      RedrivePolicy:
        deadLetterTargetArn: !GetAtt Failed.Arn
        maxReceiveCount: 5
  OrdersWaiting:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: AWS/SQS
      MetricName: ApproximateAgeOfOldestMessage
      Dimensions: [{ Name: QueueName, Value: !GetAtt Orders.QueueName }]
      Statistic: Maximum
      Period: 300
      EvaluationPeriods: 1
      Threshold: 600
      ComparisonOperator: GreaterThanThreshold
      AlarmActions: [arn:aws:sns:eu-west-1:111122223333:alarms]
```

```hcl
resource "aws_sqs_queue" "orders" {
  name = "orders"
}

resource "aws_sqs_queue" "mails" { # finding
  name = "mails"
}

resource "aws_cloudwatch_metric_alarm" "orders" {
  alarm_name          = "orders"
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateAgeOfOldestMessage"
  dimensions          = { QueueName = aws_sqs_queue.orders.name }
  statistic           = "Maximum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 600
  comparison_operator = "GreaterThanThreshold"
  alarm_actions       = ["arn:aws:sns:eu-west-1:111122223333:alarms"]
}
```

## Compliant

```yaml
Resources:
  Failed:
    Type: AWS::SQS::Queue
  Orders:
    Type: AWS::SQS::Queue
    Properties:
      RedrivePolicy:
        deadLetterTargetArn: !GetAtt Failed.Arn
        maxReceiveCount: 5
  OrdersFailing:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: AWS/SQS
      MetricName: ApproximateNumberOfMessagesVisible
      Dimensions: [{ Name: QueueName, Value: !GetAtt Failed.QueueName }]
      Statistic: Maximum
      Period: 300
      EvaluationPeriods: 1
      Threshold: 0
      ComparisonOperator: GreaterThanThreshold
      AlarmActions: [arn:aws:sns:eu-west-1:111122223333:alarms]
```

```hcl
resource "aws_sqs_queue" "orders" {
  name = "orders"
}

resource "aws_cloudwatch_metric_alarm" "orders" {
  alarm_name          = "orders"
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateAgeOfOldestMessage"
  dimensions          = { QueueName = aws_sqs_queue.orders.name }
  statistic           = "Maximum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 600
  comparison_operator = "GreaterThanThreshold"
  alarm_actions       = ["arn:aws:sns:eu-west-1:111122223333:alarms"]
}
```

## Not applicable

```yaml
Resources:
  Orders:  # not applicable: checked instead
    Type: AWS::SQS::Queue
    Properties:
      RedrivePolicy:
        deadLetterTargetArn: arn:aws:sqs:eu-west-1:123456789012:failed
        maxReceiveCount: 5
```

```hcl
resource "aws_sqs_queue" "orders" { # not applicable: alarms that are declared elsewhere
  name = "orders"
}
```

```yaml
Resources:
  Failed:  # not applicable: an alarm reports the errors
    Type: AWS::SQS::Queue
  Thumbnails:
    Type: AWS::Lambda::Function
    Properties:
      DeadLetterConfig:
        TargetArn: !GetAtt Failed.Arn
  ThumbnailsFail:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: AWS/Lambda
      MetricName: Errors
      Dimensions: [{ Name: FunctionName, Value: !Ref Thumbnails }]
      Statistic: Sum
      Period: 300
      EvaluationPeriods: 1
      Threshold: 1
      ComparisonOperator: GreaterThanOrEqualToThreshold
      AlarmActions: [arn:aws:sns:eu-west-1:111122223333:on-call]
```

```hcl
resource "aws_sqs_queue" "orders" { # not applicable: the functions that take its messages
  name = "orders"
}

resource "aws_lambda_event_source_mapping" "orders" {
  event_source_arn = aws_sqs_queue.orders.arn
  function_name    = aws_lambda_function.worker.arn
}

resource "aws_lambda_function" "worker" {
  function_name = "worker"
  role          = "arn:aws:iam::111122223333:role/worker"
  package_type  = "Image"
  image_uri     = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/worker:1.0"
}

resource "aws_cloudwatch_metric_alarm" "worker" {
  alarm_name          = "worker"
  namespace           = "AWS/Lambda"
  metric_name         = "Errors"
  dimensions          = { FunctionName = aws_lambda_function.worker.function_name }
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 0
  comparison_operator = "GreaterThanThreshold"
  alarm_actions       = ["arn:aws:sns:eu-west-1:111122223333:on-call"]
}
```

## Undecided

The result is undecided if `Value` or `dimensions` is not known before deployment.

```yaml
Parameters:
  QueueName:
    Type: String
Resources:
  Orders:
    Type: AWS::SQS::Queue
    Properties:
      QueueName: orders
  OrdersWaiting:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: AWS/SQS
      MetricName: ApproximateAgeOfOldestMessage
      Dimensions: [{ Name: QueueName, Value: !Ref QueueName }]  # undecided: parameter "QueueName" has no default
      Statistic: Sum
      Period: 60
      EvaluationPeriods: 5
      Threshold: 1
      ComparisonOperator: GreaterThanThreshold
      AlarmActions: [arn:aws:sns:eu-west-1:111122223333:alarms]
```

```hcl
variable "queue_name" {
  type = string
}

resource "aws_sqs_queue" "orders" {
  name = "orders"
}

resource "aws_cloudwatch_metric_alarm" "orders" {
  alarm_name          = "orders"
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateAgeOfOldestMessage"
  dimensions          = { QueueName = var.queue_name } # undecided: var.queue_name has no default
  statistic           = "Maximum"
  period              = 60
  evaluation_periods  = 2
  threshold           = 1
  comparison_operator = "GreaterThanOrEqualToThreshold"
  alarm_actions       = ["arn:aws:sns:eu-west-1:111122223333:alarms"]
}
```

## Sources

- [Best practice alarm recommendations for AWS services - Amazon CloudWatch](https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Best-Practice-Alarms.html), read on 2026-11-29
"""

from dataclasses import replace

from wa_iac.aws.sqs import Queue
from wa_iac.core.graph import Graph
from wa_iac.core.logic import any_of
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, exempt, milder, rule, unless
from wa_iac.core.value import Known, Value
from wa_iac.knowledge.alarms import any_queue_is_watched
from wa_iac.knowledge.dead_letters import is_called_a_dead_letter_queue, takes_failures
from wa_iac.knowledge.failed_events import are_reported, are_reported_by_consumers
from wa_iac.pillars.judgements.alarms import alarm, judge

_OF_QUEUE = alarm(
    "AWS/SQS",
    "ApproximateAgeOfOldestMessage",
    "QueueName: !GetAtt <this queue>.QueueName",
    "QueueName = <this queue>.name",
    statistic="Maximum",
    above=3600,
    decision="The threshold is in seconds: choose the age at which its messages are late.",
)


def _alarm(queue: Queue, graph: Graph) -> Remedy | None:
    """For a dead-letter queue, an alarm on its first message."""
    if not _takes_failures(queue, graph):
        return None
    cfn, tf = "QueueName: !GetAtt <this queue>.QueueName", "QueueName = <this queue>.name"
    return alarm("AWS/SQS", "ApproximateNumberOfMessagesVisible", cfn, tf, statistic="Maximum")


@rule(
    practices=["OPS08-BP04", "REL11-BP01"],
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    remedy=replace(_OF_QUEUE, given=_alarm),
    equivalents={"config": ["CLOUDWATCH_ALARM_RESOURCE_CHECK"]},
)
def check(queue: Queue, graph: Graph) -> Flags:
    watched_elsewhere = bool(queue.dead_letter_queue.targets) or queue.dead_letter_queue.elsewhere
    exempt(watched_elsewhere, "its failed messages go to its dead-letter queue, which is checked instead")
    message = (
        (
            "No alarm here watches this dead-letter queue, though other resources have alarms: SQS deletes its messages "
            "after some days."
        )
        if _takes_failures(queue, graph)
        else (
            "No alarm here watches this queue, though other resources have alarms: nothing here reports messages "
            "that are not processed."
        )
    )
    told: Value[bool] = Known(False) if queue.redrive_sources.targets else are_reported(queue, graph)
    exempt(told == Known(True), "an alarm reports the errors of the functions whose failed events it takes")
    taken: Value[bool] = Known(False) if _takes_failures(queue, graph) else are_reported_by_consumers(queue, graph)
    exempt(taken == Known(True), "an alarm reports the errors of the functions that take its messages")
    found = unless(any_of((told, taken)), judge(queue, graph, message))
    yield from found if graph.once(any_queue_is_watched) else milder(found, confidence=Confidence.LOW)


def _takes_failures(queue: Queue, graph: Graph) -> bool:
    """Whether it is a dead-letter queue, by what names it or by its own name."""
    return takes_failures(queue, graph) or is_called_a_dead_letter_queue(queue)
