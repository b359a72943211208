"""An alarm watches what its dimensions, its expressions or its log groups name, by whatever name that has; nothing else of the same name."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from helpers.reports import judge, only_remedy, verdicts
from wa_iac.report.remedy import remedy

TOPIC = "arn:aws:sns:eu-west-1:111122223333:ops"


def alarm(namespace: str, **dimensions: Any) -> dict[str, Any]:
    listed = [{"Name": name, "Value": value} for name, value in dimensions.items()]
    properties = {"Namespace": namespace, "MetricName": "Errors", "Dimensions": listed, "AlarmActions": [TOPIC]}
    return {"Type": "AWS::CloudWatch::Alarm", "Properties": properties}


def template(tmp_path: Path, rule: str, resources: dict[str, Any], **sections: Any) -> dict[str, str]:
    return verdicts(tmp_path, json.dumps({**sections, "Resources": resources}), "cloudformation", rule)


def titled(title: object, **properties: Any) -> dict[str, Any]:
    body = {"openapi": "3.0.1", "info": {"title": title, "version": "1"}, "paths": {}}
    return {"Type": "AWS::ApiGateway::RestApi", "Properties": {"Body": body, **properties}}


STACK = {"Ref": "AWS::StackName"}


@pytest.mark.parametrize(
    ("api", "value", "found"),
    [
        (titled("orders"), "orders", {}),
        (titled("orders"), "returns", {"Api": "fail"}),
        (titled("orders", Name="shop"), "shop", {}),
        (titled("orders", Name="shop"), "orders", {"Api": "fail"}),
        (titled(STACK), STACK, {}),
        (titled({"Fn::Sub": "${AWS::StackName}-orders"}), {"Fn::Sub": "${AWS::StackName}-orders"}, {}),
        (titled({"Fn::Sub": "${AWS::StackName}-orders"}), "live-orders", {"Api": "unknown"}),
        (titled({"Fn::Sub": "${AWS::StackName}-orders"}), "live-returns", {"Api": "fail"}),
        ({"Type": "AWS::ApiGateway::RestApi", "Properties": {"BodyS3Location": {"Bucket": "b", "Key": "k"}}}, "orders", {"Api": "unknown"}),
    ],
)  # fmt: skip
def test_an_api_is_called_by_its_name_or_else_by_the_title_of_its_document(
    tmp_path: Path, api: dict[str, Any], value: object, found: dict[str, str]
) -> None:
    resources = {"Api": api, "Failing": alarm("AWS/ApiGateway", ApiName=value)}

    assert template(tmp_path, "cloudwatch-alarm-endpoint", resources) == found


@pytest.mark.parametrize(
    ("properties", "value", "found"),
    [
        ("DefinitionBody: {openapi: 3.0.1, info: {title: shop, version: '1'}, paths: {}}", "shop", {}),
        ("Name: shop", "shop", {}),
        ("Name: shop", "other", {"Orders": "fail"}),
        ("CacheClusterEnabled: false", "!Ref AWS::StackName", {}),
    ],
)
def test_so_is_an_api_of_sam(tmp_path: Path, properties: str, value: str, found: dict[str, str]) -> None:
    source = f"""
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders: {{Type: AWS::Serverless::Api, Properties: {{StageName: live, {properties}}}}}
  Failing:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: AWS/ApiGateway
      MetricName: 5XXError
      Dimensions: [{{Name: ApiName, Value: {value}}}]
      AlarmActions: [{TOPIC}]
"""

    assert verdicts(tmp_path, source, "cloudformation", "cloudwatch-alarm-endpoint") == found


@pytest.mark.parametrize(
    ("name", "found"), [('"shop"', []), ("aws_api_gateway_rest_api.orders.name", []), ('"orders"', ["fail"])]
)
def test_in_terraform_the_name_is_always_written(tmp_path: Path, name: str, found: list[str]) -> None:
    source = f"""
resource "aws_api_gateway_rest_api" "orders" {{
  name = "shop"
  body = jsonencode({{ openapi = "3.0.1", info = {{ title = "orders" }}, paths = {{}} }})
}}
resource "aws_cloudwatch_metric_alarm" "failing" {{
  namespace     = "AWS/ApiGateway"
  metric_name   = "5XXError"
  dimensions    = {{ ApiName = {name} }}
  alarm_actions = ["{TOPIC}"]
}}
"""

    assert list(verdicts(tmp_path, source, "terraform", "cloudwatch-alarm-endpoint").values()) == found


BALANCER = {"Type": "AWS::ElasticLoadBalancingV2::LoadBalancer", "Properties": {"Name": "shop"}}


@pytest.mark.parametrize(
    ("value", "found"),
    [("app/shop/50dc6c495c0c9188", {}), ("app/other/50dc6c495c0c9188", {"Entry": "fail"}), ({"Fn::GetAtt": ["Entry", "LoadBalancerFullName"]}, {})],
)  # fmt: skip
def test_a_load_balancer_is_called_by_the_end_of_its_arn(tmp_path: Path, value: object, found: dict[str, str]) -> None:
    resources = {"Entry": BALANCER, "Failing": alarm("AWS/ApplicationELB", LoadBalancer=value)}

    assert template(tmp_path, "cloudwatch-alarm-endpoint", resources) == found


def test_a_database_is_called_in_lower_case(tmp_path: Path) -> None:
    resources = {
        "Orders": {"Type": "AWS::RDS::DBInstance", "Properties": {"DBInstanceIdentifier": "Shop-Orders"}},
        "Full": alarm("AWS/RDS", DBInstanceIdentifier="shop-orders"),
    }

    assert template(tmp_path, "cloudwatch-alarm-database", resources) == {}


def test_what_is_called_alike_in_another_service_is_not_watched(tmp_path: Path) -> None:
    resources = {
        "Work": {"Type": "AWS::Lambda::Function", "Properties": {"FunctionName": "orders"}},
        "Given": {"Type": "AWS::Lambda::Function", "Properties": {"FunctionName": "returns"}},
        "Jobs": {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": "orders"}},
        "Old": alarm("AWS/SQS", QueueName="orders"),
        "Older": alarm("AWS/SQS", QueueName={"Ref": "Queue"}),
        "Custom": alarm("Shop", Worker="returns"),
    }
    parameters = {"Queue": {"Type": "String"}}

    assert template(tmp_path / "a", "cloudwatch-alarm-compute", resources, Parameters=parameters) == {"Work": "fail"}
    assert template(tmp_path / "b", "cloudwatch-alarm-queue", resources, Parameters=parameters) == {}


def test_a_dimension_that_is_given_from_outside_may_name_what_is_of_its_kind(tmp_path: Path) -> None:
    resources = {
        "Jobs": {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": "orders"}},
        "Old": alarm("AWS/SQS", QueueName={"Ref": "Queue"}),
    }

    found = template(tmp_path, "cloudwatch-alarm-queue", resources, Parameters={"Queue": {"Type": "String"}})

    assert found == {"Jobs": "unknown"}


def expression(text: str) -> dict[str, Any]:
    metrics = [{"Id": "q1", "Expression": text, "Period": 60, "ReturnData": True}]
    return {"Type": "AWS::CloudWatch::Alarm", "Properties": {"Metrics": metrics, "AlarmActions": [TOPIC]}}


FUNCTION = {"Type": "AWS::Lambda::Function", "Properties": {"FunctionName": "orders"}}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('SELECT SUM(Errors) FROM SCHEMA("AWS/Lambda", FunctionName)', {}),
        ("SELECT SUM(Errors) FROM SCHEMA(\"AWS/Lambda\", FunctionName) WHERE FunctionName = 'orders'", {}),
        ("SELECT SUM(Errors) FROM SCHEMA(\"AWS/Lambda\", FunctionName) WHERE FunctionName = 'other'", {"Orders": "fail"}),
        ("SUM(SEARCH('{AWS/Lambda,FunctionName} MetricName=\"Errors\"', 'Sum', 60))", {}),
        ("SUM(SEARCH('{AWS/Lambda,FunctionName} FunctionName=\"orders\" MetricName=\"Errors\"', 'Sum', 60))", {}),
        (
            "SUM(SEARCH('{AWS/Lambda,FunctionName} FunctionName=\"orders-2\" MetricName=\"Errors\"', 'Sum', 60))",
            {"Orders": "fail"},
        ),
        ('SELECT MAX(Age) FROM SCHEMA("AWS/SQS", QueueName)', {"Orders": "fail"}),
    ],
)
def test_an_expression_finds_the_metrics_that_it_chooses(tmp_path: Path, text: str, found: dict[str, str]) -> None:
    resources = {"Orders": FUNCTION, "Failing": expression(text)}

    assert template(tmp_path, "cloudwatch-alarm-compute", resources) == found


def test_what_a_query_of_prometheus_finds_is_not_known(tmp_path: Path) -> None:
    def prometheus(query: str) -> dict[str, Any]:
        criteria = {"PromQLCriteria": {"Query": query}}
        return {"Type": "AWS::CloudWatch::Alarm", "Properties": {"EvaluationCriteria": criteria, "AlarmActions": [TOPIC]}}

    any_, own = prometheus("sum(rate(errors_total[5m])) > 1"), prometheus('sum(rate(errors_total{service="orders"}[5m])) > 1')

    assert template(tmp_path / "any", "cloudwatch-alarm-compute", {"Orders": FUNCTION, "Failing": any_}) == {
        "Orders": "unknown"
    }
    assert template(tmp_path / "own", "cloudwatch-alarm-compute", {"Orders": FUNCTION, "Failing": own}) == {}


def test_an_alarm_on_logs_watches_who_writes_them(tmp_path: Path) -> None:
    def logs(*groups: object) -> dict[str, Any]:
        query = {"QueryString": "fields @message", "LogGroupIdentifiers": list(groups)}
        return {
            "Type": "AWS::CloudWatch::LogAlarm",
            "Properties": {"ScheduledQueryConfiguration": query, "AlarmActions": [TOPIC]},
        }

    resources = {
        "Orders": FUNCTION,
        "Returns": {"Type": "AWS::Lambda::Function", "Properties": {}},
        "ReturnLogs": {"Type": "AWS::Logs::LogGroup", "Properties": {"LogGroupName": {"Fn::Sub": "/aws/lambda/${Returns}"}}},
        "Refunds": {"Type": "AWS::Lambda::Function", "Properties": {"FunctionName": "refunds"}},
        "Errors": logs("/aws/lambda/orders", {"Fn::GetAtt": ["ReturnLogs", "Arn"]}),
    }

    assert template(tmp_path, "cloudwatch-alarm-compute", resources) == {"Refunds": "fail"}


def test_an_alarm_on_logs_needs_an_action_as_any_other_does(tmp_path: Path) -> None:
    resources = {
        "Quiet": {"Type": "AWS::CloudWatch::LogAlarm", "Properties": {"Threshold": 0}},
        "Loud": {"Type": "AWS::CloudWatch::LogAlarm", "Properties": {"Threshold": 0, "AlarmActions": [TOPIC]}},
    }

    assert template(tmp_path, "cloudwatch-alarm-actions", resources) == {"Quiet": "fail"}


@pytest.mark.parametrize(
    ("module", "passed", "verdict"),
    [
        ("alerts", "queue_name = aws_sqs_queue.events.name", "unknown"),
        ("worker", "queue_arn = aws_sqs_queue.events.arn\n  alarm_actions = []", "unknown"),
        ("worker", "queue_arn = aws_sqs_queue.events.arn", "fail"),
        ("alerts", "queue_name = aws_sqs_queue.others.name", "fail"),
    ],
)
def test_a_module_for_alarms_that_cannot_be_read_may_watch_what_it_gets(
    tmp_path: Path, module: str, passed: str, verdict: str
) -> None:
    source = f"""
resource "aws_sqs_queue" "events" {{}}
resource "aws_sqs_queue" "others" {{}}
resource "aws_cloudwatch_metric_alarm" "others" {{
  metric_name   = "ApproximateAgeOfOldestMessage"
  namespace     = "AWS/SQS"
  dimensions    = {{ QueueName = aws_sqs_queue.others.name }}
  alarm_actions = ["arn:aws:sns:eu-west-1:123456789012:ops"]
}}
module "{module}" {{
  source = "git::https://example.com/{module}.git?ref=v1"
  {passed}
}}
"""
    report = judge(tmp_path, source, "terraform", "cloudwatch-alarm-queue")

    assert {each.address: each.verdict for each in report.findings} == {"aws_sqs_queue.events": verdict}


@pytest.mark.parametrize("actions", ["", "actions_enabled = false", "alarm_actions = []"])
def test_a_topic_has_to_let_cloudwatch_in(tmp_path: Path, actions: str) -> None:
    source = f'resource "aws_cloudwatch_metric_alarm" "quiet" {{ {actions} }}'
    (finding,) = judge(tmp_path, source, "terraform", "cloudwatch-alarm-actions").failing()

    assert "If the topic has a policy, it has to let cloudwatch.amazonaws.com publish" in remedy(finding).text
    assert "If it has a KMS key, that has to let cloudwatch.amazonaws.com use it" in remedy(finding).text


@pytest.mark.parametrize(
    ("namespace", "dimension", "by_default"),
    [("AWS/SQS", "QueueName = aws_sqs_queue.others.name", True), ("AWS/Lambda", 'FunctionName = "worker"', False)],
)
def test_a_queue_was_forgotten_where_another_one_is_watched(
    tmp_path: Path, namespace: str, dimension: str, by_default: bool
) -> None:
    source = f"""
resource "aws_sqs_queue" "events" {{}}
resource "aws_sqs_queue" "others" {{}}
resource "aws_cloudwatch_metric_alarm" "others" {{
  metric_name   = "ApproximateAgeOfOldestMessage"
  namespace     = "{namespace}"
  dimensions    = {{ {dimension} }}
  alarm_actions = ["arn:aws:sns:eu-west-1:123456789012:ops"]
}}
"""
    found = judge(tmp_path, source, "terraform", "cloudwatch-alarm-queue").failing()

    assert {each.is_advice for each in found if each.address == "aws_sqs_queue.events"} == {not by_default}


@pytest.mark.parametrize(("watched", "found"), [("Web", []), ("Other", ["Entry"])])
def test_an_alarm_on_what_is_behind_a_network_load_balancer_watches_it_too(
    tmp_path: Path, watched: str, found: list[str]
) -> None:
    template = f"""
Resources:
  Entry: {{ Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {{ Type: network }} }}
  Listener:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties:
      LoadBalancerArn: !Ref Entry
      DefaultActions: [{{ Type: forward, TargetGroupArn: !Ref Behind }}]
  Behind:
    Type: AWS::ElasticLoadBalancingV2::TargetGroup
    Properties: {{ TargetType: alb, Targets: [{{ Id: !Ref Web }}] }}
  Web: {{ Type: AWS::ElasticLoadBalancingV2::LoadBalancer }}
  Other: {{ Type: AWS::ElasticLoadBalancingV2::LoadBalancer }}
  Alarm:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: AWS/ApplicationELB
      MetricName: HTTPCode_Target_5XX_Count
      Dimensions: [{{ Name: LoadBalancer, Value: !GetAtt {watched}.LoadBalancerFullName }}]
      AlarmActions: [arn:aws:sns:eu-west-1:111122223333:operators]
"""
    report = judge(tmp_path, template, "cloudformation", "cloudwatch-alarm-endpoint")
    names = [each.address for each in report.failing() if each.address not in ("Web", "Other")]

    assert names == found


@pytest.mark.parametrize(("dimension", "told"), [("FunctionName", True), ("ApiName", False)])
def test_an_alarm_by_a_dimension_that_its_namespace_lacks_never_goes_off(tmp_path: Path, dimension: str, told: bool) -> None:
    source = f"""
Resources:
  Errors:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: AWS/ApiGateway
      MetricName: 5XXError
      Dimensions: [{{Name: {dimension}, Value: orders}}]
      ComparisonOperator: GreaterThanThreshold
      EvaluationPeriods: 1
      Threshold: 1
"""
    text = only_remedy(judge(tmp_path, source, "cloudformation", "cloudwatch-alarm-actions"))

    assert ("AWS/ApiGateway has no metric with the dimension FunctionName" in text) is told
