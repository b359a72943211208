"""# Lambda function, ECS service or EC2 instance has no alarm

## Why

Errors, throttles, missing tasks and failed status checks appear in CloudWatch, but nobody looks there until customers complain. An alarm
notifies you at once.

## What it checks

The rule checks only templates and modules that have health alarms, themselves or in the module that calls them, because a resource
without one was probably forgotten there. Alarms of tests do not count.

There, it reports a function, a service, an instance or an Auto Scaling group without an alarm. Any alarm with dimensions that name the
resource counts. For a function, an alarm on all of `AWS/Lambda` also counts; for an Auto Scaling group or a service, an alarm on its
target group. An alarm that only starts a scaling policy does not count.

## What is left out

If there is no alarm with an action, other than to scale something, another template or tool may monitor the resource. The result is undecided if a file of the repository makes
monitors of another service (Datadog, New Relic, Grafana, SignalFx, Dynatrace), which also reads AWS's metrics.
It is also undecided where an application of CloudWatch Application Insights configures what it finds: it makes alarms of its own.

The rule does not check:

- functions that run only during a stack's deployment, and Lambda@Edge functions;
- bastion hosts;
- resources that are switched off: a group that may have no instances, a service that runs no tasks, a function with a
  concurrency of zero.

## Non-compliant

```yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Role: arn:aws:iam::111122223333:role/orders
      Code: { S3Bucket: code, S3Key: orders.zip }
  Refunds:  # finding
    Type: AWS::Lambda::Function
    Properties:
      Role: arn:aws:iam::111122223333:role/refunds
      Code: { S3Bucket: code, S3Key: refunds.zip }
  OrderErrors:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: AWS/Lambda
      MetricName: Errors
      Dimensions: [{ Name: FunctionName, Value: !Ref Orders }]
      Statistic: Sum
      Period: 60
      EvaluationPeriods: 5
      Threshold: 1
      ComparisonOperator: GreaterThanThreshold
      AlarmActions: [arn:aws:sns:eu-west-1:111122223333:alarms]
```

```hcl
resource "aws_autoscaling_group" "web" { # finding
  name     = "web"
  min_size = 2
  max_size = 4
}

resource "aws_instance" "reports" {
  ami           = "ami-0abcdef1234567890"
  instance_type = "m7g.large"
}

resource "aws_cloudwatch_metric_alarm" "reports" {
  alarm_name          = "reports"
  namespace           = "AWS/EC2"
  metric_name         = "StatusCheckFailed"
  dimensions          = { InstanceId = aws_instance.reports.id }
  statistic           = "Maximum"
  period              = 60
  evaluation_periods  = 2
  threshold           = 1
  comparison_operator = "GreaterThanOrEqualToThreshold"
  alarm_actions       = ["arn:aws:sns:eu-west-1:111122223333:alarms"]
}
```

## Compliant

```yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Role: arn:aws:iam::111122223333:role/orders
      Code: { S3Bucket: code, S3Key: orders.zip }
  AnyErrors:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: AWS/Lambda
      MetricName: Errors
      Statistic: Sum
      Period: 60
      EvaluationPeriods: 5
      Threshold: 1
      ComparisonOperator: GreaterThanThreshold
      AlarmActions: [arn:aws:sns:eu-west-1:111122223333:alarms]
```

```hcl
resource "aws_instance" "reports" {
  ami           = "ami-0abcdef1234567890"
  instance_type = "m7g.large"
}

resource "aws_cloudwatch_metric_alarm" "reports" {
  alarm_name          = "reports"
  namespace           = "AWS/EC2"
  metric_name         = "StatusCheckFailed"
  dimensions          = { InstanceId = aws_instance.reports.id }
  statistic           = "Maximum"
  period              = 60
  evaluation_periods  = 2
  threshold           = 1
  comparison_operator = "GreaterThanOrEqualToThreshold"
  alarm_actions       = ["arn:aws:sns:eu-west-1:111122223333:alarms"]
}
```

## Not applicable

```yaml
Resources:
  Bastion:  # not applicable: not a part of the workload
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-0a1
  Off:  # not applicable: its reserved concurrency is 0
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.14
      Handler: app.handler
      Role: arn:aws:iam::123456789012:role/orders
      ReservedConcurrentExecutions: 0
      Code:
        S3Bucket: artifacts
        S3Key: orders.zip
  Age:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: AWS/SQS
      MetricName: ApproximateAgeOfOldestMessage
      Dimensions: [{Name: QueueName, Value: orders}]
      Statistic: Maximum
      Period: 60
      EvaluationPeriods: 5
      Threshold: 300
      ComparisonOperator: GreaterThanThreshold
      AlarmActions: [arn:aws:sns:eu-west-1:123456789012:on-call]
  Idle:  # not applicable: it runs no tasks
    Type: AWS::ECS::Service
    Properties:
      Cluster: main
      DesiredCount: 0
      TaskDefinition: idle:7
  Empty:  # not applicable: its maximum size is 0
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      MinSize: "0"
      MaxSize: "0"
      VPCZoneIdentifier: [subnet-0a1, subnet-0b2]
      LaunchTemplate: {LaunchTemplateId: lt-0a1, Version: "1"}
```

```yaml
Resources:
  Api:  # not applicable: alarms that are declared elsewhere
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-0a1
```

```hcl
resource "aws_instance" "api" { # not applicable: alarms that are declared elsewhere
  ami           = "ami-0a1"
  instance_type = "m7g.large"
}
```

## Undecided

The result is undecided if `Value` or `dimensions` is not known before deployment.

```yaml
Parameters:
  FunctionName:
    Type: String
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Role: arn:aws:iam::111122223333:role/orders
      Code: { S3Bucket: code, S3Key: orders.zip }
  Errors:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: AWS/Lambda
      MetricName: Errors
      Dimensions: [{ Name: FunctionName, Value: !Ref FunctionName }]  # undecided: parameter "FunctionName" has no default
      Statistic: Sum
      Period: 60
      EvaluationPeriods: 5
      Threshold: 1
      ComparisonOperator: GreaterThanThreshold
      AlarmActions: [arn:aws:sns:eu-west-1:111122223333:alarms]
```

```hcl
variable "instance_id" {
  type = string
}

resource "aws_instance" "reports" {
  ami           = "ami-0abcdef1234567890"
  instance_type = "m7g.large"
}

resource "aws_cloudwatch_metric_alarm" "reports" {
  alarm_name          = "reports"
  namespace           = "AWS/EC2"
  metric_name         = "StatusCheckFailed"
  dimensions          = { InstanceId = var.instance_id } # undecided: var.instance_id has no default
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

from collections.abc import Sequence
from dataclasses import replace

from wa_iac.aws.autoscaling import AutoScalingGroup
from wa_iac.aws.ec2 import Instance
from wa_iac.aws.ecs import Service
from wa_iac.aws.elbv2 import TargetGroup
from wa_iac.aws.lambda_function import Function
from wa_iac.core.graph import Graph
from wa_iac.core.resource import Resource
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, exempt, exempt_for, rule
from wa_iac.core.value import Known
from wa_iac.knowledge.lambda_use import special_use
from wa_iac.knowledge.ways_in import is_way_in
from wa_iac.pillars.judgements.alarms import alarm, judge

_OF_FUNCTION = alarm(
    "AWS/Lambda", "Errors", "FunctionName: !Ref <this function>", "FunctionName = <this function>.function_name"
)


def _alarm(compute: Function | Service | Instance | AutoScalingGroup, graph: Graph) -> Remedy | None:
    """An alarm on what fails first in this kind of resource."""
    del graph
    match compute:
        case Function():
            return None
        case Service():
            return alarm(
                "AWS/ECS",
                "CPUUtilization",
                "ClusterName: !Ref <the cluster>\nServiceName: !GetAtt <this service>.Name",
                "ClusterName = <the cluster>.name\nServiceName = <this service>.name",
                statistic="Average",
                above=80,
            )
        case AutoScalingGroup():
            cfn, tf = "AutoScalingGroupName: !Ref <this group>", "AutoScalingGroupName = <this group>.name"
            return alarm("AWS/EC2", "StatusCheckFailed", cfn, tf, statistic="Maximum")
        case Instance():
            cfn, tf = "InstanceId: !Ref <this instance>", "InstanceId = <this instance>.id"
            return alarm("AWS/EC2", "StatusCheckFailed", cfn, tf, statistic="Maximum")


@rule(
    practices=["OPS08-BP04", "REL11-BP01"],
    severity=Severity.MEDIUM,
    confidence=Confidence.LOW,
    remedy=replace(_OF_FUNCTION, given=_alarm),
    equivalents={"config": ["CLOUDWATCH_ALARM_RESOURCE_CHECK"]},
)
def check(compute: Function | Service | Instance | AutoScalingGroup, graph: Graph) -> Flags:
    also: Sequence[Resource] = ()
    namespace = ""
    match compute:
        case Function():
            exempt_for(special_use(compute, graph))
            exempt(compute.reserved_concurrency == Known(0), "it is switched off: its reserved concurrency is 0")
            message = (
                "No alarm here watches this function, though other resources have alarms: nothing here reports that it fails or is "
                "throttled."
            )
            also, namespace = compute.aliases.targets, "AWS/Lambda"
        case Service():
            exempt(compute.switched_off(graph), "it is switched off: it runs no tasks")
            message = "No alarm here watches this service, though other resources have alarms: nothing here reports that its tasks fail."
            referred = graph.referred(compute.declared.body)
            also = [graph.typed(each, TargetGroup) for each in referred if each.type in TargetGroup.types()]
        case AutoScalingGroup():
            exempt(compute.switched_off(), "it is switched off: its maximum size is 0")
            message = "No alarm here watches this group, though other resources have alarms: nothing here reports that its instances fail."
            also = compute.traffic.targets
        case Instance():
            exempt(is_way_in(compute), "it is a bastion, a VPN or a NAT instance, not a part of the workload")
            message = (
                "No alarm here watches this instance, though other resources have alarms: nothing here reports that it fails its "
                "status checks."
            )
    yield from judge(compute, graph, message, also=also, namespace=namespace)
