"""# MSK cluster does not run on Graviton

## Why

M7g brokers have Graviton processors: they do more work for the same money, and need less power than M5 brokers. A cluster changes its
brokers one after the other, while it runs.

## What it checks

The rule reports brokers of the family M5 in sizes that M7g also has.

## What is left out

Versions of Kafka that do not run on M7g: all before 3.3.2 except for 2.8.2. T3, which has no Graviton sibling, and MSK Serverless.

## Non-compliant

```yaml
Resources:
  Events:
    Type: AWS::MSK::Cluster
    Properties:
      ClusterName: events
      KafkaVersion: 3.7.x
      NumberOfBrokerNodes: 3
      BrokerNodeGroupInfo:
        ClientSubnets: [subnet-0123456789abcdef0, subnet-0123456789abcdef1, subnet-0123456789abcdef2]
        InstanceType: kafka.m5.large  # finding: kafka.m7g.large
```

```hcl
resource "aws_msk_cluster" "events" {
  cluster_name           = "events"
  kafka_version          = "3.7.x"
  number_of_broker_nodes = 3

  broker_node_group_info {
    client_subnets  = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1", "subnet-0123456789abcdef2"]
    security_groups = ["sg-0123456789abcdef0"]
    instance_type   = "kafka.m5.xlarge" # finding: kafka.m7g.xlarge
  }
}
```

## Compliant

```yaml
Resources:
  Events:
    Type: AWS::MSK::Cluster
    Properties:
      ClusterName: events
      KafkaVersion: 3.7.x
      NumberOfBrokerNodes: 3
      BrokerNodeGroupInfo:
        ClientSubnets: [subnet-0123456789abcdef0, subnet-0123456789abcdef1, subnet-0123456789abcdef2]
        InstanceType: kafka.m7g.large
```

```hcl
resource "aws_msk_cluster" "events" {
  cluster_name           = "events"
  kafka_version          = "3.7.x"
  number_of_broker_nodes = 3

  broker_node_group_info {
    client_subnets  = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1", "subnet-0123456789abcdef2"]
    security_groups = ["sg-0123456789abcdef0"]
    instance_type   = "kafka.t3.small"
  }
}
```

## Not applicable

```yaml
Resources:
  Events:  # not applicable: does not run on M7g
    Type: AWS::MSK::Cluster
    Properties:
      ClusterName: events
      KafkaVersion: 2.6.2
      NumberOfBrokerNodes: 3
      BrokerNodeGroupInfo:
        ClientSubnets: [subnet-0123456789abcdef0, subnet-0123456789abcdef1, subnet-0123456789abcdef2]
        InstanceType: kafka.m5.large
```

```hcl
resource "aws_msk_cluster" "events" { # not applicable: does not run on M7g
  cluster_name           = "events"
  kafka_version          = "3.2.0"
  number_of_broker_nodes = 3

  broker_node_group_info {
    client_subnets  = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1", "subnet-0123456789abcdef2"]
    security_groups = ["sg-0123456789abcdef0"]
    instance_type   = "kafka.m5.large"
  }
}
```

## Undecided

The result is undecided if the setting is not known before deployment.

```yaml
Parameters:
  Size:
    Type: String
Resources:
  Events:
    Type: AWS::MSK::Cluster
    Properties:
      ClusterName: events
      KafkaVersion: 3.7.x
      NumberOfBrokerNodes: 3
      BrokerNodeGroupInfo:
        ClientSubnets: [subnet-0123456789abcdef0, subnet-0123456789abcdef1, subnet-0123456789abcdef2]
        InstanceType: !Ref Size  # undecided: parameter "Size" has no default
```

```hcl
variable "size" {
  type = string
}

resource "aws_msk_cluster" "events" {
  cluster_name           = "events"
  kafka_version          = "3.7.x"
  number_of_broker_nodes = 3

  broker_node_group_info {
    client_subnets  = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1", "subnet-0123456789abcdef2"]
    security_groups = ["sg-0123456789abcdef0"]
    instance_type   = var.size # undecided: var.size has no default
  }
}
```

## Sources

- [Amazon MSK broker sizes](https://docs.aws.amazon.com/zh_tw/msk/latest/developerguide/broker-instance-sizes.md), read on 2026-11-29
"""

import re

from wa_iac.aws.msk import Cluster
from wa_iac.core.logic import holds, negate
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, accept, exempt, rule
from wa_iac.pillars.judgements.generations import has_sibling, judge_graviton


def _of_type(better: str) -> Remedy:
    return Remedy(
        cfn={"BrokerNodeGroupInfo": {"InstanceType": better}},
        tf={"broker_node_group_info": {"instance_type": better}},
        decision="The brokers restart one after the other: topics need a replication factor of 3 to stay available.",
    )


@rule(
    practices=["SUS05-BP02", "COST06-BP02", "PERF02-BP01"],
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    profile="all",
    convention=True,
    remedy=_of_type("kafka.m7g.large"),
)
def check(cluster: Cluster) -> Flags:
    accept(negate(has_sibling(cluster.instance_type, "msk")))
    exempt(negate(holds(cluster.kafka, _runs_on_m7g)), "its version of Kafka does not run on M7g")
    yield from judge_graviton(cluster.instance_type, "msk", _of_type)


def _runs_on_m7g(version: str) -> bool:
    """Kafka 2.8.2, and 3.3.2 and later: "Amazon MSK broker sizes" (Amazon MSK Developer Guide)."""
    numbers = tuple(int(each) for each in re.findall(r"[0-9]{1,9}", version)[:3])
    return numbers == (2, 8, 2) or numbers >= (3, 3, 2)
