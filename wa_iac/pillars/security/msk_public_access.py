"""# MSK brokers are reachable from the internet

## Why

Brokers with public access have public IP addresses. Then Kafka's own authentication and a security group alone keep strangers out of all messages, and one
mistake in them is enough.

## What it checks

The rule reports a cluster with `SERVICE_PROVIDED_EIPS`. The finding is milder if its security groups let in no address of the internet.

## What is left out

Public access is off by default. MSK requires authentication and TLS of public clusters, so the severity is high, and not critical.

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
        ConnectivityInfo:
          PublicAccess:
            Type: SERVICE_PROVIDED_EIPS  # finding
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

    connectivity_info {
      public_access {
        type = "SERVICE_PROVIDED_EIPS" # finding
      }
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
        ConnectivityInfo:
          PublicAccess:
            Type: DISABLED
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
  Access:
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
        ConnectivityInfo:
          PublicAccess:
            Type: !Ref Access  # undecided: parameter "Access" has no default
```

```hcl
variable "access" {
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

    connectivity_info {
      public_access {
        type = var.access # undecided: var.access has no default
      }
    }
  }
}
```

## Sources

- [msk-cluster-public-access-disabled - AWS Config](https://docs.aws.amazon.com/config/latest/developerguide/msk-cluster-public-access-disabled.html), read on 2026-11-29
- [aws_msk_cluster - Terraform AWS provider](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/msk_cluster), read on 2026-11-29
"""

from wa_iac.aws.msk import Cluster
from wa_iac.core.fix import Recipe
from wa_iac.core.graph import Graph
from wa_iac.core.rule import Flags, Severity, flag, rule, settled
from wa_iac.core.value import Known
from wa_iac.knowledge.admission import admits_internet

_OFF = "DISABLED"


@rule(
    practices=["SEC05-BP01", "SEC03-BP07"],
    severity=Severity.HIGH,
    equivalents={
        "checkov": ["CKV_AWS_291"],
        "config": ["MSK_CLUSTER_PUBLIC_ACCESS_DISABLED"],
        "security_hub": ["MSK.4"],
    },
    fix=Recipe(
        cfn={"BrokerNodeGroupInfo": {"ConnectivityInfo": {"PublicAccess": {"Type": _OFF}}}},
        tf={"broker_node_group_info": {"connectivity_info": {"public_access": {"type": _OFF}}}},
        unsafe_because="clients outside of the VPC can no longer connect, and need another way in first",
    ),
)
def check(cluster: Cluster, graph: Graph) -> Flags:
    access = settled(cluster.public_access)
    if access != Known("SERVICE_PROVIDED_EIPS"):
        return
    if admits_internet([cluster.security_groups], graph) == Known(False):
        yield flag(
            access,
            "The brokers have public IP addresses: only their security groups keep the internet out; one more rule opens them.",
            severity=Severity.MEDIUM,
        )
        return
    yield flag(
        access, "The brokers have public IP addresses: Kafka's authentication and a security group alone keep strangers out."
    )
