"""A remedy names what has to change with it, where its code alone would not be enough or would be wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge, only_remedy
from wa_iac.core.declared import Dialect

NODES = """
Parameters:
  Stage: { Type: String }
Conditions:
  IsProduction: !Equals [!Ref Stage, production]
Resources:
  Search:
    Type: AWS::OpenSearchService::Domain
    Properties:
      ClusterConfig:
        InstanceType: r7g.large.search
        InstanceCount: !If [IsProduction, 2, 1]
        ZoneAwarenessEnabled: false
"""
SAVED = """
Resources:
  Saved:
    Type: AWS::ElasticBeanstalk::ConfigurationTemplate
    Properties:
      ApplicationName: shop
      OptionSettings:
        - { Namespace: aws:autoscaling:asg, OptionName: MinSize, Value: "1" }
        - { Namespace: aws:autoscaling:asg, OptionName: MaxSize, Value: "1" }
  Shop:
    Type: AWS::ElasticBeanstalk::Environment
    Properties: { ApplicationName: shop, TemplateName: !Ref Saved }
"""


@pytest.mark.parametrize(
    ("source", "dialect", "rule", "words"),
    [
        (NODES, "cloudformation", "opensearch-data-node-count", "let it choose zone awareness too"),
        (
            SAVED,
            "cloudformation",
            "elasticbeanstalk-load-balanced",
            "MinSize and MaxSize in aws:autoscaling:asg to 2 in the settings",
        ),
    ],
)
def test_a_remedy_says_what_else_has_to_change(tmp_path: Path, source: str, dialect: Dialect, rule: str, words: str) -> None:
    assert words in only_remedy(judge(tmp_path, source, dialect, rule))
