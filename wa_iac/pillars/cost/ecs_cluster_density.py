"""# ECS cluster on EC2 instances runs only one service

## Why

Every cluster keeps its own spare capacity on its instances, and has its own agents, alarms and updates. One cluster for all
services uses the instances better. Task roles, security groups and capacity providers keep the services apart.

## What it checks

The rule checks neighboring clusters on EC2 instances: in the same stack or the same module call, with the same provider, and without
names of different environments. It reports such a cluster if it runs exactly one service, and so does an earlier one. Daemons do not
count.

## What is left out

Clusters on Fargate cost nothing. If the clusters are separate for a reason, such as different owners or data that must be kept apart,
suppress the finding.

## Non-compliant

```yaml
Resources:
  Shop:
    Type: AWS::ECS::Cluster
  Mail:  # finding
    Type: AWS::ECS::Cluster
  ShopService:
    Type: AWS::ECS::Service
    Properties:
      Cluster: !Ref Shop
      LaunchType: EC2
      DesiredCount: 2
      TaskDefinition: shop:7
  MailService:
    Type: AWS::ECS::Service
    Properties:
      Cluster: !Ref Mail
      LaunchType: EC2
      DesiredCount: 2
      TaskDefinition: mail:3
```

```hcl
resource "aws_ecs_cluster" "each" { # finding
  for_each = toset(["mail", "shop"])
  name     = each.key
}

resource "aws_ecs_service" "each" {
  for_each        = toset(["mail", "shop"])
  name            = each.key
  cluster         = aws_ecs_cluster.each[each.key].id
  launch_type     = "EC2"
  desired_count   = 2
  task_definition = "${each.key}:7"
}
```

## Compliant

```yaml
Resources:
  Main:
    Type: AWS::ECS::Cluster
  ShopService:
    Type: AWS::ECS::Service
    Properties:
      Cluster: !Ref Main
      LaunchType: EC2
      DesiredCount: 2
      TaskDefinition: shop:7
  MailService:
    Type: AWS::ECS::Service
    Properties:
      Cluster: !Ref Main
      LaunchType: EC2
      DesiredCount: 2
      TaskDefinition: mail:3
```

```hcl
resource "aws_ecs_cluster" "each" {
  for_each = toset(["mail", "shop"])
  name     = each.key
}

resource "aws_ecs_service" "each" {
  for_each        = toset(["mail", "shop"])
  name            = each.key
  cluster         = aws_ecs_cluster.each[each.key].id
  launch_type     = "FARGATE"
  desired_count   = 2
  task_definition = "${each.key}:7"
}
```

## Sources

- [Amazon ECS launch types and capacity providers - Amazon Elastic Container Service](https://docs.aws.amazon.com/AmazonECS/latest/developerguide/capacity-launch-type-comparison.html), read on 2026-11-29
"""

from collections.abc import Hashable, Iterator
from typing import Final

from wa_iac.aws.ecs import Cluster
from wa_iac.core.graph import Graph
from wa_iac.core.late_pattern import late
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, flag, rule
from wa_iac.core.value import Known, Step, plain

_ENVIRONMENTS: Final = late(r"(?i)(prod|staging|stage|stg|dev|test|tst|qa|uat|demo|sandbox|blue|green)")


@rule(
    practices=["SUS05-BP01", "COST06-BP04", "SUS02-BP03"],
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    remedy=Remedy(decision=("Run the services of this cluster in a cluster that exists, and remove this one.")),
)
def check(cluster: Cluster, graph: Graph) -> Flags:
    for place in _lonely(cluster):
        first = graph.index(Cluster, _lonely)[place][0]
        if first != cluster:
            yield flag(
                cluster,
                f"This cluster of instances runs one service, and so does {first.address}: each keeps spare capacity of its "
                "own, while one cluster could run both.",
                related=[Step(first.span, "a cluster that could run both")],
            )


def _lonely(cluster: Cluster) -> Iterator[Hashable]:
    """What a cluster must have in common with another to be one, where it certainly runs exactly one service, on instances.
    Daemons keep a cluster going and do not count."""
    if cluster.services.unknown is None and cluster.declared.condition is None and not cluster.representative:
        services = [each for each in cluster.services if each.scheduling != Known("DAEMON")]
        if len(services) == 1 and services[0].on_instances(cluster):
            yield _place(cluster)


def _place(cluster: Cluster) -> Hashable:
    """Its module, its provider, and the environments that its name speaks of."""
    text = " ".join((cluster.address, *cluster.names()))
    environments = frozenset(found.lower() for found in _ENVIRONMENTS.findall(text))
    provider = cluster.declared.attributes.get("provider")
    return cluster.declared.calls, environments, None if provider is None else str(plain(provider))
