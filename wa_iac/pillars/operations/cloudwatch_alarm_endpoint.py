"""# Load balancer or API Gateway API has no alarm

## Why

The entry point of a workload sees every failure that a customer sees: 5XX responses, slow responses, no healthy targets. An alarm there
covers all of them.

## What it checks

The rule checks only templates and modules that have health alarms, themselves or in the module that calls them, because a resource
without one was probably forgotten there. Alarms of tests do not count.

There, it reports a load balancer or an API without an alarm. Any alarm with dimensions that name the load balancer, the API, or one of
its target groups or stages counts. So does one on the Application Load Balancer that is the target of a Network Load Balancer. For an API, an alarm on all of `AWS/ApiGateway` also counts. Dimensions name a REST API by its name
or, if it has none, by the title of its OpenAPI document, and a load balancer by the end of its ARN. Expressions (`SEARCH`, `SELECT`)
count for the metrics that they select. So does an alarm on a metric that a metric filter counts in the access log of the API.

## What is left out

If there is no alarm with an action, other than to scale something, another template or tool may monitor the resource. The result is undecided if a file of the repository makes
monitors of another service (Datadog, New Relic, Grafana, SignalFx, Dynatrace), which also reads AWS's metrics.
It is also undecided where an application of CloudWatch Application Insights configures what it finds: it makes alarms of its own. A Gateway Load Balancer forwards packets to appliances,
and is not checked. The finding is advice for an API, whose errors are mostly errors of the functions behind it. So it is for a load balancer that stands for a real one in tests, by its name (mock, stub), and for one of a workshop or a demonstration. Neither is a load balancer behind a VPC link, if an alarm watches the API in front of it, or that API is elsewhere.

## Non-compliant

```yaml
Resources:
  Entry:  # finding
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties:
      Subnets: [subnet-0123456789abcdef0, subnet-0fedcba9876543210]
  Failed:
    Type: AWS::SQS::Queue
  FailedAlarm:
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
resource "aws_apigatewayv2_api" "orders" { # finding
  name          = "orders"
  protocol_type = "HTTP"
}

resource "aws_lb" "entry" {
  subnets = ["subnet-0123456789abcdef0", "subnet-0fedcba9876543210"]
}

resource "aws_cloudwatch_metric_alarm" "entry" {
  alarm_name          = "entry"
  namespace           = "AWS/ApplicationELB"
  metric_name         = "HTTPCode_ELB_5XX_Count"
  dimensions          = { LoadBalancer = aws_lb.entry.arn_suffix }
  statistic           = "Sum"
  period              = 60
  evaluation_periods  = 5
  threshold           = 10
  comparison_operator = "GreaterThanThreshold"
  alarm_actions       = ["arn:aws:sns:eu-west-1:111122223333:alarms"]
}
```

## Compliant

```yaml
Resources:
  Entry:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties:
      Subnets: [subnet-0123456789abcdef0, subnet-0fedcba9876543210]
  EntryErrors:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: AWS/ApplicationELB
      MetricName: HTTPCode_ELB_5XX_Count
      Dimensions: [{ Name: LoadBalancer, Value: !GetAtt Entry.LoadBalancerFullName }]
      Statistic: Sum
      Period: 60
      EvaluationPeriods: 5
      Threshold: 10
      ComparisonOperator: GreaterThanThreshold
      AlarmActions: [arn:aws:sns:eu-west-1:111122223333:alarms]
```

```hcl
resource "aws_api_gateway_rest_api" "orders" {
  name = "orders"
}

resource "aws_cloudwatch_metric_alarm" "orders" {
  alarm_name          = "orders"
  namespace           = "AWS/ApiGateway"
  metric_name         = "5XXError"
  dimensions          = { ApiName = "orders" }
  statistic           = "Sum"
  period              = 60
  evaluation_periods  = 5
  threshold           = 10
  comparison_operator = "GreaterThanThreshold"
  alarm_actions       = ["arn:aws:sns:eu-west-1:111122223333:alarms"]
}
```

```hcl
resource "aws_lb" "inside" {
  load_balancer_type = "network"
  internal           = true
  subnets            = ["subnet-0a1", "subnet-0b2"]
}

resource "aws_api_gateway_vpc_link" "inside" {
  name        = "inside"
  target_arns = [aws_lb.inside.arn]
}

resource "aws_api_gateway_rest_api" "orders" {
  name = "orders"
}

resource "aws_cloudwatch_metric_alarm" "errors" {
  alarm_name          = "errors"
  namespace           = "AWS/ApiGateway"
  metric_name         = "5XXError"
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 0
  comparison_operator = "GreaterThanThreshold"
  alarm_actions       = ["arn:aws:sns:eu-west-1:111122223333:on-call"]

  dimensions = {
    ApiName = aws_api_gateway_rest_api.orders.name
  }
}
```

```yaml
Resources:
  AccessLog:
    Type: AWS::Logs::LogGroup
    Properties:
      RetentionInDays: 30
  Throttled:
    Type: AWS::Logs::MetricFilter
    Properties:
      LogGroupName: !Ref AccessLog
      FilterPattern: '{$.status = "429"}'
      MetricTransformations:
        - {MetricNamespace: Orders, MetricName: Throttled, MetricValue: "1"}
  ThrottledAlarm:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: Orders
      MetricName: Throttled
      Statistic: Sum
      Period: 60
      EvaluationPeriods: 1
      Threshold: 0
      ComparisonOperator: GreaterThanThreshold
      AlarmActions: [arn:aws:sns:eu-west-1:111122223333:alarms]
  Orders:
    Type: AWS::ApiGateway::RestApi
    Properties:
      Name: orders
  Live:
    Type: AWS::ApiGateway::Stage
    Properties:
      RestApiId: !Ref Orders
      StageName: live
      DeploymentId: abc123
      AccessLogSetting:
        DestinationArn: !GetAtt AccessLog.Arn
        Format: '{"status":"$context.status"}'
```

## Not applicable

```yaml
Resources:
  Appliances:  # not applicable: forwards packets to appliances
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties:
      Type: gateway
      Subnets: [subnet-0a1, subnet-0b2]
```

```hcl
resource "aws_lb" "web" { # not applicable: alarms that are declared elsewhere
  subnets = ["subnet-0a1", "subnet-0b2"]
}
```

## Undecided

The result is undecided if `Name` or `name` is not known before deployment.

```yaml
Parameters:
  ApiName:
    Type: String
Resources:
  Orders:
    Type: AWS::ApiGateway::RestApi
    Properties:
      Name: !Ref ApiName  # undecided: parameter "ApiName" has no default
  OrdersErrors:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: AWS/ApiGateway
      MetricName: 5XXError
      Dimensions: [{ Name: ApiName, Value: orders }]
      Statistic: Sum
      Period: 60
      EvaluationPeriods: 5
      Threshold: 1
      ComparisonOperator: GreaterThanThreshold
      AlarmActions: [arn:aws:sns:eu-west-1:111122223333:alarms]
```

```hcl
variable "name" {
  type = string
}

resource "aws_api_gateway_rest_api" "orders" {
  name = var.name # undecided: var.name has no default
}

resource "aws_cloudwatch_metric_alarm" "orders" {
  alarm_name          = "orders"
  namespace           = "AWS/ApiGateway"
  metric_name         = "5XXError"
  dimensions          = { ApiName = "orders" }
  statistic           = "Sum"
  period              = 60
  evaluation_periods  = 5
  threshold           = 10
  comparison_operator = "GreaterThanThreshold"
  alarm_actions       = ["arn:aws:sns:eu-west-1:111122223333:alarms"]
}
```

## Sources

- [Best practice alarm recommendations for AWS services - Amazon CloudWatch](https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Best-Practice-Alarms.html), read on 2026-11-29
"""

from dataclasses import replace
from typing import Final

from wa_iac.aws.apigateway import Api, RestApi, VpcLink
from wa_iac.aws.elbv2 import LoadBalancer
from wa_iac.core.graph import Graph
from wa_iac.core.logic import all_of, any_of
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, exempt, milder, rule, unless
from wa_iac.core.value import Known, Origin, Value
from wa_iac.knowledge.alarms import watched
from wa_iac.knowledge.purposes import stands_in
from wa_iac.pillars.judgements.alarms import alarm, judge

_EACH_ERROR: Final = "As written, a single error notifies somebody: raise the threshold where some errors are usual."
_OF_APPLICATIONS = alarm(
    "AWS/ApplicationELB",
    "HTTPCode_ELB_5XX_Count",
    "LoadBalancer: !GetAtt <this load balancer>.LoadBalancerFullName",
    "LoadBalancer = <this load balancer>.arn_suffix",
    decision=f"It counts the errors of the load balancer itself, such as those without a healthy target: a second alarm on HTTPCode_Target_5XX_Count "
    f"counts those of the targets. {_EACH_ERROR}",
)


def _alarm(entry: LoadBalancer | RestApi | Api, graph: Graph) -> Remedy | None:
    """An alarm on the errors of this kind of endpoint."""
    del graph
    match entry:
        case RestApi():
            cfn, tf = "ApiName: <the name of the API>", "ApiName = <this API>.name"
            return alarm("AWS/ApiGateway", "5XXError", cfn, tf, decision=_EACH_ERROR)
        case Api():
            # A WebSocket API has metrics of its own ("Monitoring WebSocket API execution with CloudWatch metrics", Amazon API Gateway
            # Developer Guide).
            metric = "ExecutionError" if entry.protocol == Known("WEBSOCKET") else "5xx"
            return alarm("AWS/ApiGateway", metric, "ApiId: !Ref <this API>", "ApiId = <this API>.id", decision=_EACH_ERROR)
        case LoadBalancer() if entry.kind == Known("network"):
            cfn = (
                "LoadBalancer: !GetAtt <this load balancer>.LoadBalancerFullName\n"
                "TargetGroup: !GetAtt <the target group>.TargetGroupFullName"
            )
            tf = "LoadBalancer = <this load balancer>.arn_suffix\nTargetGroup  = <the target group>.arn_suffix"
            return alarm("AWS/NetworkELB", "UnHealthyHostCount", cfn, tf, statistic="Maximum")
        case LoadBalancer():
            return None


def _is_behind_a_watched_api(balancer: LoadBalancer, graph: Graph) -> Value[bool]:
    """Whether a VPC link leads to it, and an alarm watches a REST API here, whose requests it gets."""
    links = graph.pointing(VpcLink, "balancers")
    leads: Value[bool] = Known(id(balancer.declared) in links.at)
    if leads == Known(False) and links.loose is not None:
        leads = links.loose
    return all_of((leads, graph.once(_watches_an_api)))


def _watches_an_api(graph: Graph) -> Value[bool]:
    """Whether an alarm watches a REST API here. If there is none, the API is elsewhere, and may have its alarm there."""
    apis = list(graph.of(RestApi))
    return any_of((watched(each, graph, namespace="AWS/ApiGateway") for each in apis), Origin()) if apis else Known(True)


@rule(
    practices=["OPS08-BP04", "REL11-BP01", "REL06-BP03"],
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    remedy=replace(_OF_APPLICATIONS, given=_alarm),
    equivalents={"config": ["CLOUDWATCH_ALARM_RESOURCE_CHECK"]},
)
def check(entry: LoadBalancer | RestApi | Api, graph: Graph) -> Flags:
    if not isinstance(entry, LoadBalancer):
        message = "No alarm here watches this API, though other resources have alarms: nothing here reports that it responds with errors."
        yield from milder(judge(entry, graph, message, namespace="AWS/ApiGateway"), confidence=Confidence.LOW)
        return
    exempt(entry.kind == Known("gateway"), "it forwards packets to appliances")
    # A Network Load Balancer passes connections on, and has no metric for errors.
    trouble = "its targets fail their health checks" if entry.kind == Known("network") else "it responds with errors"
    message = (
        f"No alarm here watches this load balancer, though other resources have alarms: nothing here reports that {trouble}."
    )
    actions = [each for listener in entry.listeners for source in (listener, *listener.rules) for each in source.actions]
    groups = [group for action in actions for group in action.target_groups]
    found = judge(entry, graph, message, also=[*groups, *(behind for group in groups for behind in group.balancers)])
    if word := stands_in(entry):
        found = milder(found, confidence=Confidence.LOW, more=f'It stands for something real in tests, by the word "{word}".')
    yield from unless(_is_behind_a_watched_api(entry, graph), found)
