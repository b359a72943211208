"""A remedy that gives a parameter another value names what else exists by it."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge, only_remedy

TEMPLATE = """
Parameters:
  Nodes: {{Type: Number, Default: 1}}
  Kind: {{Type: String, Default: a}}
Conditions:
  IsSmall: !Equals [!Ref {parameter}, 1]
  HasSeveral: !Not [!Condition IsSmall]
  OfNodes: !Not [!Equals [!Ref Nodes, 1]]
Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: Sessions
      Engine: redis
      CacheNodeType: cache.r7g.large
      NumCacheClusters: !Ref Nodes
      MultiAZEnabled: !If [OfNodes, true, false]
      AutomaticFailoverEnabled: !If [OfNodes, true, false]
Outputs:
  Endpoint:
    Condition: HasSeveral
    Value: !GetAtt Cache.ConfigurationEndPoint.Address
"""


@pytest.mark.parametrize(("parameter", "told"), [("Nodes", True), ("Kind", False)])
def test_an_output_by_a_condition_on_the_same_parameter_is_named(tmp_path: Path, parameter: str, told: bool) -> None:
    text = only_remedy(judge(tmp_path, TEMPLATE.format(parameter=parameter), "cloudformation", "elasticache-multi-az"))

    assert 'Give parameter "Nodes"' in text
    assert (
        'A condition on parameter "Nodes" also decides whether output "Endpoint" (template.yaml:20) exists: look at that first.'
        in text
    ) is told
