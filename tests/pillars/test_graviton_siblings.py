"""A Graviton sibling has the same size, and the version of the engine runs on it."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge
from wa_iac.knowledge.instance_families import graviton, successor

BROKERS = """\
Resources:
  Events:
    Type: AWS::MSK::Cluster
    Properties:
      ClusterName: events
      KafkaVersion: "{version}"
      NumberOfBrokerNodes: 3
      BrokerNodeGroupInfo: {{ ClientSubnets: [subnet-1], InstanceType: {size} }}
"""


@pytest.mark.parametrize(
    ("size", "service", "better"),
    [
        ("m5.xlarge.search", "opensearch", "m6g.xlarge.search"),
        ("r5.large.elasticsearch", "opensearch", "r6g.large.elasticsearch"),
        ("m5.24xlarge.search", "opensearch", ""),
        ("m6g.xlarge.search", "opensearch", ""),
        ("c5.9xlarge", "ec2", ""),
        ("m6i.4xlarge", "ec2", "m6g.4xlarge"),
        ("db.t3.medium", "documentdb", "db.t4g.medium"),
        ("db.serverless", "documentdb", ""),
    ],
)
def test_the_sibling_of_a_type(size: str, service: str, better: str) -> None:
    assert graviton(size, service) == better


@pytest.mark.parametrize(
    ("size", "service", "better"),
    [
        ("m4.large.search", "opensearch", "m5.large.search"),
        ("m4.10xlarge.search", "opensearch", "m5"),
        ("dms.t2.micro", "dms", "t3"),
        ("dms.r5.large", "dms", ""),
    ],
)
def test_the_successor_of_a_type_is_a_family_if_that_has_no_such_size(size: str, service: str, better: str) -> None:
    assert successor(size, service) == better


@pytest.mark.parametrize(
    ("version", "faults"),
    [("2.6.2", 0), ("2.8.2.tiered", 1), ("3.2.0", 0), ("3.3.1", 0), ("3.3.2", 1), ("3.7.x", 1), ("4.0.x.kraft", 1)],
)
def test_kafka_runs_on_m7g_from_some_versions_on(tmp_path: Path, version: str, faults: int) -> None:
    source = BROKERS.format(version=version, size="kafka.m5.large")
    report = judge(tmp_path, source, "cloudformation", "msk-graviton")

    assert len(report.failing()) == faults
