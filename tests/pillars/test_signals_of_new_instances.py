"""A stack that waits for signals of instances fails if fewer of them start than it counts."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge, only_remedy

GROUP = """
Parameters:
  Instances: {{ Type: Number }}
  Wanted: {{ Type: Number, Default: 1 }}
Resources:
  Web:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      MinSize: "1"
      MaxSize: "4"
      {desired}
      AvailabilityZones: [eu-west-1a, eu-west-1b]
      LaunchTemplate: {{ LaunchTemplateId: lt-0a1, Version: "1" }}
    {policy}
  {more}
"""
DESIRED = 'DesiredCapacity: "3"'
POLICY = "CreationPolicy: { ResourceSignal: { Timeout: PT15M%s } }"
CONDITION = (
    "Ready: { Type: AWS::CloudFormation::WaitCondition, DependsOn: %s, Properties: { Handle: a, Timeout: 900, Count: %s } }"
)


@pytest.mark.parametrize(
    ("desired", "policy", "more", "said"),
    [
        (DESIRED, POLICY % ", Count: 3", "", "Its CreationPolicy waits for 3 instances"),
        (DESIRED, POLICY % ", Count: !Ref Instances", "", "Its CreationPolicy waits for a number of instances"),
        (DESIRED, POLICY % ", Count: !Ref Wanted", "", "Its CreationPolicy waits for a number of instances"),
        (DESIRED, POLICY % "", "", ""),
        (DESIRED, "", CONDITION % ("Web", 3), "Ready waits for 3 instances"),
        (DESIRED, "", CONDITION % ("[Web]", 2), "Ready waits for 2 instances"),
        (DESIRED, "", CONDITION % ("Other", 2), ""),
        (DESIRED, "", "", ""),
        ("", POLICY % ", Count: 3", "", ""),
    ],
)
def test_a_group_that_starts_smaller_has_to_wait_for_fewer(
    tmp_path: Path, desired: str, policy: str, more: str, said: str
) -> None:
    source = GROUP.format(desired=desired, policy=policy, more=more)
    text = only_remedy(judge(tmp_path, source, "cloudformation", "autoscaling-scaling-policy"))

    assert said in text
    assert ("let Count be that also" in text) is bool(said)
