"""What the arguments of services say about flows: one table for both dialects."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from helpers.pictures import drawn, edges

TEMPLATE: Final = """\
Resources:
  Site: {Type: AWS::S3::Bucket}
  Uploads:
    Type: AWS::S3::Bucket
    Properties:
      NotificationConfiguration:
        LambdaConfigurations: [{Event: 's3:ObjectCreated:*', Function: !GetAtt Handler.Arn}]
  Handler:
    Type: AWS::Lambda::Function
    Properties: {Role: arn:aws:iam::123456789012:role/handler, DeadLetterConfig: {TargetArn: !GetAtt Failed.Arn}}
  Failed: {Type: AWS::SQS::Queue}
  News: {Type: AWS::SNS::Topic}
  Reader:
    Type: AWS::SNS::Subscription
    Properties: {TopicArn: !Ref News, Protocol: sqs, Endpoint: !GetAtt Failed.Arn}
  Nightly:
    Type: AWS::Events::Rule
    Properties: {ScheduleExpression: rate(1 day), Targets: [{Id: flow, Arn: !Ref Flow, RoleArn: !GetAtt Starter.Arn}]}
  Starter: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: []}}}
  Flow:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      RoleArn: !GetAtt Starter.Arn
      DefinitionString: !Sub '{"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "${Handler.Arn}", "End": true}}}'
  Cdn:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        Origins: [{Id: site, DomainName: !GetAtt Site.RegionalDomainName, S3OriginConfig: {}}]
        DefaultCacheBehavior: {TargetOriginId: site, ViewerProtocolPolicy: https-only}
  Zone: {Type: AWS::Route53::HostedZone, Properties: {Name: example.com}}
  Name:
    Type: AWS::Route53::RecordSet
    Properties:
      {HostedZoneId: !Ref Zone, Name: www.example.com, Type: A, AliasTarget: {DNSName: !GetAtt Cdn.DomainName, HostedZoneId: Z2FDTNDATAQYW2}}
  Stream:
    Type: AWS::KinesisFirehose::DeliveryStream
    Properties: {ExtendedS3DestinationConfiguration: {BucketARN: !GetAtt Uploads.Arn, RoleARN: !GetAtt Starter.Arn}}
"""
MODULE: Final = """\
resource "aws_s3_bucket" "site" {}

resource "aws_s3_bucket" "uploads" {}

resource "aws_s3_bucket_notification" "uploads" {
  bucket = aws_s3_bucket.uploads.id
  lambda_function {
    lambda_function_arn = aws_lambda_function.handler.arn
    events              = ["s3:ObjectCreated:*"]
  }
}

resource "aws_lambda_function" "handler" {
  function_name = "handler"
  role          = "arn:aws:iam::123456789012:role/handler"
  dead_letter_config { target_arn = aws_sqs_queue.failed.arn }
}

resource "aws_sqs_queue" "failed" {}

resource "aws_sns_topic" "news" {}

resource "aws_sns_topic_subscription" "reader" {
  topic_arn = aws_sns_topic.news.arn
  protocol  = "sqs"
  endpoint  = aws_sqs_queue.failed.arn
}

resource "aws_cloudwatch_event_rule" "nightly" { schedule_expression = "rate(1 day)" }

resource "aws_cloudwatch_event_target" "flow" {
  rule     = aws_cloudwatch_event_rule.nightly.name
  arn      = aws_sfn_state_machine.flow.arn
  role_arn = aws_iam_role.starter.arn
}

resource "aws_iam_role" "starter" { assume_role_policy = jsonencode({ Statement = [] }) }

resource "aws_sfn_state_machine" "flow" {
  role_arn   = aws_iam_role.starter.arn
  definition = jsonencode({
    StartAt = "A"
    States  = { A = { Type = "Task", Resource = aws_lambda_function.handler.arn, End = true } }
  })
}

resource "aws_cloudfront_distribution" "cdn" {
  origin {
    origin_id   = "site"
    domain_name = aws_s3_bucket.site.bucket_regional_domain_name
  }
}

resource "aws_route53_zone" "zone" { name = "example.com" }

resource "aws_route53_record" "name" {
  zone_id = aws_route53_zone.zone.id
  name    = "www.example.com"
  type    = "A"
  alias {
    name    = aws_cloudfront_distribution.cdn.domain_name
    zone_id = aws_cloudfront_distribution.cdn.hosted_zone_id
  }
}

resource "aws_kinesis_firehose_delivery_stream" "stream" {
  name        = "stream"
  destination = "extended_s3"
  extended_s3_configuration {
    bucket_arn = aws_s3_bucket.uploads.arn
    role_arn   = aws_iam_role.starter.arn
  }
}
"""


@pytest.mark.parametrize("text", [TEMPLATE, MODULE], ids=["cloudformation", "terraform"])
def test_events_messages_and_requests(tmp_path: Path, text: str) -> None:
    assert edges(drawn(tmp_path, text)) == {
        "uploads notifies handler",
        "handler sends failures to failed",
        "news delivers to failed",
        "nightly sends events to flow",
        "nightly assumes starter",
        "flow invokes handler",
        "flow assumes starter",
        "cdn reads site",
        "zone resolves to cdn",
        "stream delivers to uploads",
        "stream assumes starter",
    }
