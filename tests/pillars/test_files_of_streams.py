"""Firehose: the remedy goes to the place where the destination is written, and records of CloudWatch Logs are compressed already."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge, only_fault
from wa_iac.report.remedy import remedy

RULE = "firehose-compression"
STREAM = """\
Resources:
  Clicks:
    Type: AWS::KinesisFirehose::DeliveryStream
    Properties:
      {place}:
        BucketARN: arn:aws:s3:::clicks
        RoleARN: arn:aws:iam::111122223333:role/clicks
"""
SUBSCRIPTION = """\
  Subscription:
    Type: AWS::Logs::SubscriptionFilter
    Properties: { LogGroupName: /shop, FilterPattern: "", DestinationArn: !GetAtt Clicks.Arn }
"""


@pytest.mark.parametrize("place", ["S3DestinationConfiguration", "ExtendedS3DestinationConfiguration"])
def test_the_remedy_is_for_the_place_of_the_destination(tmp_path: Path, place: str) -> None:
    found = only_fault(tmp_path, STREAM.format(place=place), "cloudformation", RULE)

    assert f"{place}:\n" in remedy(found).text


def test_records_of_cloudwatch_logs_are_compressed_already(tmp_path: Path) -> None:
    source = STREAM.format(place="ExtendedS3DestinationConfiguration") + SUBSCRIPTION
    report = judge(tmp_path, source, "cloudformation", RULE)

    assert report.failing() == []
