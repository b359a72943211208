"""# No alarm watches a canary

## Why

A canary uses the service as a customer would, and so it often finds an outage first. It only writes a metric: unless an alarm watches
that, the outage is found by the customers all the same.

## What it checks

The rule looks at canaries of CloudWatch Synthetics that run. It reports those that no alarm of the unit watches, by the name of the
canary. It is advice for a canary of a workshop or a demonstration, by the path of its file or the description of its template.

## What is left out

Canaries that are not started. A name that comes from elsewhere, since an alarm elsewhere may have it. Alarms on all canaries, without a
name, count.

## Non-compliant

```yaml
Resources:
  Shop:  # finding
    Type: AWS::Synthetics::Canary
    Properties:
      Name: shop
      ArtifactS3Location: s3://canaries
      Code: {Handler: index.handler, S3Bucket: canaries, S3Key: shop.zip}
      ExecutionRoleArn: arn:aws:iam::111122223333:role/canary
      RuntimeVersion: syn-nodejs-puppeteer-9.1
      Schedule: {Expression: rate(5 minutes)}
```

```hcl
resource "aws_synthetics_canary" "shop" { # finding
  name                 = "shop"
  artifact_s3_location = "s3://canaries"
  execution_role_arn   = "arn:aws:iam::111122223333:role/canary"
  handler              = "index.handler"
  s3_bucket            = "canaries"
  s3_key               = "shop.zip"
  runtime_version      = "syn-nodejs-puppeteer-9.1"
  start_canary         = true

  schedule {
    expression = "rate(5 minutes)"
  }
}
```

## Compliant

```yaml
Resources:
  Shop:
    Type: AWS::Synthetics::Canary
    Properties:
      Name: shop
      ArtifactS3Location: s3://canaries
      Code: {Handler: index.handler, S3Bucket: canaries, S3Key: shop.zip}
      ExecutionRoleArn: arn:aws:iam::111122223333:role/canary
      RuntimeVersion: syn-nodejs-puppeteer-9.1
      Schedule: {Expression: rate(5 minutes)}
  Failing:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: CloudWatchSynthetics
      MetricName: SuccessPercent
      Dimensions: [{Name: CanaryName, Value: !Ref Shop}]
      Statistic: Average
      Period: 300
      EvaluationPeriods: 2
      Threshold: 90
      ComparisonOperator: LessThanThreshold
      AlarmActions: [arn:aws:sns:eu-west-1:111122223333:operators]
```

```hcl
resource "aws_synthetics_canary" "shop" {
  name                 = "shop"
  artifact_s3_location = "s3://canaries"
  execution_role_arn   = "arn:aws:iam::111122223333:role/canary"
  handler              = "index.handler"
  s3_bucket            = "canaries"
  s3_key               = "shop.zip"
  runtime_version      = "syn-nodejs-puppeteer-9.1"
  start_canary         = true

  schedule {
    expression = "rate(5 minutes)"
  }
}

resource "aws_cloudwatch_metric_alarm" "failing" {
  alarm_name          = "shop-fails"
  namespace           = "CloudWatchSynthetics"
  metric_name         = "SuccessPercent"
  statistic           = "Average"
  period              = 300
  evaluation_periods  = 2
  threshold           = 90
  comparison_operator = "LessThanThreshold"
  alarm_actions       = ["arn:aws:sns:eu-west-1:111122223333:operators"]
  dimensions = {
    CanaryName = aws_synthetics_canary.shop.name
  }
}
```

## Not applicable

```yaml
Resources:
  Shop:  # not applicable: does not run
    Type: AWS::Synthetics::Canary
    Properties:
      Name: shop
      ArtifactS3Location: s3://canaries
      Code: {Handler: index.handler, S3Bucket: canaries, S3Key: shop.zip}
      ExecutionRoleArn: arn:aws:iam::111122223333:role/canary
      RuntimeVersion: syn-nodejs-puppeteer-9.1
      Schedule: {Expression: rate(5 minutes)}
      StartCanaryAfterCreation: false
```

## Undecided

The result is undecided if it is not known which canary an alarm watches.

```yaml
Parameters:
  Watched:
    Type: String
Resources:
  Shop:
    Type: AWS::Synthetics::Canary
    Properties:
      Name: shop
      ArtifactS3Location: s3://canaries
      Code: {Handler: index.handler, S3Bucket: canaries, S3Key: shop.zip}
      ExecutionRoleArn: arn:aws:iam::111122223333:role/canary
      RuntimeVersion: syn-nodejs-puppeteer-9.1
      Schedule: {Expression: rate(5 minutes)}
  Failing:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: CloudWatchSynthetics
      MetricName: SuccessPercent
      Dimensions: [{Name: CanaryName, Value: !Ref Watched}]  # undecided: parameter "Watched" has no default
      Statistic: Average
      Period: 300
      EvaluationPeriods: 2
      Threshold: 90
      ComparisonOperator: LessThanThreshold
      AlarmActions: [arn:aws:sns:eu-west-1:111122223333:operators]
```

```hcl
variable "watched" {
  type = string
}

resource "aws_synthetics_canary" "shop" {
  name                 = "shop"
  artifact_s3_location = "s3://canaries"
  execution_role_arn   = "arn:aws:iam::111122223333:role/canary"
  handler              = "index.handler"
  s3_bucket            = "canaries"
  s3_key               = "shop.zip"
  runtime_version      = "syn-nodejs-puppeteer-9.1"
  start_canary         = true

  schedule {
    expression = "rate(5 minutes)"
  }
}

resource "aws_cloudwatch_metric_alarm" "failing" {
  alarm_name          = "shop-fails"
  namespace           = "CloudWatchSynthetics"
  metric_name         = "SuccessPercent"
  statistic           = "Average"
  period              = 300
  evaluation_periods  = 2
  threshold           = 90
  comparison_operator = "LessThanThreshold"
  alarm_actions       = ["arn:aws:sns:eu-west-1:111122223333:operators"]
  dimensions = {
    CanaryName = var.watched # undecided: var.watched has no default
  }
}
```

## Sources

- [CloudWatch metrics published by canaries](https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Synthetics_Canaries_metrics.html), read on 2026-11-29
- [Set up Amazon CloudWatch synthetics canary and Amazon CloudWatch alarm](https://docs.aws.amazon.com/solutions/latest/devops-monitoring-dashboard-on-aws/set-up-amazon-canary.html), read on 2026-11-29
"""

from wa_iac.aws.synthetics import Canary
from wa_iac.core.graph import Graph
from wa_iac.core.logic import negate
from wa_iac.core.rule import Confidence, Flags, Severity, exempt, milder, refuse, rule
from wa_iac.knowledge.alarms import watched
from wa_iac.knowledge.workshops import of_a_workshop
from wa_iac.pillars.judgements.alarms import alarm


@rule(
    practices=["OPS04-BP03", "OPS04-BP04", "OPS08-BP04", "REL06-BP03"],
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    remedy=alarm(
        "CloudWatchSynthetics",
        "SuccessPercent",
        "CanaryName: !Ref <this canary>",
        "CanaryName = <this canary>.name",
        statistic="Average",
        below=90,
    ),
)
def check(canary: Canary, graph: Graph) -> Flags:
    exempt(negate(canary.started), "it does not run")
    faults = refuse(
        watched(canary, graph, namespace="CloudWatchSynthetics"),
        False,
        "No alarm here watches this canary: nothing here reports that it fails.",
        at=canary,
    )
    why = of_a_workshop(canary, graph)
    yield from milder(faults, more=why, confidence=Confidence.LOW) if why else faults
