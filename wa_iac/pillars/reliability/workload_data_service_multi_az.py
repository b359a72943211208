"""# Broker, replication instance or DAX cache is in one Availability Zone

## Why

When a zone fails, or the one instance is maintained, the service is not there, and everything that waits for it stops: messages, a
migration, or the reads that the cache was to take from the table.

## What it checks

The rule looks at Amazon MQ brokers with one instance, at DMS replication instances without Multi-AZ, and at DAX clusters with less than
three nodes, AWS's recommendation for production. For DMS and for two nodes the severity is low.

## What is left out

A DMS instance without Multi-AZ is not reported by default, since most migrations can wait and go on: they are advice. So is a mode or a number of nodes that is the default of a variable or a parameter: production may get another one.
So is anything that is not for production, by its names, its tags or its directory, or in a file of a workshop or a demonstration, by its path.

## Non-compliant

```yaml
Resources:
  Orders:
    Type: AWS::AmazonMQ::Broker
    Properties:
      BrokerName: orders
      EngineType: RABBITMQ
      HostInstanceType: mq.m5.large
      DeploymentMode: SINGLE_INSTANCE  # finding
      PubliclyAccessible: false
```

```hcl
resource "aws_dax_cluster" "orders" {
  cluster_name       = "orders"
  node_type          = "dax.r5.large"
  replication_factor = 1 # finding
  iam_role_arn       = "arn:aws:iam::111122223333:role/dax"
}
```

```hcl
resource "aws_dms_replication_instance" "move" { # finding
  replication_instance_id    = "move"
  replication_instance_class = "dms.t3.medium"
}
```

## Compliant

```yaml
Resources:
  Orders:
    Type: AWS::AmazonMQ::Broker
    Properties:
      BrokerName: orders
      EngineType: ACTIVEMQ
      HostInstanceType: mq.m5.large
      DeploymentMode: ACTIVE_STANDBY_MULTI_AZ
      PubliclyAccessible: false
```

```hcl
resource "aws_dax_cluster" "orders" {
  cluster_name       = "orders"
  node_type          = "dax.r5.large"
  replication_factor = 3
  iam_role_arn       = "arn:aws:iam::111122223333:role/dax"
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
    Type: AWS::AmazonMQ::Broker
    Properties:
      BrokerName: orders
      EngineType: RABBITMQ
      HostInstanceType: mq.m5.large
      DeploymentMode: !Ref Mode  # undecided: parameter "Mode" has no default
      PubliclyAccessible: false
```

```hcl
variable "nodes" {
  type = number
}

resource "aws_dax_cluster" "orders" {
  cluster_name       = "orders"
  node_type          = "dax.r5.large"
  replication_factor = var.nodes # undecided: var.nodes has no default
  iam_role_arn       = "arn:aws:iam::111122223333:role/dax"
}
```

## Sources

- [AwsAmazonMqBrokerDetails - AWS Security Hub](https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_AwsAmazonMqBrokerDetails.html), read on 2026-11-29
- [DAX cluster components - Amazon DynamoDB](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/DAX.concepts.cluster.html), read on 2026-11-29
"""

from typing import Final

from wa_iac.aws.dax import Cluster
from wa_iac.aws.dms import ReplicationInstance
from wa_iac.aws.mq import Broker
from wa_iac.core.graph import Graph
from wa_iac.core.logic import holds
from wa_iac.core.remedy import Remedy
from wa_iac.core.rule import Confidence, Flags, Severity, flag, rule, settled
from wa_iac.core.value import Absent, Known, Value
from wa_iac.pillars.judgements.workshops import where_needed

_NODES: Final = 3


_MORE_NODES: Final = (
    "Each node costs as much as the first one. If the zones of the nodes are written, there have to be as many as nodes, and Terraform replaces the "
    "cluster for that."
)


def _standby(resource: Broker | ReplicationInstance | Cluster, graph: Graph) -> Remedy | None:
    """Three nodes, a standby, or a cluster, as the engine has it."""
    del graph
    match resource:
        case Cluster():
            return Remedy(cfn={"ReplicationFactor": _NODES}, tf={"replication_factor": _NODES}, decision=_MORE_NODES)
        case ReplicationInstance():
            return Remedy(cfn={"MultiAZ": True}, tf={"multi_az": True})
        case Broker():
            if not isinstance(resource.engine, Known):
                return Remedy(
                    decision=f"{_EMPTY}. Set the deployment mode to CLUSTER_MULTI_AZ for RabbitMQ (three nodes), or to ACTIVE_STANDBY_MULTI_AZ for "
                    "ActiveMQ (two instances), and name subnets in two zones. Each instance costs as much as the first one."
                )
            return _cluster(resource) if _is_rabbit(resource) else _pair(resource)


_EMPTY: Final = "The broker is replaced by an empty one with other addresses: let the consumers finish first, and give the clients the new addresses"


def _cluster(broker: Broker) -> Remedy:
    """Three nodes of RabbitMQ behind one address. A broker that is public is in no subnet of the account."""
    public = broker.publicly_accessible == Known(True)
    words = [
        f"{_EMPTY}. A cluster has three nodes, and costs as much.",
        "" if public else "Name subnets in two zones or more.",
        "It needs a larger type than mq.t3.micro." if _is_micro(broker) else "",
    ]
    mode = "CLUSTER_MULTI_AZ"
    return Remedy(
        cfn={"DeploymentMode": mode}, tf={"deployment_mode": mode}, replaces=True, decision=" ".join(filter(None, words))
    )


def _pair(broker: Broker) -> Remedy:
    """Two instances of ActiveMQ with addresses of their own, which share a file system."""
    on_efs = _is_on_efs(broker)
    words = [
        f"{_EMPTY} of both instances (failover). The second instance costs as much as the first one.",
        "Name exactly two subnets, in two zones.",
        ""
        if on_efs
        else "Its messages have to be stored in EFS, which is the default: if it names another storage, take that out.",
    ]
    mode = "ACTIVE_STANDBY_MULTI_AZ"
    return Remedy(
        cfn={"DeploymentMode": mode},
        tf={"deployment_mode": mode},
        replaces=True,
        decision=" ".join(filter(None, words)),
    )


def _is_rabbit(broker: Broker) -> bool:
    return holds(broker.engine, lambda name: name.lower() == "rabbitmq") == Known(True)


def _is_on_efs(broker: Broker) -> bool:
    return holds(broker.storage, lambda kind: kind.lower() == "efs") == Known(True)


def _is_micro(broker: Broker) -> bool:
    return holds(broker.instance_type, lambda kind: kind.endswith(".micro")) == Known(True)


@rule(
    practices=["REL10-BP01", "REL11-BP02"],
    severity=Severity.MEDIUM,
    remedy=Remedy(cfn={"DeploymentMode": "CLUSTER_MULTI_AZ"}, tf={"deployment_mode": "CLUSTER_MULTI_AZ"}, given=_standby),
    equivalents={
        "checkov": ["CKV_AWS_208"],
        "config": ["MQ_ACTIVE_DEPLOYMENT_MODE", "MQ_RABBIT_DEPLOYMENT_MODE"],
    },
)
def check(resource: Broker | ReplicationInstance | Cluster) -> Flags:
    tags = Absent() if isinstance(resource, Cluster) else resource.tags
    yield from where_needed(resource, _judge(resource), tags)


def _judge(resource: Broker | ReplicationInstance | Cluster) -> Flags:
    match resource:
        case Broker():
            if settled(resource.deployment_mode) == Known("SINGLE_INSTANCE"):
                yield flag(
                    resource.deployment_mode,
                    "This broker is one instance in one Availability Zone: while it is down, no message is sent or received.",
                    confidence=_left_open(resource.deployment_mode),
                )
        case ReplicationInstance():
            if settled(resource.multi_az) != Known(True):
                yield flag(
                    resource.multi_az,
                    "This replication instance has no standby in another Availability Zone: a continuous replication stops with its zone.",
                    severity=Severity.LOW,
                    confidence=Confidence.LOW,
                )
        case Cluster():
            nodes = settled(resource.nodes)
            if isinstance(nodes, Known) and nodes.value < _NODES:
                few = "one node" if nodes.value == 1 else f"{nodes.value} nodes"
                yield flag(
                    nodes,
                    f"This cache has {few}: when a node or its zone fails, all reads go to the table, which may throttle them.",
                    severity=None if nodes.value == 1 else Severity.LOW,
                    confidence=_left_open(nodes),
                )


def _left_open(chosen: Value[str] | Value[int]) -> Confidence | None:
    """The confidence in a choice that is the default of a variable or a parameter: production may get another one."""
    return Confidence.LOW if chosen.origin.default_of else None
