"""Secrets in the environments of jobs and models, in each place that holds variables."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge

SLUG = "workload-env-secrets"
VARIABLE = "{Name: DB_PASSWORD, Value: VALUE}"
PLACES = {
    "pod": f"""
    Type: AWS::Batch::JobDefinition
    Properties: {{Type: container, EksProperties: {{PodProperties: {{Containers: [{{Image: a, Env: [{VARIABLE}]}}]}}}}}}
""",
    "node": f"""
    Type: AWS::Batch::JobDefinition
    Properties:
      Type: multinode
      NodeProperties: {{NodeRangeProperties: [{{TargetNodes: "0:1", Container: {{Image: a, Environment: [{VARIABLE}]}}}}]}}
""",
    "one of several containers": """
    Type: AWS::SageMaker::Model
    Properties: {Containers: [{Image: a}, {Image: b, Environment: {DB_PASSWORD: VALUE}}]}
""",
    "fixed arguments": """
    Type: AWS::Glue::Job
    Properties: {Role: import, NonOverridableArguments: {"--db_password": VALUE, "--job-language": python}}
""",
    "template": """
    Type: AWS::ElasticBeanstalk::ConfigurationTemplate
    Properties:
      OptionSettings:
        - {Namespace: "aws:autoscaling:asg", OptionName: MinSize, Value: "2"}
        - {Namespace: "aws:elasticbeanstalk:application:environment", OptionName: DB_PASSWORD, Value: VALUE}
""",
}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    ("value", "faults"),
    [("hK8vQ2xLr9", 1), ("changeme", 0), ('""', 0), ('"{{resolve:secretsmanager:db:SecretString:password}}"', 0)],
)
def test_a_secret_in_each_place(tmp_path: Path, place: str, value: str, faults: int) -> None:
    template = f"Resources:\n  It:{PLACES[place].replace('VALUE', value)}"
    assert len(judge(tmp_path, template, "cloudformation", SLUG).failing()) == faults
