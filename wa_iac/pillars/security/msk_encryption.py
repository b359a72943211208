"""# MSK cluster sends Kafka's messages in plain text

## Why

Clients that connect without TLS send their messages in plain text, and anyone who can listen on their way reads them. The same holds for the traffic between
brokers, which copies every message.

## What it checks

The rule reports a cluster that lets clients connect without TLS (`PLAINTEXT`, `TLS_PLAINTEXT`), or that turns off encryption between brokers. By default, both
are encrypted.

## What is left out

MSK always encrypts the data of a cluster at rest, and MSK Serverless all traffic, so there is nothing to report. The finding is less certain if clients may use TLS:
some may need the other way while they move.

## Non-compliant

```yaml
Resources:
  Orders:
    Type: AWS::MSK::Cluster
    Properties:
      ClusterName: orders
      KafkaVersion: 3.9.x
      NumberOfBrokerNodes: 3
      BrokerNodeGroupInfo:
        ClientSubnets:
          - subnet-0a1
          - subnet-0b2
          - subnet-0c3
        InstanceType: kafka.m7g.large
      EncryptionInfo:
        EncryptionInTransit:
          ClientBroker: PLAINTEXT  # finding: only
```

```hcl
resource "aws_msk_cluster" "orders" {
  cluster_name           = "orders"
  kafka_version          = "3.9.x"
  number_of_broker_nodes = 3

  broker_node_group_info {
    client_subnets  = ["subnet-0a1", "subnet-0b2", "subnet-0c3"]
    instance_type   = "kafka.m7g.large"
    security_groups = ["sg-0a1"]
  }

  encryption_info {
    encryption_in_transit {
      client_broker = "TLS_PLAINTEXT" # finding: also
    }
  }
}
```

## Compliant

```yaml
Resources:
  Orders:
    Type: AWS::MSK::Cluster
    Properties:
      ClusterName: orders
      KafkaVersion: 3.9.x
      NumberOfBrokerNodes: 3
      BrokerNodeGroupInfo:
        ClientSubnets:
          - subnet-0a1
          - subnet-0b2
          - subnet-0c3
        InstanceType: kafka.m7g.large
      EncryptionInfo:
        EncryptionInTransit:
          ClientBroker: TLS
```

```hcl
resource "aws_msk_cluster" "orders" {
  cluster_name           = "orders"
  kafka_version          = "3.9.x"
  number_of_broker_nodes = 3

  broker_node_group_info {
    client_subnets  = ["subnet-0a1", "subnet-0b2", "subnet-0c3"]
    instance_type   = "kafka.m7g.large"
    security_groups = ["sg-0a1"]
  }
}
```

## Undecided

The result is undecided if the setting is not known before deployment.

```yaml
Parameters:
  Mode:
    Type: String
Resources:
  Orders:
    Type: AWS::MSK::Cluster
    Properties:
      ClusterName: orders
      KafkaVersion: 3.9.x
      NumberOfBrokerNodes: 3
      BrokerNodeGroupInfo:
        ClientSubnets:
          - subnet-0a1
          - subnet-0b2
          - subnet-0c3
        InstanceType: kafka.m7g.large
      EncryptionInfo:
        EncryptionInTransit:
          ClientBroker: !Ref Mode  # undecided: parameter "Mode" has no default
```

```hcl
variable "mode" {
  type = string
}

resource "aws_msk_cluster" "orders" {
  cluster_name           = "orders"
  kafka_version          = "3.9.x"
  number_of_broker_nodes = 3

  broker_node_group_info {
    client_subnets  = ["subnet-0a1", "subnet-0b2", "subnet-0c3"]
    instance_type   = "kafka.m7g.large"
    security_groups = ["sg-0a1"]
  }

  encryption_info {
    encryption_in_transit {
      client_broker = var.mode # undecided: var.mode has no default
    }
  }
}
```

## Sources

- [Amazon MSK encryption](https://docs.aws.amazon.com/en_en/msk/latest/developerguide/msk-encryption.md), read on 2026-11-29
- [Get started with Amazon MSK encryption - Amazon Managed Streaming for Apache Kafka](https://docs.aws.amazon.com/msk/latest/developerguide/msk-working-with-encryption.html), read on 2026-11-29
- [AWS::MSK::Cluster EncryptionInTransit - AWS CloudFormation](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-msk-cluster-encryptionintransit.html), read on 2026-11-29
"""

from dataclasses import replace
from typing import Final

from wa_iac.aws.msk import Cluster
from wa_iac.core.fix import Recipe
from wa_iac.core.graph import Graph
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, flag, rule, settled
from wa_iac.core.value import Known

_TLS: Final = Recipe(
    cfn={"EncryptionInfo": {"EncryptionInTransit": {"ClientBroker": "TLS"}}},
    tf={"encryption_info": {"encryption_in_transit": {"client_broker": "TLS"}}},
    unsafe_because="clients without TLS can no longer connect",
)
_MOVED: Final = (
    "Move clients without TLS to the other bootstrap brokers and their port (9094, or 9096 and 9098 with sign-in), which the security groups have to "
    "let in"
)


def _both_first(cluster: Cluster, graph: Graph) -> Remedy | None:
    """For a cluster without a port for TLS: there has to be one before clients can move to it."""
    del graph
    if cluster.client_encryption != Known("PLAINTEXT"):
        return None
    return replace(
        Remedy.of_recipe(_TLS),
        decision=f"First let the cluster accept both (TLS_PLAINTEXT). {_MOVED}, and then turn the other way off:",
    )


_BETWEEN: Final = Remedy(
    cfn={"EncryptionInfo": {"EncryptionInTransit": {"InCluster": True}}},
    tf={"encryption_info": {"encryption_in_transit": {"in_cluster": True}}},
    replaces=True,
    decision="This replaces the cluster by an empty one: make the new one beside it, and copy the topics first.",
)


@rule(
    practices=["SEC09-BP02"],
    severity=Severity.MEDIUM,
    equivalents={
        "checkov": ["CKV_AWS_81"],
        "trivy": ["AVD-AWS-0073"],
        "cdk_nag": ["AwsSolutions-MSK2", "AwsSolutions-MSK3"],
        "config": ["MSK_IN_CLUSTER_NODE_REQUIRE_TLS"],
        "security_hub": ["MSK.1"],
    },
    remedy=replace(
        Remedy.of_recipe(_TLS),
        decision=f"{_MOVED} first: they can no longer connect.",
        given=_both_first,
    ),
    fix=_TLS,
)
def check(cluster: Cluster) -> Flags:
    match settled(cluster.client_encryption):
        case Known("PLAINTEXT") as mode:
            yield flag(
                mode, "Clients of this cluster can only connect without TLS: every message crosses the network in plain text."
            )
            return
        case Known("TLS_PLAINTEXT") as mode:
            yield flag(
                mode,
                "Clients of this cluster may also connect without TLS: their messages then cross the network in plain text.",
                confidence=Confidence.MEDIUM,
            )
            return
        case _:
            if settled(cluster.encrypted_between_brokers) == Known(False):
                yield flag(
                    cluster.encrypted_between_brokers,
                    "The brokers of this cluster copy every message to each other in plain text.",
                    instead=_BETWEEN,
                )
