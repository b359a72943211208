"""How often an instance sends metrics is written in many places."""

from pathlib import Path

import pytest

from helpers.reports import judge

CODE = """
Resources:
  Template:
    Type: AWS::EC2::LaunchTemplate
    Properties: {{LaunchTemplateData: {{Monitoring: {{Enabled: {template}}}}}}}
  Web:
    Type: AWS::EC2::Instance
    Properties:
      LaunchTemplate: {{LaunchTemplateId: !Ref Template, Version: "1"}}
      {own}
  Busy:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: AWS/EC2
      MetricName: {metric}
      Dimensions: [{{Name: InstanceId, Value: !Ref Web}}]
      Period: {period}
"""


@pytest.mark.parametrize(
    ("template", "own", "metric", "period", "found"),
    [
        ("false", "", "CPUUtilization", 60, True),
        ("true", "", "CPUUtilization", 60, False),
        ("true", "Monitoring: false", "CPUUtilization", 60, True),
        ("false", "Monitoring: true", "CPUUtilization", 60, False),
        ("false", "", "CPUUtilization", 300, False),
        ("false", "", "StatusCheckFailed_System", 60, False),
    ],
)
def test_the_instance_has_the_last_word(tmp_path: Path, template: str, own: str, metric: str, period: int, found: bool) -> None:
    code = CODE.format(template=template, own=own, metric=metric, period=period)
    report = judge(tmp_path, code, "cloudformation", "cloudwatch-alarm-ec2-period")
    assert [each.address for each in report.failing()] == ["Busy"] * found
